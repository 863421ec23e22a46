/* `did you mean ...?`: the nearest name by Damerau-Levenshtein distance (insertion, deletion,
 * substitution, and the swap of two neighbours, each counted once). */
#include "diag.h"

enum { LONGEST_NAME = 64 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Optimal string alignment over three rows. Case alone costs nothing here, so that `userin` finds
 * `UserIn`. Both are at most LONGEST_NAME bytes. */
static size_t distance(rob_str a, rob_str b)
{
    size_t rows[3][LONGEST_NAME + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++) last[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            char x = lower(a.ptr[i - 1]), y = lower(b.ptr[j - 1]);
            row[j] = least(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y));
            bool swapped = i > 1 && j > 1 && x == lower(b.ptr[j - 2]) && y == lower(a.ptr[i - 2]);
            if (swapped && before[j - 2] + 1 < row[j]) row[j] = before[j - 2] + 1;
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b.len];
}

/* A third of the name may be wrong: `id` finds nothing but its other cases, `limit` one or two slips. */
static size_t tolerance(size_t len)
{
    return len < 3 ? 0 : len < 6 ? 1 : len < 9 ? 2 : 3;
}

void diag_suggest(diag *d, diag_item *item, rob_str wrong, const rob_str *names, size_t count)
{
    if (wrong.len == 0 || wrong.len > LONGEST_NAME) return;
    size_t best = tolerance(wrong.len) + 1;
    rob_str found = {0};
    for (size_t i = 0; i < count; i++) {
        if (names[i].len > LONGEST_NAME || rob_str_eq(names[i], wrong)) continue;
        size_t far = distance(wrong, names[i]);
        if (far < best) {
            best = far;
            found = names[i];
        }
    }
    if (found.ptr) diag_hint(d, item, "did you mean `%.*s`?", ROB_STR_ARG(found));
}
