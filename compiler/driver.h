/* driver.h: the whole compile street in one place: file, source, tokens, AST, IR. Emitters hang off
 * the IR it hands out; commands decide which. */
#ifndef ROBYNC_DRIVER_H
#define ROBYNC_DRIVER_H

#include "ast.h"
#include "diag.h"
#include "ir.h"

/* Exit codes of every command. */
enum { EXIT_FINE = 0, EXIT_SPEC = 1, EXIT_UNUSABLE = 2 };

/* One run over one spec. Everything in it lives in its arena. */
typedef struct driver {
    rob_arena arena;
    sources sources;
    diag diag;
    ast_program program;
    const ir_api *api; /* NULL until loaded without errors */
    rob_str spec;      /* the file, as found */
    rob_str folder;    /* its folder, "." when it has none */
} driver;

/* Find the spec (a file; or a folder's routes.api, or its only .api file that declares an api), parse
 * it. EXIT_FINE, or the exit code; what is wrong was said on stderr unless it is in d->diag. */
int driver_parse(driver *d, const char *path);

/* driver_parse, then check. Diagnostics stay in d->diag. */
int driver_check(driver *d, const char *path);

/* driver_check, with all diagnostics printed to stderr. */
int driver_load(driver *d, const char *path);

void driver_free(driver *d);

#endif
