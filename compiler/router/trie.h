/* trie.h: routes as a trie of segments, while it grows. Private to the router. */
#ifndef ROUTER_TRIE_H
#define ROUTER_TRIE_H

#include "router.h"

typedef struct trie_edge {
    router_edge edge;
    uint32_t parent;
} trie_edge;

/* Arena memory, sized for all segments at once. */
typedef struct trie {
    router_node *nodes; /* the first ROB_METHOD_COUNT are the roots; parents before children */
    uint32_t node_count;
    trie_edge *edges;
    uint32_t edge_count;
    uint32_t *index; /* hash table of edges by parent and text: index into edges plus 1, 0 for empty */
    uint32_t index_mask;
} trie;

ROB_NODISCARD bool trie_init(trie *t, rob_arena *arena, const router_route *routes, size_t count);

/* Add a route. Gives ROUTER_NONE, or the route already there with the same shape, which stays. */
uint32_t trie_insert(trie *t, const router_route *route, uint32_t number);

/* The child for a literal, or ROUTER_NONE. */
uint32_t trie_literal(const trie *t, uint32_t parent, rob_str text);

/* Sort the edges and hang them into the nodes. */
ROB_NODISCARD bool trie_seal(trie *t, rob_arena *arena);

/* Order of literals and static paths: by length, then by bytes. */
int router_compare_texts(rob_str a, rob_str b);

#endif
