#include "trie.h"

#include <stdlib.h>

static const router_static *find_static(const router_method *method, rob_str path)
{
    if (method->static_count == 0) return NULL;
    if (path.len < method->shortest || path.len > method->longest) return NULL;
    uint32_t found = method->hash.slots[router_hash_slot(&method->hash, path)];
    if (found == ROUTER_NONE || !rob_str_eq(method->statics[found].path, path)) return NULL;
    return &method->statics[found];
}

static int compare_edge(const void *text, const void *edge)
{
    return router_compare_texts(*(const rob_str *)text, ((const router_edge *)edge)->text);
}

static uint32_t literal_child(const router_node *node, rob_str segment)
{
    if (node->literal_count == 0) return ROUTER_NONE;
    const router_edge *edge =
        bsearch(&segment, node->literals, node->literal_count, sizeof *node->literals, compare_edge);
    return edge ? edge->node : ROUTER_NONE;
}

static void capture(rob_match *match, uint32_t number, rob_str text)
{
    if (number < ROB_MAX_CAPTURES) match->captures[number] = text;
}

static uint32_t walk(const router_plan *plan, uint32_t number, rob_str rest, rob_match *match);

/* Go into a node with what follows the segment: the end of the path, or a slash and more. */
static uint32_t enter(const router_plan *plan, uint32_t number, rob_str after, rob_match *match)
{
    if (number == ROUTER_NONE) return ROUTER_NONE;
    if (after.len == 0) return plan->nodes[number].end;
    return walk(plan, number, (rob_str){after.ptr + 1, after.len - 1}, match);
}

static uint32_t walk(const router_plan *plan, uint32_t number, rob_str rest, rob_match *match)
{
    const router_node *node = &plan->nodes[number];
    rob_str segment = {rest.ptr, 0};
    while (segment.len < rest.len && rest.ptr[segment.len] != '/') segment.len++;
    rob_str after = {rest.ptr + segment.len, rest.len - segment.len};

    uint32_t route = enter(plan, literal_child(node, segment), after, match);
    if (route == ROUTER_NONE && segment.len > 0) {
        route = enter(plan, node->param, after, match);
        if (route != ROUTER_NONE) capture(match, node->capture, segment);
    }
    if (route == ROUTER_NONE && node->rest != ROUTER_NONE) {
        capture(match, node->capture, rest);
        route = node->rest;
    }
    return route;
}

uint32_t router_match(const router_plan *plan, rob_method method, rob_str path, rob_match *match)
{
    if (path.len == 0 || path.ptr[0] != '/') return ROUTER_NONE;
    const router_method *routes = &plan->methods[method];
    const router_static *found = find_static(routes, path);
    if (found) return found->route;
    if (routes->root == ROUTER_NONE) return ROUTER_NONE;
    return walk(plan, routes->root, (rob_str){path.ptr + 1, path.len - 1}, match);
}

uint32_t router_allowed(const router_plan *plan, rob_str path)
{
    uint32_t allowed = 0;
    rob_match match;
    for (int method = 0; method < ROB_METHOD_COUNT; method++) {
        if (router_match(plan, method, path, &match) != ROUTER_NONE) allowed |= 1u << method;
    }
    return allowed;
}
