/* A text of a given length that a pattern accepts: breadth first through the DFA, one layer per byte. */
#include "bench/example.h"

#include "base/dfa.h"
#include "memory.h"
#include "pattern/pattern.h"

enum { FIRST_ASCII = 0x20, LAST_ASCII = 0x7E };

/* Longest text tried, and most states times layers: patterns of real APIs are far below. */
enum { MOST_LAYERS = 512, MOST_CELLS = 1 << 22 };

/* How a state was first reached in a layer. */
typedef struct step {
    uint16_t from;
    char byte; /* 0: not reached */
} step;

typedef struct search {
    const rob_dfa *dfa;
    step *steps; /* layer by layer, dfa->states each */
} search;

/* Once a match was found, whatever follows keeps it. */
static uint16_t next_state(const rob_dfa *dfa, uint16_t state, char byte)
{
    if (state == ROB_DFA_MATCHED) return ROB_DFA_MATCHED;
    return dfa->next[(size_t)state * dfa->classes + dfa->class_of[(unsigned char)byte]];
}

/* Letters first, then digits, then the rest: a later byte never displaces an earlier one. */
static char nth_byte(int n)
{
    static const char readable[] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    enum { READABLE = sizeof readable - 1 };
    return n < READABLE ? readable[n] : (char)(FIRST_ASCII + n - READABLE);
}

static void fill_layer(const search *s, uint32_t layer)
{
    enum { BYTES = 62 + LAST_ASCII - FIRST_ASCII + 1 };
    const step *before = s->steps + (size_t)(layer - 1) * s->dfa->states;
    step *now = s->steps + (size_t)layer * s->dfa->states;
    for (uint32_t state = 0; state < s->dfa->states; state++) {
        if (layer == 1 ? state != 0 : !before[state].byte) continue;
        for (int n = 0; n < BYTES; n++) {
            uint16_t to = next_state(s->dfa, (uint16_t)state, nth_byte(n));
            if (to != ROB_DFA_DEAD && !now[to].byte) now[to] = (step){(uint16_t)state, nth_byte(n)};
        }
    }
}

static rob_str trace(const search *s, rob_arena *arena, uint32_t layer, uint16_t state)
{
    char *text = arena_need(arena, layer + 1);
    for (uint32_t i = layer; i > 0; i--) {
        step at = s->steps[(size_t)i * s->dfa->states + state];
        text[i - 1] = at.byte;
        state = at.from;
    }
    return (rob_str){text, layer};
}

static bool accepts(const rob_dfa *dfa, uint32_t state)
{
    return state == ROB_DFA_MATCHED || dfa->accept_at_end[state];
}

static rob_str search_layers(const search *s, rob_arena *arena, uint32_t min, uint32_t layers)
{
    for (uint32_t layer = 1; layer < layers; layer++) {
        fill_layer(s, layer);
        if (layer < min) continue;
        for (uint32_t state = 0; state < s->dfa->states; state++) {
            bool reached = s->steps[(size_t)layer * s->dfa->states + state].byte;
            if (reached && accepts(s->dfa, state)) return trace(s, arena, layer, (uint16_t)state);
        }
    }
    return (rob_str){0};
}

rob_str example_of_pattern(rob_arena *arena, const rob_dfa *dfa, uint32_t min, uint32_t max)
{
    uint32_t layers = max < MOST_LAYERS ? max + 1 : MOST_LAYERS;
    if ((uint64_t)layers * dfa->states > MOST_CELLS) layers = MOST_CELLS / dfa->states;
    search s = {.dfa = dfa, .steps = arena_need(arena, sizeof(step) * dfa->states * layers)};
    rob_str found = search_layers(&s, arena, min ? min : 1, layers);
    bool none;
    /* What needs letters beyond ASCII, or nothing at all. */
    return found.ptr ? found : pattern_example(arena, dfa, &none);
}
