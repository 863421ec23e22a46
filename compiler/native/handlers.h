/* handlers.h: which handlers a person has written already.
 *
 * C files are read token by token, without a compiler: a handler is there when its name, a parameter
 * list and a `{` follow each other outside comments, strings and other bodies. A name that a macro makes
 * is not seen; the linker still finds it, so only `stub` and hints depend on this. */
#ifndef ROBYNC_HANDLERS_H
#define ROBYNC_HANDLERS_H

#include "ir.h"

/* Sets present[i] for each route of the api (true for routes that need no C function). False, said on
 * stderr, when a source cannot be read. */
bool handlers_find(const ir_api *api, rob_str folder, rob_arena *arena, bool *present);

/* After a failed link: name the handlers that are missing and what writes them. False when none is. */
bool handlers_report_missing(const ir_api *api, rob_str folder, rob_arena *arena);

#endif
