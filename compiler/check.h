/* check.h: tree to IR. The only place that sees both. */
#ifndef ROBYNC_CHECK_H
#define ROBYNC_CHECK_H

#include "ast.h"
#include "diag.h"
#include "ir.h"

/* Check a program and build its IR in the arena. Always goes on after a mistake, with poison nodes, so
 * that one mistake makes one message. NULL when an error was reported; warnings alone do not stop it. */
const ir_api *check_program(const ast_program *program, rob_arena *arena, diag *d);

/* The IR as indented text, for golden tests. */
void ir_dump(const ir_api *api, void *stdio_file);

#endif
