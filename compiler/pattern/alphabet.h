/* alphabet.h: code points that a pattern never tells apart are one letter. Private to pattern/. */
#ifndef PATTERN_ALPHABET_H
#define PATTERN_ALPHABET_H

#include "syntax.h"

/* What a neighbour of a position is, as far as a look asks. */
enum {
    IS_EDGE = 1, /* there is none: the text begins or ends here */
    IS_NEWLINE = 2,
    IS_RETURN = 4,
    IS_WORD = 8,
    IS_ASCII_WORD = 16,
    CONTEXTS = 32
};

typedef struct alphabet {
    uint32_t *starts; /* first code points of spans, ascending from 0; a span ends where the next begins */
    uint32_t *letter_of; /* of each span */
    uint32_t span_count;
    uint32_t count;   /* letters */
    bool *has;        /* has[set * count + letter] */
    uint8_t *context; /* of each letter: IS_NEWLINE | ... */
} alphabet;

/* False when memory is out. */
ROB_NODISCARD bool alphabet_build(rob_arena *arena, const syntax *pattern, alphabet *out);

#endif
