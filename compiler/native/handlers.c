#include "native/handlers.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "native/objects.h"
#include "native/server.h"
#include "terminal.h"

/* Past white space, comments and preprocessor lines. */
static const char *skip_space(const char *at)
{
    for (;;) {
        while (isspace((unsigned char)*at)) at++;
        if (at[0] == '/' && at[1] == '/') {
            at += strcspn(at, "\n");
        } else if (at[0] == '/' && at[1] == '*') {
            const char *end = strstr(at + 2, "*/");
            at = end ? end + 2 : at + strlen(at);
        } else if (*at == '#') {
            while (*at && *at != '\n') at += at[0] == '\\' && at[1] ? 2 : 1;
        } else {
            return at;
        }
    }
}

static const char *skip_quoted(const char *at)
{
    char quote = *at++;
    while (*at && *at != quote && *at != '\n') at += at[0] == '\\' && at[1] ? 2 : 1;
    return *at ? at + 1 : at;
}

/* From an opening bracket past the closing one. */
static const char *skip_brackets(const char *at)
{
    int depth = 0;
    while (*(at = skip_space(at))) {
        if (*at == '"' || *at == '\'') {
            at = skip_quoted(at);
            continue;
        }
        if (*at == '(' || *at == '{') depth++;
        if (*at == ')' || *at == '}') depth--;
        at++;
        if (depth <= 0) break;
    }
    return at;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static void mark(const ir_api *api, rob_str name, bool *present)
{
    for (uint32_t i = 0; i < api->route_count; i++) {
        if (rob_str_eq(api->routes[i]->c_function, name)) present[i] = true;
    }
}

/* extern "C" { … } and namespaces are walked into, function bodies and initialisers are not. */
static void scan(const ir_api *api, const char *at, bool *present)
{
    rob_str name = {0};
    bool opens_scope = false; /* a `{` that comes now is one of extern "C" or of a namespace */
    while (*(at = skip_space(at))) {
        if (is_word(*at)) {
            name.ptr = at;
            while (is_word(*at)) at++;
            name.len = (size_t)(at - name.ptr);
            opens_scope |= rob_str_eq(name, ROB_STR("namespace"));
        } else if (*at == '"' || *at == '\'') {
            at = skip_quoted(at);
            opens_scope = true;
        } else if (*at == '(') {
            at = skip_space(skip_brackets(at));
            if (*at == '{') mark(api, name, present);
            opens_scope = false;
        } else if (*at == '{' && !opens_scope) {
            at = skip_brackets(at);
        } else {
            opens_scope = false;
            at++;
        }
    }
}

static bool needs_function(const ir_route *route)
{
    return route->impls[0].kind == IR_NATIVE;
}

bool handlers_find(const ir_api *api, rob_str folder, rob_arena *arena, bool *present)
{
    rob_str *paths = NULL;
    size_t count = 0;
    if (!server_sources(api, folder, arena, &paths, &count)) return false;
    for (uint32_t i = 0; i < api->route_count; i++) present[i] = !needs_function(api->routes[i]);
    for (size_t i = 0; i < count; i++) {
        rob_str text = file_read(paths[i].ptr, arena);
        if (!text.ptr) {
            terminal_error("cannot read %s: %s", paths[i].ptr, strerror(errno));
            return false;
        }
        scan(api, text.ptr, present);
    }
    return true;
}

bool handlers_report_missing(const ir_api *api, rob_str folder, rob_arena *arena)
{
    bool *present = rob_arena_alloc(arena, api->route_count + 1), any = false;
    if (!present || !handlers_find(api, folder, arena, present)) return false;
    for (uint32_t i = 0; i < api->route_count; i++) {
        const ir_route *route = api->routes[i];
        if (present[i]) continue;
        any = true;
        terminal_error("no handler `%.*s` for %.*s; `robync stub %.*s` writes a first one", ROB_STR_ARG(route->c_function),
                       ROB_STR_ARG(route->text), ROB_STR_ARG(api->root_path));
    }
    return any;
}
