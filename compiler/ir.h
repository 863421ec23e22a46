/* ir.h: the checked API, as emitters see it. Built by the checker, then frozen: names resolved,
 * defaults filled, constraints normalised, generic models instantiated, sizes known. No emitter can
 * find a user's error in it, and no emitter sees the AST.
 *
 * Each type, enum, union, model and field carries the very table (`table`) that the runtime will walk,
 * laid out for this machine's C ABI: the checker runs the decoder on it to judge defaults and examples,
 * and emit/ prints it. Pointers inside a table point to other tables of this IR.
 *
 * Every identifier that ends up in C comes from compiler/names.c and stands here, ready (c_...).
 * Lists are arrays with a count. Empty text: ptr NULL. JSON texts are compact and valid. */
#ifndef ROBYNC_IR_H
#define ROBYNC_IR_H

#include <robync/generated.h>

#include "source.h"

typedef struct ir_type ir_type;
typedef struct ir_model ir_model;
typedef struct ir_enum ir_enum;
typedef struct ir_union ir_union;

/* What stands in front of a declaration, as far as OpenAPI and C headers care. */
typedef struct ir_meta {
    rob_str doc;     /* ## comment */
    rob_str title;   /* @title */
    rob_str example; /* @example, JSON; of several values the first */
    rob_str *more_examples; /* the others */
    uint32_t more_example_count;
    rob_str openapi; /* @openapi({…}), a JSON object */
    bool deprecated;
    span at;
} ir_meta;

/* ------------------------------------------------------------------ types */

/* Interned: two uses of the same type with the same constraints are one ir_type. */
struct ir_type {
    rob_type table;     /* table.kind says which member below is set */
    uint32_t align;     /* bytes */
    uint32_t id;        /* index in ir_api.types; items come before what contains them, except
                           through recursive models */
    rob_str text;       /* as a spec would write it: `int(ge=1, le=100)` */
    rob_str label;      /* Pydantic's name as a union arm: `int`, `constrained-int`, `list[int]`, `User` */
    rob_str c_type;     /* "int64_t", "rob_str", "store_user", "store_user_list" */
    rob_str c_table;    /* the rob_type's variable: "type_12" or a speaking name; unique in the API */
    rob_str c_item;     /* DICT: the C type of one item, "store_int_dict_item" */
    const ir_type *item; /* LIST, DICT (the value), NULLABLE (the inner type) */
    const ir_type *key;  /* DICT: NULL, or a constrained str or an enum */
    const ir_enum *choice;
    const ir_model *model;
    const ir_union *arms;
    rob_str ge, gt, le, lt, multiple_of; /* the bounds as written, for OpenAPI; empty: not set */
    span at;            /* its first use */
};

typedef struct ir_choice {
    rob_str name;   /* in the spec */
    rob_str c_name; /* STORE_ROLE_VIEWER */
    rob_str json;   /* "\"read-only\"" or "9" */
    rob_str doc;
} ir_choice;

struct ir_enum {
    rob_enum table;
    rob_str name;   /* "Role"; a Literal: empty */
    rob_str c_name; /* store_role */
    ir_choice *choices;
    uint32_t count;
    ir_meta meta;
};

/* A field of a model, a parameter, or a response header. */
typedef struct ir_field {
    rob_field table;    /* name on the wire, flags, offsets; fallback points to a decoded C value */
    rob_str name;       /* in the spec */
    rob_str c_name;     /* the C member */
    rob_str c_has;      /* the has_ member; empty without one */
    const ir_type *type;
    rob_str fallback_json; /* the default as JSON; "null" for `= null`; empty without one */
    ir_meta meta;
} ir_field;

struct ir_model {
    rob_model table;
    rob_str name;      /* "User", "Page[User]"; an anonymous model gets a name made from its place */
    rob_str component; /* its name in OpenAPI: "User", "Page_User_" */
    rob_str c_name;    /* store_user */
    rob_str c_extra;   /* the member that holds extras; empty without @extra(allow) */
    ir_field *fields;
    uint32_t field_count;
    uint32_t size, align;
    uint32_t id;       /* index in ir_api.models: a model comes after those that it holds by value */
    bool anonymous;    /* written inline as { … } */
    bool used_in, used_out; /* reachable from a request, from a response */
    bool shapes_differ;     /* input and output schema differ (readonly, writeonly, decimals, defaults …) */
    ir_meta meta;
};

typedef struct ir_arm {
    rob_str label;     /* as in rob_arm */
    rob_str c_name;    /* the member of the C union */
    rob_str c_tag;     /* STORE_PAYMENT_CARD */
    const ir_type *type;
    rob_str component; /* tagged, arm without the tag as its field: "PaymentCard"; else empty */
    bool declares_tag; /* tagged: the arm has the tag as a field of its own */
    rob_str doc;
} ir_arm;

struct ir_union {
    rob_union table;
    rob_str name;      /* "Payment"; an inline union: empty */
    rob_str c_name;    /* store_payment; its tag enum is c_name "_tag" */
    rob_str tag_name;  /* on the wire; empty: an inline union */
    ir_arm *arms;
    uint32_t count;
    uint32_t size, align;
    uint32_t id;
    ir_meta meta;
};

/* ------------------------------------------------------------------ routes */

