/* letter_dfa.h: a pattern as a deterministic automaton over letters. Private to pattern/. */
#ifndef PATTERN_LETTER_DFA_H
#define PATTERN_LETTER_DFA_H

#include "alphabet.h"
#include "nfa.h"

/* As rob_dfa: state 0 starts, 1 has found a match, 2 cannot. All three are always there. */
enum { STATE_START, STATE_MATCHED, STATE_DEAD, FIXED_STATES };

typedef struct letter_dfa {
    uint32_t *next; /* next[state * letters + letter] */
    bool *accepts;  /* when the text ends in this state */
    uint32_t count, letters;
} letter_dfa;

/* Work and size allowed; a hostile pattern is refused after a fraction of a second. */
enum { MAX_LETTER_STATES = 1 << 14, MAX_LETTER_CELLS = 1 << 22, MAX_SUBSET_WORK = 1 << 24 };

typedef enum letter_answer { LETTER_OK, LETTER_TOO_LARGE, LETTER_NO_MEMORY } letter_answer;

/* The subset construction. */
ROB_NODISCARD letter_answer letter_dfa_build(rob_arena *arena, const nfa *automaton, const alphabet *letters,
                                             letter_dfa *out);

/* Merge the states that no text tells apart (Hopcroft). False when memory is out. */
ROB_NODISCARD bool letter_dfa_minimise(rob_arena *arena, letter_dfa *dfa);

#endif
