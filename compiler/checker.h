/* checker.h: what the files of the checker share, and nobody else includes.
 *
 * The order of work (check.c): settings and the API's name; scopes; types, models, unions and routes,
 * each resolved when it is first named; then layout, when all types are known; then values (defaults,
 * examples, constants), which are judged by the runtime's own decoder on the tables just laid out; then
 * the lists of the IR in the order that emitters want.
 *
 * After a mistake a poison type stands in, and whoever meets it stays silent. */
#ifndef ROBYNC_CHECKER_H
#define ROBYNC_CHECKER_H

#include "ast.h"
#include "check.h"
#include "diag.h"
#include "ir.h"
#include "map.h"
#include "names.h"

/* Far beyond what people write; so that a hostile spec ends in a message. */
enum {
    MOST_MODELS = 10000,
    MOST_FIELDS = 4096,    /* of a model */
    MOST_PARAMS = 1000,    /* of a route */
    MOST_DEPTH = 200,      /* of aliases, of bases */
    MOST_TYPE_TEXT = 4096, /* bytes */
    MOST_SIZE = 256 << 10  /* bytes of a C struct */
};

typedef enum progress { UNTOUCHED, WORKING, DONE } progress;

/* The names of one file: what it declares, and with what it imports. Values are symbols. */
typedef struct scope {
    const ast_file *file;
    map own, visible;
    list names; /* rob_str *, visible ones in order, for suggestions */
} scope;

typedef struct symbol {
    const ast_decl *decl;
    scope *home;
    progress progress;
    ir_type *type; /* once DONE; NULL: a generic model, see instances */
    map instances; /* of a generic model: argument ids to ir_type */
    ir_model *error_model;
    bool claimed; /* its C name, before any derived name */
} symbol;

/* A type parameter of the generic model being instantiated. */
typedef struct binding {
    const struct binding *next;
    rob_str name;
    ir_type *type;
} binding;

/* Where a type is written. */
typedef struct context {
    scope *scope;
    const binding *bound;
    rob_str place; /* for naming what has no name: "UserAddress" */
} context;

/* What attributes say, and where they stand. */
typedef enum where {
    ON_API = 1, ON_ROUTE = 2, ON_GROUP = 4, ON_MODEL = 8, ON_FIELD = 16, ON_PARAM = 32, ON_ENUM = 64,
    ON_UNION = 128, ON_ERROR = 256, ON_MEMBER = 512, ON_HEADER = 1024, ON_NOTHING = 2048
} where;

typedef struct attributes {
    rob_str title, openapi, alias, id, summary;
    span alias_at, id_at, readonly_at;
    const ast_value *example; /* the first of a list */
    bool deprecated, readonly, writeonly, hidden, blocking, has_extra;
    rob_extra extra;
    uint64_t body_limit;
    list tags; /* rob_str * */
} attributes;

/* A model while it is being checked; ir comes first, so that an ir_model leads here. */
typedef struct checked_model {
    ir_model ir;
    ir_type *type;
    symbol *declared;          /* NULL: anonymous */
    const ast_name_item *bases;
    const ast_field *own;      /* as written */
    const ast_field **written; /* for each of ir.fields */
    context at;
    progress progress;         /* of its fields */
    bool values_done, laid_out, listed, finite, recursive;
    uint32_t order, low;       /* Tarjan's numbers */
    bool on_stack;
} checked_model;

typedef struct checked_union {
    ir_union ir;
    ir_type *type;
    symbol *declared; /* NULL: inline */
    progress progress;
    bool laid_out, listed, finite;
    uint32_t order, low;
    bool on_stack;
} checked_union;

/* A value to be judged once the layout is known. */
typedef struct pending_value {
    const ast_value *value;
    const ir_type *type;
    rob_str *json;      /* receives the value as JSON */
    const char *what;   /* "example" */
} pending_value;

typedef struct group { /* of routes, and those around it */
    const struct group *parent;
    const ast_decl *decl;
    attributes said;
    rob_str path;
} group;

typedef struct checker {
    rob_arena *arena;
    diag *d;
    const ast_program *program;
    ir_api *api;
    names names;
    scope *scopes;         /* one for each file of the program */
    scope *root;
    map reported;          /* code and place of each message: a second one there stays unsaid */
    diag_item unsaid;
    unsigned mute;         /* > 0: trying things out, nothing is reported */
    map lost;              /* names whose declarations the parser left out */
    ir_type *poison;
    map types;             /* interned, by their canonical text */
    map shared;            /* C names of list, dict and nullable structs, by what they hold */
    uint32_t serial;
    list models, unions, enums; /* checked_model *, checked_union *, ir_enum *, as they were met */
    list unfilled;         /* checked_model * whose fields are still to be resolved */
    list values;           /* pending_value * */
    list routes;           /* ir_route * */
    list route_asts;       /* const ast_route *, beside routes */
    map functions;         /* C functions of native routes, to ir_route */
    map handlers;   /* function as written to its rob_str in C */
    map operations;        /* operation ids, to ir_route */
    map patterns;          /* pattern text to rob_dfa */
    unsigned sample_depth, sample_budget; /* of sample_value */
    unsigned alias_depth, base_depth;     /* of what is being resolved */
} checker;

