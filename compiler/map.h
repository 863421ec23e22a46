/* map.h: a hash table from texts to pointers, and a growing array of pointers; both in an arena. */
#ifndef ROBYNC_MAP_H
#define ROBYNC_MAP_H

#include "text.h"

typedef struct map_entry {
    rob_str key; /* ptr NULL: free */
    void *value;
} map_entry;

/* Zero-initialised is empty. Keys are borrowed. */
typedef struct map {
    map_entry *entries;
    size_t count, cap; /* cap: a power of two, or 0 */
} map;

/* NULL when key is not there. */
void *map_get(const map *m, rob_str key);

/* Store value (not NULL) under key. What was there before stays and is returned; else NULL. */
void *map_add(rob_arena *arena, map *m, rob_str key, void *value);

typedef struct list {
    void **items;
    size_t count, cap;
} list;

void list_push(rob_arena *arena, list *l, void *item);

#endif
