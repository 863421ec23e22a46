#include "base/dfa.h"
#include "letter_dfa.h"

#include <stdlib.h>

_Static_assert(STATE_START == (int)ROB_DFA_START && STATE_MATCHED == (int)ROB_DFA_MATCHED &&
               STATE_DEAD == (int)ROB_DFA_DEAD, "one numbering for all automata");

/* A state is a set of NFA states between two code points: those that take a code point, and looks that
 * wait to see the next one. What the code point before was matters only to such looks. */
typedef struct subset {
    uint32_t first, count; /* in builder.pool, ascending */
    uint8_t before;        /* IS_...; 0 unless looks wait */
    bool waiting;          /* has a look */
} subset;

/* NFA states, each once. */
typedef struct state_list {
    uint32_t *items;
    uint32_t count;
    bool matched; /* the match was among them */
} state_list;

typedef struct builder {
    rob_arena *arena;
    const nfa *nfa;
    const alphabet *letters;
    letter_dfa *out;
    subset *subsets; /* of each state */
    uint32_t cap;    /* states that fit into subsets and out */
    uint32_t *pool;
    size_t pool_count, pool_cap;
    uint32_t *index; /* hash table: state plus 1, or 0 */
    uint32_t index_mask;
    uint32_t *stack, *seen, mark; /* seen[s] == mark: NFA state s is in the list being made */
    state_list closed, resolved;
    uint64_t work;
    letter_answer answer;
} builder;

/* ------------------------------------------------------------------ looks */

static bool before_line_end(look what, unsigned before, unsigned after)
{
    if (what == LOOK_LINE_END) return after & (IS_EDGE | IS_NEWLINE);
    return (after & (IS_EDGE | IS_RETURN)) || ((after & IS_NEWLINE) && !(before & IS_RETURN));
}

static bool holds(look what, unsigned before, unsigned after)
{
    unsigned word = what & LOOK_ASCII ? IS_ASCII_WORD : IS_WORD;
    bool left = before & word, right = after & word;
    switch ((look)(what & ~LOOK_ASCII)) {
    case LOOK_TEXT_START: return before & IS_EDGE;
    case LOOK_TEXT_END: return after & IS_EDGE;
    case LOOK_LINE_START: return before & (IS_EDGE | IS_NEWLINE);
    case LOOK_LINE_START_CRLF:
        return (before & (IS_EDGE | IS_NEWLINE)) || ((before & IS_RETURN) && !(after & IS_NEWLINE));
    case LOOK_LINE_END:
    case LOOK_LINE_END_CRLF: return before_line_end(what, before, after);
    case LOOK_WORD: return left != right;
    case LOOK_NOT_WORD: return left == right;
    case LOOK_WORD_START: return !left && right;
    case LOOK_WORD_END: return left && !right;
    case LOOK_WORD_START_HALF: return !left;
    case LOOK_WORD_END_HALF: return !right;
    case LOOK_ASCII: break;
    }
    return false;
}

/* Whether the code point before is all that it asks about. */
static bool looks_back_only(look what)
{
    unsigned kind = what & ~LOOK_ASCII;
    return kind == LOOK_TEXT_START || kind == LOOK_LINE_START || kind == LOOK_WORD_START_HALF;
}

/* ------------------------------------------------------------------ sets of NFA states */

static void push(builder *b, uint32_t *depth, uint32_t state)
{
    if (b->seen[state] == b->mark) return;
    b->seen[state] = b->mark;
    b->stack[(*depth)++] = state;
    b->work++;
}

static void clear(builder *b, state_list *list)
{
    list->count = 0;
    list->matched = false;
    b->mark++;
}

/* Add what is reached from a state without taking a code point. after 0: not known yet, so looks that
 * need it wait in the list. */
static void reach(builder *b, state_list *list, uint32_t from, unsigned before, unsigned after)
{
    uint32_t depth = 0;
    push(b, &depth, from);
    while (depth > 0) {
        uint32_t number = b->stack[--depth];
        const nfa_state *s = &b->nfa->states[number];
        switch (s->kind) {
        case NFA_MATCH: list->matched = true; break;
        case NFA_SET: list->items[list->count++] = number; break;
        case NFA_SPLIT:
            push(b, &depth, s->next);
            push(b, &depth, s->value);
            break;
        case NFA_LOOK:
            if (after == 0 && !looks_back_only(s->value)) list->items[list->count++] = number;
            else if (holds(s->value, before, after)) push(b, &depth, s->next);
            break;
        }
    }
}

