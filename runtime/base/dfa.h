/* dfa.h: run a compiled pattern over a text.
 *
 * The tables are made by the compiler (pattern/) and stand in generated code; the checker runs the same
 * function over a default value, so that both always agree. */
#ifndef ROB_BASE_DFA_H
#define ROB_BASE_DFA_H

#include <robync/generated.h>

/* The numbers that robync/generated.h fixes for every rob_dfa. */
enum { ROB_DFA_START = 0, ROB_DFA_MATCHED = 1, ROB_DFA_DEAD = 2 };

/* Whether the pattern is found anywhere in text (valid UTF-8). Linear in text.len, stops at the first
 * byte after which the answer is settled. Pure; any thread. */
bool rob_dfa_matches(const rob_dfa *dfa, rob_str text);

#endif
