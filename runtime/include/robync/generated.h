/* robync/generated.h: the support header of generated code, and of nothing else.
 *
 * A generated server is data: types, models and endpoints as constant tables, plus the few functions
 * that depend on the API (router, calls, encoders). The runtime walks the tables. All tables are
 * immutable and static; every pointer in them is static unless it says otherwise.
 *
 * What one stage promises the next:
 *   decode   fills a zeroed `in` struct of endpoint->in_size bytes, strings borrowed from the request
 *            or its arena; on failure the request holds the error list
 *   call     reads `in`, fills `out`; may run on another thread
 *   encode   turns `out` into a rob_reply */
#ifndef ROBYNC_GENERATED_H
#define ROBYNC_GENERATED_H

#include <robync/robync.h>

#define ROB_ABI 1 /* checked against the library at start: rob_app.abi */

/* ------------------------------------------------------------------ types */

typedef enum rob_kind {
    ROB_KIND_INT,      /* int64_t */
    ROB_KIND_FLOAT,    /* double */
    ROB_KIND_BOOL,     /* bool */
    ROB_KIND_STR,      /* rob_str */
    ROB_KIND_BYTES,    /* rob_str; base64 in JSON (Pydantic's Base64Bytes) */
    ROB_KIND_UUID,     /* rob_uuid */
    ROB_KIND_DATETIME, /* rob_datetime */
    ROB_KIND_DATE,     /* rob_date */
    ROB_KIND_TIME,     /* rob_time */
    ROB_KIND_DURATION, /* rob_duration */
    ROB_KIND_DECIMAL,  /* rob_decimal */
    ROB_KIND_EMAIL,    /* rob_str */
    ROB_KIND_URL,      /* rob_str: Pydantic's HttpUrl */
    ROB_KIND_URI,      /* rob_str: Pydantic's AnyUrl */
    ROB_KIND_JSON,     /* rob_json */
    ROB_KIND_LIST,     /* struct { T *items; size_t count; } */
    ROB_KIND_DICT,     /* struct { struct { rob_str key; T value; } *items; size_t count; } */
    ROB_KIND_ENUM,     /* a C enum (4 bytes): the ordinal of the member, from 0; also Literal */
    ROB_KIND_MODEL,    /* a struct */
    ROB_KIND_TAGGED,   /* struct { C enum tag; union { ... } } : union ... by tag */
    ROB_KIND_UNION,    /* struct { C enum tag; union { ... } } : A | B */
    ROB_KIND_NULLABLE  /* struct { T value; bool has_value; } : `T?` as an item of a list, dict, union */
} rob_kind;

/* Which constraints of a type are set. */
enum {
    ROB_GE = 1 << 0,
    ROB_GT = 1 << 1,
    ROB_LE = 1 << 2,
    ROB_LT = 1 << 3,
    ROB_MULTIPLE_OF = 1 << 4,
    ROB_MIN_LENGTH = 1 << 5, /* code points of a text, bytes of bytes, items of a list or dict */
    ROB_MAX_LENGTH = 1 << 6,
    ROB_PATTERN = 1 << 7,
    ROB_UNIQUE = 1 << 8,
    ROB_MAX_DIGITS = 1 << 9,
    ROB_DECIMAL_PLACES = 1 << 10,
    ROB_STRICT = 1 << 11 /* no coercion from other JSON types */
};

/* A pattern compiled to a DFA over UTF-8 bytes, for an unanchored search. Run:
 *   state = 0; for each byte b: state = next[state * classes + class_of[b]]
 * State 1 is the accepting sink (a match was found: stop), state 2 the dead one (no match can follow:
 * stop). At the end of the text the answer is accept_at_end[state]. */
typedef struct rob_dfa {
    const uint8_t *class_of;      /* 256 entries: byte to class */
    const uint16_t *next;         /* states * classes entries */
    const uint8_t *accept_at_end; /* states entries, 0 or 1 */
    uint16_t states, classes;
} rob_dfa;

typedef struct rob_type rob_type;
typedef struct rob_model rob_model;

/* One member of an enum or Literal, as it stands on the wire. */
typedef enum rob_choice_kind { ROB_CHOICE_STR, ROB_CHOICE_INT, ROB_CHOICE_BOOL } rob_choice_kind;

