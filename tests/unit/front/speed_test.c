/* A thousand routes are read in a few milliseconds: 20 are allowed for them in a budget of 100 for the
 * whole of `robync check`; a sanitizer or a busy machine gets ten times that. */
#include <stdio.h>
#include <time.h>

#include "memory.h"
#include "parse.h"

enum { ROUTES = 1000, TRIES = 5 };

static rob_str thousand_routes(rob_arena *arena)
{
    char *text = NULL;
    uint32_t cap = 0, len = 0;
    for (int i = 0; i < ROUTES; i++) {
        rob_str route = arena_format(arena,
            "## Route number %d.\n"
            "GET /v1/thing%d/{id: int(ge=1)} (limit: int(ge=1, le=100) = 20, q?: str, tag: header(\"X-Tag\") str = \"a\")\n"
            "  -> 200 { id: int, name: str(max_length=20) } with (etag: header(\"ETag\") str), 404 { detail: str }\n"
            "  = native thing%d\n", i, i, i);
        text = arena_room(arena, text, &cap, len + (uint32_t)route.len, 1);
        memcpy(text + len, route.ptr, route.len);
        len += (uint32_t)route.len;
    }
    return (rob_str){text, len};
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

int main(void)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_str text = thousand_routes(&arena);
    double best = 1e9;
    size_t count = 0;
    for (int i = 0; i < TRIES; i++) {
        sources all = {.arena = &arena};
        diag d;
        diag_init(&d, &arena, &all);
        double start = milliseconds();
        ast_file file;
        parse_file(source_add(&all, ROB_STR("many.api"), text), &arena, &d, &file);
        double took = milliseconds() - start;
        if (took < best) best = took;
        count = d.errors;
        for (const ast_decl *decl = file.decls; decl; decl = decl->next) count += decl->kind == AST_ROUTE;
    }
    printf("%d routes, %zu bytes: %.1f ms\n", ROUTES, text.len, best);
    rob_arena_free(&arena);
    return count != ROUTES || best > 200;
}
