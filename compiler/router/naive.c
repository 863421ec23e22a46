#include "router.h"

/* The segment that begins at rest, up to the next slash. */
static rob_str cut(rob_str rest)
{
    const char *slash = rest.len > 0 ? memchr(rest.ptr, '/', rest.len) : NULL;
    return (rob_str){rest.ptr, slash ? (size_t)(slash - rest.ptr) : rest.len};
}

/* Whether this route alone takes the path (without its first slash). */
static bool takes(const router_route *route, rob_str rest, rob_match *match)
{
    unsigned captures = 0;
    for (size_t i = 0; i < route->count; i++) {
        const router_segment *wanted = &route->segments[i];
        rob_str segment = wanted->kind == ROUTER_REST ? rest : cut(rest);
        bool fits = wanted->kind == ROUTER_REST ||
                    (wanted->kind == ROUTER_PARAM ? segment.len > 0 : rob_str_eq(segment, wanted->text));
        if (!fits) return false;
        if (wanted->kind != ROUTER_LITERAL && captures < ROB_MAX_CAPTURES) {
            match->captures[captures++] = segment;
        }
        bool at_end = segment.len == rest.len;
        if (at_end || i + 1 == route->count) return at_end && i + 1 == route->count;
        rest = (rob_str){rest.ptr + segment.len + 1, rest.len - segment.len - 1};
    }
    return false;
}

/* Of two routes that take the same path, which one wins: at the first segment where they differ in
 * kind, the lower kind. */
static bool beats(const router_route *a, const router_route *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        if (a->segments[i].kind != b->segments[i].kind) return a->segments[i].kind < b->segments[i].kind;
    }
    return false;
}

uint32_t router_match_naive(const router_route *routes, size_t count, rob_method method, rob_str path,
                            rob_match *match)
{
    uint32_t best = ROUTER_NONE;
    if (path.len == 0 || path.ptr[0] != '/') return best;
    rob_str rest = {path.ptr + 1, path.len - 1};
    for (size_t i = 0; i < count; i++) {
        rob_match found;
        if (routes[i].method != method || !takes(&routes[i], rest, &found)) continue;
        if (best != ROUTER_NONE && !beats(&routes[i], &routes[best])) continue;
        best = (uint32_t)i;
        *match = found;
    }
    return best;
}