typedef struct rob_choice {
    rob_str text;   /* ROB_CHOICE_STR */
    int64_t number; /* ROB_CHOICE_INT; 0 or 1 for ROB_CHOICE_BOOL */
    rob_choice_kind kind;
} rob_choice;

typedef struct rob_enum {
    const rob_choice *choices;
    uint32_t count;
    bool literal;     /* Literal[...]: error type literal_error, not enum */
    rob_str expected; /* "'admin', 'editor' or 'read-only'", for messages */
} rob_enum;

/* One arm of a union. */
typedef struct rob_arm {
    rob_str label; /* tagged: the tag's value; inline: Pydantic's label, `int`, `constrained-int`, `Sub` */
    const rob_type *type;
} rob_arm;

typedef struct rob_union {
    const rob_arm *arms;   /* the ordinal in the C enum is the index here */
    uint32_t count;
    uint32_t value_offset; /* of the C union inside the struct; the tag is at 0 */
    rob_str tag_name;      /* tagged: the wire name of the tag; else empty */
    rob_str expected;      /* tagged: "'card', 'iban'", for messages */
} rob_union;

struct rob_type {
    uint8_t kind;   /* rob_kind */
    uint16_t rules; /* ROB_GE | ... */
    uint32_t size;  /* sizeof the C value */
    union {
        struct {
            int64_t ge, gt, le, lt, multiple_of;
        } integer;
        struct {
            double ge, gt, le, lt, multiple_of;
        } number;
        struct {
            const char *ge, *gt, *le, *lt, *multiple_of; /* decimal texts */
            uint32_t max_digits, decimal_places;
        } decimal;
        struct { /* STR, BYTES, EMAIL, URL, URI */
            uint32_t min_length, max_length;
            const rob_dfa *pattern;
            rob_str pattern_text;
        } text;
        struct { /* LIST; also DICT */
            const rob_type *item;  /* of a dict: the value */
            const rob_type *key;   /* of a dict: NULL, or a constrained str or an enum's text */
            uint32_t value_offset; /* of a dict: of the value in its item struct; key at 0 */
            uint32_t item_size;    /* bytes of one C item */
            uint32_t min_length, max_length;
        } list;
        const rob_enum *choice;  /* ENUM */
        const rob_model *model;  /* MODEL */
        const rob_union *arms;   /* TAGGED, UNION */
        struct {
            const rob_type *inner; /* value at offset 0 */
            uint32_t has_offset;
        } nullable;
    };
};

/* ------------------------------------------------------------------ models */

enum {
    ROB_FIELD_OPTIONAL = 1 << 0,     /* may be absent from the input without a default; then left out of output */
    ROB_FIELD_NULLABLE = 1 << 1,     /* may be null */
    ROB_FIELD_READONLY = 1 << 2,     /* not part of the input shape */
    ROB_FIELD_WRITEONLY = 1 << 3,    /* never encoded */
    ROB_FIELD_INDIRECT = 1 << 4,     /* the C member is a pointer to the value (recursive types) */
    ROB_FIELD_DEFAULT_NULL = 1 << 5, /* `= null` */
    ROB_FIELD_TRISTATE = 1 << 6      /* the has_ member is a rob_has, not a bool */
};

#define ROB_NO_OFFSET UINT32_MAX

typedef struct rob_field {
    rob_str name; /* on the wire */
    const rob_type *type;
    const void *fallback; /* default: a static value of type->size bytes, copied in; NULL without one */
    uint32_t offset;      /* in the C struct */
    uint32_t has_offset;  /* of has_<name>; ROB_NO_OFFSET when neither optional nor nullable */
    uint16_t flags;       /* ROB_FIELD_... */
} rob_field;

typedef enum rob_extra { ROB_EXTRA_IGNORE, ROB_EXTRA_FORBID, ROB_EXTRA_ALLOW } rob_extra;

struct rob_model {
    rob_str name;
    const rob_field *fields; /* in declaration order */
    uint16_t field_count;
    uint8_t extra;           /* rob_extra */
    uint32_t extra_offset;   /* of the rob_extra_list, with ROB_EXTRA_ALLOW */
};

