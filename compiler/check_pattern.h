/* check_pattern.h: patterns, compiled once each. */
#ifndef ROBYNC_CHECK_PATTERN_H
#define ROBYNC_CHECK_PATTERN_H

#include "checker.h"

/* The DFA of the pattern that v, a string, holds. NULL after a report whose caret stands inside it. */
const rob_dfa *compiled_pattern(checker *c, const ast_value *v);

#endif
