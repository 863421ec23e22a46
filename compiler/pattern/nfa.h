/* nfa.h: a pattern as a nondeterministic automaton over code points. Private to pattern/. */
#ifndef PATTERN_NFA_H
#define PATTERN_NFA_H

#include "syntax.h"

typedef enum nfa_kind {
    NFA_SET,   /* takes a code point of the set, then goes to next */
    NFA_SPLIT, /* goes to next and to value, taking nothing */
    NFA_LOOK,  /* goes to next where the condition holds */
    NFA_MATCH
} nfa_kind;

typedef struct nfa_state {
    nfa_kind kind;
    uint32_t next;
    uint32_t value; /* SET: index of the set; SPLIT: the other way; LOOK: look */
} nfa_state;

typedef struct nfa {
    nfa_state *states;
    uint32_t count, cap, start;
} nfa;

enum { NFA_MATCHED = 0, MAX_NFA_STATES = 1 << 15 }; /* state 0 is the match */

/* False when there would be too many states, or memory is out. */
ROB_NODISCARD bool nfa_build(rob_arena *arena, const syntax *pattern, nfa *out);

#endif
