/* The lists of ir_api: what is reachable, in the order that emitters want, with what OpenAPI needs. */
#include "checker.h"

typedef struct finish {
    checker *c;
    map seen;     /* ir_type by address, as text */
    map by_value; /* C types that by_value has */
    map tables, table_numbers; /* names of type tables */
    list types, enums, unions, models, order;
} finish;

/* ------------------------------------------------------------------ reachable types, items first */

static void visit(finish *f, const ir_type *type);

static void visit_model(finish *f, checked_model *m)
{
    for (uint32_t i = 0; i < m->ir.field_count; i++) visit(f, m->ir.fields[i].type);
    list_push(f->c->arena, &f->models, m);
}

static void visit_union(finish *f, checked_union *u)
{
    for (uint32_t i = 0; i < u->ir.count; i++) visit(f, u->ir.arms[i].type);
    list_push(f->c->arena, &f->unions, u);
}

static void visit(finish *f, const ir_type *type)
{
    rob_str key = {(const char *)&type->id, sizeof type->id}; /* serial numbers are unique */
    if (map_add(f->c->arena, &f->seen, key, (void *)type)) return;
    if (type->item) visit(f, type->item);
    if (type->key) visit(f, type->key);
    if (type->table.kind == ROB_KIND_MODEL) visit_model(f, (checked_model *)type->model);
    if (type->arms) visit_union(f, (checked_union *)type->arms);
    if (type->choice) list_push(f->c->arena, &f->enums, (void *)type->choice);
    list_push(f->c->arena, &f->types, (void *)type);
}

static void visit_route(finish *f, const ir_route *route)
{
    for (uint32_t i = 0; i < route->param_count; i++) visit(f, route->params[i].field.type);
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        const ir_outcome *out = &route->outcomes[i];
        if (out->type) visit(f, out->type);
        for (uint32_t h = 0; h < out->header_count; h++) visit(f, out->headers[h].field.type);
    }
}

static void visit_declared(finish *f)
{
    for (const ast_decl *d = f->c->root->file->decls; d; d = d->next) {
        symbol *s = map_get(&f->c->root->own, d->name.text);
        if (!s || s->decl != d) continue;
        if (s->error_model) visit(f, ((checked_model *)s->error_model)->type);
        else if (s->type) visit(f, s->type);
    }
}

/* ------------------------------------------------------------------ C structs, parts first */

static void define(finish *f, const ir_type *type)
{
    rob_kind kind = (rob_kind)type->table.kind;
    bool is_struct = kind >= ROB_KIND_LIST && kind != ROB_KIND_ENUM;
    if (!is_struct || map_add(f->c->arena, &f->by_value, type->c_type, (void *)type)) return;
    if (kind == ROB_KIND_NULLABLE) define(f, type->item);
    for (uint32_t i = 0; type->model && i < type->model->field_count; i++)
        if (!(type->model->fields[i].table.flags & ROB_FIELD_INDIRECT)) define(f, type->model->fields[i].type);
    for (uint32_t i = 0; type->arms && i < type->arms->count; i++) define(f, type->arms->arms[i].type);
    list_push(f->c->arena, &f->order, (void *)type);
}

static rob_str table_name(finish *f, const ir_type *type)
{
    checker *c = f->c;
    bool scalar = type->table.kind < ROB_KIND_LIST;
    rob_str base = scalar ? rob_str_of(kind_name((rob_kind)type->table.kind)) : type_base_name(c, type);
    rob_str wanted = arena_format(c->arena, "type_%.*s", ROB_STR_ARG(base));
    return names_free(c->arena, &f->tables, &f->table_numbers, wanted, f);
}

/* ------------------------------------------------------------------ for OpenAPI */

/* Which models a request or a response reaches. */
static void mark_used(finish *f, const ir_type *type, bool in)
{
    while (type->item) type = type->item;
    for (uint32_t i = 0; type->arms && i < type->arms->count; i++) {
        const ir_type *arm = type->arms->arms[i].type;
        mark_used(f, arm, in);
    }
    ir_model *m = (ir_model *)type->model;
    if (!m || (in ? m->used_in : m->used_out)) return;
    if (in) m->used_in = true;
    else m->used_out = true;
    for (uint32_t i = 0; i < m->field_count; i++) mark_used(f, m->fields[i].type, in);
}

