/* router_cases: emit the router of a list of routes, and requests with the answers of a naive matcher.
 *
 *   router_cases FOLDER ROUTES     a file, as tests/unit/router has them
 *   router_cases FOLDER --many     1,000 made-up routes: a router of tables
 *
 * Writes FOLDER/store/ and FOLDER/cases.txt: method, route or -, captures, path, apart by tabs. */
#include "../router/routes_text.h"

#include <stdio.h>
#include <stdlib.h>

#include "emit/emit.h"
#include "text.h"

static routes_text routes;
static rob_arena arena;

/* ------------------------------------------------------------------ the IR */

static ir_route *make_route(const router_route *from, uint32_t number)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    ir_route *route = arena_new(&arena, ir_route);
    rob_str name = arena_format(&arena, "r%u", number);
    *route = (ir_route){.method = from->method, .segment_count = (uint32_t)from->count, .impl_count = 1,
                        .operation_id = arena_format(&arena, "%u", number), .name = name,
                        .text = arena_format(&arena, "%s #%u", methods[from->method], number),
                        .c_function = arena_format(&arena, "store_r%u", number)};
    route->segments = arena_need(&arena, from->count * sizeof *route->segments);
    route->impls = arena_new(&arena, ir_impl);
    *route->impls = (ir_impl){.kind = IR_CONST, .status = 204};
    for (size_t i = 0; i < from->count; i++) {
        bool literal = from->segments[i].kind == ROUTER_LITERAL;
        rob_str text = from->segments[i].text.len ? from->segments[i].text : ROB_STR("");
        route->segments[i] = (ir_segment){.literal = literal ? text : (rob_str){0},
                                          .rest = from->segments[i].kind == ROUTER_REST};
    }
    return route;
}

static const ir_api *make_api(void)
{
    ir_api *api = arena_new(&arena, ir_api);
    *api = (ir_api){.name = ROB_STR("Store"), .version = ROB_STR("1"), .prefix = ROB_STR("store"),
                    .root_path = ROB_STR("store.api"), .route_count = (uint32_t)routes.count};
    api->routes = arena_need(&arena, routes.count * sizeof *api->routes);
    for (size_t i = 0; i < routes.count; i++) api->routes[i] = make_route(&routes.items[i], (uint32_t)i);
    return api;
}

static void add_many(void)
{
    static const char *const shapes[] = {"GET /v1/thing%u", "GET /v1/thing%u/{id}", "POST /v1/thing%u/{id}/parts/{part}",
                                         "DELETE /v1/{any}/thing%u", "GET /files%u/*rest"};
    char line[80];
    for (unsigned i = 0; i < 200; i++) {
        for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
            snprintf(line, sizeof line, shapes[s], i);
            routes_text_add(&routes, line);
        }
    }
}

/* ------------------------------------------------------------------ requests */

static FILE *cases;
static size_t case_count;

static void write_case(rob_method method, rob_str path)
{
    rob_match match = {0};
    uint32_t route = router_match_naive(routes.items, routes.count, method, path, &match);
    if (route == ROUTER_NONE) fprintf(cases, "%d\t-\t", (int)method);
    else fprintf(cases, "%d\t%u\t", (int)method, route);
    unsigned captured = 0;
    for (size_t i = 0; route != ROUTER_NONE && i < routes.items[route].count; i++) {
        if (routes.items[route].segments[i].kind == ROUTER_LITERAL) continue;
        fprintf(cases, "%.*s|", ROB_STR_ARG(match.captures[captured]));
        captured++;
    }
    fprintf(cases, "\t%.*s\n", ROB_STR_ARG(path));
    case_count++;
}

static void ask(const router_route *like, rob_str path)
{
    write_case(like->method, path);
    write_case(like->method == ROB_GET ? ROB_POST : ROB_GET, path);
}

static rob_str filled(const router_route *route, const char *value)
{
    text out = text_new(&arena);
    for (size_t i = 0; i < route->count; i++) {
        const router_segment *segment = &route->segments[i];
        text_char(&out, '/');
        text_add(&out, segment->kind == ROUTER_LITERAL ? segment->text : rob_str_of(value));
    }
    return text_done(&out);
}

/* Each byte left out, doubled, and changed; and the path with a slash at its end. */
static void near_misses(const router_route *route, rob_str path, size_t step)
{
    for (size_t i = 1; i < path.len; i += step) {
        rob_str head = {path.ptr, i}, tail = {path.ptr + i + 1, path.len - i - 1};
        ask(route, arena_format(&arena, "%.*s%.*s", ROB_STR_ARG(head), ROB_STR_ARG(tail)));
        ask(route, arena_format(&arena, "%.*s%c%.*s", ROB_STR_ARG(head), path.ptr[i - 1], (int)(path.len - i), path.ptr + i));
        ask(route, arena_format(&arena, "%.*s~%.*s", ROB_STR_ARG(head), ROB_STR_ARG(tail)));
        ask(route, head);
    }
    ask(route, arena_format(&arena, "%.*s/", ROB_STR_ARG(path)));
    ask(route, arena_format(&arena, "%.*s/x", ROB_STR_ARG(path)));
}

static void write_cases(size_t step)
{
    for (size_t i = 0; i < routes.count; i++) {
        const router_route *route = &routes.items[i];
        ask(route, filled(route, "42"));
        ask(route, filled(route, ""));
        ask(route, filled(route, "users"));
        near_misses(route, filled(route, "x"), step);
    }
    write_case(ROB_GET, ROB_STR("/"));
    write_case(ROB_HEAD, ROB_STR("/v1"));
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    rob_arena_init(&arena, 0);
    bool many = strcmp(argv[2], "--many") == 0;
    if (many) {
        add_many();
    } else {
        char *slash = strrchr(argv[2], '/');
        *slash = 0;
        routes_text_read(&routes, argv[2], slash + 1);
    }
    output out;
    size_t written = 0;
    rob_str why = {0};
    output_init(&out, &arena);
    emit_c(make_api(), &out);
    if (!output_commit(&out, rob_str_of(argv[1]), &written, &why)) {
        fprintf(stderr, "%.*s\n", ROB_STR_ARG(why));
        return 1;
    }
    cases = fopen(arena_format(&arena, "%s/cases.txt", argv[1]).ptr, "w");
    if (!cases) return 1;
    write_cases(many ? 7 : 1);
    fclose(cases);
    printf("%zu routes, %zu requests\n", routes.count, case_count);
    return 0;
}
