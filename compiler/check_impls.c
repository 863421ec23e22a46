/* Implementations: native, python, const, redirect. */
#include "check_route.h"

/* ------------------------------------------------------------------ python */

static void check_python(checker *c, const ast_impl *impl, ir_impl *out)
{
    rob_str text = impl->function.text;
    const char *colon = text.len ? memchr(text.ptr, ':', text.len) : NULL;
    if (!colon || colon == text.ptr || colon + 1 == text.ptr + text.len) {
        report(c, impl->function.at, "RB0330", "a Python function is written \"module:function\"");
        return;
    }
    out->module = (rob_str){text.ptr, (size_t)(colon - text.ptr)};
    out->callable = (rob_str){colon + 1, (size_t)(text.ptr + text.len - colon - 1)};
}

/* ------------------------------------------------------------------ redirect */

static void bad_target(checker *c, const ast_impl *impl, const char *why)
{
    report(c, impl->target_at, "RB0341", "redirect target: %s", why);
}

typedef struct target {
    route_check *r;
    const ast_impl *impl;
    ir_impl *out;
    bool failed;
} target;

static void add_part(target *t, rob_str literal, rob_str hole)
{
    rob_redirect_part *part = &t->out->parts[t->out->part_count++];
    *part = (rob_redirect_part){.literal = literal, .capture = -1};
    if (!hole.ptr) return;
    const capture *cap = find_capture(t->r, hole);
    if (!cap) {
        diag_item *item = report(t->r->c, t->impl->target_at, "RB0340", "the path has no `{%.*s}`",
                                 ROB_STR_ARG(hole));
        rob_str names[ROB_MAX_CAPTURES];
        for (uint32_t i = 0; i < t->r->capture_count; i++) names[i] = t->r->captures[i].written->name.text;
        diag_suggest(t->r->c->d, item, hole, names, t->r->capture_count);
        t->failed = true;
        return;
    }
    part->capture = cap->index;
    for (uint32_t i = 0; i < t->r->ir->segment_count; i++) {
        const ir_segment *s = &t->r->ir->segments[i];
        if (!s->literal.ptr && s->capture == cap->index) part->slashes_stay = s->rest;
    }
}

/* "/v1/{rest}" into literal "/v1/" and hole "rest". */
static void cut_target(target *t)
{
    rob_str text = t->impl->target;
    size_t start = 0;
    while (start < text.len && !t->failed) {
        const char *open = memchr(text.ptr + start, '{', text.len - start);
        size_t end = open ? (size_t)(open - text.ptr) : text.len;
        rob_str literal = {text.ptr + start, end - start};
        if (!open) {
            add_part(t, literal, (rob_str){0});
            return;
        }
        const char *close = memchr(open, '}', text.len - end);
        if (!close || close == open + 1) {
            bad_target(t->r->c, t->impl, "`{` needs a name and a `}`");
            t->failed = true;
            return;
        }
        add_part(t, literal, (rob_str){open + 1, (size_t)(close - open - 1)});
        start = (size_t)(close - text.ptr) + 1;
    }
}

static bool begins(rob_str text, const char *with)
{
    size_t len = strlen(with);
    return text.len >= len && memcmp(text.ptr, with, len) == 0;
}

/* `//host` and `/\host` lead to another host. A `path` capture may itself begin with a slash; one segment
 * cannot, as its slashes are encoded again. */
static bool may_leave(const ir_impl *impl)
{
    rob_str first = impl->parts[0].literal;
    if (first.len == 0) return true;
    if (first.len >= 2) return first.ptr[1] == '/' || first.ptr[1] == '\\';
    return impl->parts[0].slashes_stay;
}

/* The host of an absolute target must be written out. */
static bool host_is_fixed(rob_str first)
{
    size_t scheme = begins(first, "https://") ? 8 : 7;
    return first.len > scheme + 1 && memchr(first.ptr + scheme, '/', first.len - scheme) &&
        first.ptr[scheme] != '/';
}

static void check_target(route_check *r, const ast_impl *impl, ir_impl *out)
{
    target t = {.r = r, .impl = impl, .out = out};
    out->parts = arena_need(r->c->arena, sizeof(rob_redirect_part) * (impl->target.len + 1));
    out->target = impl->target;
    for (size_t i = 0; i < impl->target.len; i++)
        if ((unsigned char)impl->target.ptr[i] <= 0x20 || (unsigned char)impl->target.ptr[i] >= 0x7f) {
            bad_target(r->c, impl, "only visible ASCII characters can stand there");
            return;
        }
    cut_target(&t);
    r->bad_target = t.failed;
    if (t.failed) return;
    bool absolute = begins(impl->target, "http://") || begins(impl->target, "https://");
    if (!out->part_count || (!absolute && impl->target.ptr[0] != '/')) {
        bad_target(r->c, impl, "it begins with `/`, `http://` or `https://`");
    } else if (absolute ? out->parts[0].capture >= 0 && !host_is_fixed(out->parts[0].literal) : may_leave(out)) {
        diag_item *item = report(r->c, impl->target_at, "RB0342", "this target could lead to another host");
        diag_hint(r->c->d, item, absolute ? "write the host out, with a `/` behind it"
                                          : "it could begin with `//`; begin with a literal segment");
    }
}

