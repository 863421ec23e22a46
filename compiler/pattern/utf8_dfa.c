/* The letters of all code points are cut into aligned blocks of 64, 64² and 64³, which is what the
 * continuation bytes of UTF-8 choose from. Equal blocks are one, and blocks of a single letter need no
 * table. Then each state goes through the blocks; equal rows of targets are one state. */
#include "utf8_dfa.h"

enum { FAN = 64, LEVELS = 3, BYTES = 256, FIRST_CONTINUATION = 0x80 };

/* A letter, or from `letters` on a block. */
typedef uint32_t ref;

typedef struct block {
    uint32_t hash;
    unsigned level; /* continuation bytes from here on: 1 to 3 */
    ref parts[FAN];
} block;

typedef struct expansion {
    rob_arena *arena;
    const letter_dfa *dfa;
    const alphabet *letters;
    block *blocks; /* parts before what they are part of */
    uint32_t block_count, block_cap;
    ref lead[BYTES];
    uint32_t *target;      /* of each block, for the state at hand */
    uint16_t (*rows)[FAN]; /* of the states behind a lead byte */
    uint32_t row_count, row_cap;
    uint32_t *index, index_mask; /* hash table of rows: number plus 1, or 0 */
    letter_answer answer;
} expansion;

/* ------------------------------------------------------------------ blocks */

static ref add_block(expansion *x, block *b)
{
    b->hash = b->level;
    for (unsigned i = 0; i < FAN; i++) b->hash = (b->hash ^ b->parts[i]) * 16777619u;
    for (uint32_t i = x->block_count; i-- > 0;) {
        if (x->blocks[i].hash == b->hash && memcmp(&x->blocks[i], b, sizeof *b) == 0) return x->letters->count + i;
    }
    if (x->block_count == x->block_cap) {
        uint32_t cap = x->block_cap * 2 + 16;
        block *blocks = rob_arena_grow(x->arena, x->blocks, x->block_cap * sizeof *blocks, cap * sizeof *blocks);
        if (!blocks) {
            x->answer = LETTER_NO_MEMORY;
            return 0;
        }
        x->blocks = blocks;
        x->block_cap = cap;
    }
    x->blocks[x->block_count] = *b;
    return x->letters->count + x->block_count++;
}

/* Parts that no text has: overlong forms, surrogates, and what lies beyond the last code point (RFC
 * 3629, 3). They are filled like a neighbour, which makes the most blocks uniform. */
typedef struct gap {
    unsigned from, to, like;
} gap;

static gap find_gap(uint32_t first, unsigned level)
{
    if (level == 2 && first == 0) return (gap){0, 32, 32};
    if (level == 2 && first == 0xd000) return (gap){32, FAN, 31};
    if (level == 3 && first == 0) return (gap){0, 16, 16};
    if (level == 3 && first == 0x100000) return (gap){16, FAN, 15};
    return (gap){0, 0, 0};
}

static bool is_uniform(const block *b, uint32_t letters)
{
    for (unsigned i = 1; i < FAN; i++) {
        if (b->parts[i] != b->parts[0]) return false;
    }
    return b->parts[0] < letters;
}

/* The block of 64^level code points from `first` on. *span is at or before it, and moves along. */
static ref make_block(expansion *x, uint32_t first, unsigned level, uint32_t *span)
{
    const alphabet *a = x->letters;
    uint32_t size = 1u << 6 * level;
    while (*span + 1 < a->span_count && a->starts[*span + 1] <= first) ++*span;
    if (*span + 1 == a->span_count || a->starts[*span + 1] - first >= size) return a->letter_of[*span];
    block b = {.level = level};
    gap none = find_gap(first, level);
    for (unsigned i = 0; i < FAN; i++) {
        if (i >= none.from && i < none.to) continue;
        b.parts[i] = make_block(x, first + i * (size / FAN), level - 1, span);
    }
    for (unsigned i = none.from; i < none.to; i++) b.parts[i] = b.parts[none.like];
    return is_uniform(&b, a->count) ? b.parts[0] : add_block(x, &b);
}

static unsigned level_of_lead(unsigned byte)
{
    if (byte < 0x80) return 0;
    return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}

static bool is_lead(unsigned byte)
{
    return byte < 0x80 || (byte >= 0xc2 && byte <= 0xf4);
}

