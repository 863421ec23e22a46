/* pattern.h: regular expressions, compiled ahead of time to the DFA that runtime/base/dfa.h runs.
 *
 * The syntax and meaning are those of the Rust crate `regex`, which is what Pydantic's `pattern` means:
 * a search that is not anchored, over Unicode code points. Only whether there is a match matters, so
 * greedy, lazy and capturing make no difference.
 *
 *     text → syntax tree → NFA and classes of code points → DFA over classes → minimal
 *          → DFA over UTF-8 bytes
 *
 * Work, memory and the size of the result are bounded for every text. */
#ifndef PATTERN_H
#define PATTERN_H

#include "base/arena.h"
#include <robync/generated.h>

typedef enum pattern_error_kind {
    PATTERN_SYNTAX,      /* not a regular expression */
    PATTERN_NOT_REGULAR, /* look-around or a back-reference: no DFA can do it */
    PATTERN_TOO_LARGE,   /* its DFA would exceed the limits below */
    PATTERN_NO_MEMORY
} pattern_error_kind;

typedef struct pattern_error {
    pattern_error_kind kind;
    size_t at, len;      /* bytes of the pattern that the message is about; len may be 0 at its end */
    const char *message; /* static; a sentence's end: "unclosed group" */
} pattern_error;

/* The largest results accepted: bytes of rob_dfa.next, and states (whose numbers have 16 bits). */
enum { PATTERN_MAX_TABLE = 4 << 20, PATTERN_MAX_STATES = 65535 };

/* The tables of *out are in the arena. False: *err says why, *out is undefined. */
ROB_NODISCARD bool pattern_compile(rob_arena *arena, rob_str text, rob_dfa *out, pattern_error *err);

/* A shortest text (in bytes) in which the pattern is found, of letters and digits where it may be. ptr
 * NULL, and *none set, when no text has a match; ptr NULL with *none false when memory is out. */
rob_str pattern_example(rob_arena *arena, const rob_dfa *dfa, bool *none);

#endif
