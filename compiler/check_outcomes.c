/* Outcomes: the ways a route may answer, and what they are called in C. */
#include "check_route.h"

#include <strings.h>

/* ------------------------------------------------------------------ headers and cookies */

bool is_field_name(rob_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i], lower = (char)(c | 0x20);
        bool fits = (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') || (c && strchr("!#$%&'*+-.^_`|~", c));
        if (!fits) return false;
    }
    return name.len > 0;
}

bool is_media_type(rob_str text)
{
    const char *slash = text.len ? memchr(text.ptr, '/', text.len) : NULL;
    if (!slash) return false;
    rob_str type = {text.ptr, (size_t)(slash - text.ptr)}, rest = {slash + 1, text.len - type.len - 1};
    const char *end = rest.len ? memchr(rest.ptr, ';', rest.len) : NULL;
    rob_str subtype = {rest.ptr, end ? (size_t)(end - rest.ptr) : rest.len};
    for (size_t i = subtype.len; i < rest.len; i++)
        if (rest.ptr[i] < ' ' || rest.ptr[i] > '~') return false;
    return is_field_name(type) && is_field_name(subtype);
}

/* What the server itself says about each answer. */
static bool is_servers_own(rob_str name)
{
    static const char *const own[] = {"Connection", "Content-Length", "Content-Type", "Date", "Keep-Alive",
                                      "Trailer", "Transfer-Encoding", "Upgrade", "X-Request-Id"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strlen(own[i]) == name.len && strncasecmp(own[i], name.ptr, name.len) == 0) return true;
    return false;
}

static void check_header_name(checker *c, const ast_field *f, rob_str name)
{
    const ast_name *at = &f->name;
    if (!is_field_name(name))
        report(c, at->at, "RB0325", "`%.*s` cannot be the name of a header or cookie", ROB_STR_ARG(name));
    else if (f->source == AST_FROM_HEADER && is_servers_own(name))
        report(c, at->at, "RB0325", "the server itself writes the header `%.*s`", ROB_STR_ARG(name));
}

static bool can_stand_in_header(const ir_type *type)
{
    return type_is_scalar(type) || (type->table.kind == ROB_KIND_LIST && type_is_scalar(type->item));
}

static rob_str header_name(checker *c, const ast_field *f)
{
    if (f->source_name.ptr) return f->source_name;
    if (f->source == AST_FROM_COOKIE) return f->name.text;
    char *out = arena_need(c->arena, f->name.text.len + 1);
    for (size_t i = 0; i < f->name.text.len; i++) out[i] = f->name.text.ptr[i] == '_' ? '-' : f->name.text.ptr[i];
    return (rob_str){out, f->name.text.len};
}

static void check_header(checker *c, const ast_field *f, ir_header *h)
{
    const ir_type *type = h->field.type;
    if (f->source != AST_FROM_HEADER && f->source != AST_FROM_COOKIE) {
        diag_item *item = report(c, f->name.at, "RB0325", "`%.*s` must be a `header` or a `cookie` of the response",
                                 ROB_STR_ARG(f->name.text));
        diag_hint(c->d, item, "write `%.*s: header(\"X-Name\") str`", ROB_STR_ARG(f->name.text));
    } else if (type != c->poison && !can_stand_in_header(type)) {
        report(c, f->type ? f->type->at : f->at, "RB0325", "`%.*s` cannot stand in a header",
               ROB_STR_ARG(type->text));
    } else {
        check_header_name(c, f, h->field.table.name);
    }
    check_member_name(c, &f->name, "response header", "header");
}

static uint32_t count_fields(const ast_field *f)
{
    uint32_t count = 0;
    for (; f; f = f->next) count++;
    return count;
}

static void add_headers(checker *c, const context *at, const ast_field *first, ir_outcome *out)
{
    out->headers = arena_need(c->arena, sizeof(ir_header) * (count_fields(first) + 1));
    map members = {0};
    for (const ast_field *f = first; f; f = f->next) {
        ir_header *h = &out->headers[out->header_count];
        attributes said;
        read_attributes(c, f->attributes, ON_HEADER, &said);
        make_field(c, at, f, &said, header_name(c, f), &h->field);
        h->cookie = f->source == AST_FROM_COOKIE;
        check_header(c, f, h);
        const ast_field *before = map_add(c->arena, &members, h->field.c_name, (void *)f);
        if (!before && h->field.c_has.len) before = map_add(c->arena, &members, h->field.c_has, (void *)f);
        if (before && before != f) {
            diag_item *item = report(c, f->name.at, "RB0310", "`%.*s` is there twice", ROB_STR_ARG(f->name.text));
            diag_also(c->d, item, before->name.at, "first here");
            continue;
        }
        example_later(c, &said, h->field.type, &h->field.meta);
        out->header_count++;
    }
}

