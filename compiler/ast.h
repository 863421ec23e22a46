/* ast.h: the syntax tree, as the parser builds it and only the checker reads it.
 *
 * Nodes live in the run's arena and never change once built. Lists are linked through `next`, in source
 * order. Names are slices of the source; string literals are unescaped. Nothing is resolved here. */
#ifndef ROBYNC_AST_H
#define ROBYNC_AST_H

#include "source.h"

typedef struct ast_name {
    rob_str text;
    span at;
} ast_name;

typedef struct ast_name_item { /* a list of names: bases, type parameters, raises */
    struct ast_name_item *next;
    ast_name name;
    struct ast_type *args; /* generic arguments of a base: Page[User] */
} ast_name_item;

/* ------------------------------------------------------------------ values */

typedef enum ast_value_kind {
    AST_NULL, AST_BOOL, AST_INT, AST_FLOAT, AST_STR, AST_LIST, AST_OBJECT,
    AST_MEMBER,   /* a bare name: an enum member, or a word such as `text` in settings */
    AST_SIZE,     /* 64kb: number is bytes */
    AST_DURATION, /* 250ms: number is milliseconds */
    AST_RATE,     /* 600/min: number is count, text is "min" */
    AST_ENV       /* env("NAME"): text is the name */
} ast_value_kind;

typedef struct ast_value {
    struct ast_value *next;
    ast_value_kind kind;
    span at;
    rob_str key;      /* in an object: the member's name */
    span key_at;
    bool boolean;
    bool too_large;   /* AST_INT beyond 64 bits */
    int64_t number;   /* AST_INT, AST_SIZE, AST_DURATION, AST_RATE */
    double real;      /* AST_FLOAT */
    rob_str text;     /* AST_STR, AST_MEMBER, AST_ENV; AST_INT and AST_FLOAT: the digits as written, without _ */
    struct ast_value *items; /* AST_LIST, AST_OBJECT */
} ast_value;

/* @name, @name(value, key=value, …) */
typedef struct ast_attribute {
    struct ast_attribute *next;
    ast_name name;
    ast_value *args; /* named arguments have a key */
    span at;
} ast_attribute;

/* ------------------------------------------------------------------ types */

typedef enum ast_type_kind {
    AST_TYPE_NAME,     /* str, Slug, list[T], dict[str, T], Page[T], T(ge=1) */
    AST_TYPE_LITERAL,  /* Literal["a", 1] */
    AST_TYPE_UNION,    /* A | B | None */
    AST_TYPE_NULLABLE, /* T? */
    AST_TYPE_OBJECT    /* { a: int }, an anonymous model */
} ast_type_kind;

typedef struct ast_type {
    struct ast_type *next;
    ast_type_kind kind;
    span at;
    ast_name name;            /* AST_TYPE_NAME */
    struct ast_type *args;    /* [T, U]; the arms of a union; the inner type of T? */
    ast_value *constraints;   /* (ge=1, le=9): keys are set; an unkeyed one is the checker's error */
    ast_value *literals;      /* AST_TYPE_LITERAL */
    struct ast_field *fields; /* AST_TYPE_OBJECT */
} ast_type;

/* ------------------------------------------------------------------ fields and parameters */

typedef enum ast_source {
    AST_FROM_NOWHERE, /* not written: inferred */
    AST_FROM_PATH, AST_FROM_QUERY, AST_FROM_HEADER, AST_FROM_COOKIE, AST_FROM_FORM, AST_FROM_BODY,
    AST_FROM_TEXT, /* body: text */
    AST_FROM_RAW   /* body: raw("image/png") */
} ast_source;

/* A field of a model, a parameter of a route, a header of an outcome. */
typedef struct ast_field {
    struct ast_field *next;
    ast_name name;
    bool optional;     /* name?: */
    ast_source source;
    span source_at;
    rob_str source_name; /* header("X-Name"): X-Name; raw("image/png"): image/png; ptr NULL when not written */
    ast_type *type;      /* NULL for AST_FROM_TEXT and AST_FROM_RAW */
    ast_value *fallback; /* = value; NULL without one */
    ast_attribute *attributes;
    rob_str doc;         /* the ## comment, lines joined by \n */
    span at;
} ast_field;

/* ------------------------------------------------------------------ routes */

