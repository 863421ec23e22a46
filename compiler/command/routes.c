#include <stdio.h>

#include "command/command.h"
#include "native/job.h"

enum { COLUMNS = 4 };

/* The table's cells, row by row. */
typedef struct table {
    words cells;
    size_t width[COLUMNS];
} table;

/* Columns are counted in code points. */
static size_t width_of(const char *text)
{
    size_t width = 0;
    for (; *text; text++) width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}

static void add_cell(table *t, rob_str text)
{
    size_t column = t->cells.count % COLUMNS, width = width_of(text.ptr);
    words_add(&t->cells, text.ptr);
    if (width > t->width[column]) t->width[column] = width;
}

static rob_str parameters(const ir_route *route, rob_arena *arena)
{
    static const char *const sources[] = {"", "", "header ", "cookie ", "form ", "body ", "raw "};
    rob_str all = ROB_STR("");
    for (uint32_t i = 0; i < route->param_count; i++) {
        const ir_param *p = &route->params[i];
        bool optional = p->field.table.flags & ROB_FIELD_OPTIONAL;
        rob_str type = p->field.type ? p->field.type->text : ROB_STR("bytes");
        all = rob_arena_format(arena, "%s%s%.*s%s: %s%.*s%s%.*s", all.ptr, i ? ", " : "", ROB_STR_ARG(p->field.name),
                               optional ? "?" : "", sources[p->source], ROB_STR_ARG(type),
                               p->field.fallback_json.len ? " = " : "", ROB_STR_ARG(p->field.fallback_json));
    }
    return all;
}

static rob_str implementation(const ir_impl *impl, rob_arena *arena)
{
    switch (impl->kind) {
    case IR_NATIVE: return rob_arena_format(arena, "native %.*s", ROB_STR_ARG(impl->function));
    case IR_PYTHON: return rob_arena_format(arena, "python %.*s:%.*s", ROB_STR_ARG(impl->module), ROB_STR_ARG(impl->callable));
    case IR_CONST: return rob_arena_format(arena, "const %u", impl->status);
    case IR_REDIRECT: return rob_arena_format(arena, "redirect %u %.*s", impl->status, ROB_STR_ARG(impl->target));
    }
    return ROB_STR("");
}

static void add_route(table *t, const ir_route *route, rob_arena *arena)
{
    size_t space = strcspn(route->text.ptr, " ");
    add_cell(t, rob_arena_copy(arena, (rob_str){route->text.ptr, space}));
    add_cell(t, rob_arena_copy(arena, route->path));
    add_cell(t, parameters(route, arena));
    rob_str impls = implementation(&route->impls[0], arena);
    for (uint32_t i = 1; i < route->impl_count; i++) {
        impls = rob_arena_format(arena, "%s, %s", impls.ptr, implementation(&route->impls[i], arena).ptr);
    }
    add_cell(t, impls);
}

static void print_table(const table *t)
{
    for (size_t i = 0; i < t->cells.count; i++) {
        const char *cell = t->cells.items[i];
        size_t column = i % COLUMNS;
        if (column == COLUMNS - 1) printf("%s\n", cell);
        else printf("%s%*s", cell, (int)(t->width[column] - width_of(cell) + 2), "");
    }
}

static int run(int argc, char **argv)
{
    const char *path = ".";
    const flag flags[] = {{0}};
    int count = 0;
    flags_result parsed = flags_parse(&command_routes, flags, argc, argv, &path, 1, &count, NULL);
    if (parsed != FLAGS_OK) return parsed == FLAGS_HELP ? EXIT_FINE : EXIT_UNUSABLE;
    driver d;
    int code = driver_load(&d, path);
    if (code == EXIT_FINE) {
        table t = {.cells = {.arena = &d.arena}};
        static const char *const heads[] = {"METHOD", "PATH", "PARAMETERS", "IMPLEMENTATION"};
        for (size_t i = 0; i < COLUMNS; i++) add_cell(&t, rob_str_of(heads[i]));
        for (uint32_t i = 0; i < d.api->route_count; i++) add_route(&t, d.api->routes[i], &d.arena);
        print_table(&t);
    }
    driver_free(&d);
    return code;
}

const command command_routes = {
    .name = "routes",
    .usage = "[FILE]",
    .summary = "List the routes: method, path, parameters, implementation",
    .about = "FILE is a spec, or a folder with one (default: this folder).\n",
    .run = run,
};
