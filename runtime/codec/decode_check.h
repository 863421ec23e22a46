/* decode_check.h: whether a C value meets the constraints of its type, and what is wrong if not.
 *
 * The decoder asks about what came in, the encoder about what a handler returns. One error per value, in
 * Pydantic's order: numbers multiple_of, le, lt, ge, gt; texts max_length, min_length, pattern. */
#ifndef ROB_CODEC_DECODE_CHECK_H
#define ROB_CODEC_DECODE_CHECK_H

#include "scalars.h"

/* value: a C value of ROB_KIND_INT to ROB_KIND_URI. ROB_OK, ROB_INVALID with *error, ROB_NO_MEMORY.
 * error texts: static or arena. */
ROB_NODISCARD rob_status rob_check_scalar(const rob_type *type, const void *value, rob_arena *arena,
                                          rob_scalar_error *error);

/* Number of items of a list or dict against max_length, or min_length. */
ROB_NODISCARD rob_status rob_check_most(const rob_type *type, size_t count, rob_arena *arena,
                                        rob_scalar_error *error);
ROB_NODISCARD rob_status rob_check_least(const rob_type *type, size_t count, rob_arena *arena,
                                         rob_scalar_error *error);

/* ROB_UNIQUE: items as the list's C array. Two items are the same when they encode the same. */
ROB_NODISCARD rob_status rob_check_unique(const rob_type *type, const void *items, size_t count, rob_arena *arena,
                                          rob_scalar_error *error);

#endif
