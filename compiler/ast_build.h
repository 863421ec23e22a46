/* ast_build.h: what grammar actions call, and nothing else does.
 *
 * A builder makes one node from tokens and finished nodes, and reports what the grammar cannot see (a
 * number beyond 64 bits, a bad escape). It always gives a node, so that one mistake is one message.
 * Lists are pairs of pointers while they grow; NULL items are left out. */
#ifndef ROBYNC_AST_BUILD_H
#define ROBYNC_AST_BUILD_H

#include "ast.h"
#include "token.h"

#define BUILD_LIST(item_type, list_type, none, add)                     \
    typedef struct list_type {                                          \
        item_type *first, *last;                                        \
    } list_type;                                                        \
    static inline list_type none(void)                                  \
    {                                                                   \
        return (list_type){NULL, NULL};                                 \
    }                                                                   \
    static inline list_type add(list_type list, item_type *item)        \
    {                                                                   \
        if (!item) return list;                                         \
        if (list.last) list.last->next = item;                          \
        else list.first = item;                                         \
        list.last = item;                                               \
        return list;                                                    \
    }

BUILD_LIST(ast_decl, decl_list, no_decls, add_decl)
BUILD_LIST(ast_attribute, attribute_list, no_attributes, add_attribute)
BUILD_LIST(ast_name_item, name_list, no_names, add_name)
BUILD_LIST(ast_member, member_list, no_members, add_member)
BUILD_LIST(ast_arm, arm_list, no_arms, add_arm)
BUILD_LIST(ast_segment, segment_list, no_segments, add_segment)
BUILD_LIST(ast_field, field_list, no_fields, add_field)
BUILD_LIST(ast_outcome, outcome_list, no_outcomes, add_outcome)
BUILD_LIST(ast_impl, impl_list, no_impls, add_impl)
BUILD_LIST(ast_type, type_list, no_types, add_type)
BUILD_LIST(ast_value, value_list, no_values, add_value)

/* { fields }, and with (fields): the brackets' span goes along. */
typedef struct shape {
    ast_field *fields;
    span at;
} shape;

typedef struct header_list {
    ast_field *fields;
    span at; /* start == end: none */
} header_list;

enum { PARSER_DEPTH = 1600 }; /* %stack_size of routes.y */

/* One file being parsed. */
typedef struct parser {
    const source *src;
    rob_arena *arena;
    diag *diag;
    const lexed *in;
    uint32_t at;     /* index of the token being fed */
    uint32_t groups; /* group braces open */
    bool failed;     /* lemon met an error; parse.c skips to the next declaration */
    ast_decl *decls; /* the result */
    name_list broken; /* names of declarations that were skipped */
    uint32_t state_count;
    uint16_t states[PARSER_DEPTH]; /* of the machine before the last token */
} parser;

typedef struct token_set {
    bool has[256];
} token_set;

/* The tokens that could have stood where the last one was fed (routes.y). */
token_set routes_expected(const parser *p);

/* Errors of the grammar (parse_error.c). */
void unexpected(parser *p, token found);
void too_deep(parser *p);

/* ------------------------------------------------------------------ tokens and names (ast_literal.c) */

static inline token no_token(void)
{
    return (token){0};
}
span token_span(const parser *p, token t);
rob_str token_text(const parser *p, token t);

ast_name no_name(void);
ast_name build_name(parser *p, token t);
ast_name string_name(parser *p, token string);

/* The documentation above a token, lines joined by \n; empty without one. */
rob_str doc_above(parser *p, span first);

/* The text of a string token, unescaped. */
rob_str string_text(parser *p, token string);

ast_value *string_value(parser *p, token t);
ast_value *int_value(parser *p, token t);
ast_value *float_value(parser *p, token t);
ast_value *quantity_value(parser *p, token t);
ast_value *rate_value(parser *p, token t);
ast_value *bool_value(parser *p, token t, bool value);
ast_value *null_value(parser *p, token t);
ast_value *word_value(parser *p, token t);
ast_value *env_value(parser *p, token word, token name, token close);
ast_value *list_value(parser *p, token open, value_list items, token close);
ast_value *object_value(parser *p, token open, value_list items, token close);
ast_value *key_value(ast_value *value, ast_name key);

