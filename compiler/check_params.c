/* Parameters: where each comes from, as FastAPI infers it, and what that place can carry. */
#include "check_route.h"

/* ------------------------------------------------------------------ what can come from where */

/* A scalar, an enum, or a union of such: one text. */
static bool is_text(const ir_type *type)
{
    if (type->table.kind == ROB_KIND_NULLABLE) return is_text(type->item);
    if (type->table.kind != ROB_KIND_UNION) return type_is_scalar(type);
    for (uint32_t i = 0; i < type->arms->count; i++)
        if (!is_text(type->arms->arms[i].type)) return false;
    return true;
}

static bool is_texts(const ir_type *type)
{
    return is_text(type) || (type->table.kind == ROB_KIND_LIST && is_text(type->item));
}

static const char *source_name(rob_source source)
{
    switch (source) {
    case ROB_FROM_PATH: return "the path";
    case ROB_FROM_QUERY: return "the query";
    case ROB_FROM_HEADER: return "a header";
    case ROB_FROM_COOKIE: return "a cookie";
    case ROB_FROM_FORM: return "a form";
    case ROB_FROM_BODY: case ROB_FROM_RAW: return "the body";
    }
    return "there";
}

static rob_source written_source(const route_check *r, const ast_field *f, const ir_type *type)
{
    switch (f->source) {
    case AST_FROM_NOWHERE: break;
    case AST_FROM_PATH: return ROB_FROM_PATH;
    case AST_FROM_QUERY: return ROB_FROM_QUERY;
    case AST_FROM_HEADER: return ROB_FROM_HEADER;
    case AST_FROM_COOKIE: return ROB_FROM_COOKIE;
    case AST_FROM_FORM: return ROB_FROM_FORM;
    case AST_FROM_BODY: return ROB_FROM_BODY;
    case AST_FROM_TEXT: case AST_FROM_RAW: return ROB_FROM_RAW;
    }
    if (find_capture(r, f->name.text)) return ROB_FROM_PATH;
    return type == r->c->poison || is_texts(type) ? ROB_FROM_QUERY : ROB_FROM_BODY;
}

/* The name outside: as written, else with hyphens in headers. */
static rob_str wire_name(checker *c, const ast_field *f, const attributes *said, ast_source source)
{
    bool named = f->source_name.ptr && source != AST_FROM_RAW;
    if (named) return f->source_name;
    if (said->alias.len) return said->alias;
    if (source != AST_FROM_HEADER) return f->name.text;
    char *out = arena_need(c->arena, f->name.text.len + 1);
    for (size_t i = 0; i < f->name.text.len; i++) out[i] = f->name.text.ptr[i] == '_' ? '-' : f->name.text.ptr[i];
    return (rob_str){out, f->name.text.len};
}

/* ------------------------------------------------------------------ one parameter */

static void check_spread(checker *c, const ast_field *f, const ir_param *p)
{
    const checked_model *m = (const checked_model *)p->field.type->model;
    if (p->field.table.flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_NULLABLE) || f->fallback)
        report(c, f->name.at, "RB0316",
               "the fields of `%.*s` come one by one, so it cannot be absent or null itself",
               ROB_STR_ARG(f->name.text));
    fill_model(c, (checked_model *)m);
    for (uint32_t i = 0; i < m->ir.field_count; i++) {
        const ir_field *field = &m->ir.fields[i];
        if (is_texts(field->type) || field->type == c->poison) continue;
        diag_item *item = report(c, f->name.at, "RB0315",
                                 "field `%.*s` of `%.*s` is `%.*s`, which cannot come from %s",
                                 ROB_STR_ARG(field->name), ROB_STR_ARG(m->ir.name), ROB_STR_ARG(field->type->text),
                                 source_name(p->source));
        diag_also(c->d, item, field->meta.at, "the field");
    }
}

/* Whether the source can carry the type. */
static void check_carries(route_check *r, const ast_field *f, ir_param *p)
{
    const ir_type *type = p->field.type;
    checker *c = r->c;
    if (type == c->poison || p->source == ROB_FROM_BODY || p->source == ROB_FROM_RAW) return;
    if (p->source != ROB_FROM_PATH && type->table.kind == ROB_KIND_MODEL) {
        p->spread = true;
        check_spread(c, f, p);
        return;
    }
    bool fits = p->source == ROB_FROM_PATH ? is_text(type) : is_texts(type);
    if (fits) return;
    diag_item *item = report(c, f->type ? f->type->at : f->at, "RB0315", "`%.*s` cannot come from %s",
                             ROB_STR_ARG(type->text), source_name(p->source));
    if (p->source == ROB_FROM_PATH) diag_hint(c->d, item, "a path parameter is one scalar or enum");
    else diag_hint(c->d, item, "it can come from the body: `%.*s: body %.*s`", ROB_STR_ARG(f->name.text),
                   ROB_STR_ARG(type->text));
}

static void check_raw(route_check *r, const ast_field *f, ir_param *p)
{
    p->media_type = f->source == AST_FROM_TEXT ? (rob_str)ROB_STR("text/plain") : f->source_name;
    if (!is_media_type(p->media_type))
        report(r->c, f->source_at, "RB0317", "`raw` takes a media type: `raw(\"image/png\")`");
    if (f->fallback) report(r->c, f->fallback->at, "RB0317", "an undecoded body has no default");
}