/* ------------------------------------------------------------------ parameters */

typedef enum rob_source {
    ROB_FROM_PATH,
    ROB_FROM_QUERY,
    ROB_FROM_HEADER, /* names compare in any case; the field's name is as it appears in `loc` */
    ROB_FROM_COOKIE,
    ROB_FROM_FORM,
    ROB_FROM_BODY,   /* the whole JSON document, or one member of it (ROB_BODY_EMBEDDED) */
    ROB_FROM_RAW     /* the undecoded bytes, as rob_str: body: text, body: raw(...) */
} rob_source;

typedef struct rob_param {
    rob_field field;    /* offset in the endpoint's `in` struct */
    uint8_t source;     /* rob_source */
    uint8_t path_index; /* ROB_FROM_PATH: which capture of rob_match */
    bool spread;        /* the type is a model whose fields are read from the source (`page: query Page`) */
} rob_param;

typedef enum rob_body_mode {
    ROB_BODY_NONE,
    ROB_BODY_WHOLE,    /* one ROB_FROM_BODY parameter: the document is its value */
    ROB_BODY_EMBEDDED, /* the document is an object with a member for each ROB_FROM_BODY parameter */
    ROB_BODY_FORM,     /* urlencoded or multipart */
    ROB_BODY_RAW       /* only ROB_FROM_RAW */
} rob_body_mode;

typedef struct rob_params {
    const rob_param *items; /* sorted by source: path, query, header, cookie, then body or form */
    uint16_t count;
    uint8_t body; /* rob_body_mode; a ROB_FROM_RAW parameter may stand beside any of them */
} rob_params;

/* ------------------------------------------------------------------ writing JSON */

/* Appends to a buffer in an arena. Errors are sticky: check `status` once at the end. */
typedef struct rob_writer {
    char *ptr; /* arena */
    size_t len, cap;
    struct rob_arena *arena;
    rob_status status;     /* ROB_OK, ROB_NO_MEMORY, ROB_UNENCODABLE */
    const char *why;       /* static: what did not fit, for the log */
    rob_str where;         /* static: the field, for the log */
} rob_writer;

/* Make room for n more bytes. False (and a sticky status) when memory is out. */
bool rob_writer_grow(rob_writer *w, size_t n);

static inline bool rob_writer_reserve(rob_writer *w, size_t n)
{
    return w->len + n <= w->cap || rob_writer_grow(w, n); /* cap is 0 once it failed */
}

/* Raw bytes: punctuation and keys that the compiler has merged. */
static inline void rob_write_raw(rob_writer *w, const char *text, size_t len)
{
    if (!len || !rob_writer_reserve(w, len)) return;
    memcpy(w->ptr + w->len, text, len);
    w->len += len;
}
#define ROB_WRITE(w, literal) rob_write_raw((w), (literal), sizeof(literal) - 1)

/* Each writes one JSON value. What JSON cannot hold (NaN, invalid UTF-8) makes the writer fail with
 * ROB_UNENCODABLE. */
void rob_write_int(rob_writer *w, int64_t value);
void rob_write_float(rob_writer *w, double value); /* shortest that reads back, as Pydantic prints it */
void rob_write_bool(rob_writer *w, bool value);
void rob_write_str(rob_writer *w, rob_str value);
void rob_write_null(rob_writer *w);

/* The table-driven encoder: one value of any type, constraints checked (a value that its declared type
 * forbids fails). The plain twin of generated encoders, which call it for what they do not inline. */
void rob_write_value(rob_writer *w, const rob_type *type, const void *value);

/* Record that `field` did not fit. The first failure wins. */
void rob_writer_fail(rob_writer *w, rob_status status, rob_str field, const char *why);

/* What a generated encoder looks like: writes one value of its type. */
typedef void rob_encode_fn(rob_writer *w, const void *value);

/* ------------------------------------------------------------------ replies */

typedef struct rob_reply rob_reply;
typedef struct rob_ctx rob_request; /* a handler's rob_ctx is the request itself; opaque here too */

/* A response that is known at compile time; the transport prepares it once per process. */
typedef struct rob_constant {
    uint16_t status;
    uint16_t index;       /* 0 to rob_app.constant_count - 1 */
    rob_str content_type; /* empty: no body */
    rob_str body;
} rob_constant;

