/* errors.h: the error list of one request, and its JSON form (wire.md, Validation errors).
 *
 * Locations are kept as a linked path that grows by one step per level, so that nothing is formatted
 * for input that is valid. */
#ifndef ROB_CODEC_ERRORS_H
#define ROB_CODEC_ERRORS_H

#include <robync/generated.h>

#include "base/arena.h"

/* One step of `loc`: a name, or an index when name.ptr is NULL. */
typedef struct rob_loc {
    const struct rob_loc *parent; /* NULL: first step */
    rob_str name;
    size_t index;
} rob_loc;

typedef struct rob_error {
    struct rob_error *next;
    rob_str json; /* {"type":…,"loc":…,"msg":…,"input":…,"ctx":…}, rendered when it was found */
} rob_error;

enum { ROB_ERRORS_MOST = 1000, ROB_ERRORS_BYTES = 1 << 20 };

typedef struct rob_errors {
    rob_error *first, *last;
    size_t count, bytes;
    bool full; /* the list ended at its cap */

    /* ROB_UNREADABLE: what to answer instead of a list. */
    const char *detail; /* static; NULL: "There was an error parsing the body" */
    unsigned status;    /* 0: 400 */
} rob_errors;

/* One error without its `input`, as scalars.h fills it. */
struct rob_scalar_error;

/* Render one error in two steps, so that `input` can be written in between by whoever knows it:
 * rob_error_open writes {"type":…,"loc":…,"msg":…,"input": and rob_error_close ,"ctx":…}. */
void rob_error_open(rob_writer *w, const rob_loc *loc, const struct rob_scalar_error *what);
void rob_error_close(rob_writer *w, const struct rob_scalar_error *what);

/* Append a rendered error (arena memory). cost: bytes it counts against the list's cap, at least
 * json.len. False when memory is out. */
ROB_NODISCARD bool rob_errors_append(rob_errors *errors, rob_arena *arena, rob_str json, size_t cost);

/* The same for an error whose input is known as JSON text: `null`, `{}`. */
ROB_NODISCARD bool rob_errors_add(rob_errors *errors, rob_arena *arena, const rob_loc *loc,
                                  const struct rob_scalar_error *what, rob_str input);

/* {"detail":[…]} into w, or the RFC 9457 form of it. */
void rob_errors_write(const rob_errors *errors, rob_error_style style, rob_writer *w);

/* What a decoder's failure answers: the HTTP status, and its body into w.
 *
 *   ROB_INVALID      422  the error list
 *   ROB_BAD_SYNTAX   422  the one json_invalid error (RFC 9457 style: 400)
 *   ROB_UNREADABLE   400  {"detail":"There was an error parsing the body"}, or errors->detail and ->status
 *   ROB_NO_MEMORY    413  {"detail":"Request Entity Too Large"}
 *
 * *content_type is static. Any other status: 500, nothing written, *content_type NULL. */
unsigned rob_errors_answer(rob_status status, const rob_errors *errors, rob_error_style style, rob_writer *w,
                           const char **content_type);

/* The body of a handler's own 422 (rob_invalid): the list with this one error, its loc split at dots,
 * numbers as indexes, `input` null. */
void rob_invalid_write(const rob_invalid *invalid, rob_error_style style, rob_writer *w);

#endif