static void claim_members(route_check *r, const ast_field *f, const ir_field *field)
{
    checker *c = r->c;
    const ast_name *before = map_add(c->arena, &r->members, field->c_name, (void *)&f->name);
    if (!before && field->c_has.len) before = map_add(c->arena, &r->members, field->c_has, (void *)&f->name);
    if (!before || before == &f->name) return;
    diag_item *item = report(c, f->name.at, "RB0310", "parameter `%.*s` is there twice", ROB_STR_ARG(f->name.text));
    diag_also(c->d, item, before->at, "first here");
}

/* A header, cookie or query parameter has a name outside; for others `name_` must do. */
static const char *cure(rob_source source)
{
    switch (source) {
    case ROB_FROM_QUERY: return "query";
    case ROB_FROM_HEADER: return "header";
    case ROB_FROM_COOKIE: return "cookie";
    case ROB_FROM_PATH: case ROB_FROM_RAW: return NULL;
    case ROB_FROM_FORM: case ROB_FROM_BODY: return "@alias";
    }
    return NULL;
}

static void finish_param(route_check *r, const ast_field *f, const attributes *said, ir_param *p)
{
    check_member_name(r->c, &f->name, "parameter", f->source_name.ptr ? NULL : cure(p->source));
    bool named = p->source == ROB_FROM_HEADER || p->source == ROB_FROM_COOKIE;
    if (named && !p->spread && !is_field_name(p->field.table.name))
        report(r->c, f->source_at, "RB0325", "`%.*s` cannot be the name of a header or cookie",
               ROB_STR_ARG(p->field.table.name));
    claim_members(r, f, &p->field);
    example_later(r->c, said, p->field.type, &p->field.meta);
}

/* The type is needed to infer the source, and the source to know the name outside. */
static void add_param(route_check *r, const ast_field *f, ir_param *p)
{
    checker *c = r->c;
    attributes said;
    read_attributes(c, f->attributes, ON_PARAM, &said);
    /* Undecoded bytes are `bytes`, so that nobody asks them to be UTF-8. */
    static const ast_type text = {.kind = AST_TYPE_NAME, .name = {.text = ROB_STR_INIT("str")}};
    static const ast_type bytes = {.kind = AST_TYPE_NAME, .name = {.text = ROB_STR_INIT("bytes")}};
    ast_field written = *f;
    if (!written.type) written.type = (ast_type *)(f->source == AST_FROM_RAW ? &bytes : &text);
    make_field(c, &r->at, &written, &said, f->name.text, &p->field);
    p->source = written_source(r, f, p->field.type);
    ast_source named = p->source == ROB_FROM_HEADER ? AST_FROM_HEADER : f->source;
    p->field.table.name = wire_name(c, f, &said, named);
    if (p->source == ROB_FROM_RAW) check_raw(r, f, p);
    check_carries(r, f, p);
    finish_param(r, f, &said, p);
}

/* ------------------------------------------------------------------ the path's parameters */

/* `{id}` takes its type from a parameter of that name, if there is one. */
static void add_captured(route_check *r, const capture *cap, ir_param *p)
{
    checker *c = r->c;
    const ast_segment *s = cap->written;
    const ast_field *f = param_named(r->ast, s->name.text);
    static const ast_type plain = {.kind = AST_TYPE_NAME, .name = {.text = ROB_STR_INIT("str")}};
    bool rest = takes_rest(r, s);
    const ast_type *type = s->type ? s->type : f ? f->type : NULL;
    ast_type as_str = plain;
    as_str.constraints = rest ? type->constraints : NULL;
    as_str.at = s->at;
    ast_field *made = arena_new(c->arena, ast_field);
    *made = f ? *f : (ast_field){.name = s->name, .at = s->at};
    if (f && f->type && s->type)
        report(c, f->type->at, "RB0311", "`%.*s` has a type in the path already", ROB_STR_ARG(f->name.text));
    made->type = type && !rest ? (ast_type *)type : &as_str;
    attributes said;
    read_attributes(c, made->attributes, ON_PARAM, &said);
    make_field(c, &r->at, made, &said, s->name.text, &p->field);
    p->source = ROB_FROM_PATH;
    p->path_index = cap->index;
    p->takes_slashes = rest;
    bool states = p->field.table.flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_NULLABLE) || made->fallback;
    if (states) report(c, made->at, "RB0312",
                       "a path parameter is always there: it has no default and is never null");
    check_carries(r, made, p);
    finish_param(r, made, &said, p);
}

/* ------------------------------------------------------------------ together */

static uint32_t count_params(const route_check *r)
{
    uint32_t count = r->capture_count;
    for (const ast_field *f = r->ast->params; f; f = f->next) count++;
    return count;
}

