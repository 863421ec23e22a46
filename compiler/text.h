/* text.h: texts put together in the run's arena.
 *
 * A builder grows in place where it can; text_done() gives a NUL-terminated rob_str. As in
 * memory.h, nothing fails. */
#ifndef ROBYNC_TEXT_H
#define ROBYNC_TEXT_H

#include "memory.h"

typedef struct text {
    rob_arena *arena;
    char *ptr;
    size_t len;   /* bytes */
    uint32_t cap; /* bytes */
} text;

text text_new(rob_arena *arena);
void text_add(text *t, rob_str s);
void text_char(text *t, char c);
void text_format(text *t, const char *format, ...) ROB_PRINTF(2, 3);

/* s as a JSON string, quotes included; non-ASCII stays as it is. */
void text_json_string(text *t, rob_str s);

/* s as Python's repr() prints a str: single quotes, double ones when s holds a single quote only. */
void text_python_string(text *t, rob_str s);

rob_str text_done(text *t);

#endif