/* ------------------------------------------------------------------ messages (check_names.c) */

/* True, and remembered, unless this code was reported here before or the checker is only trying. */
bool may_report(checker *c, span at, const char *code);

/* As diag_error. One mistake makes one message, however often a generic model is instantiated. */
#define report(c, at, code, ...) \
    (may_report((c), (at), (code)) ? diag_error((c)->d, (at), (code), __VA_ARGS__) : &(c)->unsaid)
#define warn(c, at, code, ...) \
    (may_report((c), (at), (code)) ? diag_warning((c)->d, (at), (code), __VA_ARGS__) : &(c)->unsaid)

/* ------------------------------------------------------------------ names (check_names.c) */

void declare_all(checker *c);
/* Whether the parser could not make out a declaration of that name, and said so. */
bool was_lost(const checker *c, rob_str name);
symbol *find_symbol(const scope *s, rob_str name);
void suggest_type(checker *c, diag_item *item, const context *at, rob_str wrong);
/* The C name of a declaration; claimed once. */
rob_str claim_declared(checker *c, symbol *s);
void claim_all_declared(checker *c);
/* Claim a C name for a declaration of the spec; says so when another one has it. */
void claim_name(checker *c, rob_str c_name, rob_str name, span at);
/* A field's name must be usable as a C member. */
void check_member_name(checker *c, const ast_name *name, const char *what, const char *attribute);

/* ------------------------------------------------------------------ types (check_types.c, check_constraints.c) */

void types_init(checker *c);
ir_type *type_of(checker *c, const context *at, const ast_type *t);
ir_type *type_of_symbol(checker *c, symbol *s, span at);
ir_type *type_of_nullable(checker *c, ir_type *inner, span at);
ir_type *scalar_type(checker *c, rob_kind kind);
/* The type with this text: an earlier one, or a copy of draft. */
/* Poison when the text has grown beyond all use. */
ir_type *intern_type(checker *c, rob_str key, const ir_type *draft);
ir_type *constrain(checker *c, ir_type *base, const ast_value *constraints, span at);
/* A short name of its C type, without prefix: "int", "user", "str_list". */
rob_str type_base_name(checker *c, const ir_type *type);
ir_type *too_large(checker *c, span at);
rob_str shared_c_name(checker *c, rob_str base, const char *suffix, span at);
bool type_is_scalar(const ir_type *type); /* no list, dict, model, union, json */
const char *kind_name(rob_kind kind);

/* ------------------------------------------------------------------ enums, models, unions */

ir_type *type_of_enum(checker *c, symbol *s);
ir_type *type_of_literal(checker *c, const context *at, const ast_type *t);
/* A model without type parameters, or an instance with args. */
ir_type *type_of_model(checker *c, symbol *s, const binding *bound, rob_str name, bool instance);
ir_type *type_of_object(checker *c, const context *at, const ast_type *t);
ir_type *type_of_generic(checker *c, const context *at, symbol *s, const ast_type *args, span use);
ir_model *error_model(checker *c, symbol *s);
void fill_model(checker *c, checked_model *m);
void fill_models(checker *c);
/* The parts that a field, a parameter and a response header have in common. wire: its name outside. */
void make_field(checker *c, const context *at, const ast_field *written, const attributes *said,
                rob_str wire, ir_field *out);
ir_type *type_of_tagged(checker *c, symbol *s);
ir_type *type_of_union(checker *c, const context *at, const ast_type *t);
void check_unions(checker *c);    /* once models are filled: tags */
void check_ambiguity(checker *c); /* once types are laid out */

/* ------------------------------------------------------------------ attributes, values */

void read_attributes(checker *c, const ast_attribute *first, where on, attributes *out);
ir_meta make_meta(checker *c, rob_str doc, const attributes *said, span at);
/* Judge said->example against type later. */
void example_later(checker *c, const attributes *said, const ir_type *type, ir_meta *meta);

/* A value as compact JSON, without a type: for @openapi and api { }. */
rob_str plain_json(checker *c, const ast_value *v);
/* A value of that type as JSON, and as the C value when out is not NULL. `name` and `what` are for
 * messages: `limit` defaults to …. False after reporting. */
bool typed_value(checker *c, const ir_type *type, const ast_value *v, rob_str name, const char *what,
                 rob_str *json, void **out);
/* Defaults of one field. table: the copy that the model's table holds, or NULL. */
void field_default(checker *c, const ast_field *written, ir_field *field, rob_field *table);
void check_values(checker *c);
/* The value's JSON as the runtime encodes it; false after reporting. */
bool constant_body(checker *c, const ir_type *type, const ast_value *v, rob_str *json);

/* ------------------------------------------------------------------ routes, settings */

void check_routes(checker *c);
void check_route_values(checker *c); /* defaults, constants: after layout */
void check_settings(checker *c);
void check_api(checker *c);

/* ------------------------------------------------------------------ the end (check_finish.c) */

/* Finite values, pointers that break cycles, sizes and offsets. */
void lay_out_types(checker *c);
void lay_out_routes(checker *c);
/* Models that contain themselves, through lists and dicts too. */
void find_recursive(checker *c);
/* The lists of ir_api, in their order. */
void finish_api(checker *c);

#endif