static int compare(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static void sort(builder *b, state_list *list)
{
    for (uint32_t i = 1; i < list->count; i++) {
        if (list->items[i] > list->items[i - 1]) continue;
        qsort(list->items, list->count, sizeof *list->items, compare);
        b->work += list->count;
        return;
    }
}

/* ------------------------------------------------------------------ states of the DFA */

static bool grow(builder *b)
{
    letter_dfa *d = b->out;
    uint32_t cap = b->cap ? b->cap * 2 : 32, slots = cap * 2;
    size_t row = d->letters * sizeof *d->next;
    if (d->count >= MAX_LETTER_STATES || (uint64_t)d->count * d->letters > MAX_LETTER_CELLS) {
        b->answer = LETTER_TOO_LARGE;
        return false;
    }
    subset *subsets = rob_arena_grow(b->arena, b->subsets, b->cap * sizeof *subsets, cap * sizeof *subsets);
    uint32_t *next = rob_arena_grow(b->arena, d->next, b->cap * row, cap * row);
    bool *accepts = rob_arena_grow(b->arena, d->accepts, b->cap, cap);
    b->index = rob_arena_alloc(b->arena, slots * sizeof *b->index);
    b->answer = LETTER_NO_MEMORY;
    if (!subsets || !next || !accepts || !b->index) return false;
    b->answer = LETTER_OK;
    b->subsets = subsets;
    d->next = next;
    d->accepts = accepts;
    b->cap = cap;
    b->index_mask = slots - 1;
    return true;
}

static uint32_t hash(const uint32_t *items, uint32_t count, unsigned before)
{
    uint32_t h = 2166136261u ^ before;
    for (uint32_t i = 0; i < count; i++) h = (h ^ items[i]) * 16777619u;
    return h ^ h >> 15;
}

static uint32_t *find_slot(const builder *b, const uint32_t *items, uint32_t count, unsigned before)
{
    for (uint32_t at = hash(items, count, before);; at++) {
        uint32_t *slot = &b->index[at & b->index_mask];
        if (*slot == 0) return slot;
        const subset *s = &b->subsets[*slot - 1];
        if (s->count != count || s->before != before) continue;
        if (memcmp(b->pool + s->first, items, count * sizeof *items) == 0) return slot;
    }
}

static void index_again(builder *b)
{
    for (uint32_t state = 0; state < b->out->count; state++) {
        const subset *s = &b->subsets[state];
        if (state == STATE_MATCHED || state == STATE_DEAD) continue;
        *find_slot(b, b->pool + s->first, s->count, s->before) = state + 1;
    }
}

static bool put_in_pool(builder *b, const state_list *list)
{
    if (b->pool_cap - b->pool_count < list->count || !b->pool) {
        size_t cap = (b->pool_cap + list->count) * 2 + 64;
        uint32_t *pool =
            rob_arena_grow(b->arena, b->pool, b->pool_cap * sizeof *pool, cap * sizeof *pool);
        if (!pool || cap > UINT32_MAX) return false;
        b->pool = pool;
        b->pool_cap = cap;
    }
    memcpy(b->pool + b->pool_count, list->items, list->count * sizeof *list->items);
    b->pool_count += list->count;
    return true;
}

static uint32_t add_state(builder *b, const state_list *list, unsigned before, bool waiting)
{
    if (b->out->count == b->cap) {
        if (!grow(b)) return STATE_DEAD;
        index_again(b);
    }
    uint32_t first = (uint32_t)b->pool_count;
    if (!put_in_pool(b, list)) {
        b->answer = LETTER_NO_MEMORY;
        return STATE_DEAD;
    }
    b->subsets[b->out->count] = (subset){first, list->count, (uint8_t)before, waiting};
    return b->out->count++;
}

/* The state for the list in b->closed. An empty one is not dead: the search may begin anew behind the
 * next code point. */
static uint32_t intern(builder *b, unsigned before)
{
    state_list *list = &b->closed;
    if (list->matched) return STATE_MATCHED;
    bool waiting = false;
    for (uint32_t i = 0; i < list->count; i++) waiting |= b->nfa->states[list->items[i]].kind == NFA_LOOK;
    sort(b, list);
    if (!waiting) before = 0;
    uint32_t found = *find_slot(b, list->items, list->count, before);
    if (found != 0) return found - 1;
    uint32_t state = add_state(b, list, before, waiting);
    if (b->answer == LETTER_OK) *find_slot(b, list->items, list->count, before) = state + 1;
    return state;
}

/* ------------------------------------------------------------------ transitions */

/* What a state comes to once what follows is known: NFA states that take code points, in b->resolved. */
static void resolve(builder *b, uint32_t state, unsigned after)
{
    const subset *s = &b->subsets[state];
    clear(b, &b->resolved);
    for (uint32_t i = 0; i < s->count; i++) reach(b, &b->resolved, b->pool[s->first + i], s->before, after);
}

/* The state behind a code point of the letter. A search may begin anew there. */
static uint32_t step(builder *b, uint32_t letter)
{
    unsigned before = b->letters->context[letter];
    if (b->resolved.matched) return STATE_MATCHED;
    clear(b, &b->closed);
    for (uint32_t i = 0; i < b->resolved.count && !b->closed.matched; i++) {
        const nfa_state *s = &b->nfa->states[b->resolved.items[i]];
        b->work++;
        if (!b->letters->has[(size_t)s->value * b->letters->count + letter]) continue;
        reach(b, &b->closed, s->next, before, 0);
    }
    reach(b, &b->closed, b->nfa->start, before, 0);
    return intern(b, before);
}

/* contexts: those that some letter has. */
static bool fill_row(builder *b, uint32_t state, const bool contexts[CONTEXTS])
{
    for (unsigned context = 0; context < CONTEXTS; context++) {
        if (!contexts[context]) continue;
        /* A context without any property must not be taken for one that is not known. */
        resolve(b, state, context | CONTEXTS);
        for (uint32_t letter = 0; letter < b->letters->count; letter++) {
            if (b->letters->context[letter] != context) continue;
            uint32_t next = step(b, letter);
            if (b->answer == LETTER_OK && b->work > MAX_SUBSET_WORK) b->answer = LETTER_TOO_LARGE;
            if (b->answer != LETTER_OK) return false;
            b->out->next[(size_t)state * b->out->letters + letter] = next;
        }
    }
    resolve(b, state, IS_EDGE);
    b->out->accepts[state] = b->resolved.matched;
    return true;
}

static void fill_sink(builder *b, uint32_t state)
{
    for (uint32_t letter = 0; letter < b->out->letters; letter++) {
        b->out->next[(size_t)state * b->out->letters + letter] = state;
    }
    b->subsets[state] = (subset){0};
    b->out->accepts[state] = state == STATE_MATCHED;
}

/* The start, which is a state of its own even when nothing is left to find, and the two sinks. */
static bool add_fixed(builder *b)
{
    if (!grow(b)) return false;
    clear(b, &b->closed);
    reach(b, &b->closed, b->nfa->start, IS_EDGE, 0);
    bool matched = b->closed.matched, waiting = false;
    for (uint32_t i = 0; i < b->closed.count; i++) {
        waiting |= b->nfa->states[b->closed.items[i]].kind == NFA_LOOK;
    }
    sort(b, &b->closed);
    unsigned before = waiting ? IS_EDGE : 0;
    add_state(b, &b->closed, before, waiting);
    if (b->answer != LETTER_OK) return false;
    b->out->count = FIXED_STATES;
    fill_sink(b, STATE_MATCHED);
    fill_sink(b, STATE_DEAD);
    if (matched) fill_sink(b, STATE_START);
    for (uint32_t i = 0; matched && i < b->out->letters; i++) b->out->next[i] = STATE_MATCHED;
    b->out->accepts[STATE_START] = matched;
    *find_slot(b, b->closed.items, b->closed.count, before) = STATE_START + 1;
    return !matched;
}

letter_answer letter_dfa_build(rob_arena *arena, const nfa *automaton, const alphabet *letters, letter_dfa *out)
{
    size_t len = automaton->count * sizeof(uint32_t);
    builder b = {.arena = arena, .nfa = automaton, .letters = letters, .out = out};
    bool contexts[CONTEXTS] = {false};
    *out = (letter_dfa){.letters = letters->count};
    b.stack = rob_arena_alloc(arena, len);
    b.seen = rob_arena_alloc(arena, len);
    b.closed.items = rob_arena_alloc(arena, len);
    b.resolved.items = rob_arena_alloc(arena, len);
    if (!b.stack || !b.seen || !b.closed.items || !b.resolved.items) return LETTER_NO_MEMORY;
    for (uint32_t letter = 0; letter < letters->count; letter++) contexts[letters->context[letter]] = true;
    if (!add_fixed(&b)) return b.answer;
    for (uint32_t state = 0; state < out->count; state++) {
        if (state == STATE_MATCHED || state == STATE_DEAD) continue;
        if (!fill_row(&b, state, contexts)) return b.answer;
    }
    return LETTER_OK;
}
