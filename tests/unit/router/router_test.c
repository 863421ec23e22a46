/* The router: plan against naive matcher, problems against brute force, and its speed. */
#include "routes_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int failures;
static routes_text routes;

#define CHECK(condition, ...)                                    \
    do {                                                         \
        if (condition) break;                                    \
        failures++;                                              \
        if (failures > 20) exit(1);                              \
        fprintf(stderr, "%s:%d: ", __func__, __LINE__);          \
        fprintf(stderr, __VA_ARGS__);                            \
        fputc('\n', stderr);                                     \
    } while (0)

static void start(const char *const *lines)
{
    routes_text_clear(&routes);
    for (; *lines; lines++) routes_text_add(&routes, *lines);
}

static router_plan *plan_now(void)
{
    router_plan *plan = router_plan_new(&routes.arena, routes.items, routes.count);
    if (!plan) exit(2);
    return plan;
}

static router_problems problems_now(void)
{
    router_problems problems;
    if (!router_check(&routes.arena, routes.items, routes.count, &problems)) exit(2);
    return problems;
}

/* ------------------------------------------------------------------ against the naive matcher */

static unsigned captures_of(uint32_t route)
{
    unsigned captures = 0;
    for (size_t i = 0; i < routes.items[route].count; i++) {
        captures += routes.items[route].segments[i].kind != ROUTER_LITERAL;
    }
    return captures < ROB_MAX_CAPTURES ? captures : ROB_MAX_CAPTURES;
}

/* Every method, with captures. The copy is exact in size, so that a sanitizer sees reads beyond it. */
static void compare(const router_plan *plan, rob_str path)
{
    uint32_t allowed = 0;
    char *copy = malloc(path.len + !path.len);
    memcpy(copy, path.ptr, path.len);
    rob_str asked = {copy, path.len};
    for (int method = 0; method < ROB_METHOD_COUNT; method++) {
        rob_match got, want;
        uint32_t expected = router_match_naive(routes.items, routes.count, method, asked, &want);
        uint32_t route = router_match(plan, method, asked, &got);
        CHECK(route == expected, "method %d `%.*s`: route %d, naive says %d", method, ROB_STR_ARG(path),
              (int)route, (int)expected);
        if (expected == ROUTER_NONE || route != expected) continue;
        allowed |= 1u << method;
        for (unsigned i = 0; i < captures_of(route); i++) {
            CHECK(rob_str_eq(got.captures[i], want.captures[i]), "`%.*s`: capture %u is `%.*s`, not `%.*s`",
                  ROB_STR_ARG(path), i, ROB_STR_ARG(got.captures[i]), ROB_STR_ARG(want.captures[i]));
        }
    }
    CHECK(router_allowed(plan, asked) == allowed, "`%.*s`: allowed %x", ROB_STR_ARG(path),
          router_allowed(plan, asked));
    free(copy);
}

static void compare_text(const router_plan *plan, const char *path)
{
    compare(plan, rob_str_of(path));
}

/* A path that the route takes, parameters filled with `value`. */
static void fill(char *out, size_t size, const router_route *route, const char *value)
{
    size_t len = 0;
    for (size_t i = 0; i < route->count && len < size; i++) {
        const router_segment *s = &route->segments[i];
        if (s->kind == ROUTER_LITERAL) len += snprintf(out + len, size - len, "/%.*s", ROB_STR_ARG(s->text));
        else len += snprintf(out + len, size - len, "/%s", value);
    }
}

/* Each byte changed, dropped or doubled; each end cut off; more at the end. */
static void compare_near_misses(const router_plan *plan, const char *path)
{
    static const char BYTES[] = "/a:_";
    char miss[1024];
    size_t len = strlen(path);
    for (size_t i = 0; i <= len; i++) {
        compare(plan, (rob_str){path, i});
        for (const char *b = BYTES; *b; b++) {
            memcpy(miss, path, len + 1);
            miss[i] = *b;
            compare(plan, (rob_str){miss, i == len ? len + 1 : len});
        }
        memcpy(miss, path, i);
        memcpy(miss + i, path + i + (i < len), len + 1 - i - (i < len));
        compare_text(plan, miss);
        memcpy(miss + i, path + (i ? i - 1 : 0), len + 2 - i - (i == 0));
        compare_text(plan, miss);
    }
}

