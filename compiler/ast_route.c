/* Routes, paths and groups. */
#include "ast_build.h"
#include "memory.h"

/* ------------------------------------------------------------------ paths */

ast_path empty_path(parser *p, token t)
{
    span at = token_span(p, t);
    return (ast_path){.text = {p->src->text.ptr + at.start, 0}, .at = at};
}

ast_path build_path(parser *p, segment_list segments)
{
    span at = span_join(segments.first->at, segments.last->at);
    rob_str text = {p->src->text.ptr + at.start, at.end - at.start};
    return (ast_path){.text = text, .segments = segments.first, .at = at};
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* RFC 3986 section 2.1: a percent sign and two hexadecimal digits. */
static void check_escapes(parser *p, rob_str literal, span at)
{
    for (size_t i = 0; i < literal.len; i++) {
        if (literal.ptr[i] != '%') continue;
        if (i + 2 < literal.len && is_hex(literal.ptr[i + 1]) && is_hex(literal.ptr[i + 2])) continue;
        uint32_t from = (uint32_t)(literal.ptr + i - p->src->text.ptr);
        span sign = {at.file, from, from + 1};
        diag_item *item = diag_error(p->diag, sign, "RB0010", "`%%` in a path begins an escape of two hexadecimal digits");
        diag_hint(p->diag, item, "a percent sign itself is `%%25`");
        return;
    }
}

/* `:id` and `*rest` are other routers' parameters; here they are text, which is hardly what was meant. */
static void check_foreign_parameter(parser *p, rob_str literal, span at)
{
    if (literal.len < 2) return;
    char first = literal.ptr[0];
    if (first != ':' && first != '*') return;
    diag_item *item = diag_warning(p->diag, at, "RB0015", "`%.*s` is plain text here", ROB_STR_ARG(literal));
    rob_str name = {literal.ptr + 1, literal.len - 1};
    diag_hint(p->diag, item, first == ':' ? "a parameter is `{%.*s: type}`" : "the rest of a path is `{%.*s: path}`",
              ROB_STR_ARG(name));
}

ast_segment *build_literal(parser *p, token t)
{
    rob_str text = token_text(p, t);
    ast_segment *segment = arena_new(p->arena, ast_segment);
    segment->literal = (rob_str){text.ptr + 1, text.len - 1};
    segment->at = token_span(p, t);
    span inner = {segment->at.file, segment->at.start + 1, segment->at.end};
    check_escapes(p, segment->literal, inner);
    check_foreign_parameter(p, segment->literal, inner);
    return segment;
}

ast_segment *build_parameter(parser *p, token open, ast_name name, ast_type *type, token close)
{
    ast_segment *segment = arena_new(p->arena, ast_segment);
    segment->is_param = true;
    segment->name = name;
    segment->type = type;
    segment->at = span_join(token_span(p, open), token_span(p, close));
    return segment;
}

/* ------------------------------------------------------------------ outcomes */

int64_t status_code(parser *p, token t)
{
    ast_value *value = int_value(p, t);
    if (value->too_large) return 500;
    if (value->number >= 100 && value->number <= 599) return value->number;
    diag_error(p->diag, value->at, "RB0011", "`%.*s` is not an HTTP status; they go from 100 to 599",
               ROB_STR_ARG(value->text));
    return 500;
}

ast_outcome *json_payload(parser *p, ast_type *type)
{
    ast_outcome *payload = arena_new(p->arena, ast_outcome);
    payload->media = AST_MEDIA_JSON;
    payload->type = type;
    payload->at = type->at;
    return payload;
}

ast_outcome *other_payload(parser *p, ast_media media, token word)
{
    ast_outcome *payload = arena_new(p->arena, ast_outcome);
    payload->media = media;
    payload->at = token_span(p, word);
    return payload;
}

ast_outcome *raw_payload(parser *p, token word, token media_type, token close)
{
    ast_outcome *payload = other_payload(p, AST_MEDIA_RAW, word);
    payload->media_type = string_text(p, media_type);
    payload->at = span_join(payload->at, token_span(p, close));
    return payload;
}

ast_outcome *build_outcome(parser *p, token status, ast_outcome *payload, header_list headers)
{
    ast_outcome *outcome = payload ? payload : arena_new(p->arena, ast_outcome);
    if (status.kind) {
        outcome->status = status_code(p, status);
        outcome->status_at = token_span(p, status);
        outcome->at = payload ? span_join(outcome->status_at, outcome->at) : outcome->status_at;
    } else {
        outcome->status_at = outcome->at;
    }
    outcome->headers = headers.fields;
    if (headers.at.end) outcome->at = span_join(outcome->at, headers.at);
    return outcome;
}

header_list no_headers(void)
{
    return (header_list){0};
}

header_list build_headers(parser *p, token word, field_list fields, token close)
{
    return (header_list){fields.first, span_join(token_span(p, word), token_span(p, close))};
}

/* ------------------------------------------------------------------ implementations */

static ast_impl *new_impl(parser *p, ast_impl_kind kind, token word, span end)
{
    ast_impl *impl = arena_new(p->arena, ast_impl);
    impl->kind = kind;
    impl->at = span_join(token_span(p, word), end);
    impl->target_at = end;
    return impl;
}

ast_impl *native_impl(parser *p, token word, ast_name function)
{
    ast_impl *impl = new_impl(p, AST_IMPL_NATIVE, word, function.at);
    impl->function = function;
    return impl;
}

ast_impl *python_impl(parser *p, token word, token function)
{
    ast_impl *impl = new_impl(p, AST_IMPL_PYTHON, word, token_span(p, function));
    impl->function = string_name(p, function);
    return impl;
}

ast_impl *const_impl(parser *p, token word, ast_value *value)
{
    ast_impl *impl = new_impl(p, AST_IMPL_CONST, word, value->at);
    impl->value = value;
    return impl;
}

ast_impl *redirect_impl(parser *p, token word, token status, token target)
{
    ast_impl *impl = new_impl(p, AST_IMPL_REDIRECT, word, token_span(p, target));
    impl->status = status_code(p, status);
    impl->target = string_text(p, target);
    return impl;
}

/* ------------------------------------------------------------------ routes and groups */

static span route_end(const ast_path *path, outcome_list outcomes, name_list raises, impl_list impls)
{
    if (impls.last) return impls.last->at;
    if (raises.last) return raises.last->name.at;
    return outcomes.last ? outcomes.last->at : path->at;
}

ast_decl *build_route(parser *p, token method, ast_path path, field_list params, outcome_list outcomes,
                      name_list raises, impl_list impls)
{
    ast_decl *decl = new_decl(p, AST_ROUTE, method, route_end(&path, outcomes, raises, impls));
    decl->route = (ast_route){
        .method = token_text(p, method),
        .method_at = token_span(p, method),
        .path = path,
        .params = params.first,
        .outcomes = outcomes.first,
        .raises = raises.first,
        .impls = impls.first,
    };
    return decl;
}

ast_decl *open_group(parser *p, token word, ast_path path)
{
    ast_decl *decl = new_decl(p, AST_GROUP, word, path.at);
    decl->group.path = path;
    p->groups++;
    return decl;
}

ast_decl *build_group(parser *p, ast_decl *group, decl_list decls, token close)
{
    group->group.decls = decls.first;
    group->at = span_join(group->at, token_span(p, close));
    p->groups--;
    return group;
}
