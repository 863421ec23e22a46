#include "native/toolchain.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "terminal.h"

bool program_exists(const char *name)
{
    if (strchr(name, '/')) return access(name, X_OK) == 0;
    const char *path = getenv("PATH");
    for (const char *at = path ? path : "/usr/bin:/bin"; *at;) {
        size_t len = strcspn(at, ":");
        char file[4096];
        int wrote = snprintf(file, sizeof file, "%.*s/%s", (int)len, at, name);
        if (wrote > 0 && (size_t)wrote < sizeof file && access(file, X_OK) == 0) return true;
        at += len + (at[len] == ':');
    }
    return false;
}

/* The words of an environment variable, else the first candidate that exists. */
static words find_compiler(const char *variable, const char *const *candidates, rob_arena *arena)
{
    words found = {.arena = arena};
    const char *chosen = getenv(variable);
    if (chosen && *chosen) {
        words_split(&found, rob_str_of(chosen));
        return found;
    }
    for (; *candidates; candidates++) {
        if (!program_exists(*candidates)) continue;
        words_add(&found, *candidates);
        break;
    }
    return found;
}

bool toolchain_find(toolchain *t, rob_arena *arena)
{
    t->cc = find_compiler("CC", (const char *const[]){"cc", "gcc", "clang", NULL}, arena);
    t->cxx = find_compiler("CXX", (const char *const[]){"c++", "g++", "clang++", NULL}, arena);
    if (t->cc.count && program_exists(t->cc.items[0])) return true;
    if (t->cc.count) terminal_error("the C compiler `%s`, named by CC, is not there", t->cc.items[0]);
    else terminal_error("no C compiler found: install gcc or clang, or name one in CC");
    return false;
}

static bool pkg_config(const char *what, rob_str name, words *flags, rob_arena *arena)
{
    job one = {.command = {.arena = arena}};
    words_add(&one.command, "pkg-config");
    words_add(&one.command, what);
    words_add(&one.command, name.ptr);
    if (!job_run(&one, arena)) return false;
    words_split(flags, one.output);
    return true;
}

void toolchain_library(rob_str name, words *cflags, words *libs, rob_arena *arena)
{
    bool known = program_exists("pkg-config") && pkg_config("--cflags", name, cflags, arena) &&
                 pkg_config("--libs", name, libs, arena);
    if (!known) words_add(libs, rob_arena_format(arena, "-l%.*s", ROB_STR_ARG(name)).ptr);
}