static void known_api_agrees_with_naive_matcher(const char *folder, const char *name, size_t expected)
{
    static const char *const VALUES[] = {"42", "x", "user", "repos", ":", "a.b-c~%"};
    start((const char *const[]){NULL});
    size_t count = routes_text_read(&routes, folder, name);
    CHECK(count == expected, "%s has %zu routes", name, count);
    router_plan *plan = plan_now();
    CHECK(problems_now().count == 0, "%s has problems", name);
    for (size_t i = 0; i < routes.count; i++) {
        char path[512];
        for (size_t v = 0; v < sizeof VALUES / sizeof *VALUES; v++) {
            fill(path, sizeof path, &routes.items[i], VALUES[v]);
            compare_text(plan, path);
        }
        rob_match match;
        fill(path, sizeof path, &routes.items[i], "zz9");
        uint32_t route = router_match(plan, routes.items[i].method, rob_str_of(path), &match);
        CHECK(route == i, "%s goes to route %d, not %zu", path, (int)route, i);
        compare_near_misses(plan, path);
    }
}

/* ------------------------------------------------------------------ the rules, one by one */

static uint32_t ask(rob_method method, const char *path, rob_match *match)
{
    return router_match(plan_now(), method, rob_str_of(path), match);
}

static void literal_beats_parameter_in_any_order(void)
{
    rob_match m;
    start((const char *const[]){"GET /u/{id}", "GET /u/me", "GET /{a}/me", NULL});
    CHECK(ask(ROB_GET, "/u/me", &m) == 1, "literal lost");
    CHECK(ask(ROB_GET, "/u/you", &m) == 0 && rob_str_eq(m.captures[0], ROB_STR("you")), "parameter lost");
    CHECK(ask(ROB_GET, "/v/me", &m) == 2 && rob_str_eq(m.captures[0], ROB_STR("v")), "first segment");
}

static void method_is_part_of_matching(void)
{
    rob_match m;
    start((const char *const[]){"GET /u/me", "POST /u/{id}", NULL});
    CHECK(ask(ROB_POST, "/u/me", &m) == 1, "POST /u/me");
    CHECK(ask(ROB_PUT, "/u/me", &m) == ROUTER_NONE, "PUT /u/me");
    CHECK(router_allowed(plan_now(), ROB_STR("/u/me")) == (1u << ROB_GET | 1u << ROB_POST), "allowed");
    CHECK(router_allowed(plan_now(), ROB_STR("/u")) == 0, "allowed of no path");
}

static void dead_ends_are_backed_out_of(void)
{
    rob_match m;
    start((const char *const[]){"/a/{x}/c", "/{y}/b/{z}", "/{p}/{q}/{r}/d", "/a/*rest", NULL});
    CHECK(ask(ROB_GET, "/a/b/c", &m) == 0, "/a/b/c");
    CHECK(ask(ROB_GET, "/a/b/e", &m) == 3, "any segment beats path, and a literal comes first");
    CHECK(rob_str_eq(m.captures[0], ROB_STR("b/e")), "the remainder");
    CHECK(ask(ROB_GET, "/f/b/e", &m) == 1, "/f/b/e");
    CHECK(rob_str_eq(m.captures[0], ROB_STR("f")) && rob_str_eq(m.captures[1], ROB_STR("e")), "captures");
    CHECK(ask(ROB_GET, "/f/b/e/d", &m) == 2, "/f/b/e/d");
    CHECK(ask(ROB_GET, "/f/b/e/e", &m) == ROUTER_NONE, "/f/b/e/e");
}

