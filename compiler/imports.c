/* Imports: the files of a program, each once, imported ones first. */
#include <limits.h>
#include <stdlib.h>

#include "memory.h"
#include "parse.h"

typedef enum visit_state { LOADING, DONE } visit_state;

/* One file, known by its real path, so that a symbolic link does not make two of it. */
typedef struct visit {
    struct visit *parent; /* the file whose import led here; a chain while LOADING */
    rob_str real_path;
    visit_state state;
    span import_at; /* in the parent */
    ast_file file;
} visit;

typedef struct loader {
    sources *all;
    diag *diag;
    visit **seen;
    uint32_t seen_count, seen_cap;
    ast_file *order;
    uint32_t order_count, order_cap;
    uint32_t depth;
} loader;

enum { DEEPEST_CHAIN = 256 }; /* of imports, each level a recursion */

static rob_str real_path(loader *l, rob_str path)
{
    char real[PATH_MAX];
    rob_str copy = arena_text(l->all->arena, path);
    return realpath(copy.ptr, real) ? arena_text(l->all->arena, rob_str_of(real)) : copy;
}

static visit *find(const loader *l, rob_str path)
{
    for (uint32_t i = 0; i < l->seen_count; i++) {
        if (rob_str_eq(l->seen[i]->real_path, path)) return l->seen[i];
    }
    return NULL;
}

/* Relative to the folder of the importing file. */
static rob_str resolve(loader *l, rob_str importer, rob_str path)
{
    size_t folder = importer.len;
    while (folder && importer.ptr[folder - 1] != '/') folder--;
    if (folder == 0 || (path.len && path.ptr[0] == '/')) return path;
    return arena_format(l->all->arena, "%.*s%.*s", (int)folder, importer.ptr, ROB_STR_ARG(path));
}

/* `from` stands in the file that closes the circle; the chain leads from there back to itself. */
static void report_cycle(loader *l, const visit *last, const visit *first, span at)
{
    rob_str chain = first->file.source->path;
    for (const visit *v = last; v != first; v = v->parent) {
        chain = arena_format(l->all->arena, "%.*s -> %.*s", ROB_STR_ARG(v->file.source->path), ROB_STR_ARG(chain));
    }
    chain = arena_format(l->all->arena, "%.*s -> %.*s", ROB_STR_ARG(first->file.source->path), ROB_STR_ARG(chain));
    diag_item *item = diag_error(l->diag, at, "RB0031", "these files import each other: %.*s", ROB_STR_ARG(chain));
    for (const visit *v = last; v != first; v = v->parent) diag_also(l->diag, item, v->import_at, "imported here");
    diag_hint(l->diag, item, "move what both need into a third file");
}

/* What would have come from a file that cannot be read is not unknown. */
static void names_are_broken(loader *l, visit *v, const ast_decl *decl)
{
    for (const ast_name_item *item = decl->import.names; item; item = item->next) {
        ast_name_item *copy = arena_new(l->all->arena, ast_name_item);
        *copy = (ast_name_item){.next = v->file.broken, .name = item->name};
        v->file.broken = copy;
    }
}

static void load(loader *l, visit *v);

static void load_import(loader *l, visit *from, ast_decl *decl)
{
    span at = decl->import.path_at;
    rob_str path = resolve(l, from->file.source->path, decl->import.path);
    rob_str real = real_path(l, path);
    visit *known = find(l, real);
    if (known) {
        decl->import.source = known->file.source;
        if (known->state == LOADING) report_cycle(l, from, known, at);
        return;
    }
    const char *why = l->depth >= DEEPEST_CHAIN ? "imports are chained too deep" : NULL;
    source *src = why ? NULL : source_read(l->all, path, &why);
    if (!src) {
        diag_error(l->diag, at, "RB0030", "cannot read `%.*s`: %s", ROB_STR_ARG(path), why);
        names_are_broken(l, from, decl);
        return;
    }
    decl->import.source = src;
    visit *v = arena_new(l->all->arena, visit);
    *v = (visit){.parent = from, .real_path = real, .import_at = at, .file = {.source = src}};
    load(l, v);
}

/* Parse, then load what it imports, then take a place behind that. */
static void load(loader *l, visit *v)
{
    l->seen = arena_room(l->all->arena, l->seen, &l->seen_cap, l->seen_count + 1, sizeof *l->seen);
    l->seen[l->seen_count++] = v;
    l->depth++;
    parse_file(v->file.source, l->all->arena, l->diag, &v->file);
    for (ast_decl *decl = v->file.decls; decl; decl = decl->next) {
        if (decl->kind == AST_IMPORT) load_import(l, v, decl);
    }
    l->depth--;
    v->state = DONE;
    l->order = arena_room(l->all->arena, l->order, &l->order_cap, l->order_count + 1, sizeof *l->order);
    l->order[l->order_count++] = v->file;
}

bool parse_program(sources *all, rob_str path, diag *d, ast_program *out, const char **unreadable)
{
    *out = (ast_program){0};
    size_t errors = d->errors;
    source *src = source_read(all, path, unreadable);
    if (!src) return false;
    loader l = {.all = all, .diag = d};
    visit root = {.real_path = real_path(&l, path), .file = {.source = src}};
    load(&l, &root);
    *out = (ast_program){.files = l.order, .count = l.order_count, .root = &l.order[l.order_count - 1]};
    return d->errors == errors;
}
