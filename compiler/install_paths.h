/* install_paths.h: where the runtime that servers link lies, seen from the running `robync`.
 *
 * The kit is one folder, lib/robync, with the same content in a build tree and installed:
 *
 *   build tree    build/release/robync      build/release/lib/robync
 *   installed     <prefix>/bin/robync       <prefix>/lib/robync
 *
 *   include/robync/         headers of the runtime
 *   librobync.a             the runtime
 *   python/                 the Python bridge, compiled with each server that needs it; package robync
 *   librobync_docs.a        Swagger UI; only when it was built with it
 *   libmicrohttpd.a         unless the system's is recent enough
 *   shared/libmicrohttpd.so the same as a shared library, for `--shared`
 *   robync-config.cmake     find_package(robync) for emitted folders
 *
 * Nothing is compiled in, so an installed tree can be moved. */
#ifndef ROBYNC_INSTALL_PATHS_H
#define ROBYNC_INSTALL_PATHS_H

#include "base/arena.h"

/* Absolute paths, NUL-terminated, in the arena. An empty one (len 0) is a part that is not there. */
typedef struct install_paths {
    rob_str kit;         /* the folder itself; emitted CMakeLists.txt name it as robync_DIR */
    rob_str include;     /* for -I */
    rob_str runtime;     /* librobync.a */
    rob_str python;      /* folder with the Python bridge's sources and the package `robync` */
    rob_str docs;        /* librobync_docs.a; empty: robync was built without Swagger UI */
    rob_str microhttpd;  /* the static library's path, or "-lmicrohttpd" to take the system's */
    rob_str shared;      /* folder for -L and -Wl,-rpath with "-lmicrohttpd"; empty: take the system's */
    const char *flags;   /* more flags for compiling and linking, split at spaces: sanitizers; often "" */
} install_paths;

/* Find the kit of the running executable. False with *why (arena or static text, one sentence) when it
 * is not there or not complete. */
bool install_paths_find(rob_arena *arena, install_paths *out, rob_str *why);

/* The same for an executable at the given path. */
bool install_paths_of(rob_arena *arena, rob_str executable, install_paths *out, rob_str *why);

#endif