static void remainder_may_be_empty_but_needs_its_slash(void)
{
    rob_match m;
    start((const char *const[]){"/files/*rest", NULL});
    CHECK(ask(ROB_GET, "/files", &m) == ROUTER_NONE, "/files");
    CHECK(ask(ROB_GET, "/files/", &m) == 0 && m.captures[0].len == 0, "/files/");
    CHECK(ask(ROB_GET, "/files//a/", &m) == 0 && rob_str_eq(m.captures[0], ROB_STR("/a/")), "/files//a/");
}

static void parameter_takes_at_least_one_byte(void)
{
    rob_match m;
    start((const char *const[]){"/u/{id}", "/v/{id}/", "/", NULL});
    CHECK(ask(ROB_GET, "/u/", &m) == ROUTER_NONE, "/u/");
    CHECK(ask(ROB_GET, "/v//", &m) == ROUTER_NONE, "/v//");
    CHECK(ask(ROB_GET, "/v/1", &m) == ROUTER_NONE, "/v/1");
    CHECK(ask(ROB_GET, "/v/1/", &m) == 1, "/v/1/");
    CHECK(ask(ROB_GET, "/", &m) == 2, "/");
    CHECK(ask(ROB_GET, "", &m) == ROUTER_NONE && ask(ROB_GET, "u", &m) == ROUTER_NONE, "no slash");
}

static void decoded_slash_stays_in_its_segment(void)
{
    rob_match m;
    start((const char *const[]){"/f/{name}", NULL});
    rob_str path = {"/f/a\0b", 6};
    CHECK(router_match(plan_now(), ROB_GET, path, &m) == 0 && m.captures[0].len == 3, "NUL in a segment");
}

/* ------------------------------------------------------------------ problems */

static void expect_problem(const router_problems *problems, size_t at, router_problem_kind kind,
                           uint32_t route, uint32_t other, const char *example)
{
    if (at >= problems->count) {
        CHECK(false, "problem %zu is missing", at);
        return;
    }
    const router_problem *p = &problems->items[at];
    CHECK(p->kind == kind && p->route == route && p->other == other, "problem %zu: kind %d, %u against %u",
          at, p->kind, p->route, p->other);
    CHECK(rob_str_eq(p->example, rob_str_of(example)), "problem %zu: `%.*s`", at, ROB_STR_ARG(p->example));
}

static void duplicates_are_shown_with_a_request(void)
{
    start((const char *const[]){"GET /u/{id}", "POST /u/{id}", "GET /u/x", "GET /u/{name}", "GET /u/x",
                                "GET /u/{other}", "GET /a/*p", "GET /a/*q", "GET /{a}/sp ce", "GET /{b}/sp ce",
                                NULL});
    router_problems p = problems_now();
    CHECK(p.count == 5, "%zu problems", p.count);
    expect_problem(&p, 0, ROUTER_DUPLICATE, 3, 0, "GET /u/xx");
    expect_problem(&p, 1, ROUTER_DUPLICATE, 4, 2, "GET /u/x");
    expect_problem(&p, 2, ROUTER_DUPLICATE, 5, 0, "GET /u/xx");
    expect_problem(&p, 3, ROUTER_DUPLICATE, 7, 6, "GET /a/x");
    expect_problem(&p, 4, ROUTER_DUPLICATE, 9, 8, "GET /x/sp%20ce");
}

static void wished_value_is_shown_unless_a_literal_takes_it(void)
{
    router_segment wish[] = {{.kind = ROUTER_PARAM, .text = ROB_STR_INIT("7")}};
    router_segment taken[] = {{.kind = ROUTER_PARAM, .text = ROB_STR_INIT("me")}};
    router_segment literal[] = {{.kind = ROUTER_LITERAL, .text = ROB_STR_INIT("me")}};
    router_route list[] = {{ROB_GET, wish, 1}, {ROB_GET, taken, 1}, {ROB_GET, literal, 1}, {ROB_GET, wish, 1}};
    router_problems p;
    start((const char *const[]){NULL});
    CHECK(router_check(&routes.arena, list, 4, &p) && p.count == 2, "problems");
    expect_problem(&p, 0, ROUTER_DUPLICATE, 1, 0, "GET /x");
    expect_problem(&p, 1, ROUTER_DUPLICATE, 3, 0, "GET /7");
}

