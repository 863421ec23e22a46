/* Routes and groups, one by one and then against each other. */
#include "check_route.h"
#include "check_union.h"
#include "router/router.h"

static const char *const method_names[ROB_METHOD_COUNT] = {
    [ROB_GET] = "GET", [ROB_POST] = "POST", [ROB_PUT] = "PUT", [ROB_PATCH] = "PATCH",
    [ROB_DELETE] = "DELETE", [ROB_HEAD] = "HEAD", [ROB_OPTIONS] = "OPTIONS",
};

bool method_of(rob_str name, rob_method *out)
{
    for (int i = 0; i < ROB_METHOD_COUNT; i++)
        if (rob_str_eq(name, rob_str_of(method_names[i]))) {
            *out = (rob_method)i;
            return true;
        }
    return false;
}

/* ------------------------------------------------------------------ names */

static rob_str after_colon(rob_str text)
{
    const char *colon = text.len ? memchr(text.ptr, ':', text.len) : NULL;
    return colon ? (rob_str){colon + 1, (size_t)(text.ptr + text.len - colon - 1)} : text;
}

/* What the route is called before @id: its function, else method and path. */
static rob_str own_name(route_check *r)
{
    const ast_impl *first = r->ast->impls;
    if (first && first->kind == AST_IMPL_NATIVE) return first->function.text;
    if (first && first->kind == AST_IMPL_PYTHON) return after_colon(first->function.text);
    return names_operation(r->c->arena, r->ir->path, r->ast->method);
}

static void duplicate_id(route_check *r, const ir_route *before)
{
    diag_item *item = report(r->c, r->said.id.len ? r->said.id_at : r->ast->method_at, "RB0306",
                             "operation id `%.*s` belongs to another route", ROB_STR_ARG(r->ir->operation_id));
    diag_also(r->c->d, item, before->meta.at, "that route");
}

static void set_operation_id(route_check *r)
{
    checker *c = r->c;
    r->ir->operation_id = r->said.id.len ? r->said.id : own_name(r);
    const ir_route *before = map_add(c->arena, &c->operations, r->ir->operation_id, r->ir);
    if (!before) return;
    bool native = r->ast->impls && r->ast->impls->kind == AST_IMPL_NATIVE;
    if (r->said.id.len) {
        duplicate_id(r, before);
        return;
    }
    if (native) { /* an @id has the function's name; two routes of one function are reported before */
        if (map_get(&c->functions, r->ast->impls->function.text) == r->ast->impls) duplicate_id(r, before);
        return;
    }
    for (unsigned i = 2; before; i++) {
        r->ir->operation_id = arena_format(c->arena, "%.*s_%u", ROB_STR_ARG(own_name(r)), i);
        before = map_add(c->arena, &c->operations, r->ir->operation_id, r->ir);
    }
}

/* What comes with a route in C; all of it is claimed, or nothing. */
static const char *const parts[] = {"", "_in", "_out", "_status", "_invalid", "_failed", "_INVALID", "_FAILED"};

enum { PART_COUNT = sizeof parts / sizeof *parts, UPPER_PARTS = 6 };

static bool claim_parts(checker *c, rob_str c_name, span at)
{
    rob_str whole[PART_COUNT];
    for (size_t i = 0; i < PART_COUNT; i++) {
        rob_str base = i < UPPER_PARTS ? c_name : names_upper(c->arena, c_name);
        whole[i] = arena_format(c->arena, "%.*s%s", ROB_STR_ARG(base), parts[i]);
        if (map_get(&c->names.taken, whole[i])) return false;
    }
    for (size_t i = 0; i < PART_COUNT; i++) names_claim(&c->names, whole[i], at, NULL);
    return true;
}

/* C has one space for types and functions, a spec has two: `-> Item = native item` is fine there, as is a
 * model UserIn beside `native user`. Then the function steps aside and becomes item_handler. */
static rob_str claim_route(checker *c, rob_str name, span at)
{
    rob_str plain = names_global(&c->names, name);
    if (claim_parts(c, plain, at)) return plain;
    rob_str other = arena_format(c->arena, "%.*s_handler", ROB_STR_ARG(plain));
    for (unsigned i = 2; !claim_parts(c, other, at); i++)
        other = arena_format(c->arena, "%.*s_handler_%u", ROB_STR_ARG(plain), i);
    return other;
}