/* ------------------------------------------------------------------ names in C */

typedef struct outcome_names {
    map members; /* of the out struct's union */
    map names;
} outcome_names;

static const char *plain_name(unsigned status)
{
    switch (status) {
    case 200: return "ok";
    case 201: return "created";
    case 202: return "accepted";
    default: return NULL;
    }
}

/* Every route also has these constructors. */
static void reserve_names(checker *c, outcome_names *names)
{
    map_add(c->arena, &names->names, ROB_STR("invalid"), names);
    map_add(c->arena, &names->names, ROB_STR("failed"), names);
    map_add(c->arena, &names->members, ROB_STR("invalid"), names);
    map_add(c->arena, &names->members, ROB_STR("failed"), names);
    map_add(c->arena, &names->members, ROB_STR("status"), names);
    map_add(c->arena, &names->members, ROB_STR("with"), names);
}

static rob_str free_name(checker *c, map *taken, rob_str wanted, unsigned status)
{
    rob_str name = wanted;
    for (unsigned i = 1; map_add(c->arena, taken, name, taken); i++)
        name = i == 1 ? arena_format(c->arena, "%.*s_%u", ROB_STR_ARG(wanted), status)
                      : arena_format(c->arena, "%.*s_%u_%u", ROB_STR_ARG(wanted), status, i);
    return name;
}

static rob_str without_prefix(const checker *c, rob_str c_name)
{
    size_t prefix = c->names.prefix.len + 1;
    return (rob_str){c_name.ptr + prefix, c_name.len - prefix};
}

static rob_str member_name(checker *c, const ir_outcome *out)
{
    if (out->type && out->type->table.kind == ROB_KIND_MODEL && !out->type->model->anonymous)
        return without_prefix(c, out->type->c_type);
    if (out->name.ptr[0] >= '0' && out->name.ptr[0] <= '9') return arena_format(c->arena, "body_%u", out->status);
    return out->name;
}

static void name_outcome(route_check *r, ir_outcome *out, outcome_names *names)
{
    checker *c = r->c;
    const char *plain = plain_name(out->status);
    rob_str wanted = out->error ? without_prefix(c, out->error->c_name)
                     : plain    ? rob_str_of(plain)
                                : arena_format(c->arena, "%u", out->status);
    span at = r->ast->method_at;
    out->name = free_name(c, &names->names, wanted, out->status);
    rob_str function = r->ir->c_function, upper = names_upper(c->arena, function);
    char *tag = arena_need(c->arena, out->name.len + 1);
    for (size_t i = 0; i < out->name.len; i++) {
        char ch = out->name.ptr[i];
        tag[i] = ch >= 'a' && ch <= 'z' ? (char)(ch - 32) : ch;
    }
    out->c_tag = names_derive(&c->names, arena_format(c->arena, "%.*s_%s", ROB_STR_ARG(upper), tag), at);
    rob_str constructor = arena_format(c->arena, "%.*s_%.*s", ROB_STR_ARG(function), ROB_STR_ARG(out->name));
    out->c_constructor = names_derive(&c->names, constructor, at);
    if (out->media != IR_MEDIA_NONE)
        out->c_member = names_member(c->arena, free_name(c, &names->members, member_name(c, out), out->status));
    if (out->header_count)
        out->c_with = names_derive(&c->names, arena_format(c->arena, "%.*s_with",
                                                           ROB_STR_ARG(out->c_constructor)), at);
}

/* ------------------------------------------------------------------ successes */

static bool bodyless(int64_t status)
{
    return status == 204 || status == 205 || status == 304;
}

static void check_status(checker *c, int64_t status, span at)
{
    if (status >= 200 && status <= 599) return;
    report(c, at, "RB0320", "a status is between 200 and 599, not %lld", (long long)status);
}

static void set_media(checker *c, const ast_outcome *written, ir_outcome *out)
{
    switch (written->media) {
    case AST_MEDIA_NONE: out->media = IR_MEDIA_NONE; return;
    case AST_MEDIA_JSON: out->media = IR_MEDIA_JSON; return;
    case AST_MEDIA_TEXT:
        out->media = IR_MEDIA_TEXT;
        out->media_type = ROB_STR("text/plain; charset=utf-8");
        return;
    case AST_MEDIA_HTML:
        out->media = IR_MEDIA_HTML;
        out->media_type = ROB_STR("text/html; charset=utf-8");
        return;
    case AST_MEDIA_RAW:
        out->media = IR_MEDIA_RAW;
        out->media_type = written->media_type;
        if (!is_media_type(out->media_type))
            report(c, written->at, "RB0317", "`raw` takes a media type: `raw(\"image/png\")`");
        return;
    }
}