static void covered_remainder_is_unreachable(void)
{
    start((const char *const[]){"/a/*all", "/a/", "/a/{x}", "/a/{x}/*more", "/a//*more", NULL});
    router_problems p = problems_now();
    CHECK(p.count == 1, "%zu problems", p.count);
    expect_problem(&p, 0, ROUTER_UNREACHABLE, 0, 2, "GET /a/x");
    start((const char *const[]){"/a/*all", "/a/", "/a/{x}", "/a/{x}/*more", NULL});
    CHECK(problems_now().count == 0, "/a//b still reaches the first");
}

static void dot_segments_are_never_asked_for(void)
{
    start((const char *const[]){"/a/../b", "/a/.b", NULL});
    router_problems p = problems_now();
    CHECK(p.count == 1, "%zu problems", p.count);
    expect_problem(&p, 0, ROUTER_DOT_SEGMENT, 0, ROUTER_NONE, "GET /a/../b");
}

/* ------------------------------------------------------------------ every small API and path */

static uint64_t seed = 1;

static unsigned dice(unsigned sides)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % sides;
}

static void roll_routes(void)
{
    static const char *const SEGMENTS[] = {"", "a", "b", "ab", "{x}", "{x}", "*r"};
    start((const char *const[]){NULL});
    for (unsigned n = 1 + dice(9); n > 0; n--) {
        char line[64] = "";
        strcat(line, dice(4) ? "GET " : "POST ");
        for (unsigned i = 1 + dice(3); i > 0; i--) {
            const char *segment = SEGMENTS[dice(7)];
            if (segment[0] == 'a' && strstr(line, "ab")) segment = "a"; /* or 8 bytes do not show everything */
            strcat(strcat(line, "/"), segment);
            if (segment[0] == '*') break;
        }
        routes_text_add(&routes, line);
    }
}

static const router_problem *problem_of(const router_problems *problems, size_t route)
{
    for (size_t i = 0; i < problems->count; i++) {
        if (problems->items[i].route == route) return &problems->items[i];
    }
    return NULL;
}

/* Every path of up to 8 bytes over a, b, z and slash: the plan agrees with the naive matcher, and a
 * route has a problem exactly when none of these paths reaches it. */
static void small_api_holds(void)
{
    static const char BYTES[] = "/abz";
    bool reached[16] = {false};
    router_plan *plan = plan_now();
    router_problems problems = problems_now();
    for (unsigned number = 1; number < 1u << 16; number++) {
        char path[9] = "/";
        size_t len = 1;
        unsigned rest = number;
        for (; rest > 3; rest >>= 2) path[len++] = BYTES[rest & 3];
        if (rest != 1) continue;
        compare(plan, (rob_str){path, len});
        rob_match match;
        for (int method = 0; method < 2; method++) {
            uint32_t route = router_match(plan, method, (rob_str){path, len}, &match);
            if (route != ROUTER_NONE) reached[route] = true;
        }
    }
    for (size_t i = 0; i < routes.count; i++) {
        const router_problem *problem = problem_of(&problems, i);
        CHECK(reached[i] == !problem, "route %zu of %zu: reached %d", i, routes.count, reached[i]);
        if (!problem) continue;
        rob_match match;
        rob_str path = problem->example;
        while (path.len > 0 && path.ptr[0] != '/') path.ptr++, path.len--;
        for (int other = 0; other < 2; other++) {
            const router_route *one = &routes.items[other ? problem->other : i];
            CHECK(router_match_naive(one, 1, one->method, path, &match) == 0, "`%.*s` is no example",
                  ROB_STR_ARG(problem->example));
        }
    }
}