static void check_redirect(route_check *r, const ast_impl *impl, ir_impl *out)
{
    static const int64_t allowed[] = {301, 302, 303, 307, 308};
    bool known = false;
    for (size_t i = 0; i < 5; i++) known = known || impl->status == allowed[i];
    if (!known) report(r->c, impl->at, "RB0343", "a redirect has status 301, 302, 303, 307 or 308");
    out->status = known ? (uint16_t)impl->status : 307;
    if (r->ast->outcomes || r->ast->raises)
        report(r->c, r->ast->outcomes ? r->ast->outcomes->at : r->ast->raises->name.at, "RB0344",
               "a redirect has no other outcomes");
    check_target(r, impl, out);
}

/* ------------------------------------------------------------------ const */

static const ir_outcome *only_outcome(checker *c, const ast_route *ast, const ir_route *route, const ast_impl *impl)
{
    if (!ast->outcomes || route->outcome_count != 1 || ast->raises) {
        report(c, impl->at, "RB0333", "a `const` route has exactly one outcome");
        return NULL;
    }
    const ir_outcome *out = &route->outcomes[0];
    if (out->media == IR_MEDIA_NONE) {
        report(c, impl->value ? impl->value->at : impl->at, "RB0333", "the outcome has no body for this value");
        return NULL;
    }
    return out;
}

void check_const(checker *c, const ast_route *ast, ir_route *route)
{
    const ast_impl *impl = ast->impls;
    for (uint32_t i = 0; i < route->impl_count && impl; i++, impl = impl->next) {
        if (impl->kind != AST_IMPL_CONST || !impl->value) continue;
        const ir_outcome *out = only_outcome(c, ast, route, impl);
        if (!out) continue;
        route->impls[i].status = out->status;
        if (out->header_count)
            report(c, impl->at, "RB0333", "a `const` route has no response headers");
        if (out->media == IR_MEDIA_JSON) {
            constant_body(c, out->type, impl->value, &route->impls[i].constant);
        } else if (impl->value->kind == AST_STR) {
            route->impls[i].constant = impl->value->text.ptr ? impl->value->text : (rob_str)ROB_STR("");
        } else {
            report(c, impl->value->at, "RB0201", "a body of this media type is written as a string");
        }
    }
}

/* A segment without a type, or one that any segment fits. */
static bool is_read_as_it_came(const ast_segment *s)
{
    const ast_type *t = s->type;
    if (!t) return true;
    if (t->kind != AST_TYPE_NAME || t->constraints) return false;
    return rob_str_eq(t->name.text, ROB_STR("str")) || rob_str_eq(t->name.text, ROB_STR("path"));
}

/* What a constant answer would never look at. */
static void check_unread(route_check *r, const ast_impl *impl)
{
    const char *what = impl->kind == AST_IMPL_CONST ? "const" : "redirect";
    for (const ast_field *f = r->ast->params; f; f = f->next)
        if (!find_capture(r, f->name.text))
            report(r->c, f->name.at, "RB0334", "`%s` reads no parameters, so `%.*s` would not be checked", what,
                   ROB_STR_ARG(f->name.text));
    for (uint32_t i = 0; i < r->capture_count; i++) {
        const ast_segment *s = r->captures[i].written;
        if (!is_read_as_it_came(s))
            report(r->c, s->type->at, "RB0334", "`%s` reads no parameters, so the type of `%.*s` would not be checked", what,
                   ROB_STR_ARG(s->name.text));
        bool in_target = false;
        for (uint32_t p = 0; p < r->ir->impls[0].part_count; p++)
            in_target = in_target || r->ir->impls[0].parts[p].capture == r->captures[i].index;
        if (!in_target && s->at.file == r->ast->method_at.file && s->at.start > r->ast->method_at.start)
            warn(r->c, s->at, "RB0335", "path parameter `%.*s` is not used", ROB_STR_ARG(s->name.text));
    }
}

/* ------------------------------------------------------------------ together */

static ir_impl_kind kind_of(ast_impl_kind kind)
{
    switch (kind) {
    case AST_IMPL_NATIVE: return IR_NATIVE;
    case AST_IMPL_PYTHON: return IR_PYTHON;
    case AST_IMPL_CONST: return IR_CONST;
    case AST_IMPL_REDIRECT: return IR_REDIRECT;
    }
    return IR_NATIVE;
}

static void check_impl(route_check *r, const ast_impl *impl, ir_impl *out)
{
    *out = (ir_impl){.kind = kind_of(impl->kind), .at = impl->at};
    switch (impl->kind) {
    case AST_IMPL_NATIVE: out->function = impl->function.text; return;
    case AST_IMPL_PYTHON: check_python(r->c, impl, out); return;
    case AST_IMPL_CONST: return; /* after layout: check_const */
    case AST_IMPL_REDIRECT: check_redirect(r, impl, out); return;
    }
}

void check_impls(route_check *r)
{
    uint32_t count = 0;
    for (const ast_impl *i = r->ast->impls; i; i = i->next) count++;
    r->ir->impls = arena_need(r->c->arena, sizeof(ir_impl) * (count + 1));
    if (!count) return; /* the parser said so */
    for (const ast_impl *i = r->ast->impls; i; i = i->next) check_impl(r, i, &r->ir->impls[r->ir->impl_count++]);
    const ast_impl *first = r->ast->impls;
    bool reads = first->kind == AST_IMPL_NATIVE || first->kind == AST_IMPL_PYTHON;
    if (!reads && !r->bad_target) check_unread(r, first);
    if (!reads && r->said.blocking) report(r->c, r->decl->at, "RB0337", "`@blocking` is for native handlers");
    if (!reads && first->next) report(r->c, first->next->at, "RB0338",
                                      "a `const` or `redirect` route has one implementation");
}
