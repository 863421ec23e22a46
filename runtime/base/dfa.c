#include "base/dfa.h"

/* MATCHED and DEAD are 1 and 2, so that one compare finds both. */
static bool is_settled(unsigned state)
{
    return state - ROB_DFA_MATCHED <= ROB_DFA_DEAD - ROB_DFA_MATCHED;
}

bool rob_dfa_matches(const rob_dfa *dfa, rob_str text)
{
    unsigned state = ROB_DFA_START;
    for (size_t i = 0; i < text.len && !is_settled(state); i++) {
        unsigned class = dfa->class_of[(unsigned char)text.ptr[i]];
        state = dfa->next[(size_t)state * dfa->classes + class];
    }
    return dfa->accept_at_end[state];
}
