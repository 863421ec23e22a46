#include "routes_text.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const METHODS[ROB_METHOD_COUNT] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};

static router_segment segment_of(rob_arena *arena, const char *text, size_t len)
{
    if (len > 0 && (text[0] == ':' || text[0] == '{')) return (router_segment){.kind = ROUTER_PARAM};
    if (len > 0 && text[0] == '*') return (router_segment){.kind = ROUTER_REST};
    return (router_segment){.kind = ROUTER_LITERAL, .text = rob_arena_copy(arena, (rob_str){text, len})};
}

void routes_text_add(routes_text *routes, const char *line)
{
    router_route *route = &routes->items[routes->count++];
    *route = (router_route){.method = ROB_GET};
    const char *path = strchr(line, '/');
    for (int m = 0; m < ROB_METHOD_COUNT; m++) {
        size_t len = strlen(METHODS[m]);
        if (strncmp(line, METHODS[m], len) == 0 && line[len] == ' ') route->method = m;
    }
    size_t most = 0;
    for (const char *at = path; *at; at++) most += *at == '/';
    router_segment *segments = rob_arena_alloc(&routes->arena, most * sizeof *segments);
    route->segments = segments;
    for (const char *at = path; *at == '/';) {
        size_t len = strcspn(++at, "/\n");
        segments[route->count++] = segment_of(&routes->arena, at, len);
        at += len;
    }
}

size_t routes_text_read(routes_text *routes, const char *folder, const char *name)
{
    char path[4096], line[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }
    size_t before = routes->count;
    while (fgets(line, sizeof line, file)) {
        if (line[0] != '#' && strchr(line, '/')) routes_text_add(routes, line);
    }
    fclose(file);
    return routes->count - before;
}

void routes_text_clear(routes_text *routes)
{
    rob_arena_free(&routes->arena);
    routes->count = 0;
}
