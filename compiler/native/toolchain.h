/* toolchain.h: the C and C++ compilers of this machine. */
#ifndef ROBYNC_TOOLCHAIN_H
#define ROBYNC_TOOLCHAIN_H

#include "native/job.h"

typedef struct toolchain {
    words cc;  /* $CC, else the first of cc, gcc, clang on PATH; may be several words */
    words cxx; /* $CXX, else the first of c++, g++, clang++; empty: none */
} toolchain;

/* False, with one sentence said, when there is no C compiler. */
bool toolchain_find(toolchain *t, rob_arena *arena);

/* Whether PATH has an executable of that name. */
bool program_exists(const char *name);

/* What `pkg-config --cflags` and `--libs` say of a library; -l<name> when it knows nothing. */
void toolchain_library(rob_str name, words *cflags, words *libs, rob_arena *arena);

#endif
