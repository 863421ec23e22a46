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
} rob_errors;

/* {"detail":[…]} into w, or the RFC 9457 form of it. */
void rob_errors_write(const rob_errors *errors, rob_error_style style, rob_writer *w);

#endif
