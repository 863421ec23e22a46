/* form.h: lists of pairs: query strings, cookies, urlencoded and multipart bodies.
 *
 * Each answers an array in the arena, in order of arrival, names and values UTF-8, linear in the length
 * of its input. What is not UTF-8 becomes U+FFFD. */
#ifndef ROB_CODEC_FORM_H
#define ROB_CODEC_FORM_H

#include <robync/types.h>

#include "base/arena.h"

typedef struct rob_pair {
    rob_str name, value;  /* borrowed or arena */
    rob_str filename;     /* multipart: ptr NULL when the part has none (it is a plain field) */
    rob_str content_type; /* multipart: empty when the part names none */
} rob_pair;

typedef struct rob_pairs {
    rob_pair *items; /* arena */
    size_t count;
    const char *error; /* ROB_UNREADABLE: FastAPI's text for the 400 `detail`; static */
} rob_pairs;

enum {
    ROB_QUERY_PAIRS_MOST = 1000, /* beyond: ROB_UNREADABLE, which is a 414 */
    ROB_FORM_FIELDS_MOST = 1000, /* of a form; Starlette's max_fields */
    ROB_FORM_FILES_MOST = 1000   /* Starlette's max_files */
};

/* A query string without its `?`: `+` is a space, empty pairs are skipped, a pair without `=` has an
 * empty value, a bad `%` stays. ROB_UNREADABLE: too many pairs. */
ROB_NODISCARD rob_status rob_query_split(rob_arena *arena, rob_str query, rob_pairs *out);

/* One Cookie header's value, as UTF-8 (rob_utf8_from_latin1), split as Starlette's cookie_parser does: at
 * `;`, names and values trimmed, a part without `=` has an empty name, quoted values unquoted. A repeated
 * name appears repeatedly here. */
ROB_NODISCARD rob_status rob_cookie_split(rob_arena *arena, rob_str text, rob_pairs *out);

/* A form body by its Content-Type: urlencoded, multipart/form-data, or neither (then no pairs, as FastAPI
 * has it). ROB_UNREADABLE: broken, out->error says how. */
ROB_NODISCARD rob_status rob_form_split(rob_arena *arena, rob_str content_type, rob_str body, rob_pairs *out);

#endif
