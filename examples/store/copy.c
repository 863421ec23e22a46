#include "copy.h"

#include <stdlib.h>

struct block {
    struct block *next;
    max_align_t bytes[];
};

static void *take(memory *from, size_t size)
{
    if (from->ctx) return rob_alloc(from->ctx, size);
    struct block *block = malloc(sizeof *block + size);
    if (!block) return NULL;
    block->next = from->blocks;
    from->blocks = block;
    return block->bytes;
}

void memory_free(memory *m)
{
    for (struct block *block = m->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    m->blocks = NULL;
}

/* Copies `count` items; when memory is out, there are none. */
static void *copy_items(memory *to, const void *items, size_t *count, size_t size)
{
    void *copy = *count ? take(to, *count * size) : NULL;
    if (copy) return memcpy(copy, items, *count * size);
    to->failed |= *count > 0;
    *count = 0;
    return NULL;
}

rob_str copy_text(memory *to, rob_str text)
{
    text.ptr = copy_items(to, text.ptr, &text.len, 1);
    return text;
}

static store_str_list copy_texts(memory *to, store_str_list list)
{
    list.items = copy_items(to, list.items, &list.count, sizeof *list.items);
    for (size_t i = 0; i < list.count; i++) list.items[i] = copy_text(to, list.items[i]);
    return list;
}

static store_str_dict copy_dict(memory *to, store_str_dict dict)
{
    dict.items = copy_items(to, dict.items, &dict.count, sizeof *dict.items);
    for (size_t i = 0; i < dict.count; i++) {
        dict.items[i].key = copy_text(to, dict.items[i].key);
        dict.items[i].value = copy_text(to, dict.items[i].value);
    }
    return dict;
}

store_user copy_user(memory *to, const store_user *user)
{
    store_user copy = *user;
    copy.name = copy_text(to, user->name);
    copy.email = copy_text(to, user->email);
    copy.bio = copy_text(to, user->bio);
    copy.tags = copy_texts(to, user->tags);
    return copy;
}

store_product copy_product(memory *to, const store_product *product)
{
    store_product copy = *product;
    copy.sku = copy_text(to, product->sku);
    copy.title = copy_text(to, product->title);
    copy.price.text = copy_text(to, product->price.text);
    copy.labels = copy_dict(to, product->labels);
    copy.homepage = copy_text(to, product->homepage);
    copy.webhook = copy_text(to, product->webhook);
    copy.extra.text = copy_text(to, product->extra.text);
    return copy;
}
