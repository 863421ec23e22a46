/* routes_text.h: routes for tests from lines of text, `GET /users/:id/{name}`. */
#ifndef ROUTES_TEXT_H
#define ROUTES_TEXT_H

#include "router/router.h"

enum { MAX_ROUTES = 20000 };

typedef struct routes_text {
    rob_arena arena;
    router_route items[MAX_ROUTES];
    size_t count;
} routes_text;

/* `:name` and `{name}` are parameters, `*name` is the remainder. A line without a method is a GET. */
void routes_text_add(routes_text *routes, const char *line);

/* All lines of a file but comments. The number of routes added; the test ends when there is no file. */
size_t routes_text_read(routes_text *routes, const char *folder, const char *name);

void routes_text_clear(routes_text *routes);

#endif
