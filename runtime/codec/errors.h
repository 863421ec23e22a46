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
    bool full;   /* the list ended at its cap */
    bool syntax; /* the one error is that the body is not JSON */
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

/* {"detail":[…]} into w, or the RFC 9457 form of it, whose status is 400 for a syntax error, else 422. */
void rob_errors_write(const rob_errors *errors, rob_error_style style, rob_writer *w);

#endif
