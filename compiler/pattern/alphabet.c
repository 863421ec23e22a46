#include "alphabet.h"
#include "unicode.h"

#include <stdlib.h>

enum { LOOK_SETS = 4 };

typedef struct look_set {
    charset set;
    uint8_t context;
} look_set;

/* The sets that looks ask about, as far as this pattern has such looks. */
static bool collect_look_sets(rob_arena *arena, const syntax *pattern, look_set out[LOOK_SETS], unsigned *count)
{
    bool ok = true;
    *count = 0;
    if (pattern->asks_line) {
        out[0] = (look_set){charset_new(arena), IS_NEWLINE};
        out[1] = (look_set){charset_new(arena), IS_RETURN};
        ok = charset_add(&out[0].set, '\n', '\n') && charset_add(&out[1].set, '\r', '\r');
        *count = 2;
    }
    if (pattern->asks_word) {
        out[*count] = (look_set){charset_new(arena), IS_WORD};
        ok = ok && unicode_add_words(&out[(*count)++].set);
    }
    if (pattern->asks_ascii_word) {
        static const char_range WORD[] = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
        out[*count] = (look_set){charset_new(arena), IS_ASCII_WORD};
        ok = ok && charset_add_ranges(&out[(*count)++].set, WORD, 4);
    }
    return ok;
}

static int compare(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static uint32_t *put_edges(uint32_t *at, const charset *set)
{
    for (uint32_t i = 0; i < set->count; i++) {
        *at++ = set->ranges[i].lo;
        if (set->ranges[i].hi < CHARSET_LAST) *at++ = set->ranges[i].hi + 1;
    }
    return at;
}

/* All edges of all sets, sorted and once each, make the spans. */
static bool find_spans(rob_arena *arena, const syntax *pattern, const look_set *looks, unsigned look_count,
                       alphabet *out)
{
    size_t most = 1;
    for (uint32_t i = 0; i < pattern->set_count; i++) most += 2 * (size_t)pattern->sets[i].count;
    for (unsigned i = 0; i < look_count; i++) most += 2 * (size_t)looks[i].set.count;
    uint32_t *edges = rob_arena_alloc(arena, most * sizeof *edges), *at = edges;
    if (!edges) return false;
    *at++ = 0;
    for (uint32_t i = 0; i < pattern->set_count; i++) at = put_edges(at, &pattern->sets[i]);
    for (unsigned i = 0; i < look_count; i++) at = put_edges(at, &looks[i].set);
    qsort(edges, (size_t)(at - edges), sizeof *edges, compare);
    for (const uint32_t *edge = edges; edge < at; edge++) {
        if (out->span_count == 0 || edges[out->span_count - 1] != *edge) edges[out->span_count++] = *edge;
    }
    out->starts = edges;
    return true;
}

static uint32_t span_of(const alphabet *a, uint32_t c)
{
    uint32_t from = 0, to = a->span_count;
    while (to - from > 1) {
        uint32_t middle = from + (to - from) / 2;
        if (a->starts[middle] <= c) from = middle;
        else to = middle;
    }
    return from;
}

/* Letters while they are being split: each set moves those of its spans that share a letter with
 * spans outside of it to a new one. */
typedef struct refinement {
    alphabet *out;
    uint32_t *moved_to; /* of each letter */
    uint32_t *moved_by; /* of each letter: the last set that moved it, plus 1 */
    uint32_t set;
} refinement;

static void split_by(refinement *r, const charset *set)
{
    alphabet *a = r->out;
    r->set++;
    for (uint32_t i = 0; i < set->count; i++) {
        char_range range = set->ranges[i];
        for (uint32_t s = span_of(a, range.lo); s < a->span_count && a->starts[s] <= range.hi; s++) {
            uint32_t letter = a->letter_of[s];
            if (r->moved_by[letter] != r->set) {
                r->moved_by[letter] = r->set;
                r->moved_to[letter] = a->count++;
            }
            a->letter_of[s] = r->moved_to[letter];
        }
    }
}

/* Number the letters by their first span; those that lost all their spans vanish. */
static void renumber(alphabet *a, uint32_t *number)
{
    memset(number, 0xff, a->count * sizeof *number);
    a->count = 0;
    for (uint32_t s = 0; s < a->span_count; s++) {
        uint32_t *letter = &number[a->letter_of[s]];
        if (*letter == UINT32_MAX) *letter = a->count++;
        a->letter_of[s] = *letter;
    }
}

/* Each set makes at most one new letter of each letter, and renumbering in between keeps them as few as
 * there are spans. */
static bool find_letters(rob_arena *arena, const syntax *pattern, const look_set *looks, unsigned look_count,
                         alphabet *out)
{
    size_t most = 2 * (size_t)out->span_count + 1;
    refinement r = {.out = out,
                    .moved_to = rob_arena_alloc(arena, most * sizeof *r.moved_to),
                    .moved_by = rob_arena_alloc(arena, most * sizeof *r.moved_by)};
    uint32_t *number = rob_arena_alloc(arena, most * sizeof *number);
    out->letter_of = rob_arena_alloc(arena, out->span_count * sizeof *out->letter_of);
    if (!r.moved_to || !r.moved_by || !number || !out->letter_of) return false;
    out->count = 1;
    for (uint32_t i = 0; i < pattern->set_count + look_count; i++) {
        const charset *set = i < pattern->set_count ? &pattern->sets[i] : &looks[i - pattern->set_count].set;
        split_by(&r, set);
        if (out->count > out->span_count) renumber(out, number);
    }
    renumber(out, number);
    return true;
}

static void mark_letters(const alphabet *a, const charset *set, bool *has)
{
    for (uint32_t i = 0; i < set->count; i++) {
        char_range r = set->ranges[i];
        for (uint32_t s = span_of(a, r.lo); s < a->span_count && a->starts[s] <= r.hi; s++) {
            has[a->letter_of[s]] = true;
        }
    }
}

bool alphabet_build(rob_arena *arena, const syntax *pattern, alphabet *out)
{
    look_set looks[LOOK_SETS];
    unsigned look_count;
    *out = (alphabet){0};
    if (!collect_look_sets(arena, pattern, looks, &look_count)) return false;
    if (!find_spans(arena, pattern, looks, look_count, out)) return false;
    if (!find_letters(arena, pattern, looks, look_count, out)) return false;
    out->has = rob_arena_alloc(arena, (size_t)pattern->set_count * out->count);
    out->context = rob_arena_alloc(arena, out->count);
    bool *in_look = rob_arena_alloc(arena, out->count);
    if (!out->has || !out->context || !in_look) return false;
    for (uint32_t i = 0; i < pattern->set_count; i++) {
        mark_letters(out, &pattern->sets[i], out->has + (size_t)i * out->count);
    }
    for (unsigned i = 0; i < look_count; i++) {
        memset(in_look, 0, out->count);
        mark_letters(out, &looks[i].set, in_look);
        for (uint32_t letter = 0; letter < out->count; letter++) {
            if (in_look[letter]) out->context[letter] |= looks[i].context;
        }
    }
    return true;
}
