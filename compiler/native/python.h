/* python.h: the interpreter that a server with Python routes embeds, and what the build asks of it.
 *
 * It is that of the user's environment: --python, else $VIRTUAL_ENV, else `python3` on the PATH (which
 * pyenv answers too). The bridge is compiled against its headers, so any Python from 3.10 on will do. */
#ifndef ROBYNC_NATIVE_PYTHON_H
#define ROBYNC_NATIVE_PYTHON_H

#include "ir.h"
#include "native/job.h"

typedef struct python_env {
    rob_str executable; /* absolute */
    words cflags, libs;
} python_env;

/* Whether a route is served by Python. */
bool python_needed(const ir_api *api);

/* Find the interpreter: chosen is --python, or NULL. False: what is wrong was said. */
bool python_find(const char *chosen, python_env *out, rob_arena *arena);

/* Import every handler and hold it against its route. path: folders for sys.path, separated by colons.
 * stamp: a file that remembers what was imported when all was well; nothing is done while that is fresh.
 * False: what is wrong was said, with file and line. */
bool python_check(const python_env *env, const ir_api *api, const char *path, const char *stamp, rob_arena *arena);

/* Every Python file that the last check imported, and those beside the spec: what `robync dev` watches. */
void python_inputs(rob_str folder, const char *stamp, words *inputs);

#endif