static void add_success(route_check *r, const ast_outcome *written, ir_outcome *out)
{
    checker *c = r->c;
    set_media(c, written, out);
    bool empty = written->media == AST_MEDIA_NONE;
    int64_t status = written->status ? written->status : empty ? 204 : 200;
    if (written->status) check_status(c, status, written->status_at);
    out->status = (uint16_t)status;
    if (bodyless(status) && !empty)
        report(c, written->at, "RB0322", "an answer with status %lld has no body", (long long)status);
    context at = r->at;
    at.place = arena_format(c->arena, status < 300 ? "%.*sResponse" : "%.*sResponse%lld",
                            ROB_STR_ARG(r->at.place), (long long)status);
    if (written->media == AST_MEDIA_JSON) out->type = type_of(c, &at, written->type);
    add_headers(c, &at, written->headers, out);
}

/* ------------------------------------------------------------------ errors */

static symbol *error_named(route_check *r, const ast_name_item *name)
{
    checker *c = r->c;
    symbol *s = find_symbol(r->at.scope, name->name.text);
    if (s && s->decl->kind == AST_ERROR) return s;
    if (s) {
        diag_item *item = report(c, name->name.at, "RB0323", "`%.*s` is no error", ROB_STR_ARG(name->name.text));
        diag_also(c->d, item, s->decl->name.at, "declared here");
        return NULL;
    }
    if (was_lost(c, name->name.text)) return NULL;
    diag_item *item = report(c, name->name.at, "RB0323", "unknown error `%.*s`", ROB_STR_ARG(name->name.text));
    suggest_type(c, item, &r->at, name->name.text);
    return NULL;
}

static bool add_error(route_check *r, const ast_name_item *name, ir_outcome *out)
{
    checker *c = r->c;
    symbol *s = error_named(r, name);
    if (!s) return false;
    const ast_decl *decl = s->decl;
    ir_model *m = error_model(c, s);
    out->error = m;
    out->status = (uint16_t)decl->error.status;
    out->media = IR_MEDIA_JSON;
    out->type = ((checked_model *)m)->type;
    out->description = decl->doc;
    context home = {.scope = s->home, .place = decl->name.text};
    add_headers(c, &home, decl->error.headers, out);
    return true;
}

/* ------------------------------------------------------------------ together */

typedef struct seen_status {
    span at;
    bool set;
} seen_status;

static bool repeats(route_check *r, seen_status *seen, uint16_t status, span at)
{
    if (status < 200 || status > 599) return false;
    seen_status *slot = &seen[status - 200];
    if (!slot->set) {
        *slot = (seen_status){at, true};
        return false;
    }
    diag_item *item = report(r->c, at, "RB0321", "two outcomes have status %u", status);
    diag_also(r->c->d, item, slot->at, "the other one");
    return true;
}

static void keep_unless_repeated(route_check *r, seen_status *seen, ir_outcome *out, span at)
{
    if (repeats(r, seen, out->status, at)) *out = (ir_outcome){0};
    else r->ir->outcome_count++;
}

static uint32_t count_outcomes(const ast_route *ast)
{
    uint32_t count = 1;
    for (const ast_outcome *o = ast->outcomes; o; o = o->next) count++;
    for (const ast_name_item *n = ast->raises; n; n = n->next) count++;
    return count;
}

static uint16_t redirect_status(const ast_route *ast)
{
    bool redirects = ast->impls && ast->impls->kind == AST_IMPL_REDIRECT;
    return redirects && ast->impls->status > 0 && ast->impls->status < 600 ? (uint16_t)ast->impls->status : 204;
}

void check_outcomes(route_check *r)
{
    ir_route *route = r->ir;
    seen_status seen[400] = {0};
    outcome_names names = {0};
    reserve_names(r->c, &names);
    route->outcomes = arena_need(r->c->arena, sizeof(ir_outcome) * (count_outcomes(r->ast) + 1));
    for (const ast_outcome *o = r->ast->outcomes; o; o = o->next) {
        ir_outcome *out = &route->outcomes[route->outcome_count];
        add_success(r, o, out);
        keep_unless_repeated(r, seen, out, o->at);
    }
    if (!r->ast->outcomes) route->outcomes[route->outcome_count++].status = redirect_status(r->ast);
    for (const ast_name_item *n = r->ast->raises; n; n = n->next) {
        ir_outcome *out = &route->outcomes[route->outcome_count];
        if (add_error(r, n, out)) keep_unless_repeated(r, seen, out, n->name.at);
    }
    for (uint32_t i = 0; i < route->outcome_count; i++) name_outcome(r, &route->outcomes[i], &names);
}