/* Each sets the answer; the last call wins. Header values are copied. */
void rob_reply_json(rob_reply *reply, unsigned status, rob_encode_fn *encode, const void *value);
void rob_reply_empty(rob_reply *reply, unsigned status);
void rob_reply_bytes(rob_reply *reply, unsigned status, const char *content_type, rob_str body);
void rob_reply_constant(rob_reply *reply, const rob_constant *constant);
void rob_reply_invalid(rob_reply *reply, const rob_invalid *invalid);
void rob_reply_failed(rob_reply *reply, rob_str why); /* 500; why goes to the log only */

/* A response header, or a cookie (`Set-Cookie: name=value; Path=/; SameSite=lax`), of a typed value.
 * A list repeats the line. A value that cannot stand in a header (CR, LF, NUL) makes the reply a 500. */
void rob_reply_header(rob_reply *reply, const char *name, const rob_type *type, const void *value);
void rob_reply_cookie(rob_reply *reply, const char *name, const rob_type *type, const void *value);

/* `redirect`: Location is target with each hole filled by the path capture it names, percent-encoded
 * again, then the request's query. */
typedef struct rob_redirect_part {
    rob_str literal;   /* comes first */
    int16_t capture;   /* then this capture of rob_match; -1: none */
    bool slashes_stay; /* a `path` capture: slashes are not encoded */
} rob_redirect_part;

typedef struct rob_redirect {
    const rob_redirect_part *parts;
    uint16_t count;
    uint16_t status;
} rob_redirect;

/* ------------------------------------------------------------------ routing */

typedef enum rob_method {
    ROB_GET, ROB_POST, ROB_PUT, ROB_PATCH, ROB_DELETE, ROB_HEAD, ROB_OPTIONS, ROB_METHOD_COUNT
} rob_method;

#define ROB_MAX_CAPTURES 16

/* The router works on a path whose segments are already percent-decoded, in which a decoded slash
 * inside a segment stands as a NUL byte (a real NUL never gets there). Captures are slices of it; the
 * decoder turns their NULs back into slashes. */
typedef struct rob_match {
    rob_str captures[ROB_MAX_CAPTURES];
} rob_match;

typedef struct rob_endpoint rob_endpoint;

/* NULL when no route takes this method and path. path begins with '/'. HEAD is asked as declared; the
 * runtime falls back to GET. */
typedef const rob_endpoint *rob_route_fn(rob_method method, rob_str path, rob_match *match);

/* Bit 1 << rob_method for each method declared for this path; 0: no such path. */
typedef uint32_t rob_allowed_fn(rob_str path);

typedef enum rob_runs { ROB_RUNS_INLINE, ROB_RUNS_ON_POOL, ROB_RUNS_IN_PYTHON } rob_runs;

/* ------------------------------------------------------------------ endpoints */

typedef rob_status rob_decode_fn(rob_request *req, void *in);

struct rob_endpoint {
    const char *name;           /* operation id */
    const char *route;          /* "GET /v1/users/{id}", for logs */
    const rob_params *params;   /* NULL: none */
    const rob_constant *constant; /* the whole answer, instead of decode, call, encode; or NULL */
    const rob_redirect *redirect; /* the same */
    rob_runs runs;
    uint32_t in_size, out_size; /* bytes */
    uint64_t body_limit;        /* bytes; 0: the server's */
    rob_decode_fn *decode;      /* rob_decode_params, or a generated fast one that falls back to it */
    void (*call)(rob_ctx *ctx, const void *in, void *out);
    void (*encode)(const void *out, rob_reply *reply);
    const struct rob_python_function *python; /* ROB_RUNS_IN_PYTHON: instead of call and encode */
};

/* The table-driven decoder: everything in endpoint->params, with every error. */
rob_status rob_decode_params(rob_request *req, void *in);

/* ------------------------------------------------------------------ Python */

/* A response header or cookie of a Python function's outcome. */
typedef struct rob_python_header {
    const char *name;      /* on the wire */
    const char *parameter; /* in the spec */
    const rob_type *type;
    bool cookie, optional;
} rob_python_header;

