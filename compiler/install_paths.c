/* install_paths.c: find lib/robync beside the executable (build tree) or beside its folder (installed). */
#include "install_paths.h"

#include <string.h>
#include <unistd.h>

#ifndef SERVER_FLAGS
#define SERVER_FLAGS ""
#endif

enum { LONGEST_PATH = 4096 };

/* folder + tail when such a file exists, else empty. */
static rob_str existing(rob_arena *arena, rob_str folder, const char *tail)
{
    rob_str path = rob_arena_format(arena, "%.*s%s", (int)folder.len, folder.ptr, tail);
    if (path.ptr && access(path.ptr, R_OK) == 0) return path;
    return (rob_str){0};
}

static rob_str folder_of(rob_str path)
{
    while (path.len > 0 && path.ptr[path.len - 1] != '/') path.len--;
    if (path.len > 0) path.len--;
    return path;
}

static rob_str find_kit(rob_arena *arena, rob_str bin)
{
    rob_str built = existing(arena, bin, "/lib/robync");
    return built.len ? built : existing(arena, folder_of(bin), "/lib/robync");
}

bool install_paths_of(rob_arena *arena, rob_str executable, install_paths *out, rob_str *why)
{
    rob_str bin = folder_of(executable);
    rob_str kit = find_kit(arena, bin);

    *out = (install_paths){ .kit = kit, .flags = SERVER_FLAGS };
    if (kit.len == 0) {
        *why = rob_arena_format(arena, "the runtime is missing: no lib/robync beside %.*s", (int)bin.len, bin.ptr);
        return false;
    }
    out->include = existing(arena, kit, "/include");
    out->runtime = existing(arena, kit, "/librobync.a");
    out->python = existing(arena, kit, "/python");
    out->docs = existing(arena, kit, "/librobync_docs.a");
    out->shared = existing(arena, kit, "/shared");
    out->microhttpd = existing(arena, kit, "/libmicrohttpd.a");
    if (out->microhttpd.len == 0) out->microhttpd = ROB_STR("-lmicrohttpd");
    if (out->include.len == 0 || out->runtime.len == 0) {
        *why = rob_arena_format(arena, "the runtime in %.*s is not complete: build or install robync again",
                                (int)kit.len, kit.ptr);
        return false;
    }
    return true;
}

bool install_paths_find(rob_arena *arena, install_paths *out, rob_str *why)
{
    char path[LONGEST_PATH];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);

    if (len <= 0) {
        *out = (install_paths){ .flags = "" };
        *why = ROB_STR("cannot read /proc/self/exe, which tells where the runtime lies");
        return false;
    }
    return install_paths_of(arena, rob_arena_copy(arena, (rob_str){ path, (size_t)len }), out, why);
}
