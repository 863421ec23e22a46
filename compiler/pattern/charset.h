/* charset.h: sets of code points as sorted ranges. */
#ifndef PATTERN_CHARSET_H
#define PATTERN_CHARSET_H

#include "base/arena.h"

#define CHARSET_LAST 0x10ffffu

typedef struct char_range {
    uint32_t lo, hi; /* both belong to it */
} char_range;

/* In between, ranges may be in any order and overlap; charset_sort() makes them sorted, apart by at
 * least one code point, and few. Surrogates are no code points: sorting takes them out. */
typedef struct charset {
    rob_arena *arena;
    char_range *ranges;
    uint32_t count, cap;
    bool sorted;
} charset;

/* Each function that returns bool: false when memory is out. */

/* The empty set. */
charset charset_new(rob_arena *arena);

ROB_NODISCARD bool charset_add(charset *set, uint32_t lo, uint32_t hi);
ROB_NODISCARD bool charset_add_ranges(charset *set, const char_range *ranges, size_t count);
void charset_sort(charset *set);

/* Everything from 0 to last that is not in the set. */
ROB_NODISCARD bool charset_negate(charset *set, uint32_t last);

/* a becomes the result; b is sorted on the way. */
ROB_NODISCARD bool charset_intersect(charset *a, charset *b);
ROB_NODISCARD bool charset_subtract(charset *a, charset *b);
ROB_NODISCARD bool charset_exclusive_or(charset *a, charset *b);

/* Of sorted sets. */
bool charset_equal(const charset *a, const charset *b);
bool charset_has(const charset *set, uint32_t c);

#endif
