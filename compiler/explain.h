/* explain.h: what `robync explain CODE` says. One entry for each code that diag_error or diag_warning is
 * ever given; tests/diag/test_explanations.py holds that none is missing, that each wrong example gives
 * its code and that each right one gives nothing. */
#ifndef ROBYNC_EXPLAIN_H
#define ROBYNC_EXPLAIN_H

#include <stddef.h>

/* All texts are static; examples are whole files that end with a newline, read as `example.api`. */
typedef struct explanation {
    const char *code;  /* "RB0204" */
    const char *title; /* one line, without a full stop */
    const char *text;  /* why it is a mistake and how to mend it; paragraphs apart by an empty line */
    const char *wrong; /* a spec that gives this code (other codes may come along) */
    const char *right; /* the same spec, mended: no message at all */
} explanation;

/* One table per part of the compiler, in order of code, ended by an entry without one. */
extern const explanation explain_syntax[]; /* RB00xx: explain_syntax.c */
extern const explanation explain_check[];  /* RB01xx, RB02xx: explain_check.c */
extern const explanation explain_routes[]; /* RB03xx, RB04xx: explain_routes.c */

/* All tables, ended by NULL. */
extern const explanation *const explain_tables[];

/* NULL for an unknown code. "RB0204", "rb0204" and "204" are the same. */
const explanation *explain_find(const char *code);

#endif
