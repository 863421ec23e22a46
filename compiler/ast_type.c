/* Types, fields and attributes. */
#include "ast_build.h"
#include "memory.h"

static ast_type *new_type(parser *p, ast_type_kind kind, span at)
{
    ast_type *type = arena_new(p->arena, ast_type);
    type->kind = kind;
    type->at = at;
    return type;
}

ast_type *named_type(parser *p, ast_name name)
{
    ast_type *type = new_type(p, AST_TYPE_NAME, name.at);
    type->name = name;
    return type;
}

ast_type *generic_type(parser *p, ast_name name, type_list args, token close)
{
    ast_type *type = new_type(p, AST_TYPE_NAME, span_join(name.at, token_span(p, close)));
    type->name = name;
    type->args = args.first;
    return type;
}

ast_type *constrained_type(parser *p, ast_type *type, value_list constraints, token close)
{
    type->constraints = constraints.first;
    type->at = span_join(type->at, token_span(p, close));
    if (rob_str_eq(type->name.text, ROB_STR("file"))) { /* file(types=..., max_size=...) */
        diag_error(p->diag, type->at, "RB0090", "`file` is not supported yet");
        type->name.text = ROB_STR("bytes"); /* nothing more to say about it */
        type->constraints = NULL;
    }
    return type;
}

ast_type *literal_type(parser *p, token word, value_list values, token close)
{
    ast_type *type = new_type(p, AST_TYPE_LITERAL, span_join(token_span(p, word), token_span(p, close)));
    type->literals = values.first;
    return type;
}

ast_type *object_type(parser *p, shape fields)
{
    ast_type *type = new_type(p, AST_TYPE_OBJECT, fields.at);
    type->fields = fields.fields;
    return type;
}

/* A second `?` says nothing new; it is also what would let a type nest without brackets. */
ast_type *nullable_type(parser *p, ast_type *type, token question)
{
    if (type->kind == AST_TYPE_NULLABLE) {
        diag_item *item = diag_error(p->diag, token_span(p, question), "RB0014", "this type is nullable already");
        diag_hint(p->diag, item, "one `?` behind a type allows null; one behind a field's name lets it be absent");
        return type;
    }
    ast_type *nullable = new_type(p, AST_TYPE_NULLABLE, span_join(type->at, token_span(p, question)));
    nullable->args = type;
    return nullable;
}

ast_type *union_type(parser *p, type_list arms)
{
    ast_type *type = new_type(p, AST_TYPE_UNION, span_join(arms.first->at, arms.last->at));
    type->args = arms.first;
    return type;
}

/* ------------------------------------------------------------------ fields */

shape build_shape(parser *p, token open, field_list fields, token close)
{
    return (shape){fields.first, span_join(token_span(p, open), token_span(p, close))};
}

ast_field *plain_content(parser *p, ast_type *type)
{
    ast_field *field = arena_new(p->arena, ast_field);
    field->type = type;
    field->at = type->at;
    return field;
}

static ast_source source_of(token word)
{
    switch (word.kind) {
    case TOKEN_HEADER: return AST_FROM_HEADER;
    case TOKEN_COOKIE: return AST_FROM_COOKIE;
    case TOKEN_QUERY: return AST_FROM_QUERY;
    case TOKEN_FORM: return AST_FROM_FORM;
    case TOKEN_BODY: return AST_FROM_BODY;
    case TOKEN_TEXT: return AST_FROM_TEXT;
    case TOKEN_RAW: return AST_FROM_RAW;
    }
    return AST_FROM_NOWHERE;
}

ast_field *sourced_content(parser *p, token source, token name, ast_type *type)
{
    ast_field *field = arena_new(p->arena, ast_field);
    field->source = source_of(source);
    field->source_at = token_span(p, source);
    if (name.kind) {
        field->source_name = string_text(p, name);
        field->source_at = span_join(field->source_at, token_span(p, name));
        field->source_at.end++; /* its parenthesis, in sight or behind a space */
    }
    field->type = type;
    field->at = type ? span_join(field->source_at, type->at) : field->source_at;
    return field;
}

ast_field *build_field(parser *p, ast_name name, token question, ast_field *content, ast_value *fallback,
                       attribute_list attributes)
{
    ast_field *field = content;
    field->name = name;
    field->optional = question.kind != 0;
    field->fallback = fallback;
    field->attributes = attributes.first;
    field->doc = doc_above(p, name.at);
    field->at = span_join(name.at, field->at);
    if (fallback) field->at = span_join(field->at, fallback->at);
    if (attributes.last) field->at = span_join(field->at, attributes.last->at);
    return field;
}

/* ------------------------------------------------------------------ attributes */

static bool is_later_attribute(rob_str name)
{
    static const char *const later[] = {"auth", "limit", "since", "until", "patch", "cache", "timeout"};
    for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
        if (rob_str_eq(rob_str_of(later[i]), name)) return true;
    }
    return false;
}

/* NULL, which lists leave out, for one that is not supported yet. */
ast_attribute *build_attribute(parser *p, token name, value_list args, token close)
{
    rob_str text = token_text(p, name);
    span at = token_span(p, name);
    ast_attribute *attribute = arena_new(p->arena, ast_attribute);
    attribute->name = (ast_name){.text = {text.ptr + 1, text.len - 1}, .at = at};
    attribute->args = args.first;
    attribute->at = span_join(at, token_span(p, close));
    if (!is_later_attribute(attribute->name.text)) return attribute;
    diag_error(p->diag, at, "RB0090", "`%.*s` is not supported yet", ROB_STR_ARG(text));
    return NULL;
}
