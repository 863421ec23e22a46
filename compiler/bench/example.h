/* example.h: a value for every type, to make requests of.
 *
 * What the spec says comes first: @example, then a default. Else a plain value is made that keeps the
 * type's constraints, patterns included. The decoder that servers run has the last word, so a value that
 * is given here is never one that a server answers with 422. */
#ifndef ROBYNC_BENCH_EXAMPLE_H
#define ROBYNC_BENCH_EXAMPLE_H

#include "ir.h"

/* JSON in the arena. ptr NULL: no value was found (a `multiple_of` and a pattern can be unkind). */
rob_str example_of_type(rob_arena *arena, const ir_type *type);

/* The same for a field or parameter: its @example (the index-th of several, in turn), its default, its type. */
rob_str example_of_field(rob_arena *arena, const ir_field *field, uint32_t index);

/* Whether the decoder takes it. */
bool example_fits(rob_arena *arena, const ir_type *type, rob_str json);

/* A text of min to max code points in which the pattern is found, ASCII and readable where it may be. ptr
 * NULL: none of that length was found. */
rob_str example_of_pattern(rob_arena *arena, const rob_dfa *dfa, uint32_t min, uint32_t max);

#endif
