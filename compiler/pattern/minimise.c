/* Hopcroft's algorithm: blocks of states are split by which of their members lead into another block,
 * until no block can be split. Of two halves only the smaller is used to split others. */
#include "letter_dfa.h"

typedef struct partition {
    const letter_dfa *dfa;
    uint32_t *from_start, *from; /* predecessors: from[from_start[letter * count + to] ...] */
    uint32_t *items, *place;     /* states block by block; where each state is in it */
    uint32_t *block;             /* of each state */
    uint32_t *first, *size, *marked; /* of each block; the marked members come first */
    uint32_t count;              /* blocks */
    uint32_t *queue, queued;     /* blocks to split by */
    bool *in_queue;
    uint32_t *touched, touched_count; /* blocks with marked members */
    uint32_t *splitter;          /* members of the block to split by, as it was */
} partition;

static bool allocate(rob_arena *arena, partition *p)
{
    size_t n = p->dfa->count, cells = n * p->dfa->letters;
    uint32_t **const PER_STATE[] = {&p->items, &p->place,  &p->block, &p->first,   &p->size,
                                    &p->marked, &p->queue, &p->touched, &p->splitter};
    for (size_t i = 0; i < sizeof PER_STATE / sizeof *PER_STATE; i++) {
        if (!(*PER_STATE[i] = rob_arena_alloc(arena, n * sizeof(uint32_t)))) return false;
    }
    p->in_queue = rob_arena_alloc(arena, n);
    p->from_start = rob_arena_alloc(arena, (cells + 1) * sizeof *p->from_start);
    p->from = rob_arena_alloc(arena, cells * sizeof *p->from);
    return p->in_queue && p->from_start && p->from;
}

/* Where in from_start the predecessors of the state behind s by a letter are. */
static uint32_t *start_of(const partition *p, uint32_t s, uint32_t letter)
{
    const letter_dfa *d = p->dfa;
    return &p->from_start[(size_t)letter * d->count + d->next[(size_t)s * d->letters + letter]];
}

/* A counting sort of all transitions by letter and target. */
static void find_predecessors(partition *p)
{
    uint32_t states = p->dfa->count, letters = p->dfa->letters;
    for (uint32_t s = 0; s < states; s++) {
        for (uint32_t letter = 0; letter < letters; letter++) ++*start_of(p, s, letter);
    }
    for (size_t i = 1; i <= (size_t)states * letters; i++) p->from_start[i] += p->from_start[i - 1];
    for (uint32_t s = 0; s < states; s++) {
        for (uint32_t letter = 0; letter < letters; letter++) p->from[--*start_of(p, s, letter)] = s;
    }
}

static void enqueue(partition *p, uint32_t block)
{
    if (p->in_queue[block]) return;
    p->in_queue[block] = true;
    p->queue[p->queued++] = block;
}

/* Two blocks: accepting states and the others. Neither is empty, because of the two sinks. */
static void begin(partition *p)
{
    p->count = 2;
    for (uint32_t s = 0; s < p->dfa->count; s++) p->size[p->dfa->accepts[s]]++;
    p->first[1] = p->size[0];
    uint32_t at[2] = {p->first[0], p->first[1]};
    for (uint32_t s = 0; s < p->dfa->count; s++) {
        uint32_t block = p->dfa->accepts[s];
        p->block[s] = block;
        p->place[s] = at[block];
        p->items[at[block]++] = s;
    }
    enqueue(p, p->size[0] < p->size[1] ? 0 : 1);
}

static void mark(partition *p, uint32_t state)
{
    uint32_t block = p->block[state], to = p->first[block] + p->marked[block];
    if (p->place[state] < to) return;
    if (p->marked[block]++ == 0) p->touched[p->touched_count++] = block;
    uint32_t other = p->items[to];
    p->items[p->place[state]] = other;
    p->place[other] = p->place[state];
    p->items[to] = state;
    p->place[state] = to;
}

/* The marked members leave for a block of their own, unless that is all of them. */
static void split(partition *p, uint32_t block)
{
    uint32_t marked = p->marked[block];
    p->marked[block] = 0;
    if (marked == p->size[block]) return;
    uint32_t added = p->count++;
    p->first[added] = p->first[block];
    p->size[added] = marked;
    p->first[block] += marked;
    p->size[block] -= marked;
    for (uint32_t i = 0; i < marked; i++) p->block[p->items[p->first[added] + i]] = added;
    enqueue(p, p->in_queue[block] || marked <= p->size[block] ? added : block);
}

static void split_by(partition *p, uint32_t block)
{
    const letter_dfa *d = p->dfa;
    uint32_t size = p->size[block];
    memcpy(p->splitter, p->items + p->first[block], size * sizeof *p->splitter);
    for (uint32_t letter = 0; letter < d->letters; letter++) {
        const uint32_t *start = p->from_start + (size_t)letter * d->count;
        p->touched_count = 0;
        for (uint32_t i = 0; i < size; i++) {
            uint32_t to = p->splitter[i];
            for (uint32_t at = start[to]; at < start[to + 1]; at++) mark(p, p->from[at]);
        }
        for (uint32_t i = 0; i < p->touched_count; i++) split(p, p->touched[i]);
    }
}

/* New numbers for the blocks: the sinks keep theirs, and so does the start, even when it is equal to a
 * sink. */
static uint32_t number_blocks(const partition *p, uint32_t *number)
{
    uint32_t next = FIXED_STATES;
    for (uint32_t block = 0; block < p->count; block++) number[block] = UINT32_MAX;
    number[p->block[STATE_START]] = STATE_START;
    number[p->block[STATE_MATCHED]] = STATE_MATCHED;
    number[p->block[STATE_DEAD]] = STATE_DEAD;
    for (uint32_t s = 0; s < p->dfa->count; s++) {
        if (number[p->block[s]] == UINT32_MAX) number[p->block[s]] = next++;
    }
    return next;
}

/* Members of a block have equal rows, in terms of blocks, so any of them may write the block's. */
static bool renumber(rob_arena *arena, const partition *p, letter_dfa *d)
{
    uint32_t *number = rob_arena_alloc(arena, p->count * sizeof *number);
    if (!number) return false;
    letter_dfa out = {.letters = d->letters, .count = number_blocks(p, number)};
    out.next = rob_arena_alloc(arena, (size_t)out.count * out.letters * sizeof *out.next);
    out.accepts = rob_arena_alloc(arena, out.count);
    if (!out.next || !out.accepts) return false;
    for (uint32_t s = d->count; s-- > 0;) {
        uint32_t state = s == STATE_START ? STATE_START : number[p->block[s]];
        out.accepts[state] = d->accepts[s];
        for (uint32_t c = 0; c < d->letters; c++) {
            out.next[(size_t)state * out.letters + c] = number[p->block[d->next[(size_t)s * d->letters + c]]];
        }
    }
    *d = out;
    return true;
}

bool letter_dfa_minimise(rob_arena *arena, letter_dfa *dfa)
{
    partition p = {.dfa = dfa};
    if (!allocate(arena, &p)) return false;
    find_predecessors(&p);
    begin(&p);
    while (p.queued > 0) {
        uint32_t block = p.queue[--p.queued];
        p.in_queue[block] = false;
        split_by(&p, block);
    }
    return renumber(arena, &p, dfa);
}
