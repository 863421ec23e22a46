#include "charset.h"

#include <stdlib.h>

enum { SURROGATE_FIRST = 0xd800, SURROGATE_LAST = 0xdfff };

charset charset_new(rob_arena *arena)
{
    return (charset){.arena = arena, .sorted = true};
}

static bool reserve(charset *set, size_t more)
{
    if (set->cap - set->count >= more) return true;
    size_t cap = set->count + more > 4 ? (set->count + more) * 2 : 4;
    char_range *ranges = rob_arena_grow(set->arena, set->ranges, set->cap * sizeof *ranges, cap * sizeof *ranges);
    if (!ranges || cap > UINT32_MAX) return false;
    set->ranges = ranges;
    set->cap = (uint32_t)cap;
    return true;
}

bool charset_add(charset *set, uint32_t lo, uint32_t hi)
{
    return charset_add_ranges(set, &(char_range){lo, hi}, 1);
}

bool charset_add_ranges(charset *set, const char_range *ranges, size_t count)
{
    if (count == 0) return true;
    if (!reserve(set, count)) return false;
    memcpy(set->ranges + set->count, ranges, count * sizeof *ranges);
    set->count += (uint32_t)count;
    set->sorted = false;
    return true;
}

static int compare(const void *left, const void *right)
{
    const char_range *a = left, *b = right;
    return a->lo < b->lo ? -1 : a->lo > b->lo;
}

static bool in_order(const charset *set)
{
    for (uint32_t i = 1; i < set->count; i++) {
        if (set->ranges[i].lo < set->ranges[i - 1].lo) return false;
    }
    return true;
}

/* Surrogates stay in a range that spans them all, so that it remains one range; they are never asked
 * for. A range that begins or ends among them is cut. */
static bool trim_surrogates(char_range *r)
{
    bool from = r->lo >= SURROGATE_FIRST && r->lo <= SURROGATE_LAST;
    bool to = r->hi >= SURROGATE_FIRST && r->hi <= SURROGATE_LAST;
    if (from) r->lo = SURROGATE_LAST + 1;
    if (to) r->hi = SURROGATE_FIRST - 1;
    return r->lo <= r->hi;
}

static bool touches(char_range a, char_range b)
{
    return b.lo <= a.hi + 1 || (a.hi == SURROGATE_FIRST - 1 && b.lo == SURROGATE_LAST + 1);
}

void charset_sort(charset *set)
{
    if (set->sorted) return;
    uint32_t kept = 0;
    if (!in_order(set)) qsort(set->ranges, set->count, sizeof *set->ranges, compare);
    for (uint32_t i = 0; i < set->count; i++) {
        char_range r = set->ranges[i];
        if (!trim_surrogates(&r)) continue;
        if (kept > 0 && touches(set->ranges[kept - 1], r)) {
            if (r.hi > set->ranges[kept - 1].hi) set->ranges[kept - 1].hi = r.hi;
        } else {
            set->ranges[kept++] = r;
        }
    }
    set->count = kept;
    set->sorted = true;
}

bool charset_negate(charset *set, uint32_t last)
{
    charset out = charset_new(set->arena);
    uint32_t next = 0;
    charset_sort(set);
    if (!reserve(&out, set->count + 1)) return false;
    for (uint32_t i = 0; i < set->count; i++) {
        char_range r = set->ranges[i];
        if (r.lo > next && !charset_add(&out, next, r.lo - 1)) return false;
        next = r.hi + 1;
    }
    if (next <= last && !charset_add(&out, next, last)) return false;
    charset_sort(&out);
    *set = out;
    return true;
}

bool charset_intersect(charset *a, charset *b)
{
    charset out = charset_new(a->arena);
    charset_sort(a);
    charset_sort(b);
    for (uint32_t i = 0, j = 0; i < a->count && j < b->count;) {
        char_range x = a->ranges[i], y = b->ranges[j];
        uint32_t lo = x.lo > y.lo ? x.lo : y.lo, hi = x.hi < y.hi ? x.hi : y.hi;
        if (lo <= hi && !charset_add(&out, lo, hi)) return false;
        if (x.hi < y.hi) i++;
        else j++;
    }
    charset_sort(&out);
    *a = out;
    return true;
}

bool charset_subtract(charset *a, charset *b)
{
    charset rest = charset_new(a->arena);
    charset_sort(b);
    if (!charset_add_ranges(&rest, b->ranges, b->count)) return false;
    return charset_negate(&rest, CHARSET_LAST) && charset_intersect(a, &rest);
}

bool charset_exclusive_or(charset *a, charset *b)
{
    charset both = charset_new(a->arena);
    if (!charset_add_ranges(&both, a->ranges, a->count) || !charset_intersect(&both, b)) return false;
    return charset_add_ranges(a, b->ranges, b->count) && charset_subtract(a, &both);
}

bool charset_equal(const charset *a, const charset *b)
{
    size_t len = a->count * sizeof *a->ranges;
    return a->count == b->count && (len == 0 || memcmp(a->ranges, b->ranges, len) == 0);
}

bool charset_has(const charset *set, uint32_t c)
{
    uint32_t from = 0, to = set->count;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (set->ranges[middle].hi < c) from = middle + 1;
        else to = middle;
    }
    return from < set->count && set->ranges[from].lo <= c;
}