/* ------------------------------------------------------------------ types and fields (ast_type.c) */

ast_type *named_type(parser *p, ast_name name);
ast_type *generic_type(parser *p, ast_name name, type_list args, token close);
ast_type *constrained_type(parser *p, ast_type *type, value_list constraints, token close);
ast_type *literal_type(parser *p, token word, value_list values, token close);
ast_type *object_type(parser *p, shape fields);
ast_type *nullable_type(parser *p, ast_type *type, token question);
ast_type *union_type(parser *p, type_list arms);

shape build_shape(parser *p, token open, field_list fields, token close);
ast_field *plain_content(parser *p, ast_type *type);
ast_field *sourced_content(parser *p, token source, token name, ast_type *type);
ast_field *build_field(parser *p, ast_name name, token question, ast_field *content, ast_value *fallback,
                       attribute_list attributes);
ast_attribute *build_attribute(parser *p, token name, value_list args, token close);

/* ------------------------------------------------------------------ routes (ast_route.c) */

ast_path empty_path(parser *p, token t);
ast_path build_path(parser *p, segment_list segments);
ast_segment *build_literal(parser *p, token t);
ast_segment *build_parameter(parser *p, token open, ast_name name, ast_type *type, token close);

/* A payload is an outcome that has no status yet. */
ast_outcome *json_payload(parser *p, ast_type *type);
ast_outcome *other_payload(parser *p, ast_media media, token word);
ast_outcome *raw_payload(parser *p, token word, token media_type, token close);
ast_outcome *build_outcome(parser *p, token status, ast_outcome *payload, header_list headers);
header_list no_headers(void);
header_list build_headers(parser *p, token word, field_list fields, token close);

ast_impl *native_impl(parser *p, token word, ast_name function);
ast_impl *python_impl(parser *p, token word, token function);
ast_impl *const_impl(parser *p, token word, ast_value *value);
ast_impl *redirect_impl(parser *p, token word, token status, token target);

ast_decl *build_route(parser *p, token method, ast_path path, field_list params, outcome_list outcomes,
                      name_list raises, impl_list impls);
ast_decl *open_group(parser *p, token word, ast_path path);
ast_decl *build_group(parser *p, ast_decl *group, decl_list decls, token close);

/* An integer token that must be an HTTP status; 500 when it is not. */
int64_t status_code(parser *p, token t);

/* ------------------------------------------------------------------ other declarations (ast_decl.c) */

ast_name_item *build_name_item(parser *p, ast_name name, type_list args);
ast_member *build_member(parser *p, ast_name name, ast_value *value, attribute_list attributes);
ast_arm *build_arm(parser *p, ast_name tag, ast_type *type);

/* A declaration whose span begins with a keyword and ends with `end`. */
ast_decl *new_decl(parser *p, ast_kind kind, token word, span end);
/* At the end of a body: attributes there describe nothing. */
void check_no_attributes(parser *p, attribute_list leading);
/* Once nothing more can follow: NULL stays NULL. */
ast_decl *finish_decl(parser *p, ast_decl *decl);
ast_decl *lead_decl(parser *p, ast_decl *decl, attribute_list leading);
ast_decl *build_api(parser *p, token word, token title, token version, ast_name prefix, ast_value *members);
ast_decl *build_server(parser *p, token word, ast_value *members);
ast_decl *build_import(parser *p, token word, token path, name_list names);
ast_decl *build_text(parser *p, ast_kind kind, token word, token text);
ast_decl *build_alias(parser *p, token word, ast_name name, ast_type *type);
ast_decl *build_enum(parser *p, token word, ast_name name, member_list members, token close);
ast_decl *build_model(parser *p, token word, ast_name name, name_list params, name_list bases, shape fields);
ast_decl *build_union(parser *p, token word, ast_name name, ast_name tag, arm_list arms, token close);
ast_decl *build_error(parser *p, token word, ast_name name, token status, shape fields, header_list headers);

#endif
