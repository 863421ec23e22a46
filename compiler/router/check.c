#include "trie.h"

static const char METHOD_NAMES[ROB_METHOD_COUNT][8] = {
    [ROB_GET] = "GET",       [ROB_POST] = "POST", [ROB_PUT] = "PUT",        [ROB_PATCH] = "PATCH",
    [ROB_DELETE] = "DELETE", [ROB_HEAD] = "HEAD", [ROB_OPTIONS] = "OPTIONS"};

/* A growing text in the arena; ptr NULL once memory is out. */
typedef struct text {
    rob_arena *arena;
    char *ptr;
    size_t len, cap;
} text;

static void put(text *t, const char *bytes, size_t len)
{
    if (t->cap - t->len < len && t->ptr) {
        size_t cap = (t->cap + len) * 2;
        t->ptr = rob_arena_grow(t->arena, t->ptr, t->cap, cap);
        t->cap = cap;
    }
    if (!t->ptr) return;
    memcpy(t->ptr + t->len, bytes, len);
    t->len += len;
}

/* RFC 3986, 3.3: pchar. */
static bool stands_for_itself(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return c != '\0' && strchr("-._~!$&'()*+,;=:@", c);
}

/* Percent-encode a segment, whose decoded slashes are NULs. The slashes of a `path` value stay. */
static void put_segment(text *t, rob_str segment, bool slashes_stay)
{
    static const char HEX[] = "0123456789ABCDEF";
    for (size_t i = 0; i < segment.len; i++) {
        char c = segment.ptr[i];
        if (stands_for_itself(c) || (c == '/' && slashes_stay)) {
            put(t, &c, 1);
            continue;
        }
        unsigned char byte = c == '\0' ? '/' : (unsigned char)c;
        put(t, (char[]){'%', HEX[byte >> 4], HEX[byte & 15]}, 3);
    }
}

/* A value that a parameter below this node takes, as no literal there equals it: the one wished for,
 * else x, xx, xxx, ... */
static void put_free_value(text *t, const trie *routes, uint32_t node, rob_str wish)
{
    bool usable = wish.len > 0 && !memchr(wish.ptr, '/', wish.len);
    if (usable && trie_literal(routes, node, wish) == ROUTER_NONE) {
        put_segment(t, wish, false);
        return;
    }
    size_t start = t->len;
    do {
        put(t, "x", 1);
    } while (t->ptr && trie_literal(routes, node, (rob_str){t->ptr + start, t->len - start}) != ROUTER_NONE);
}

/* A request for the route. In place of `path`, one segment that a parameter would take. */
static bool example_request(rob_arena *arena, const trie *routes, const router_route *route, rob_str *out)
{
    text t = {.arena = arena, .ptr = rob_arena_alloc(arena, 64), .cap = 64};
    put(&t, METHOD_NAMES[route->method], strlen(METHOD_NAMES[route->method]));
    put(&t, " ", 1);
    uint32_t node = route->method;
    for (size_t i = 0; i < route->count; i++) {
        const router_segment *segment = &route->segments[i];
        put(&t, "/", 1);
        switch (segment->kind) {
        case ROUTER_LITERAL:
            put_segment(&t, segment->text, false);
            node = trie_literal(routes, node, segment->text);
            break;
        case ROUTER_PARAM:
            put_free_value(&t, routes, node, segment->text);
            node = routes->nodes[node].param;
            break;
        case ROUTER_REST:
            put_free_value(&t, routes, node, segment->text);
            break;
        }
    }
    *out = (rob_str){t.ptr, t.len};
    return t.ptr != NULL;
}

/* Whether whatever may follow a slash is taken by the routes below this node, its own `path` aside: the
 * empty segment and any other one, each alone and with more behind it. */
static bool is_covered(const trie *t, uint32_t node, const bool *takes_all)
{
    uint32_t empty = trie_literal(t, node, (rob_str){"", 0}), any = t->nodes[node].param;
    if (empty == ROUTER_NONE || any == ROUTER_NONE) return false;
    return t->nodes[empty].end != ROUTER_NONE && t->nodes[any].end != ROUTER_NONE && takes_all[empty] &&
           takes_all[any];
}

/* For each node, whether it takes every remainder. NULL: memory is out. Children come after parents. */
static bool *find_takes_all(rob_arena *arena, const trie *t)
{
    bool *takes_all = rob_arena_alloc(arena, t->node_count);
    if (!takes_all) return NULL;
    for (uint32_t node = t->node_count; node-- > 0;) {
        takes_all[node] = t->nodes[node].rest != ROUTER_NONE || is_covered(t, node, takes_all);
    }
    return takes_all;
}

/* The node before the route's last segment. */
static uint32_t last_node(const trie *t, const router_route *route)
{
    uint32_t node = route->method;
    for (size_t i = 0; i + 1 < route->count; i++) {
        const router_segment *segment = &route->segments[i];
        bool literal = segment->kind == ROUTER_LITERAL;
        node = literal ? trie_literal(t, node, segment->text) : t->nodes[node].param;
    }
    return node;
}

static bool has_dot_segment(const router_route *route)
{
    for (size_t i = 0; i < route->count; i++) {
        const router_segment *segment = &route->segments[i];
        if (segment->kind != ROUTER_LITERAL) continue;
        if (rob_str_eq(segment->text, ROB_STR(".")) || rob_str_eq(segment->text, ROB_STR(".."))) return true;
    }
    return false;
}

/* What is wrong with one route, all being in the trie; twin is the earlier route of its shape. */
static bool find_problem(const trie *t, const bool *takes_all, const router_route *route, uint32_t twin,
                         router_problem *out)
{
    out->other = ROUTER_NONE;
    if (has_dot_segment(route)) {
        out->kind = ROUTER_DOT_SEGMENT;
        return true;
    }
    if (twin != ROUTER_NONE) {
        out->kind = ROUTER_DUPLICATE;
        out->other = twin;
        return true;
    }
    if (route->segments[route->count - 1].kind != ROUTER_REST) return false;
    uint32_t node = last_node(t, route);
    if (!is_covered(t, node, takes_all)) return false;
    out->kind = ROUTER_UNREACHABLE;
    out->other = t->nodes[t->nodes[node].param].end;
    return true;
}

static bool check_all(rob_arena *arena, const trie *t, const router_route *routes, size_t count,
                      const uint32_t *twins, router_problems *out)
{
    bool *takes_all = find_takes_all(arena, t);
    router_problem *problems = rob_arena_alloc(arena, count * sizeof *problems);
    if (!takes_all || !problems) return false;
    *out = (router_problems){.items = problems};
    for (size_t i = 0; i < count; i++) {
        router_problem *problem = &problems[out->count];
        if (!find_problem(t, takes_all, &routes[i], twins[i], problem)) continue;
        problem->route = (uint32_t)i;
        if (!example_request(arena, t, &routes[i], &problem->example)) return false;
        out->count++;
    }
    return true;
}

bool router_check(rob_arena *arena, const router_route *routes, size_t count, router_problems *out)
{
    trie t;
    uint32_t *twins = rob_arena_alloc(arena, count * sizeof *twins);
    if (!twins || count >= ROUTER_NONE || !trie_init(&t, arena, routes, count)) return false;
    for (size_t i = 0; i < count; i++) twins[i] = trie_insert(&t, &routes[i], (uint32_t)i);
    return check_all(arena, &t, routes, count, twins, out);
}
