/* diag.h: what the compiler has to say to a person.
 *
 * Phases report here and go on; only main decides on exit codes. Codes are stable: `robync explain`
 * has an entry for each (compiler/explain.c), and a test holds that every code used is explained. */
#ifndef ROBYNC_DIAG_H
#define ROBYNC_DIAG_H

#include "source.h"

typedef enum diag_level { DIAG_ERROR, DIAG_WARNING } diag_level;

/* A second place that belongs to a message: the clashing declaration. */
typedef struct diag_note {
    struct diag_note *next;
    span at;
    rob_str text;
} diag_note;

typedef struct diag_item {
    struct diag_item *next;
    diag_level level;
    const char *code; /* "RB0204" */
    span at;
    rob_str message;
    rob_str hint; /* empty: none */
    diag_note *notes;
} diag_item;

typedef struct diag {
    rob_arena *arena;
    const sources *sources;
    diag_item *first, *last;
    size_t errors, warnings;
} diag;

void diag_init(diag *d, rob_arena *arena, const sources *all);

/* Report. The item is returned so that notes and a hint can be added; never NULL. Messages name what
 * was found and what was expected, with names in backquotes, without a final full stop. */
diag_item *diag_error(diag *d, span at, const char *code, const char *format, ...) ROB_PRINTF(4, 5);
diag_item *diag_warning(diag *d, span at, const char *code, const char *format, ...) ROB_PRINTF(4, 5);
void diag_hint(diag *d, diag_item *item, const char *format, ...) ROB_PRINTF(3, 4);
void diag_also(diag *d, diag_item *item, span at, const char *format, ...) ROB_PRINTF(4, 5);

/* A hint `did you mean ...?` when one of the names is within a small edit distance. */
void diag_suggest(diag *d, diag_item *item, rob_str wrong, const rob_str *names, size_t count);

/* All messages in source order, as text for people or as JSON lines for editors. */
typedef enum diag_format { DIAG_TEXT, DIAG_TEXT_COLOR, DIAG_JSON } diag_format;
void diag_print(const diag *d, diag_format format, void *stdio_file);

#endif
