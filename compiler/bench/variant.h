/* variant.h: the same API with another of each route's implementations in front, which is the one that
 * emitters and the build take. */
#ifndef ROBYNC_BENCH_VARIANT_H
#define ROBYNC_BENCH_VARIANT_H

#include "ir.h"

/* How many variants show every implementation once: the most that one route has. */
uint32_t variant_count(const ir_api *api);

/* A copy in which each route that has an implementation `index` serves it; others stay. The api itself for
 * index 0. */
const ir_api *variant_of(rob_arena *arena, const ir_api *api, uint32_t index);

/* "native fibonacci", "python fib:fibonacci", "const", "redirect" */
rob_str implementation_label(rob_arena *arena, const ir_impl *impl);

#endif
