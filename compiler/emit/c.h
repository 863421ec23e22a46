/* c.h: what the emitters of C files share. Private to emit/.
 *
 * Public names (types, handlers, constructors) stand in the IR. Names that only generated code uses
 * are made here from them: file-local ones are the public name without the API's prefix, and a suffix
 * that says what it is (user_fields, users_get_call); those that cross files keep the prefix and step
 * aside when a spec already took the name (`model UserEncode`). */
#ifndef ROBYNC_EMIT_C_H
#define ROBYNC_EMIT_C_H

#include "emit.h"
#include "names.h"
#include "template.h"

typedef struct c_emitter {
    const ir_api *api;
    rob_arena *arena;
    names names;                /* all public names and those made here */
    bool *in_python; /* by ir_type.id: reached from a route that Python serves */
    rob_str python;  /* the variable of the bridge's tables; empty: no route runs in Python */
    bool *has_table, *has_encoder, *is_answer; /* by ir_type.id; an answer's encoder crosses files */
    bool *closes_circle;        /* by ir_type.id: reached again from itself; every circle has one */
    rob_str *tables, *encoders; /* by ir_type.id: names of rob_type and rob_encode_fn, where there is one */
    rob_str *endpoints, *params; /* by index in api->routes; params empty: none */
    uint8_t *read_depths; /* c_fast_depths() */
    rob_str *readers;   /* by ir_type.id: names of functions in fast.c, where there is one */
    rob_str *decoders;  /* by index in api->routes: rob_decode_fn in fast.c; empty: the tables alone */
    rob_str *failed, *invalid;  /* by index in api->routes: STORE_USERS_GET_FAILED, _INVALID */
    rob_str *heads;             /* by index in api->routes: c_route_head() */
    rob_str route, allowed, endpoint_list, openapi;
    rob_str document; /* the OpenAPI document as it is served */
    template types_template, route_template;
    rob_str title, spec, guard; /* for heads of files: "Store 1.4.0", "store.api", "STORE" */
} c_emitter;

/* Without the names that .c files share; emit_c() adds them. */
c_emitter c_emitter_new(const ir_api *api, rob_arena *arena);

/* One file each, as text. */
rob_str c_types(c_emitter *e);
rob_str c_handlers(c_emitter *e);
rob_str c_tables(c_emitter *e);
rob_str c_decode(c_emitter *e);
rob_str c_encode(c_emitter *e);
rob_str c_fast(c_emitter *e);
rob_str c_router(c_emitter *e);
rob_str c_endpoints(c_emitter *e);
rob_str c_openapi(c_emitter *e);
rob_str c_main(c_emitter *e);

/* Whether there is a fast.c, and the names in it. */
bool c_has_fast(const c_emitter *e);
void c_fast_plan(c_emitter *e);

/* For each type how deep objects and lists lie within it, 1 for a scalar; 0: its tables read it. */
uint8_t *c_fast_depths(const ir_api *api, rob_arena *arena);

/* ------------------------------------------------------------------ names */

/* "store_user" without "store_". */
rob_str c_local(c_emitter *e, rob_str c_name);

/* The member for an outcome's headers in `with` of its route's out struct: "ok", "status_304". */
rob_str c_with_member(c_emitter *e, const ir_outcome *outcome);

/* The member of a union's C union for an arm. */
rob_str c_arm_member(const ir_arm *arm);

/* The C type of an outcome's body; empty without one. */
rob_str c_body_type(const ir_outcome *outcome);

/* ------------------------------------------------------------------ texts */

/* printf into the emitter's arena; for a word or two, never for lines of output. */
rob_str c_format(c_emitter *e, const char *format, ...) ROB_PRINTF(2, 3);
rob_str c_number(c_emitter *e, uint64_t number);
rob_str c_int64(c_emitter *e, int64_t number);
rob_str c_double(c_emitter *e, double number);

/* A string literal, quotes included: any bytes, no trigraphs, no controls, valid UTF-8. */
rob_str c_string(c_emitter *e, rob_str value);

/* The same in one line. */
rob_str c_comment_line(c_emitter *e, rob_str value);

/* A text that may stand in a comment: no end of it, no nested begin, valid UTF-8; lines stay. */
rob_str c_comment(c_emitter *e, rob_str value);

/* "store.api:42" */
rob_str c_place(c_emitter *e, span at);

/* A filled part without its line break, to stand inside a line. */
rob_str c_inline(text *made);

/* Lines as a comment of their own. */
rob_str c_block_comment(c_emitter *e, rob_str lines);

/* A comment at the end of a line, with the blank before it; empty for an empty note. */
rob_str c_side_note(c_emitter *e, rob_str note);

/* ------------------------------------------------------------------ parts of files */

/* A value in memory, laid out as its type's table says, as a static initializer: `20`,
 * `STORE_ROLE_VIEWER`, `{ .items = (rob_str[]){ ROB_STR_INIT("a") }, .count = 1 }`. */
rob_str c_value(c_emitter *e, const ir_type *type, const void *value);

/* The comment above a route's code: route and place, doc, a table of its parameters, its answers;
 * lines for c_block_comment(). */
rob_str c_route_head(c_emitter *e, const ir_route *route);

/* "200 User with ETag" */
rob_str c_answer(c_emitter *e, const ir_outcome *outcome);

/* Members of a route's in struct, and of the struct of an outcome's headers. */
rob_str c_param_members(c_emitter *e, const ir_route *route);
rob_str c_header_members(c_emitter *e, const ir_outcome *outcome);

/* Whether the runtime's rob_write_value() writes a type, because its constraints or its form are more
 * than straight-line code should spell out. */
bool c_written_by_runtime(const c_emitter *e, const ir_type *type);

/* Whether a member is part of the JSON behind a tag (empty: none), which is written already. */
bool c_is_written(const ir_field *field, rob_str tag);

/* Whether a type's encoder is a function of its own: it has parts, or names. */
bool c_has_parts(const ir_type *type);

/* Whether a route has a C function: the one that serves it, or one that `robync bench` compares with it. */
static inline bool c_is_native(const ir_route *route)
{
    for (uint32_t i = 0; i < route->impl_count; i++) {
        if (route->impls[i].kind == IR_NATIVE) return true;
    }
    return false;
}

/* Whether Python serves a route. */
static inline bool c_is_python(const ir_route *route)
{
    return route->impls[0].kind == IR_PYTHON;
}

/* Whether a person's function gets the decoded request. */
static inline bool c_is_handled(const ir_route *route)
{
    return c_is_native(route) || c_is_python(route);
}

#endif
