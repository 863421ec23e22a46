#include "trie.h"

#include <stdlib.h>

static const router_node EMPTY_NODE = {.param = ROUTER_NONE, .rest = ROUTER_NONE, .end = ROUTER_NONE};

static size_t count_segments(const router_route *routes, size_t count)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++) total += routes[i].count;
    return total;
}

bool trie_init(trie *t, rob_arena *arena, const router_route *routes, size_t count)
{
    size_t segments = count_segments(routes, count);
    if (segments > UINT32_MAX / 8) return false;
    size_t slots = 16;
    while (slots < segments * 2) slots *= 2;

    *t = (trie){.node_count = ROB_METHOD_COUNT, .index_mask = (uint32_t)slots - 1};
    t->nodes = rob_arena_alloc(arena, (segments + ROB_METHOD_COUNT) * sizeof *t->nodes);
    t->edges = rob_arena_alloc(arena, segments * sizeof *t->edges);
    t->index = rob_arena_alloc(arena, slots * sizeof *t->index);
    if (!t->nodes || !t->edges || !t->index) return false;
    for (int method = 0; method < ROB_METHOD_COUNT; method++) t->nodes[method] = EMPTY_NODE;
    return true;
}

/* FNV-1a, from a start that depends on the parent. */
static uint32_t hash_edge(uint32_t parent, rob_str text)
{
    uint32_t hash = (2166136261u ^ parent) * 16777619u;
    for (size_t i = 0; i < text.len; i++) hash = (hash ^ (unsigned char)text.ptr[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* Where the edge is in the index, or the empty place where it belongs. */
static uint32_t *find_slot(const trie *t, uint32_t parent, rob_str text)
{
    for (uint32_t at = hash_edge(parent, text);; at++) {
        uint32_t *slot = &t->index[at & t->index_mask];
        if (*slot == 0) return slot;
        const trie_edge *found = &t->edges[*slot - 1];
        if (found->parent == parent && rob_str_eq(found->edge.text, text)) return slot;
    }
}

uint32_t trie_literal(const trie *t, uint32_t parent, rob_str text)
{
    uint32_t slot = *find_slot(t, parent, text);
    return slot == 0 ? ROUTER_NONE : t->edges[slot - 1].edge.node;
}

static uint32_t add_node(trie *t, uint32_t capture)
{
    t->nodes[t->node_count] = EMPTY_NODE;
    t->nodes[t->node_count].capture = capture;
    return t->node_count++;
}

static uint32_t enter_literal(trie *t, uint32_t parent, rob_str text)
{
    uint32_t *slot = find_slot(t, parent, text);
    if (*slot == 0) {
        t->edges[t->edge_count] = (trie_edge){
            .edge = {.text = text, .node = add_node(t, t->nodes[parent].capture)}, .parent = parent};
        *slot = ++t->edge_count;
    }
    return t->edges[*slot - 1].edge.node;
}

static uint32_t enter_param(trie *t, uint32_t parent)
{
    if (t->nodes[parent].param == ROUTER_NONE) {
        t->nodes[parent].param = add_node(t, t->nodes[parent].capture + 1);
    }
    return t->nodes[parent].param;
}

uint32_t trie_insert(trie *t, const router_route *route, uint32_t number)
{
    uint32_t node = route->method;
    uint32_t *end = NULL;
    for (size_t i = 0; i < route->count && !end; i++) {
        const router_segment *segment = &route->segments[i];
        switch (segment->kind) {
        case ROUTER_LITERAL: node = enter_literal(t, node, segment->text); break;
        case ROUTER_PARAM: node = enter_param(t, node); break;
        case ROUTER_REST: end = &t->nodes[node].rest; break;
        }
    }
    if (!end) end = &t->nodes[node].end;
    if (*end != ROUTER_NONE) return *end;
    *end = number;
    return ROUTER_NONE;
}

int router_compare_texts(rob_str a, rob_str b)
{
    if (a.len != b.len) return a.len < b.len ? -1 : 1;
    return a.len == 0 ? 0 : memcmp(a.ptr, b.ptr, a.len);
}

static int compare_edges(const void *left, const void *right)
{
    const trie_edge *a = left, *b = right;
    if (a->parent != b->parent) return a->parent < b->parent ? -1 : 1;
    return router_compare_texts(a->edge.text, b->edge.text);
}

/* The nodes point into a copy, so that the index of the growing trie stays right. */
bool trie_seal(trie *t, rob_arena *arena)
{
    if (t->edge_count == 0) return true;
    trie_edge *sorted = rob_arena_alloc(arena, t->edge_count * sizeof *sorted);
    router_edge *edges = rob_arena_alloc(arena, t->edge_count * sizeof *edges);
    if (!sorted || !edges) return false;
    memcpy(sorted, t->edges, t->edge_count * sizeof *sorted);
    qsort(sorted, t->edge_count, sizeof *sorted, compare_edges);
    for (uint32_t i = 0; i < t->edge_count; i++) {
        router_node *parent = &t->nodes[sorted[i].parent];
        if (parent->literal_count++ == 0) parent->literals = &edges[i];
        edges[i] = sorted[i].edge;
    }
    return true;
}
