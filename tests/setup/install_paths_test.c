/* install_paths_test.c: the kit is found beside the executable, or beside its folder. */
#include "install_paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int failures;
static rob_arena arena;
static char root[] = "/tmp/robync-install-paths-XXXXXX";

#define CHECK(what) \
    do { \
        if (!(what)) { \
            printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #what); \
            failures++; \
        } \
    } while (0)

/* root/tail, made as a folder when it ends in a slash, else as an empty file. */
static rob_str make(const char *tail)
{
    rob_str path = rob_arena_format(&arena, "%s/%s", root, tail);
    if (path.ptr[path.len - 1] == '/') {
        mkdir(path.ptr, 0755);
    } else {
        FILE *file = fopen(path.ptr, "w");
        if (file) fclose(file);
    }
    return path;
}

static bool is(rob_str path, const char *tail)
{
    rob_str want = rob_arena_format(&arena, "%s/%s", root, tail);
    return path.len == want.len && memcmp(path.ptr, want.ptr, want.len) == 0;
}

static void says_that_the_runtime_is_missing(void)
{
    install_paths paths;
    rob_str why;

    make("alone/");
    CHECK(!install_paths_of(&arena, make("alone/robync"), &paths, &why));
    CHECK(strstr(why.ptr, "no lib/robync beside") != NULL);
}

static void finds_an_installed_kit(void)
{
    install_paths paths;
    rob_str why;

    make("bin/"), make("lib/"), make("lib/robync/");
    CHECK(!install_paths_of(&arena, make("bin/robync"), &paths, &why));
    CHECK(strstr(why.ptr, "is not complete") != NULL);

    make("lib/robync/include/"), make("lib/robync/librobync.a");
    CHECK(install_paths_of(&arena, make("bin/robync"), &paths, &why));
    CHECK(is(paths.kit, "lib/robync"));
    CHECK(is(paths.include, "lib/robync/include"));
    CHECK(is(paths.runtime, "lib/robync/librobync.a"));
    CHECK(paths.docs.len == 0);
    CHECK(paths.shared.len == 0);
}

static void prefers_a_build_tree(void)
{
    install_paths paths;
    rob_str why;

    make("bin/lib/"), make("bin/lib/robync/"), make("bin/lib/robync/include/");
    make("bin/lib/robync/librobync.a");
    CHECK(install_paths_of(&arena, make("bin/robync"), &paths, &why));
    CHECK(is(paths.kit, "bin/lib/robync"));
}

static void takes_the_systems_libmicrohttpd_when_the_kit_has_none(void)
{
    install_paths paths;
    rob_str why, robync = make("bin/robync");

    CHECK(install_paths_of(&arena, robync, &paths, &why));
    CHECK(strcmp(paths.microhttpd.ptr, "-lmicrohttpd") == 0);

    make("bin/lib/robync/libmicrohttpd.a"), make("bin/lib/robync/shared/");
    CHECK(install_paths_of(&arena, robync, &paths, &why));
    CHECK(is(paths.microhttpd, "bin/lib/robync/libmicrohttpd.a"));
    CHECK(is(paths.shared, "bin/lib/robync/shared"));
}

static void finds_documentation_files_when_built_with_them(void)
{
    install_paths paths;
    rob_str why;

    make("bin/lib/robync/librobync_docs.a");
    CHECK(install_paths_of(&arena, make("bin/robync"), &paths, &why));
    CHECK(is(paths.docs, "bin/lib/robync/librobync_docs.a"));
}

int main(void)
{
    rob_arena_init(&arena, 0);
    if (!mkdtemp(root)) return 2;

    says_that_the_runtime_is_missing();
    finds_an_installed_kit();
    prefers_a_build_tree();
    takes_the_systems_libmicrohttpd_when_the_kit_has_none();
    finds_documentation_files_when_built_with_them();

    rob_str clean = rob_arena_format(&arena, "rm -rf %s", root);
    failures += system(clean.ptr) != 0;
    rob_arena_free(&arena);
    return failures != 0;
}
