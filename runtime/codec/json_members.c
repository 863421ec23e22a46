#include "json_members.h"

/* Up to here comparing all pairs is cheaper than sorting. */
enum { FEW = 12 };

/* A later member of the same name gave its value away and is gone. */
enum { GONE = 0 };

static bool collect(const rob_json_doc *doc, const rob_json_node *object, rob_arena *arena, rob_json_members *out)
{
    uint32_t node = (uint32_t)(object - doc->nodes) + 1;
    for (uint32_t i = 0; i < object->count; i++) {
        const rob_json_node *name = &doc->nodes[node];
        rob_json_member *member = &out->items[i];
        *member = (rob_json_member){rob_json_text(doc, name, arena), node, node + 1};
        if (!member->key.ptr) return false;
        node = doc->nodes[node + 1].next;
    }
    out->count = object->count;
    return true;
}

static bool resolve_few(rob_json_members *members)
{
    bool any = false;
    for (uint32_t i = 0; i < members->count; i++) {
        rob_json_member *first = &members->items[i];
        for (uint32_t k = i + 1; first->value != GONE && k < members->count; k++) {
            rob_json_member *later = &members->items[k];
            if (later->value == GONE || !rob_str_eq(first->key, later->key)) continue;
            first->value = later->value;
            later->value = GONE;
            any = true;
        }
    }
    return any;
}

static bool comes_first(const rob_json_member *a, const rob_json_member *b)
{
    if (a->key.len != b->key.len) return a->key.len < b->key.len;
    int order = memcmp(a->key.ptr, b->key.ptr, a->key.len);
    return order ? order < 0 : a->name < b->name;
}

static void merge(rob_json_member **from, rob_json_member **to, size_t left, size_t middle, size_t right)
{
    size_t a = left, b = middle;
    for (size_t i = left; i < right; i++) {
        bool take_left = b == right || (a < middle && comes_first(from[a], from[b]));
        to[i] = take_left ? from[a++] : from[b++];
    }
}

/* Bottom-up merge sort: no recursion, no input that makes it slow. */
rob_json_member **rob_json_sort_members(rob_json_member **items, size_t count)
{
    rob_json_member **from = items, **to = items + count;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t left = 0; left < count; left += 2 * width) {
            size_t middle = left + width < count ? left + width : count;
            size_t right = middle + width < count ? middle + width : count;
            merge(from, to, left, middle, right);
        }
        rob_json_member **other = from;
        from = to;
        to = other;
    }
    return from;
}

static bool resolve_many(rob_json_members *members, rob_arena *arena, bool *any)
{
    size_t count = members->count;
    rob_json_member **items = rob_arena_grow(arena, NULL, 0, 2 * count * sizeof *items);
    if (!items) return false;
    for (size_t i = 0; i < count; i++) items[i] = &members->items[i];
    items = rob_json_sort_members(items, count);
    rob_json_member *first = items[0];
    for (size_t i = 1; i < count; i++) {
        if (!rob_str_eq(first->key, items[i]->key)) {
            first = items[i];
            continue;
        }
        first->value = items[i]->value;
        items[i]->value = GONE;
        *any = true;
    }
    return true;
}

static void drop_gone(rob_json_members *members)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < members->count; i++) {
        if (members->items[i].value != GONE) members->items[kept++] = members->items[i];
    }
    members->count = kept;
}

bool rob_json_list_members(const rob_json_doc *doc, const rob_json_node *object, rob_arena *arena,
                           rob_json_members *out)
{
    bool any = false;
    out->count = 0;
    out->items = rob_arena_grow(arena, NULL, 0, object->count * sizeof *out->items);
    if (!out->items || !collect(doc, object, arena, out)) return false;
    if (out->count <= FEW) any = resolve_few(out);
    else if (!resolve_many(out, arena, &any)) return false;
    if (any) drop_gone(out);
    return true;
}
