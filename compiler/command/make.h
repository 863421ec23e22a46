/* make.h: spec to server binary, as `build`, `run` and `dev` do it. */
#ifndef ROBYNC_COMMAND_MAKE_H
#define ROBYNC_COMMAND_MAKE_H

#include "driver.h"
#include "native/job.h"

typedef struct make_options {
    const char *output; /* -o; NULL: <folder>/build/<prefix> */
    const char *python; /* --python; NULL: the environment's */
    bool debug, shared;
} make_options;

/* Load, emit, compile, link, with progress. EXIT_FINE and *binary, or the exit code. d is initialised
 * here and stays valid for the caller, who frees it. */
int make_server(driver *d, const char *path, const make_options *options, rob_str *binary);

/* Of an API that was loaded: emit, compile and link in `work`, a folder within <folder>/build (empty: that one). */
int make_loaded(driver *d, const ir_api *api, rob_str work, const make_options *options, rob_str *binary);

/* Emit only: into the folder, with a CMakeLists.txt that builds it. */
int make_emitted(driver *d, const char *path, const char *folder);

/* Every file that the last make_server depended on: specs, handlers, headers. */
void make_inputs(const driver *d, const make_options *options, words *inputs);

#endif