typedef struct ir_param {
    ir_field field;    /* offset in the route's `in` struct */
    rob_source source;
    uint8_t path_index;
    bool spread;
    bool takes_slashes; /* a `path` parameter */
    rob_str media_type; /* ROB_FROM_RAW: "text/plain", "image/png" */
} ir_param;

typedef enum ir_media { IR_MEDIA_NONE, IR_MEDIA_JSON, IR_MEDIA_TEXT, IR_MEDIA_HTML, IR_MEDIA_RAW } ir_media;

typedef struct ir_header {
    ir_field field; /* table.name is the header's or cookie's name; offset in the outcome's `with` struct */
    bool cookie;
} ir_header;

/* One way a route may answer. Success outcomes come first in the order written, then errors. */
typedef struct ir_outcome {
    uint16_t status;
    ir_media media;
    rob_str media_type;     /* IR_MEDIA_TEXT, _HTML, _RAW: with charset where it has one */
    const ir_type *type;    /* IR_MEDIA_JSON */
    const ir_model *error;  /* a declared error: type is its model */
    ir_header *headers;
    uint32_t header_count;
    uint32_t with_size;     /* bytes of the C struct of its headers */
    rob_str name;           /* "ok", "created", "304", "not_found": last part of the constructor's name */
    rob_str c_tag;          /* STORE_USERS_GET_NOT_FOUND */
    rob_str c_constructor;  /* store_users_get_not_found */
    rob_str c_member;       /* of the out struct's union; empty without a body */
    rob_str c_with;         /* the C type of its headers: store_users_get_ok_with; empty without headers */
    rob_str description;    /* of the response; empty: the status's usual one */
} ir_outcome;

typedef enum ir_impl_kind { IR_NATIVE, IR_PYTHON, IR_CONST, IR_REDIRECT } ir_impl_kind;

typedef struct ir_impl {
    ir_impl_kind kind;
    rob_str function;         /* IR_NATIVE: as written; the C function is the route's c_function */
    rob_str module, callable; /* IR_PYTHON */
    rob_str constant;         /* IR_CONST: the body; JSON, or the text itself for text and html */
    uint16_t status;          /* IR_CONST, IR_REDIRECT */
    rob_redirect_part *parts; /* IR_REDIRECT */
    uint32_t part_count;
    rob_str target;           /* IR_REDIRECT: as written */
    span at;
} ir_impl;

/* A piece of a path: a literal with its percent-escapes decoded, or a capture. */
typedef struct ir_segment {
    rob_str literal; /* ptr NULL: a capture */
    bool rest;       /* a `path` capture */
    uint8_t capture; /* index in rob_match */
} ir_segment;

typedef struct ir_route {
    rob_method method;
    rob_str path;          /* whole, as a spec would write it without types: "/v1/users/{id}" */
    rob_str text;          /* "GET /v1/users/{id}" */
    ir_segment *segments;
    uint32_t segment_count;
    uint32_t capture_count;
    ir_param *params;      /* sorted by source as rob_params wants it */
    uint32_t param_count;
    rob_body_mode body;
    bool body_required;    /* false: no body is fine */
    rob_str body_component; /* ROB_BODY_EMBEDDED, ROB_BODY_FORM: FastAPI's "Body_<operation id>" */
    uint32_t in_size, in_align;
    uint64_t body_limit;   /* 0: the server's */
    ir_outcome *outcomes;
    uint32_t outcome_count;
    ir_impl *impls;        /* the first one serves */
    uint32_t impl_count;
    rob_runs runs;
    uint16_t constant_index; /* with IR_CONST first: the index of its rob_constant */
    rob_str operation_id;
    rob_str name;          /* snake case: "users_get" */
    rob_str c_function;    /* store_users_get; also the prefix of _in, _out, _endpoint */
    rob_str summary;       /* @summary, else made from the name as FastAPI does */
    rob_str *tags;
    uint32_t tag_count;
    bool hidden;           /* not in OpenAPI */
    ir_meta meta;
} ir_route;

/* ------------------------------------------------------------------ the API */

typedef struct ir_api {
    rob_str name, version; /* "Store", "1.4.0" */
    rob_str prefix;        /* store */
    rob_str info;          /* JSON object: description, summary, contact, license, … of api { } */
    rob_str servers, tags; /* JSON arrays, or empty */
    ir_meta meta;
    rob_settings settings;
    rob_env_setting *env_settings;
    uint32_t env_setting_count;
    bool has_docs;         /* server { docs: … } is set */
    ir_type **types;
    uint32_t type_count;
    ir_enum **enums;       /* Literals too */
    uint32_t enum_count;
    ir_union **unions;     /* after what they hold by value; see by_value for the order with models */
    uint32_t union_count;
    ir_model **models;
    uint32_t model_count;
    const ir_type **by_value; /* MODEL, TAGGED, UNION, LIST, DICT, NULLABLE types in the order their C
                                 structs must be defined; one entry per c_type */
    uint32_t by_value_count;
    ir_route **routes;     /* in the order written */
    uint32_t route_count;
    uint16_t constant_count;
    rob_str *sources, *includes, *links; /* as written, relative to the spec's folder */
    uint32_t source_count, include_count, link_count;
    rob_str root_path;     /* the spec as the user named it */
    const sources *texts;  /* for file:line in comments */
} ir_api;

#endif
