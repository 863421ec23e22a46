/* output.h: files that the compiler writes: all or nothing, and only what changed. */
#ifndef ROBYNC_OUTPUT_H
#define ROBYNC_OUTPUT_H

#include "base/arena.h"

typedef struct output_file {
    struct output_file *next;
    rob_str path; /* relative to the output's folder */
    rob_str text;
} output_file;

/* Files gathered in memory; nothing is on disk before output_commit. */
typedef struct output {
    rob_arena *arena;
    output_file *first, *last;
} output;

void output_init(output *out, rob_arena *arena);
void output_add(output *out, rob_str path, rob_str text);

/* Write all files below folder (made when missing), each through a temporary file and rename, skipping
 * those that already hold the same bytes. *written counts the ones that changed. False with *why
 * (arena text) when one could not be written. */
bool output_commit(const output *out, rob_str folder, size_t *written, rob_str *why);

#endif
