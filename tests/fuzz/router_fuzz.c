/* Any bytes as a list of routes and of requests, over a small alphabet so that they meet: the plan answers
 * what comparing every route with the path does. */
#include "fuzz.h"

#include "router/router.h"

enum { ROUTES_MOST = 24, SEGMENTS_MOST = 6, REQUESTS_MOST = 40 };

/* Texts with one length in common, others that begin alike, an empty one, and a decoded slash. */
static const rob_str words[] = {ROB_STR_INIT("a"),  ROB_STR_INIT("b"),    ROB_STR_INIT("ab"), ROB_STR_INIT("ba"),
                                ROB_STR_INIT("aa"), ROB_STR_INIT("abcdefgh"), ROB_STR_INIT("abcdefgi"),
                                ROB_STR_INIT("a\0b"), ROB_STR_INIT("")};
enum { WORD_COUNT = sizeof words / sizeof *words };

static rob_method take_method(fuzz_input *in)
{
    return fuzz_byte(in) & 1 ? ROB_POST : ROB_GET;
}

static void take_route(fuzz_input *in, router_route *route, router_segment *segments)
{
    route->method = take_method(in);
    route->segments = segments;
    route->count = 1 + fuzz_byte(in) % SEGMENTS_MOST;
    for (size_t i = 0; i < route->count; i++) {
        bool last = i + 1 == route->count;
        unsigned choice = fuzz_byte(in);
        segments[i] = (router_segment){.kind = ROUTER_LITERAL, .text = words[choice / 4 % WORD_COUNT]};
        if (choice % 4 == 1) segments[i] = (router_segment){.kind = ROUTER_PARAM};
        if (choice % 4 == 2 && last) segments[i] = (router_segment){.kind = ROUTER_REST};
        /* Only the last segment of a declared path can be empty. */
        if (!last && segments[i].kind == ROUTER_LITERAL && !segments[i].text.len) segments[i].text = words[0];
    }
}

static rob_str take_path(fuzz_input *in, rob_arena *arena)
{
    char path[SEGMENTS_MOST * 16 + 16];
    size_t len = 0;
    for (unsigned left = fuzz_byte(in) % (SEGMENTS_MOST + 1) + 1; left; left--) {
        rob_str word = words[fuzz_byte(in) % WORD_COUNT];
        path[len++] = '/';
        memcpy(path + len, word.ptr, word.len);
        len += word.len;
    }
    return rob_arena_copy(arena, (rob_str){path, len});
}

static void check_request(const router_plan *plan, const router_route *routes, size_t count, rob_method method, rob_str path)
{
    rob_match planned = {0}, plain = {0};
    uint32_t route = router_match(plan, method, path, &planned);
    REQUIRE(route == router_match_naive(routes, count, method, path, &plain));
    bool allowed = router_allowed(plan, path) >> method & 1;
    REQUIRE(allowed == (route != ROUTER_NONE));
    if (route == ROUTER_NONE) return;
    unsigned captures = 0;
    for (size_t i = 0; i < routes[route].count; i++) captures += routes[route].segments[i].kind != ROUTER_LITERAL;
    for (unsigned i = 0; i < captures; i++) REQUIRE(rob_str_eq(planned.captures[i], plain.captures[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input in = {data, data + size};
    static router_route routes[ROUTES_MOST];
    static router_segment segments[ROUTES_MOST][SEGMENTS_MOST];
    rob_arena arena;
    rob_arena_init(&arena, 0);
    size_t count = fuzz_byte(&in) % (ROUTES_MOST + 1);
    for (size_t i = 0; i < count; i++) take_route(&in, &routes[i], segments[i]);
    router_problems problems;
    router_plan *plan = router_plan_new(&arena, routes, count);
    if (!plan || !router_check(&arena, routes, count, &problems)) exit(0);
    for (size_t i = 0; i < problems.count; i++) REQUIRE(problems.items[i].route < count);
    for (int i = 0; i < REQUESTS_MOST && in.at < in.end; i++) {
        rob_method method = take_method(&in);
        check_request(plan, routes, count, method, take_path(&in, &arena));
    }
    rob_arena_free(&arena);
    return 0;
}
