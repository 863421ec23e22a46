/* terminal.h: how commands speak to a person: plain sentences on stderr, colour only where it shows. */
#ifndef ROBYNC_TERMINAL_H
#define ROBYNC_TERMINAL_H

#include <stdio.h>

#include <robync/types.h>

typedef enum terminal_choice { TERMINAL_AUTO, TERMINAL_ALWAYS, TERMINAL_NEVER } terminal_choice;

/* --color; the default is AUTO: a terminal, and neither NO_COLOR (no-color.org) nor TERM=dumb. */
void terminal_set_color(terminal_choice choice);
bool terminal_color(FILE *stream);

/* --quiet: progress is not shown. Errors always are. */
void terminal_set_quiet(bool quiet);

/* "error: …" and a newline on stderr. */
void terminal_error(const char *format, ...) ROB_PRINTF(1, 2);

/* "   Compiling store": a verb, right-aligned in 12 columns, and what it is about. */
void terminal_progress(const char *verb, const char *format, ...) ROB_PRINTF(2, 3);

/* A line about what goes on now; the next line of any kind replaces it. Only where lines can be replaced:
 * elsewhere nothing is printed, and the result is false. An empty verb only clears. */
bool terminal_status(const char *verb, const char *format, ...) ROB_PRINTF(2, 3);

#endif
