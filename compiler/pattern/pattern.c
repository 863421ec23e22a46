#include "nfa.h"
#include "utf8_dfa.h"

/* For what lies between text and result. A pattern that needs more is too large. */
enum { SCRATCH_CAP = 96 << 20 };

static bool fail(pattern_error *err, rob_str text, bool too_large)
{
    *err = (pattern_error){.kind = PATTERN_NO_MEMORY, .len = text.len, .message = "memory is out"};
    if (too_large) {
        err->kind = PATTERN_TOO_LARGE;
        err->message = "its automaton would be too large";
    }
    return false;
}

static letter_answer build(rob_arena *arena, rob_arena *scratch, const syntax *pattern, rob_dfa *out)
{
    nfa automaton;
    alphabet letters;
    letter_dfa dfa;
    rob_dfa bytes;
    if (!nfa_build(scratch, pattern, &automaton)) return LETTER_TOO_LARGE;
    if (!alphabet_build(scratch, pattern, &letters)) return LETTER_NO_MEMORY;
    letter_answer answer = letter_dfa_build(scratch, &automaton, &letters, &dfa);
    if (answer == LETTER_OK && !letter_dfa_minimise(scratch, &dfa)) answer = LETTER_NO_MEMORY;
    if (answer == LETTER_OK) answer = utf8_dfa_build(arena, scratch, &dfa, &letters, &bytes);
    if (answer == LETTER_OK) *out = bytes;
    return answer;
}

bool pattern_compile(rob_arena *arena, rob_str text, rob_dfa *out, pattern_error *err)
{
    rob_arena scratch;
    syntax pattern;
    rob_arena_init(&scratch, SCRATCH_CAP);
    bool ok = syntax_parse(&scratch, text, &pattern, err);
    if (ok) {
        letter_answer answer = build(arena, &scratch, &pattern, out);
        bool at_cap = scratch.used > SCRATCH_CAP / 2;
        ok = answer == LETTER_OK || fail(err, text, answer == LETTER_TOO_LARGE || at_cap);
    }
    rob_arena_free(&scratch);
    return ok;
}
