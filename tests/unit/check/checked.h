/* checked.h: a spec in a string, parsed and checked; and counted assertions. */
#ifndef TESTS_CHECKED_H
#define TESTS_CHECKED_H

#include <stdio.h>

#include "check.h"
#include "parse.h"

typedef struct checked {
    rob_arena arena;
    sources all;
    diag d;
    const ir_api *api; /* NULL: there were errors */
} checked;

static inline void check_text(checked *c, const char *spec)
{
    *c = (checked){0};
    rob_arena_init(&c->arena, 0);
    c->all.arena = &c->arena;
    diag_init(&c->d, &c->arena, &c->all);
    ast_file *file = rob_arena_alloc(&c->arena, sizeof *file);
    const source *src = source_add(&c->all, rob_str_of("test.api"), rob_str_of(spec));
    if (!parse_file(src, &c->arena, &c->d, file)) return;
    ast_program program = {.files = file, .count = 1, .root = file};
    c->api = check_program(&program, &c->arena, &c->d);
}

static inline void end_checked(checked *c)
{
    rob_arena_free(&c->arena);
}

static inline bool reported(const checked *c, const char *code)
{
    for (const diag_item *item = c->d.first; item; item = item->next)
        if (strcmp(item->code, code) == 0) return true;
    return false;
}

static inline const ir_model *model_named(const ir_api *api, const char *name)
{
    for (uint32_t i = 0; api && i < api->model_count; i++)
        if (rob_str_eq(api->models[i]->name, rob_str_of(name))) return api->models[i];
    return NULL;
}

static int failures;

#define EXPECT(condition, ...) \
    do { \
        if (!(condition)) { \
            printf("%s:%d: ", __FILE__, __LINE__); \
            printf(__VA_ARGS__); \
            printf("\n"); \
            failures++; \
        } \
    } while (0)

#endif
