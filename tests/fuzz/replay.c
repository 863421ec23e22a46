/* Where there is no libFuzzer: run a target over files and folders of inputs, so that every build holds the
 * corpora and the inputs that once crashed. */
#include <dirent.h>

#include "fuzz.h"

static int replayed;

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    static uint8_t bytes[1 << 20];
    if (!file) exit(2);
    size_t len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    rob_str input = fuzz_copy(bytes, len);
    printf("%s\n", path);
    fflush(stdout); /* the last line names the input that crashes */
    LLVMFuzzerTestOneInput((const uint8_t *)input.ptr, len);
    free((void *)(uintptr_t)input.ptr);
    replayed++;
}

static void replay(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder) {
        replay_file(path);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        char below[4096];
        if (entry->d_name[0] == '.') continue;
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        replay(below);
    }
    closedir(folder);
}

int main(int argc, char **argv)
{
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) replay(argv[i]);
    if (replayed) return 0;
    fprintf(stderr, "no inputs\n");
    return 2;
}