static void make_blocks(expansion *x)
{
    for (unsigned level = 0, byte = 0; level <= LEVELS; level++) {
        uint32_t span = 0;
        for (; byte < BYTES && level_of_lead(byte) == level; byte++) {
            static const unsigned PAYLOAD[LEVELS + 1] = {0x7f, 0x1f, 0x0f, 0x07};
            if (!is_lead(byte)) continue;
            x->lead[byte] = make_block(x, (byte & PAYLOAD[level]) << 6 * level, level, &span);
        }
    }
}

/* ------------------------------------------------------------------ rows */

static uint32_t hash_row(const uint16_t row[FAN])
{
    uint32_t h = 2166136261u;
    for (unsigned i = 0; i < FAN; i++) h = (h ^ row[i]) * 16777619u;
    return h ^ h >> 15;
}

static uint32_t *find_row(const expansion *x, const uint16_t row[FAN])
{
    for (uint32_t at = hash_row(row);; at++) {
        uint32_t *slot = &x->index[at & x->index_mask];
        if (*slot == 0 || memcmp(x->rows[*slot - 1], row, sizeof x->rows[0]) == 0) return slot;
    }
}

static bool grow_rows(expansion *x)
{
    uint32_t cap = x->row_cap ? x->row_cap * 2 : 64;
    x->rows = rob_arena_grow(x->arena, x->rows, x->row_cap * sizeof *x->rows, cap * sizeof *x->rows);
    x->index = rob_arena_alloc(x->arena, cap * 2 * sizeof *x->index);
    if (!x->rows || !x->index) return false;
    x->row_cap = cap;
    x->index_mask = cap * 2 - 1;
    for (uint32_t i = 0; i < x->row_count; i++) *find_row(x, x->rows[i]) = i + 1;
    return true;
}

/* The state that has this row; when all of it leads to one state between code points, that state. */
static uint32_t state_of_row(expansion *x, const uint16_t row[FAN])
{
    unsigned same = 1;
    while (same < FAN && row[same] == row[0]) same++;
    if (same == FAN && row[0] < x->dfa->count) return row[0];
    if (x->row_count == x->row_cap && !grow_rows(x)) {
        x->answer = LETTER_NO_MEMORY;
        return STATE_DEAD;
    }
    uint32_t *slot = find_row(x, row);
    if (*slot != 0) return x->dfa->count + *slot - 1;
    if (x->dfa->count + x->row_count >= PATTERN_MAX_STATES) {
        x->answer = LETTER_TOO_LARGE;
        return STATE_DEAD;
    }
    memcpy(x->rows[x->row_count], row, sizeof x->rows[0]);
    *slot = ++x->row_count;
    return x->dfa->count + x->row_count - 1;
}

/* Where `state` goes by what a ref stands for. When the letter is known before the end of the code
 * point, that is the next state at once: continuation bytes, which cannot come there otherwise, do
 * nothing to it. */
static uint32_t target(const expansion *x, uint32_t state, ref to)
{
    if (to >= x->letters->count) return x->target[to - x->letters->count];
    return x->dfa->next[(size_t)state * x->dfa->letters + to];
}

static void expand_state(expansion *x, uint32_t state, uint16_t leads[BYTES])
{
    for (uint32_t i = 0; i < x->block_count && x->answer == LETTER_OK; i++) {
        uint16_t row[FAN];
        const block *b = &x->blocks[i];
        for (unsigned j = 0; j < FAN; j++) row[j] = (uint16_t)target(x, state, b->parts[j]);
        x->target[i] = state_of_row(x, row);
    }
    for (unsigned byte = 0; byte < BYTES; byte++) {
        if (is_lead(byte)) leads[byte] = (uint16_t)target(x, state, x->lead[byte]);
        else leads[byte] = (uint16_t)state;
    }
}

/* ------------------------------------------------------------------ classes of bytes */

/* A column is all that one byte does. Equal ones share a class; the hash leaves few to compare. */
typedef struct columns {
    const expansion *x;
    uint16_t (*leads)[BYTES]; /* of each state of the letter DFA */
    uint32_t hash[BYTES];
} columns;