static void name_route(route_check *r)
{
    checker *c = r->c;
    ir_route *route = r->ir;
    set_operation_id(r);
    const ast_impl *first = r->ast->impls;
    bool native = first && first->kind == AST_IMPL_NATIVE && map_get(&c->functions, first->function.text) == first;
    rob_str base = own_name(r);
    route->name = names_snake(c->arena, base);
    const rob_str *handler = native ? map_get(&c->handlers, base) : NULL;
    route->c_function = handler ? *handler : claim_route(c, base, r->ast->method_at);
    route->summary = r->said.summary.len ? r->said.summary : names_title(c->arena, route->name);
    r->at.place = names_pascal(c->arena, route->name);
}

/* Handlers first, so that derived names step aside for them. */
static void claim_function(checker *c, const ast_route *ast)
{
    const ast_impl *first = ast->impls;
    if (!first || first->kind != AST_IMPL_NATIVE) return;
    const ast_impl *before = map_add(c->arena, &c->functions, first->function.text, (void *)first);
    if (before) {
        diag_item *item = report(c, first->function.at, "RB0307", "`%.*s` implements another route already",
                                 ROB_STR_ARG(first->function.text));
        diag_also(c->d, item, before->at, "that route");
        return;
    }
    rob_str *name = arena_new(c->arena, rob_str);
    *name = claim_route(c, first->function.text, first->function.at);
    map_add(c->arena, &c->handlers, first->function.text, name);
}

static void claim_functions(checker *c, const ast_decl *decls)
{
    for (const ast_decl *d = decls; d; d = d->next) {
        if (d->kind == AST_ROUTE) claim_function(c, &d->route);
        if (d->kind == AST_GROUP) claim_functions(c, d->group.decls);
    }
}

/* ------------------------------------------------------------------ what groups hand down */

static void count_tags(const group *g, const attributes *own, uint32_t *count)
{
    for (; g; g = g->parent) *count += (uint32_t)g->said.tags.count;
    *count += (uint32_t)own->tags.count;
}

static void add_tags(ir_route *route, const list *tags)
{
    for (size_t i = 0; i < tags->count; i++) {
        rob_str tag = *(rob_str *)tags->items[i];
        bool there = false;
        for (uint32_t t = 0; t < route->tag_count; t++) there = there || rob_str_eq(route->tags[t], tag);
        if (!there) route->tags[route->tag_count++] = tag;
    }
}

static void inherit_tags(ir_route *route, const group *g)
{
    if (!g) return;
    inherit_tags(route, g->parent);
    add_tags(route, &g->said.tags);
}

static void inherit(route_check *r, const group *in)
{
    ir_route *route = r->ir;
    uint32_t count = 0;
    count_tags(in, &r->said, &count);
    route->tags = arena_need(r->c->arena, sizeof(rob_str) * (count + 1));
    inherit_tags(route, in);
    add_tags(route, &r->said.tags);
    route->body_limit = r->said.body_limit;
    route->hidden = r->said.hidden;
    route->runs = r->said.blocking ? ROB_RUNS_ON_POOL : ROB_RUNS_INLINE;
    bool native = r->ast->impls && r->ast->impls->kind == AST_IMPL_NATIVE;
    for (const group *g = in; g; g = g->parent) {
        if (!route->body_limit) route->body_limit = g->said.body_limit;
        route->hidden = route->hidden || g->said.hidden;
        route->meta.deprecated = route->meta.deprecated || g->said.deprecated;
        if (g->said.blocking && native) route->runs = ROB_RUNS_ON_POOL;
    }
}

/* ------------------------------------------------------------------ one route */

