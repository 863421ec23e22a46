#include "trie.h"

#include <stdlib.h>

static bool is_static(const router_route *route)
{
    for (size_t i = 0; i < route->count; i++) {
        if (route->segments[i].kind != ROUTER_LITERAL) return false;
    }
    return true;
}

static bool join_path(rob_arena *arena, const router_route *route, rob_str *out)
{
    size_t len = 0;
    for (size_t i = 0; i < route->count; i++) len += 1 + route->segments[i].text.len;
    char *at = rob_arena_alloc(arena, len);
    if (!at) return false;
    *out = (rob_str){at, len};
    for (size_t i = 0; i < route->count; i++) {
        rob_str text = route->segments[i].text;
        *at++ = '/';
        if (text.len > 0) memcpy(at, text.ptr, text.len);
        at += text.len;
    }
    return true;
}

static int compare_statics(const void *left, const void *right)
{
    const router_static *a = left, *b = right;
    int order = router_compare_texts(a->path, b->path);
    if (order != 0) return order;
    return a->route < b->route ? -1 : 1;
}

static uint32_t drop_duplicates(router_static *statics, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept > 0 && rob_str_eq(statics[kept - 1].path, statics[i].path)) continue;
        statics[kept++] = statics[i];
    }
    return kept;
}

static bool plan_statics(rob_arena *arena, const router_route *routes, size_t count, rob_method method,
                         router_method *out)
{
    uint32_t found = 0;
    for (size_t i = 0; i < count; i++) found += routes[i].method == method && is_static(&routes[i]);
    if (found == 0) return true;

    router_static *statics = rob_arena_alloc(arena, found * sizeof *statics);
    if (!statics) return false;
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (routes[i].method != method || !is_static(&routes[i])) continue;
        if (!join_path(arena, &routes[i], &statics[at].path)) return false;
        statics[at++].route = (uint32_t)i;
    }
    qsort(statics, found, sizeof *statics, compare_statics);
    found = drop_duplicates(statics, found);
    out->statics = statics;
    out->static_count = found;
    out->shortest = (uint32_t)statics[0].path.len;
    out->longest = (uint32_t)statics[found - 1].path.len;
    return router_hash_build(arena, statics, found, &out->hash);
}

static bool plan_dynamics(rob_arena *arena, const router_route *routes, size_t count, router_plan *out)
{
    trie t;
    if (!trie_init(&t, arena, routes, count)) return false;
    for (size_t i = 0; i < count; i++) {
        router_method *method = &out->methods[routes[i].method];
        method->route_count++;
        if (is_static(&routes[i])) continue;
        method->root = routes[i].method;
        (void)trie_insert(&t, &routes[i], (uint32_t)i);
    }
    if (!trie_seal(&t, arena)) return false;
    out->nodes = t.nodes;
    out->node_count = t.node_count;
    return true;
}

router_plan *router_plan_new(rob_arena *arena, const router_route *routes, size_t count)
{
    router_plan *plan = rob_arena_new(arena, router_plan);
    if (!plan || count >= ROUTER_NONE) return NULL;
    for (int method = 0; method < ROB_METHOD_COUNT; method++) plan->methods[method].root = ROUTER_NONE;
    for (int method = 0; method < ROB_METHOD_COUNT; method++) {
        if (!plan_statics(arena, routes, count, method, &plan->methods[method])) return NULL;
    }
    if (!plan_dynamics(arena, routes, count, plan)) return NULL;
    plan->table_driven = count > ROUTER_SWITCH_LIMIT;
    return plan;
}