typedef struct rob_python_outcome {
    uint16_t status;
    const char *error;      /* a declared error: its exception class in the models module; NULL: a success */
    const char *media_type; /* a body of text or bytes; NULL */
    const rob_type *type;   /* a JSON body; NULL without one */
    rob_encode_fn *encode;  /* of that type */
    const rob_python_header *headers;
    uint16_t header_count;
} rob_python_outcome;

/* What `python "module:function"` names. */
typedef struct rob_python_function {
    const char *module, *function; /* "app.users", "create" */
    const char *place;             /* "store.api:42", for messages */
    const char *const *names;      /* of its parameters, in the order of endpoint->params */
    const rob_python_outcome *outcomes; /* successes in the order written, then errors */
    uint16_t outcome_count;
    uint16_t index;                /* 0 to rob_python.function_count - 1 */
} rob_python_function;

/* What stands for a type in the models module. */
typedef struct rob_python_class {
    const rob_type *type;     /* MODEL: a dataclass; ENUM: an Enum; TAGGED: one dataclass for each arm */
    const char *const *names; /* of the class first (TAGGED: of each arm's), then MODEL: of each field's attribute */
} rob_python_class;

typedef struct rob_python {
    const struct rob_bridge *bridge; /* robync/bridge.h */
    const char *models;              /* name of the models module */
    const char *source;              /* its text */
    const rob_python_class *classes;
    size_t class_count;
    size_t function_count;
} rob_python;

/* ------------------------------------------------------------------ the server */

typedef enum rob_error_style { ROB_ERRORS_FASTAPI, ROB_ERRORS_PROBLEM } rob_error_style;
typedef enum rob_log_style { ROB_LOG_OFF, ROB_LOG_TEXT, ROB_LOG_JSON } rob_log_style;

/* `server { }` with its defaults filled in. Sizes in bytes, times in milliseconds. A text setting may
 * be `env:NAME`-made in the spec: then the compiler emits env_names for it (see rob_env_setting). */
typedef struct rob_settings {
    const char *host;
    uint16_t port;
    uint32_t threads; /* 0: one per core */
    uint32_t workers;
    uint64_t body_limit, head_limit;
    uint32_t timeout, head_timeout, body_timeout, idle_timeout;
    uint32_t max_connections, max_connections_per_address;
    const char *docs;    /* NULL: off */
    const char *openapi; /* NULL: off */
    bool strict;         /* informative: strictness is compiled into the types */
    rob_error_style errors;
    rob_log_style access_log;
    const char *admin;           /* NULL: off */
    const char *trusted_proxies; /* comma-separated; "" for none */
} rob_settings;

/* A setting written as env("NAME") in the spec: read at start, between flag and default. */
typedef struct rob_env_setting {
    const char *setting; /* "port" */
    const char *variable;
} rob_env_setting;

/* The files of the documentation page; in a library of its own, linked only when the spec asks. */
typedef struct rob_asset {
    const char *name; /* "swagger-ui.css" */
    const char *content_type;
    rob_str gzip; /* compressed bytes */
} rob_asset;

typedef struct rob_assets {
    const rob_asset *items;
    size_t count;
} rob_assets;

extern const rob_assets rob_swagger_ui;

typedef struct rob_app {
    int abi; /* ROB_ABI */
    const char *name, *version, *prefix; /* prefix: of generated symbols, and of this binary's name */
    rob_settings settings;
    const rob_env_setting *env_settings;
    size_t env_setting_count;
    rob_route_fn *route;
    rob_allowed_fn *allowed;
    const rob_endpoint *const *endpoints;
    size_t endpoint_count;
    uint16_t constant_count;
    rob_str openapi;          /* the document */
    const rob_assets *assets; /* NULL: built without docs */
    rob_status (*startup)(rob_process *process);  /* NULL: none */
    void (*shutdown)(rob_process *process);       /* NULL: none */
    const rob_python *python;                     /* NULL: no route runs in Python */
} rob_app;

/* The whole server: options, sockets, loops, until SIGTERM or SIGINT. Returns main()'s exit code. */
int rob_main(const rob_app *app, int argc, char **argv);

#endif
