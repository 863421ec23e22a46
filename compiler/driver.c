#include "driver.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "check.h"
#include "parse.h"
#include "terminal.h"

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

static bool is_file(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Whether a line of the file begins with `api "`: that makes it a spec and not an import of one. */
static bool declares_api(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) return false;
    char line[256];
    bool found = false;
    while (!found && fgets(line, sizeof line, file)) found = strncmp(line, "api \"", 5) == 0;
    fclose(file);
    return found;
}

/* The only spec of a folder; empty, with the reason said, when there is none or a choice. */
static rob_str find_in_folder(driver *d, const char *folder)
{
    rob_str usual = rob_arena_format(&d->arena, "%s/routes.api", folder);
    if (is_file(usual.ptr)) return usual;
    DIR *dir = opendir(folder);
    if (!dir) {
        terminal_error("cannot read the folder %s: %s", folder, strerror(errno));
        return (rob_str){0};
    }
    rob_str found = {0};
    unsigned count = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (!ends_with(entry->d_name, ".api")) continue;
        rob_str path = rob_arena_format(&d->arena, "%s/%s", folder, entry->d_name);
        if (!declares_api(path.ptr)) continue;
        found = path;
        count++;
    }
    closedir(dir);
    if (count == 1) return found;
    if (count == 0) terminal_error("no spec in %s: expected routes.api, or one .api file with an `api` line", folder);
    else terminal_error("%u specs in %s: name one of them", count, folder);
    return (rob_str){0};
}

static rob_str find_spec(driver *d, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        terminal_error("cannot open %s: %s", path, strerror(errno));
        return (rob_str){0};
    }
    if (!S_ISDIR(st.st_mode)) return rob_arena_copy(&d->arena, rob_str_of(path));
    rob_str found = find_in_folder(d, path);
    /* "./routes.api" reads worse than "routes.api" in every message. */
    if (found.len > 2 && strncmp(found.ptr, "./", 2) == 0) found = (rob_str){found.ptr + 2, found.len - 2};
    return found;
}

static rob_str folder_of(rob_arena *arena, rob_str path)
{
    const char *slash = strrchr(path.ptr, '/');
    if (!slash) return ROB_STR(".");
    size_t len = slash == path.ptr ? 1 : (size_t)(slash - path.ptr);
    return rob_arena_copy(arena, (rob_str){path.ptr, len});
}

int driver_parse(driver *d, const char *path)
{
    *d = (driver){0};
    rob_arena_init(&d->arena, 0);
    d->sources.arena = &d->arena;
    diag_init(&d->diag, &d->arena, &d->sources);
    d->spec = find_spec(d, path);
    if (!d->spec.ptr) return EXIT_UNUSABLE;
    d->folder = folder_of(&d->arena, d->spec);
    const char *unreadable = NULL;
    bool parsed = parse_program(&d->sources, d->spec, &d->diag, &d->program, &unreadable);
    if (unreadable) {
        terminal_error("cannot read %s: %s", d->spec.ptr, unreadable);
        return EXIT_UNUSABLE;
    }
    return parsed ? EXIT_FINE : EXIT_SPEC;
}

int driver_check(driver *d, const char *path)
{
    int parsed = driver_parse(d, path);
    if (parsed == EXIT_UNUSABLE) return parsed;
    /* A file with a syntax error is still checked, so that one run shows all there is to mend. */
    const ir_api *api = check_program(&d->program, &d->arena, &d->diag);
    if (parsed != EXIT_FINE || d->diag.errors || !api) return EXIT_SPEC;
    d->api = api;
    return EXIT_FINE;
}

/* The mistakes may be in what the spec imports. */
static void say_count(const driver *d)
{
    const char *more = d->sources.count > 1 ? " and what it imports" : "";
    terminal_error("%zu error%s in %s%s", d->diag.errors, d->diag.errors == 1 ? "" : "s", d->spec.ptr, more);
}

int driver_load(driver *d, const char *path)
{
    int code = driver_check(d, path);
    diag_print(&d->diag, terminal_color(stderr) ? DIAG_TEXT_COLOR : DIAG_TEXT, stderr);
    if (code == EXIT_SPEC) say_count(d);
    return code;
}

void driver_free(driver *d)
{
    rob_arena_free(&d->arena);
}
