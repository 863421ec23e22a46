#include "pattern.h"

#include "base/dfa.h"

/* A search through pairs of a state and of where one is within a UTF-8 sequence, because the DFA itself
 * leaves open what ill-formed bytes do. */
typedef enum place { BETWEEN, LAST, LAST_TWO, LAST_THREE, AFTER_E0, AFTER_ED, AFTER_F0, AFTER_F4, PLACES } place;

enum { IMPOSSIBLE = PLACES, BYTES = 256 };

static unsigned begin_sequence(unsigned byte)
{
    if (byte < 0x80) return BETWEEN;
    if (byte < 0xc2 || byte > 0xf4) return IMPOSSIBLE;
    if (byte < 0xe0) return LAST;
    if (byte < 0xf0) return byte == 0xe0 ? AFTER_E0 : byte == 0xed ? AFTER_ED : LAST_TWO;
    return byte == 0xf0 ? AFTER_F0 : byte == 0xf4 ? AFTER_F4 : LAST_THREE;
}

/* RFC 3629, 4. */
static unsigned advance(unsigned at, unsigned byte)
{
    if (at == BETWEEN) return begin_sequence(byte);
    if (byte < 0x80 || byte > 0xbf) return IMPOSSIBLE;
    switch ((place)at) {
    case LAST: return BETWEEN;
    case LAST_TWO: return LAST;
    case LAST_THREE: return LAST_TWO;
    case AFTER_E0: return byte >= 0xa0 ? LAST : IMPOSSIBLE;
    case AFTER_ED: return byte <= 0x9f ? LAST : IMPOSSIBLE;
    case AFTER_F0: return byte >= 0x90 ? LAST_TWO : IMPOSSIBLE;
    case AFTER_F4: return byte <= 0x8f ? LAST_TWO : IMPOSSIBLE;
    case BETWEEN: case PLACES: break;
    }
    return IMPOSSIBLE;
}

/* Bytes in the order in which an example should prefer them. */
static void order_bytes(uint8_t out[BYTES])
{
    static const char FIRST[] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_. ";
    bool used[BYTES] = {false};
    unsigned count = 0;
    for (const char *at = FIRST; *at; at++) {
        out[count++] = (uint8_t)*at;
        used[(uint8_t)*at] = true;
    }
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned byte = 0; byte < BYTES; byte++) {
            bool control = byte < ' ' || byte == 0x7f;
            if (!used[byte] && control == (round == 1)) out[count++] = (uint8_t)byte;
        }
    }
}

typedef struct search {
    const rob_dfa *dfa;
    uint32_t *from; /* the pair before each pair, plus 1; 0: not reached */
    uint8_t *by;    /* the byte between them */
    uint32_t *queue;
    uint32_t queued;
} search;

static bool is_goal(const search *s, uint32_t pair)
{
    return pair % PLACES == BETWEEN && s->dfa->accept_at_end[pair / PLACES];
}

static void visit_next(search *s, uint32_t pair, const uint8_t order[BYTES])
{
    uint32_t state = pair / PLACES;
    for (unsigned i = 0; i < BYTES; i++) {
        unsigned at = advance(pair % PLACES, order[i]);
        if (at == IMPOSSIBLE) continue;
        uint32_t next = s->dfa->next[(size_t)state * s->dfa->classes + s->dfa->class_of[order[i]]] * PLACES + at;
        if (next / PLACES == ROB_DFA_DEAD || s->from[next] != 0) continue;
        s->from[next] = pair + 1;
        s->by[next] = order[i];
        s->queue[s->queued++] = next;
    }
}

static rob_str trace_back(rob_arena *arena, const search *s, uint32_t pair)
{
    size_t len = 0;
    for (uint32_t at = pair; at != 0; at = s->from[at] - 1) len++;
    char *text = rob_arena_alloc(arena, len);
    rob_str out = {text, len};
    for (uint32_t at = pair; text && at != 0; at = s->from[at] - 1) text[--len] = (char)s->by[at];
    return text ? out : (rob_str){0};
}

rob_str pattern_example(rob_arena *arena, const rob_dfa *dfa, bool *none)
{
    size_t pairs = (size_t)dfa->states * PLACES;
    uint8_t order[BYTES];
    search s = {.dfa = dfa,
                .from = rob_arena_alloc(arena, pairs * sizeof *s.from),
                .by = rob_arena_alloc(arena, pairs),
                .queue = rob_arena_alloc(arena, pairs * sizeof *s.queue)};
    *none = false;
    if (!s.from || !s.by || !s.queue) return (rob_str){0};
    order_bytes(order);
    s.from[0] = 1; /* pair 0 is the start of the DFA, between sequences */
    s.queue[s.queued++] = 0;
    for (uint32_t i = 0; i < s.queued; i++) {
        if (is_goal(&s, s.queue[i])) return trace_back(arena, &s, s.queue[i]);
        visit_next(&s, s.queue[i], order);
    }
    *none = true;
    return (rob_str){0};
}