/* ------------------------------------------------------------------ size and speed */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void large_api(unsigned count)
{
    start((const char *const[]){NULL});
    for (unsigned i = 0; i < count; i++) {
        static const char *const SHAPES[] = {"GET /v1/resource%u/list", "GET /v1/resource%u/{id}",
                                             "PUT /v1/resource%u/{id}/part/{part}", "POST /v1/resource%u"};
        char line[128];
        snprintf(line, sizeof line, SHAPES[i % 4], i / 4);
        routes_text_add(&routes, line);
    }
}

/* The limits leave room for a busy machine and sanitizers; the times are printed. */
static void planning_is_near_linear(void)
{
    for (unsigned count = 100; count <= 10000; count *= 10) {
        large_api(count);
        double started = now();
        CHECK(problems_now().count == 0, "problems");
        router_plan *plan = plan_now();
        double took = now() - started;
        printf("%u routes checked and planned in %.2f ms\n", count, took * 1e3);
        CHECK(took < 0.05 + count * 1e-4, "%u routes took %.0f ms", count, took * 1e3);
        CHECK(plan->table_driven == (count > ROUTER_SWITCH_LIMIT), "table driven");
        for (unsigned i = 0; i < count; i += count / 100) {
            char path[256];
            fill(path, sizeof path, &routes.items[i], "7");
            compare_text(plan, path);
        }
    }
}

/* Static paths that are hard to tell apart: any count, any length, bytes that differ late. */
static void any_set_of_paths_has_a_perfect_hash(void)
{
    for (unsigned count = 1; count < 3000; count += 1 + count / 3) {
        for (unsigned kind = 0; kind < 4; kind++) {
            start((const char *const[]){NULL});
            for (unsigned i = 0; i < count; i++) {
                char line[600];
                unsigned scattered = i * 2654435761u;
                if (kind == 0) snprintf(line, sizeof line, "/%08x", i);
                if (kind == 1) snprintf(line, sizeof line, "/%0*u", 1 + i % 40, i);
                if (kind == 2) snprintf(line, sizeof line, "/%08x%016llx", scattered, 0x123456789ull * i);
                if (kind == 3) snprintf(line, sizeof line, "/%0400u", i);
                routes_text_add(&routes, line);
            }
            router_plan *plan = plan_now();
            for (size_t i = 0; i < routes.count; i += 1 + count / 200) {
                char path[600];
                rob_match match;
                fill(path, sizeof path, &routes.items[i], "");
                CHECK(router_match(plan, ROB_GET, rob_str_of(path), &match) == i, "kind %u, %u paths: %s",
                      kind, count, path);
            }
        }
    }
}

static void no_routes_match_nothing(void)
{
    rob_match m;
    start((const char *const[]){NULL});
    CHECK(problems_now().count == 0, "problems");
    CHECK(ask(ROB_GET, "/", &m) == ROUTER_NONE, "/");
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    no_routes_match_nothing();
    literal_beats_parameter_in_any_order();
    method_is_part_of_matching();
    dead_ends_are_backed_out_of();
    remainder_may_be_empty_but_needs_its_slash();
    parameter_takes_at_least_one_byte();
    decoded_slash_stays_in_its_segment();
    duplicates_are_shown_with_a_request();
    wished_value_is_shown_unless_a_literal_takes_it();
    covered_remainder_is_unreachable();
    dot_segments_are_never_asked_for();
    known_api_agrees_with_naive_matcher(argv[1], "github.txt", 203);
    known_api_agrees_with_naive_matcher(argv[1], "matchit.txt", 130);
    for (int i = 0; i < 100; i++) {
        roll_routes();
        small_api_holds();
    }
    any_set_of_paths_has_a_perfect_hash();
    planning_is_near_linear();
    routes_text_clear(&routes);
    return failures != 0;
}
