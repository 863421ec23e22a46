/* parse.h: text to tree. */
#ifndef ROBYNC_PARSE_H
#define ROBYNC_PARSE_H

#include "ast.h"
#include "diag.h"

/* Parse one text. Always gives a tree; what could not be understood was reported and left out, and
 * parsing went on at the next declaration. False when anything was reported. */
bool parse_file(const source *src, rob_arena *arena, diag *d, ast_file *out);

/* Read and parse a file and, once each, all that it imports. False when anything was reported; a file
 * that cannot be read at all leaves *unreadable set (exit 2 for the root file). */
bool parse_program(sources *all, rob_str path, diag *d, ast_program *out, const char **unreadable);

/* The tree as indented text, for golden tests and `robync check --dump ast`. */
void ast_dump(const ast_program *program, void *stdio_file);

#endif