static void check_route(checker *c, const ast_decl *decl, const group *in)
{
    ir_route *route = arena_new(c->arena, ir_route);
    route_check r = {.c = c, .decl = decl, .ast = &decl->route, .ir = route, .at = {.scope = c->root}};
    if (!method_of(decl->route.method, &route->method)) return;
    read_attributes(c, decl->attributes, ON_ROUTE, &r.said);
    route->meta = make_meta(c, decl->doc, &r.said, decl->route.method_at);
    check_path(&r, in);
    if (!route->segment_count) return;
    route->text = arena_format(c->arena, "%.*s %.*s", ROB_STR_ARG(decl->route.method), ROB_STR_ARG(route->path));
    name_route(&r);
    inherit(&r, in);
    check_params(&r);
    check_outcomes(&r);
    check_impls(&r);
    list_push(c->arena, &c->routes, route);
    list_push(c->arena, &c->route_asts, (void *)&decl->route);
}

static void check_group(checker *c, const ast_decl *decl, const group *parent);

static void check_decls(checker *c, const ast_decl *first, const group *in)
{
    for (const ast_decl *d = first; d; d = d->next) {
        if (d->kind == AST_ROUTE) check_route(c, d, in);
        else if (d->kind == AST_GROUP) check_group(c, d, in);
        else if (in) report(c, d->at, "RB0308", "only routes and groups belong in a group");
    }
}

static void check_group(checker *c, const ast_decl *decl, const group *parent)
{
    group g = {.parent = parent, .decl = decl};
    read_attributes(c, decl->attributes, ON_GROUP, &g.said);
    check_decls(c, decl->group.decls, &g);
}

/* ------------------------------------------------------------------ routes against each other */

static rob_str capture_example(checker *c, const ir_route *route, uint8_t capture)
{
    for (uint32_t i = 0; i < route->param_count; i++) {
        const ir_param *p = &route->params[i];
        if (p->source != ROB_FROM_PATH || p->path_index != capture || p->field.type == c->poison) continue;
        rob_str json = sample_value(c, p->field.type);
        bool quoted = json.len >= 2 && json.ptr[0] == '"';
        return quoted ? (rob_str){json.ptr + 1, json.len - 2} : json;
    }
    return (rob_str){0};
}

static router_route abstract_route(checker *c, const ir_route *route)
{
    router_segment *segments = arena_need(c->arena, sizeof(router_segment) * (route->segment_count + 1));
    for (uint32_t i = 0; i < route->segment_count; i++) {
        const ir_segment *s = &route->segments[i];
        if (s->literal.ptr) segments[i] = (router_segment){ROUTER_LITERAL, s->literal};
        else segments[i].kind = s->rest && i + 1 == route->segment_count ? ROUTER_REST : ROUTER_PARAM;
    }
    return (router_route){.method = route->method, .segments = segments, .count = route->segment_count};
}

/* Once more with texts that fit the parameters' types, for the message alone. */
static rob_str example_request(checker *c, const ir_route *route)
{
    text t = text_new(c->arena);
    text_format(&t, "%s ", method_names[route->method]);
    for (uint32_t i = 0; i < route->segment_count; i++) {
        const ir_segment *s = &route->segments[i];
        text_char(&t, '/');
        rob_str part = s->literal;
        if (!part.ptr) part = s->rest ? (rob_str)ROB_STR("a/b") : capture_example(c, route, s->capture);
        text_add(&t, part.len || s->literal.ptr ? part : (rob_str)ROB_STR("x"));
    }
    return text_done(&t);
}

static void report_problem(checker *c, const router_problem *p)
{
    const ir_route *route = c->routes.items[p->route];
    const ast_route *ast = c->route_asts.items[p->route];
    if (p->kind == ROUTER_DOT_SEGMENT) {
        report(c, ast->path.at, "RB0303", "no request reaches a segment `.` or `..`");
        return;
    }
    const ast_route *other = c->route_asts.items[p->other];
    bool same = p->kind == ROUTER_DUPLICATE;
    rob_str example = same ? example_request(c, route) : p->example;
    diag_item *item;
    if (same)
        item = report(c, ast->path.at, "RB0350", "two routes take the same requests, such as `%.*s`",
                      ROB_STR_ARG(example));
    else
        item = report(c, ast->path.at, "RB0351", "no request reaches this route: `%.*s` goes to a better one",
                      ROB_STR_ARG(example));
    diag_also(c->d, item, other->path.at, same ? "the other route" : "the better one");
}

