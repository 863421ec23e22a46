/* utf8_dfa.h: from letters to the bytes of UTF-8. Private to pattern/. */
#ifndef PATTERN_UTF8_DFA_H
#define PATTERN_UTF8_DFA_H

#include "letter_dfa.h"

/* Both memories may be the same; the tables of *out are in `arena`. The text is known to be UTF-8, so
 * bytes that cannot follow may lead anywhere. */
ROB_NODISCARD letter_answer utf8_dfa_build(rob_arena *arena, rob_arena *scratch, const letter_dfa *dfa,
                                           const alphabet *letters, rob_dfa *out);

#endif
