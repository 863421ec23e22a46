/* unicode.h: the properties of code points that patterns can name. Tables: make_unicode.mjs. */
#ifndef PATTERN_UNICODE_H
#define PATTERN_UNICODE_H

#include "charset.h"

typedef enum unicode_kind {
    UNICODE_BINARY,   /* \p{Alphabetic} */
    UNICODE_CATEGORY, /* \p{Lu}, \p{gc=Lu} */
    UNICODE_SCRIPT,   /* \p{Greek}, \p{sc=Greek} */
    UNICODE_WORD      /* \w; not to be named */
} unicode_kind;

typedef struct unicode_property {
    const char *name; /* lower case, no spaces, underscores or hyphens */
    unicode_kind kind;
    const char_range *ranges;
    uint32_t count;
    const char *parts; /* names of the properties that make up this one, or NULL */
} unicode_property;

/* A code point and the next in the circle of those with the same simple case folding. */
typedef struct unicode_fold {
    uint32_t from, to;
} unicode_fold;

extern const unicode_property unicode_properties[]; /* sorted by name */
extern const size_t unicode_property_count;
extern const unicode_fold unicode_folds[]; /* sorted by from */
extern const size_t unicode_fold_count;

typedef enum unicode_answer { UNICODE_FOUND, UNICODE_NO_PROPERTY, UNICODE_NO_VALUE, UNICODE_NO_MEMORY } unicode_answer;

/* Add the code points of `Greek`, `Lu`, `script=Greek`, `gc:Lu`, `sc!=Greek` to the set. Case, spaces,
 * underscores, hyphens and a leading `is` do not count. */
unicode_answer unicode_add_property(charset *set, rob_str name);

/* Unicode's \d, \s and \w. */
ROB_NODISCARD bool unicode_add_digits(charset *set);
ROB_NODISCARD bool unicode_add_spaces(charset *set);
ROB_NODISCARD bool unicode_add_words(charset *set);

/* Whether one code point is white space, as in \s. */
bool unicode_is_space(uint32_t c);

/* Letters or digits that may stand in the name of a group (its first character: a letter). */
bool unicode_is_letter(uint32_t c);
bool unicode_is_number(uint32_t c);

/* Add what differs from a member by simple case folding only; with ascii, among ASCII letters only. */
ROB_NODISCARD bool unicode_fold_set(charset *set, bool ascii);

#endif