/* The server answers these itself. */
static void check_own_paths(checker *c)
{
    const char *const own[] = {c->api->settings.docs, c->api->settings.openapi};
    for (size_t i = 0; i < c->routes.count; i++) {
        const ir_route *route = c->routes.items[i];
        const ast_route *ast = c->route_asts.items[i];
        for (size_t p = 0; p < 2; p++) {
            if (route->method != ROB_GET || !own[p] || !rob_str_eq(route->path, rob_str_of(own[p]))) continue;
            diag_item *item = report(c, ast->path.at, "RB0352", "`%s` is the path of the API's %s", own[p],
                                     p == 0 ? "documentation" : "OpenAPI document");
            diag_hint(c->d, item, "move it or switch it off: `server { %s: off }`", p == 0 ? "docs" : "openapi");
        }
    }
}

static void compare_routes(checker *c)
{
    router_route *routes = arena_need(c->arena, sizeof(router_route) * (c->routes.count + 1));
    for (size_t i = 0; i < c->routes.count; i++) routes[i] = abstract_route(c, c->routes.items[i]);
    router_problems problems = {0};
    if (!router_check(c->arena, routes, c->routes.count, &problems)) return;
    for (size_t i = 0; i < problems.count; i++) report_problem(c, &problems.items[i]);
}

void check_routes(checker *c)
{
    claim_functions(c, c->root->file->decls);
    check_decls(c, c->root->file->decls, NULL);
}

/* ------------------------------------------------------------------ after layout */

static void header_defaults(checker *c, const ast_field *first, ir_outcome *out)
{
    for (const ast_field *f = first; f; f = f->next)
        for (uint32_t i = 0; i < out->header_count; i++)
            if (rob_str_eq(out->headers[i].field.name, f->name.text))
                field_default(c, f, &out->headers[i].field, NULL);
}

static void outcome_defaults(checker *c, const ast_route *ast, ir_route *route)
{
    uint32_t i = 0;
    for (const ast_outcome *o = ast->outcomes; o && i < route->outcome_count; o = o->next, i++)
        header_defaults(c, o->headers, &route->outcomes[i]);
    for (; i < route->outcome_count; i++) {
        if (!route->outcomes[i].error) continue;
        const checked_model *m = (const checked_model *)route->outcomes[i].error;
        header_defaults(c, m->declared->decl->error.headers, &route->outcomes[i]);
    }
}

/* A constant is an answer, which holds @readonly fields, but it is read by the decoder of input. Until
 * all constants are encoded, the flag steps aside to an unused bit. */
enum { FLAG_ASIDE = 1 << 15 };

static void move_flag(checker *c, uint16_t from, uint16_t to)
{
    for (size_t i = 0; i < c->models.count; i++) {
        checked_model *m = c->models.items[i];
        rob_field *table = (rob_field *)m->ir.table.fields;
        for (uint32_t f = 0; f < m->ir.field_count; f++) {
            if (!(table[f].flags & from)) continue;
            table[f].flags = (uint16_t)((table[f].flags & ~from) | to);
            m->ir.fields[f].table.flags = table[f].flags;
        }
    }
}

static void check_constants(checker *c)
{
    move_flag(c, ROB_FIELD_READONLY, FLAG_ASIDE);
    for (size_t i = 0; i < c->routes.count; i++) {
        ir_route *route = c->routes.items[i];
        check_const(c, c->route_asts.items[i], route);
        if (route->impl_count && route->impls[0].kind == IR_CONST) route->constant_index = c->api->constant_count++;
    }
    move_flag(c, FLAG_ASIDE, ROB_FIELD_READONLY);
}

void check_route_values(checker *c)
{
    compare_routes(c);
    check_own_paths(c);
    check_constants(c);
    for (size_t i = 0; i < c->routes.count; i++) {
        ir_route *route = c->routes.items[i];
        const ast_route *ast = c->route_asts.items[i];
        for (uint32_t p = 0; p < route->param_count; p++) {
            const ast_field *f = param_named(ast, route->params[p].field.name);
            if (f) field_default(c, f, &route->params[p].field, NULL);
        }
        outcome_defaults(c, ast, route);
    }
}
