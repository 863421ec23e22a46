/* Output: all or nothing, and only what changed. */
#include "output.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "memory.h"

static rob_arena arena;
static char folder[] = "/tmp/robync-output-XXXXXX";

static const char *in_folder(const char *name)
{
    return arena_format(&arena, "%s/%s", folder, name).ptr;
}

static rob_str read_back(const char *name)
{
    FILE *file = fopen(in_folder(name), "r");
    if (!file) return ROB_STR("(no file)");
    char *bytes = arena_need(&arena, 1 << 16);
    size_t len = fread(bytes, 1, 1 << 16, file);
    fclose(file);
    return (rob_str){bytes, len};
}

static bool commit(const char *first, const char *second, size_t *written, rob_str *why)
{
    output out;
    output_init(&out, &arena);
    output_add(&out, ROB_STR("one.txt"), rob_str_of(first));
    output_add(&out, ROB_STR("deep/er/two.txt"), rob_str_of(second));
    return output_commit(&out, rob_str_of(folder), written, why);
}

static void only_changed_files_are_written(void)
{
    size_t written = 0;
    rob_str why = {0};
    check_true("first", commit("1\n", "2\n", &written, &why) && written == 2);
    check_text("deep file", read_back("deep/er/two.txt"), "2\n");
    struct stat before, after;
    stat(in_folder("one.txt"), &before);
    check_true("same again", commit("1\n", "2\n", &written, &why) && written == 0);
    check_true("one changed", commit("1\n", "22\n", &written, &why) && written == 1);
    stat(in_folder("one.txt"), &after);
    check_true("the other was not touched", before.st_ino == after.st_ino);
    check_text("changed", read_back("deep/er/two.txt"), "22\n");
}

static void a_failure_leaves_everything_as_it_was(void)
{
    size_t written = 0;
    rob_str why = {0};
    check_true("start", commit("1\n", "2\n", &written, &why));
    unlink(in_folder("deep/er/two.txt"));
    rmdir(in_folder("deep/er"));
    rmdir(in_folder("deep"));
    FILE *in_the_way = fopen(in_folder("deep"), "w");
    if (in_the_way) fclose(in_the_way);
    check_true("fails", !commit("changed\n", "2\n", &written, &why));
    check_true("says why", why.len && strstr(why.ptr, "deep"));
    check_text("first file is whole", read_back("one.txt"), "1\n");
    check_true("nothing is left over", system(arena_format(&arena, "ls %s | grep -q tmp", folder).ptr) != 0);
}

int main(void)
{
    rob_arena_init(&arena, 0);
    if (!mkdtemp(folder)) return 2;
    only_changed_files_are_written();
    a_failure_leaves_everything_as_it_was();
    int removed = system(arena_format(&arena, "rm -r %s", folder).ptr);
    rob_arena_free(&arena);
    return failures != 0 || removed != 0;
}
