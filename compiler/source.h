/* source.h: the texts a run compiles, and places in them (compile street, first stage). */
#ifndef ROBYNC_SOURCE_H
#define ROBYNC_SOURCE_H

#include "base/arena.h"

enum { SOURCE_MOST_FILES = 1024, SOURCE_MOST_BYTES = 16 << 20 };

/* One text. Held for the whole run. */
typedef struct source {
    rob_str path;  /* as the user would write it, for messages */
    rob_str text;  /* NUL-terminated at text.ptr[text.len], which re2c needs */
    const uint32_t *lines; /* offset of each line's first byte */
    uint32_t line_count;
    uint32_t index; /* in sources */
} source;

typedef struct sources {
    rob_arena *arena;
    source **items;
    uint32_t count, cap;
} sources;

/* Bytes start (included) to end (excluded) of sources.items[file]. */
typedef struct span {
    uint32_t file, start, end;
} span;

/* From the first byte of a to the last of b, which are in the same file. */
span span_join(span a, span b);

/* Read a file. NULL when it cannot be read, with *why a static or arena text. */
source *source_read(sources *all, rob_str path, const char **why);

/* Take a text that is already in memory (tests, front ends). */
source *source_add(sources *all, rob_str path, rob_str text);

/* Line and column, both from 1; columns count code points. */
void source_position(const source *src, uint32_t offset, uint32_t *line, uint32_t *column);

/* The text of a span. */
rob_str source_slice(const sources *all, span at);

#endif