static unsigned cell(const columns *c, uint32_t state, unsigned byte)
{
    const expansion *x = c->x;
    if (state == STATE_MATCHED || state == STATE_DEAD) return state;
    if (state < x->dfa->count) return c->leads[state][byte];
    bool continuation = byte >= FIRST_CONTINUATION && byte < FIRST_CONTINUATION + FAN;
    return continuation ? x->rows[state - x->dfa->count][byte - FIRST_CONTINUATION] : STATE_DEAD;
}

static void hash_columns(columns *c)
{
    const expansion *x = c->x;
    for (uint32_t state = 0; state < x->dfa->count; state++) {
        if (state == STATE_MATCHED || state == STATE_DEAD) continue;
        const uint16_t *leads = c->leads[state];
        for (unsigned byte = 0; byte < BYTES; byte++) c->hash[byte] = (c->hash[byte] ^ leads[byte]) * 16777619u;
    }
    for (uint32_t i = 0; i < x->row_count; i++) {
        uint32_t *hash = c->hash + FIRST_CONTINUATION;
        for (unsigned j = 0; j < FAN; j++) hash[j] = (hash[j] ^ x->rows[i][j]) * 16777619u;
    }
}

static bool same_column(const columns *c, unsigned a, unsigned b)
{
    uint32_t states = c->x->dfa->count + c->x->row_count;
    if (c->hash[a] != c->hash[b]) return false;
    for (uint32_t state = 0; state < states; state++) {
        if (cell(c, state, a) != cell(c, state, b)) return false;
    }
    return true;
}

/* Fills class_of; gives a byte of each class. */
static unsigned classify(const columns *c, uint8_t class_of[BYTES], uint8_t sample[BYTES])
{
    unsigned count = 0;
    for (unsigned byte = 0; byte < BYTES; byte++) {
        unsigned class = 0;
        while (class < count && !same_column(c, sample[class], byte)) class++;
        if (class == count) sample[count++] = (uint8_t)byte;
        class_of[byte] = (uint8_t)class;
    }
    return count;
}

static letter_answer make_tables(rob_arena *arena, columns *c, rob_dfa *out)
{
    const expansion *x = c->x;
    uint8_t sample[BYTES];
    uint32_t states = x->dfa->count + x->row_count;
    uint8_t *class_of = rob_arena_alloc(arena, BYTES), *accepts = rob_arena_alloc(arena, states);
    if (!class_of || !accepts) return LETTER_NO_MEMORY;
    hash_columns(c);
    unsigned classes = classify(c, class_of, sample);
    size_t len = (size_t)states * classes * sizeof(uint16_t);
    if (len > PATTERN_MAX_TABLE) return LETTER_TOO_LARGE;
    uint16_t *next = rob_arena_alloc(arena, len);
    if (!next) return LETTER_NO_MEMORY;
    for (uint32_t state = 0; state < states; state++) {
        uint16_t *row = next + (size_t)state * classes;
        for (unsigned k = 0; k < classes; k++) row[k] = (uint16_t)cell(c, state, sample[k]);
        accepts[state] = state < x->dfa->count && x->dfa->accepts[state];
    }
    *out = (rob_dfa){.class_of = class_of,
                     .next = next,
                     .accept_at_end = accepts,
                     .states = (uint16_t)states,
                     .classes = (uint16_t)classes};
    return LETTER_OK;
}

letter_answer utf8_dfa_build(rob_arena *arena, rob_arena *scratch, const letter_dfa *dfa,
                             const alphabet *letters, rob_dfa *out)
{
    expansion x = {.arena = scratch, .dfa = dfa, .letters = letters};
    if (dfa->count > PATTERN_MAX_STATES) return LETTER_TOO_LARGE;
    make_blocks(&x);
    x.target = rob_arena_alloc(scratch, x.block_count * sizeof *x.target);
    columns c = {.x = &x, .leads = rob_arena_alloc(scratch, dfa->count * sizeof *c.leads)};
    if (!x.target || !c.leads) return LETTER_NO_MEMORY;
    for (uint32_t state = 0; state < dfa->count && x.answer == LETTER_OK; state++) {
        if (state != STATE_MATCHED && state != STATE_DEAD) expand_state(&x, state, c.leads[state]);
    }
    return x.answer == LETTER_OK ? make_tables(arena, &c, out) : x.answer;
}
