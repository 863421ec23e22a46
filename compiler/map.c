#include "map.h"

/* FNV-1a: short keys, no adversary but one's own spec. */
static size_t hash(rob_str key)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < key.len; i++) h = (h ^ (unsigned char)key.ptr[i]) * 1099511628211u;
    return (size_t)(h ^ h >> 32);
}

static map_entry *slot(const map *m, rob_str key)
{
    size_t i = hash(key) & (m->cap - 1);
    while (m->entries[i].key.ptr && !rob_str_eq(m->entries[i].key, key)) i = (i + 1) & (m->cap - 1);
    return &m->entries[i];
}

void *map_get(const map *m, rob_str key)
{
    if (!m->cap) return NULL;
    if (!key.ptr) key.ptr = "";
    return slot(m, key)->value;
}

static void grow(rob_arena *arena, map *m)
{
    map bigger = {.cap = m->cap ? m->cap * 2 : 16, .count = m->count};
    bigger.entries = arena_need(arena, sizeof(map_entry) * (bigger.cap));
    for (size_t i = 0; i < m->cap; i++)
        if (m->entries[i].key.ptr) *slot(&bigger, m->entries[i].key) = m->entries[i];
    *m = bigger;
}

void *map_add(rob_arena *arena, map *m, rob_str key, void *value)
{
    if (!key.ptr) key.ptr = "";
    if (m->count * 2 >= m->cap) grow(arena, m);
    map_entry *entry = slot(m, key);
    if (entry->key.ptr) return entry->value;
    *entry = (map_entry){key, value};
    m->count++;
    return NULL;
}

void list_push(rob_arena *arena, list *l, void *item)
{
    if (l->count == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 8;
        void **items = arena_need(arena, sizeof(void *) * (cap));
        if (l->count) memcpy(items, l->items, l->count * sizeof *items);
        l->items = items;
        l->cap = cap;
    }
    l->items[l->count++] = item;
}