static void add_all(route_check *r)
{
    for (uint32_t i = 0; i < r->capture_count; i++)
        add_captured(r, &r->captures[i], &r->ir->params[r->ir->param_count++]);
    for (const ast_field *f = r->ast->params; f; f = f->next) {
        bool in_path = find_capture(r, f->name.text) != NULL;
        bool may_be = f->source == AST_FROM_NOWHERE || f->source == AST_FROM_PATH;
        if (in_path && may_be) continue;
        if (f->source == AST_FROM_PATH || (may_be && is_path_type(f->type))) {
            diag_item *item = report(r->c, f->name.at, "RB0313", "the path has no `{%.*s}`",
                                     ROB_STR_ARG(f->name.text));
            rob_str names[ROB_MAX_CAPTURES];
            for (uint32_t i = 0; i < r->capture_count; i++) names[i] = r->captures[i].written->name.text;
            diag_suggest(r->c->d, item, f->name.text, names, r->capture_count);
            continue;
        }
        add_param(r, f, &r->ir->params[r->ir->param_count++]);
    }
}

/* Sorted by source, in the order written within one; insertion sort, as there are few. */
static void sort_params(ir_param *params, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        ir_param moving = params[i];
        uint32_t at = i;
        for (; at > 0 && params[at - 1].source > moving.source; at--) params[at] = params[at - 1];
        params[at] = moving;
    }
}

static char lower(char ch)
{
    return ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
}

static void claim_wire(route_check *r, map *seen, const ir_param *p, const ir_field *f)
{
    text key = text_new(r->c->arena);
    text_format(&key, "%d ", p->source);
    for (size_t i = 0; i < f->table.name.len; i++)
        text_char(&key, p->source == ROB_FROM_HEADER ? lower(f->table.name.ptr[i]) : f->table.name.ptr[i]);
    const ir_field *before = map_add(r->c->arena, seen, text_done(&key), (void *)f);
    if (!before) return;
    diag_item *item = report(r->c, p->field.meta.at, "RB0310", "\"%.*s\" comes from %s twice",
                             ROB_STR_ARG(f->table.name),
                             source_name(p->source));
    diag_also(r->c->d, item, before->meta.at, "first here");
}

static void check_wire_names(route_check *r)
{
    map seen = {0};
    for (uint32_t i = 0; i < r->ir->param_count; i++) {
        const ir_param *p = &r->ir->params[i];
        if (p->source == ROB_FROM_RAW) continue;
        if (!p->spread) claim_wire(r, &seen, p, &p->field);
        else for (uint32_t f = 0; f < p->field.type->model->field_count; f++)
            claim_wire(r, &seen, p, &p->field.type->model->fields[f]);
    }
}

static bool may_be_absent(const ir_param *p, const ast_route *ast)
{
    if (p->field.table.flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_DEFAULT_NULL)) return true;
    const ast_field *f = param_named(ast, p->field.name);
    return f && f->fallback;
}

/* A form whose model has no required field may be empty. */
static bool spread_may_be_absent(const ir_param *p)
{
    const checked_model *m = (const checked_model *)p->field.type->model;
    uint16_t may_lack = ROB_FIELD_OPTIONAL | ROB_FIELD_READONLY;
    for (uint32_t i = 0; i < m->ir.field_count; i++)
        if (!m->written[i]->fallback && !(m->ir.fields[i].table.flags & may_lack)) return false;
    return true;
}

static void settle_body(route_check *r)
{
    uint32_t decoded = 0, forms = 0, raws = 0;
    ir_route *route = r->ir;
    const ir_param *last = NULL;
    for (uint32_t i = 0; i < route->param_count; i++) {
        const ir_param *p = &route->params[i];
        if (p->source < ROB_FROM_FORM) continue;
        decoded += p->source == ROB_FROM_BODY;
        forms += p->source == ROB_FROM_FORM;
        raws += p->source == ROB_FROM_RAW;
        last = p;
        bool absent = p->spread ? spread_may_be_absent(p) : may_be_absent(p, r->ast);
        route->body_required = route->body_required || !absent;
    }
    if (decoded && forms)
        report(r->c, last->field.meta.at, "RB0318", "a request has a JSON body or a form, not both");
    route->body = raws ? ROB_BODY_RAW : ROB_BODY_NONE;
    if (decoded) route->body = decoded > 1 ? ROB_BODY_EMBEDDED : ROB_BODY_WHOLE;
    if (forms) route->body = ROB_BODY_FORM;
    route->body_component = arena_format(r->c->arena, "Body_%.*s", ROB_STR_ARG(route->operation_id));
    if (last && (route->method == ROB_GET || route->method == ROB_HEAD))
        warn(r->c, last->field.meta.at, "RB0319",
             "a %.*s request seldom has a body, and many clients and proxies drop it",
             ROB_STR_ARG(r->ast->method));
}

void check_params(route_check *r)
{
    uint32_t count = count_params(r);
    if (count > MOST_PARAMS) {
        report(r->c, r->ast->method_at, "RB0302", "a route has at most %d parameters", MOST_PARAMS);
        return;
    }
    r->ir->params = arena_need(r->c->arena, sizeof(ir_param) * (count + 1));
    add_all(r);
    sort_params(r->ir->params, r->ir->param_count);
    check_wire_names(r);
    settle_body(r);
}