static void mark_route(finish *f, const ir_route *route)
{
    for (uint32_t i = 0; i < route->param_count; i++) mark_used(f, route->params[i].field.type, true);
    for (uint32_t i = 0; i < route->outcome_count; i++)
        if (route->outcomes[i].type) mark_used(f, route->outcomes[i].type, false);
}

static bool type_differs(const ir_type *type)
{
    while (type->item) type = type->item;
    if (type->table.kind == ROB_KIND_DECIMAL) return true; /* in: number or string; out: string */
    if (type->model) return type->model->shapes_differ;
    for (uint32_t i = 0; type->arms && i < type->arms->count; i++)
        if (type_differs(type->arms->arms[i].type)) return true;
    return false;
}

static bool model_differs(const checked_model *m)
{
    if (m->recursive) return true; /* Pydantic's names for the two stay apart once they refer to themselves */
    for (uint32_t i = 0; i < m->ir.field_count; i++) {
        const ir_field *field = &m->ir.fields[i];
        bool one_way = field->table.flags & (ROB_FIELD_READONLY | ROB_FIELD_WRITEONLY);
        if (one_way || type_differs(field->type)) return true;
    }
    return false;
}

static void mark_differing(finish *f)
{
    find_recursive(f->c);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < f->models.count; i++) {
            checked_model *m = f->models.items[i];
            if (!m->ir.shapes_differ && model_differs(m)) m->ir.shapes_differ = changed = true;
        }
    }
}

/* ------------------------------------------------------------------ component names */

/* Names that people wrote first, then made ones, which step aside with a number. */
static void name_components(finish *f)
{
    checker *c = f->c;
    map taken = {0}, numbers = {0};
    map_add(c->arena, &taken, ROB_STR("HTTPValidationError"), f);
    map_add(c->arena, &taken, ROB_STR("ValidationError"), f);
    for (size_t i = 0; i < f->enums.count; i++) {
        const ir_enum *e = f->enums.items[i];
        if (e->name.len) map_add(c->arena, &taken, e->name, f);
    }
    for (int made = 0; made < 2; made++)
        for (size_t i = 0; i < f->models.count; i++) {
            checked_model *m = f->models.items[i];
            bool is_made = !m->declared || m->declared->instances.count;
            if (is_made != (made == 1)) continue;
            m->ir.component = names_free(c->arena, &taken, &numbers, m->ir.component, f);
        }
    for (size_t i = 0; i < f->unions.count; i++) {
        ir_union *u = f->unions.items[i];
        for (uint32_t a = 0; a < u->count; a++) {
            ir_arm *arm = &u->arms[a];
            if (!arm->component.len) continue;
            bool own = arm->type->model->anonymous; /* an object written in the union stands nowhere else */
            if (own) arm->component = arm->type->model->component;
            else arm->component = names_free(c->arena, &taken, &numbers, arm->component, f);
        }
    }
}

/* ------------------------------------------------------------------ together */

static void number_all(finish *f)
{
    for (size_t i = 0; i < f->types.count; i++) {
        ir_type *type = f->types.items[i];
        type->id = (uint32_t)i;
        type->c_table = table_name(f, type);
        define(f, type);
    }
    for (size_t i = 0; i < f->models.count; i++) ((ir_model *)f->models.items[i])->id = (uint32_t)i;
    for (size_t i = 0; i < f->unions.count; i++) ((ir_union *)f->unions.items[i])->id = (uint32_t)i;
}

void finish_api(checker *c)
{
    finish f = {.c = c};
    ir_api *api = c->api;
    visit_declared(&f);
    for (size_t i = 0; i < c->routes.count; i++) visit_route(&f, c->routes.items[i]);
    for (size_t i = 0; i < c->routes.count; i++) mark_route(&f, c->routes.items[i]);
    mark_differing(&f);
    name_components(&f);
    number_all(&f);
    api->types = (ir_type **)f.types.items;
    api->type_count = (uint32_t)f.types.count;
    api->enums = (ir_enum **)f.enums.items;
    api->enum_count = (uint32_t)f.enums.count;
    api->unions = (ir_union **)f.unions.items;
    api->union_count = (uint32_t)f.unions.count;
    api->models = (ir_model **)f.models.items;
    api->model_count = (uint32_t)f.models.count;
    api->by_value = (const ir_type **)f.order.items;
    api->by_value_count = (uint32_t)f.order.count;
    api->routes = (ir_route **)c->routes.items;
    api->route_count = (uint32_t)c->routes.count;
}