typedef struct ast_segment {
    struct ast_segment *next;
    bool is_param;
    rob_str literal;  /* as written, without slashes; may be empty (a trailing slash) */
    ast_name name;    /* of the parameter */
    ast_type *type;   /* NULL: str; a name type `path` takes the remainder */
    span at;
} ast_segment;

typedef struct ast_path {
    rob_str text;          /* as written */
    ast_segment *segments; /* "/a/{b}/" gives a, {b}, and an empty literal; "" gives none */
    span at;
} ast_path;

typedef enum ast_media { AST_MEDIA_NONE, AST_MEDIA_JSON, AST_MEDIA_TEXT, AST_MEDIA_HTML, AST_MEDIA_RAW } ast_media;

/* `201 User with (etag: header str)` */
typedef struct ast_outcome {
    struct ast_outcome *next;
    int64_t status; /* 0: not written */
    span status_at;
    ast_media media;
    rob_str media_type; /* raw("image/png") */
    ast_type *type;     /* AST_MEDIA_JSON */
    ast_field *headers;
    span at;
} ast_outcome;

typedef enum ast_impl_kind { AST_IMPL_NATIVE, AST_IMPL_PYTHON, AST_IMPL_CONST, AST_IMPL_REDIRECT } ast_impl_kind;

typedef struct ast_impl {
    struct ast_impl *next;
    ast_impl_kind kind;
    ast_name function; /* native: the name; python: the text "module:function" */
    ast_value *value;  /* const */
    int64_t status;    /* redirect */
    rob_str target;    /* redirect */
    span at, target_at;
} ast_impl;

typedef struct ast_route {
    rob_str method; /* "GET" */
    span method_at;
    ast_path path;
    ast_field *params;
    ast_outcome *outcomes;
    ast_name_item *raises;
    ast_impl *impls; /* at least one, unless the parser reported it */
} ast_route;

/* ------------------------------------------------------------------ declarations */

typedef enum ast_kind {
    AST_API, AST_SERVER, AST_TYPE, AST_ENUM, AST_MODEL, AST_UNION, AST_ERROR,
    AST_GROUP, AST_ROUTE, AST_IMPORT, AST_LINK, AST_SOURCES, AST_INCLUDE
} ast_kind;

typedef struct ast_member { /* of an enum */
    struct ast_member *next;
    ast_name name;
    ast_value *value; /* NULL: its own name */
    rob_str doc;
    ast_attribute *attributes;
} ast_member;

typedef struct ast_arm { /* of a tagged union */
    struct ast_arm *next;
    ast_name tag;
    ast_type *type;
    rob_str doc;
} ast_arm;

typedef struct ast_decl {
    struct ast_decl *next;
    ast_kind kind;
    span at;
    rob_str doc;
    ast_attribute *attributes;
    ast_name name; /* type, enum, model, union, error; api: the title */
    union {
        struct {
            rob_str version, prefix; /* prefix.ptr NULL when not written */
            span prefix_at;
            ast_value *members; /* { description: … } */
        } api;
        struct { ast_value *members; } server;
        struct { ast_type *type; } type;
        struct { ast_member *members; } enumeration;
        struct {
            ast_name_item *params; /* generic: model Page[T] */
            ast_name_item *bases;
            ast_field *fields;
        } model;
        struct { ast_name tag; ast_arm *arms; } tagged;
        struct { int64_t status; span status_at; ast_field *fields, *headers; } error;
        struct { ast_path path; struct ast_decl *decls; } group;
        ast_route route;
        struct {
            rob_str path;
            span path_at;
            const struct source *source; /* the file that path names; NULL when it could not be read */
            ast_name_item *names;
        } import;
        struct { rob_str text; span text_at; } text; /* link, sources, include */
    };
} ast_decl;

/* One parsed file. */
typedef struct ast_file {
    const source *source;
    ast_decl *decls;
    /* Names that are not in decls and yet not unknown: of declarations with a syntax error (the word `api`
     * when that one has it), and of imports from a file that cannot be read. */
    ast_name_item *broken;
} ast_file;

/* The file asked for and all that it imports, imported files first. */
typedef struct ast_program {
    ast_file *files;
    size_t count;
    ast_file *root; /* the file asked for */
} ast_program;

#endif
