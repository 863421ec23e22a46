/* The order of work; each step is a file of its own (README.md). */
#include "checker.h"

/* Types are resolved when somebody names them; here it is the file itself that does. */
static void resolve_declarations(checker *c)
{
    for (const ast_decl *d = c->root->file->decls; d; d = d->next) {
        symbol *s = map_get(&c->root->own, d->name.text);
        if (!s || s->decl != d) continue;
        bool generic = d->kind == AST_MODEL && d->model.params;
        if (d->kind == AST_ERROR) error_model(c, s);
        else if (!generic) type_of_symbol(c, s, d->name.at);
    }
}

/* A generic model that nobody uses is checked too, with types that fit everything. */
static void check_unused_generics(checker *c)
{
    for (const ast_decl *d = c->root->file->decls; d; d = d->next) {
        symbol *s = map_get(&c->root->own, d->name.text);
        bool generic = s && s->decl == d && d->kind == AST_MODEL && d->model.params;
        if (!generic || s->instances.count) continue;
        const binding *bound = NULL;
        for (const ast_name_item *p = d->model.params; p; p = p->next) {
            binding *b = arena_new(c->arena, binding);
            *b = (binding){.next = bound, .name = p->name.text, .type = c->poison};
            bound = b;
        }
        type_of_model(c, s, bound, d->name.text, true);
    }
}

/* `model Page[T, T]` */
static void check_type_params(checker *c)
{
    for (const ast_decl *d = c->root->file->decls; d; d = d->next) {
        map seen = {0};
        if (d->kind != AST_MODEL) continue;
        for (const ast_name_item *p = d->model.params; p; p = p->next)
            if (map_add(c->arena, &seen, p->name.text, (void *)p))
                report(c, p->name.at, "RB0101", "type parameter `%.*s` is there twice", ROB_STR_ARG(p->name.text));
    }
}

/* link, sources, include. */
static void collect_texts(checker *c)
{
    ir_api *api = c->api;
    uint32_t most = 0;
    for (const ast_decl *d = c->root->file->decls; d; d = d->next) most++;
    api->links = arena_need(c->arena, sizeof(rob_str) * (most + 1));
    api->sources = arena_need(c->arena, sizeof(rob_str) * (most + 1));
    api->includes = arena_need(c->arena, sizeof(rob_str) * (most + 1));
    for (const ast_decl *d = c->root->file->decls; d; d = d->next) {
        bool text = d->kind == AST_LINK || d->kind == AST_SOURCES || d->kind == AST_INCLUDE;
        if (text && !d->text.text.len) report(c, d->text.text_at, "RB0407", "the text is empty");
        if (d->kind == AST_LINK) api->links[api->link_count++] = d->text.text;
        if (d->kind == AST_SOURCES) api->sources[api->source_count++] = d->text.text;
        if (d->kind == AST_INCLUDE) api->includes[api->include_count++] = d->text.text;
    }
}

static void model_defaults(checker *c, checked_model *m);

static void held_defaults(checker *c, const ir_type *type)
{
    while (type->item) type = type->item;
    if (type->table.kind == ROB_KIND_MODEL) model_defaults(c, (checked_model *)type->model);
    for (uint32_t i = 0; type->arms && i < type->arms->count; i++) held_defaults(c, type->arms->arms[i].type);
}

/* A default of a model is decoded with the defaults of its fields, so those come first. */
static void model_defaults(checker *c, checked_model *m)
{
    if (m->values_done) return;
    m->values_done = true;
    for (uint32_t f = 0; f < m->ir.field_count; f++) {
        held_defaults(c, m->ir.fields[f].type);
        field_default(c, m->written[f], &m->ir.fields[f], (rob_field *)&m->ir.table.fields[f]);
    }
}

static void check_defaults(checker *c)
{
    for (size_t i = 0; i < c->models.count; i++) model_defaults(c, c->models.items[i]);
}

const ir_api *check_program(const ast_program *program, rob_arena *arena, diag *d)
{
    checker *c = arena_new(arena, checker);
    size_t errors = d->errors;
    *c = (checker){.arena = arena, .d = d, .program = program, .api = arena_new(arena, ir_api)};
    declare_all(c);
    if (!c->root) return NULL;
    check_settings(c);
    check_api(c);
    types_init(c);
    check_type_params(c);
    claim_all_declared(c);
    resolve_declarations(c);
    fill_models(c);
    check_routes(c);
    check_unused_generics(c);
    fill_models(c);
    collect_texts(c);
    check_unions(c);
    lay_out_types(c);
    lay_out_routes(c);
    check_defaults(c);
    check_ambiguity(c);
    check_values(c);
    check_route_values(c);
    if (d->errors > errors) return NULL;
    finish_api(c);
    return c->api;
}
