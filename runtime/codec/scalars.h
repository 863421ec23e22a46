/* scalars.h: one JSON scalar, or the text of one parameter, into the C value of a scalar type, as
 * Pydantic's validators do it; and what is wrong with it in Pydantic's words.
 *
 * The dispatcher over the kinds; each kind has a header of its own (datetime.h, decimal.h, …) with the
 * same functions by name. Pure functions: memory comes from the arena, results borrow from it or from
 * the input. */
#ifndef ROB_CODEC_SCALARS_H
#define ROB_CODEC_SCALARS_H

#include <robync/generated.h>

#include "base/arena.h"

/* One entry of an error list without its `loc` and `input`. */
typedef struct rob_scalar_error {
    const char *type;      /* static: "int_parsing" */
    rob_str msg;           /* static or arena */
    const char *ctx_key;   /* static: "error"; NULL: the error has no ctx */
    rob_str ctx_text;      /* the value under ctx_key: raw text, to be escaped as a JSON string … */
    bool ctx_raw;          /* … or, when set, JSON that is written as it is (`{"max_digits":5}`) */
} rob_scalar_error;

/* What stood in the input. */
typedef enum rob_input_kind {
    ROB_INPUT_NULL,
    ROB_INPUT_BOOL,
    ROB_INPUT_NUMBER, /* text: the JSON number as written */
    ROB_INPUT_STRING, /* text: a JSON string, unescaped */
    ROB_INPUT_PARAM,  /* text of a path, query, header, cookie or form value: parsed even when strict */
    ROB_INPUT_OTHER   /* an object or array */
} rob_input_kind;

typedef struct rob_input {
    rob_input_kind kind;
    bool flag;    /* ROB_INPUT_BOOL */
    rob_str text; /* UTF-8 */
} rob_input;

/* Decode into *out, the C value of `kind` (ROB_KIND_INT to ROB_KIND_URI): conversion only, no
 * constraints. strict: JSON types as documented, no coercion. ROB_OK; ROB_INVALID with *error filled;
 * ROB_NO_MEMORY. Strings borrow input.text when nothing changes. */
ROB_NODISCARD rob_status rob_scalar_decode(rob_kind kind, rob_input input, bool strict, rob_arena *arena,
                                           void *out, rob_scalar_error *error);

/* Constraints of a decimal (digits, places, whole digits, then multiple_of, le, lt, ge, gt). */
ROB_NODISCARD rob_status rob_decimal_check(const rob_type *type, rob_decimal value, rob_arena *arena,
                                           rob_scalar_error *error);

/* "Input should be a valid integer" and its like: the error of a JSON type that `kind` never takes. */
rob_scalar_error rob_scalar_type_error(rob_kind kind);

/* An error with {"error": text} or another one-text ctx: msg is prefix followed by text. */
rob_status rob_scalar_fail(rob_arena *arena, rob_scalar_error *error, const char *type, const char *prefix,
                           const char *ctx_key, rob_str text);

/* An error whose texts are static and which has no ctx. Returns ROB_INVALID. */
rob_status rob_scalar_refuse(rob_scalar_error *error, const char *type, rob_str msg);

#endif
