/* server.h: emitted C, a person's handlers and the runtime to one server binary. */
#ifndef ROBYNC_NATIVE_SERVER_H
#define ROBYNC_NATIVE_SERVER_H

#include "ir.h"
#include "output.h"

typedef struct server_build {
    const ir_api *api;
    const output *emitted; /* what emitters gave */
    rob_str folder;        /* the spec's */
    rob_str work;          /* where emitted C and objects go: <folder>/build */
    rob_str binary;        /* path of the server */
    bool debug;            /* no optimisation, debug information */
    bool shared;           /* libmicrohttpd as a shared library */
    const char *python;    /* --python: the interpreter to embed; NULL: that of the environment */
    size_t compiled;       /* out: object files that had to be made */
    bool linked;           /* out: the binary is new */
} server_build;

/* Write the emitted files, compile what changed, link. EXIT_FINE; EXIT_SPEC when a handler does not
 * compile or is missing; EXIT_UNUSABLE when the machine lacks something. What is wrong was said. The
 * old binary stays in place unless the new one is whole. */
int server_make(server_build *b, rob_arena *arena);

/* The C and C++ files that implement the spec: those beside it and those of `sources`. */
bool server_sources(const ir_api *api, rob_str folder, rob_arena *arena, rob_str **paths, size_t *count);

/* Where the object of a source lies: <folder>/build/obj/… */
rob_str object_path_of(rob_arena *arena, rob_str folder, bool debug, rob_str source);

/* A path made by joining; absolute ones stay. */
rob_str path_join(rob_arena *arena, rob_str folder, rob_str name);

#endif
