#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/command.h"
#include "native/objects.h"
#include "native/server.h"
#include "template.h"
#include "terminal.h"

/* The last part of the path, which names the API. */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_good_name(const char *name)
{
    if (!isalpha((unsigned char)*name)) return false;
    for (; *name; name++) {
        if (!isalnum((unsigned char)*name) && *name != '_' && *name != '-') return false;
    }
    return true;
}

/* "my-api" to "my_api". */
static rob_str prefix_of(rob_arena *arena, const char *name)
{
    rob_str prefix = rob_arena_copy(arena, rob_str_of(name));
    for (char *at = (char *)prefix.ptr; *at; at++) *at = *at == '-' ? '_' : (char)tolower((unsigned char)*at);
    return prefix;
}

/* "my-api" to "My api". */
static rob_str title_of(rob_arena *arena, const char *name)
{
    rob_str title = rob_arena_copy(arena, rob_str_of(name));
    char *text = (char *)title.ptr;
    for (char *at = text; *at; at++) {
        if (*at == '-' || *at == '_') *at = ' ';
    }
    *text = (char)toupper((unsigned char)*text);
    return title;
}

static bool write_part(const template *t, rob_str folder, const char *part, const char *name, rob_str title, rob_str prefix)
{
    text out = text_new(t->arena);
    hole holes[] = {{"title", title}, {"prefix", prefix}};
    template_fill(t, part, &out, holes, 2);
    rob_str path = path_join(t->arena, folder, rob_str_of(name));
    if (file_write(path.ptr, text_done(&out))) return true;
    terminal_error("cannot write %s: %s", path.ptr, strerror(errno));
    return false;
}

static int make_project(const char *path, rob_arena *arena)
{
    const char *name = base_name(path);
    if (!is_good_name(name)) {
        terminal_error("`%s` cannot name an API: letters, digits, - and _, a letter first", name);
        return EXIT_UNUSABLE;
    }
    if (mkdir(path, 0777) != 0) {
        terminal_error("cannot make %s: %s", path, strerror(errno));
        return EXIT_UNUSABLE;
    }
    template t = template_open(arena, "new.in");
    rob_str folder = rob_str_of(path), title = title_of(arena, name), prefix = prefix_of(arena, name);
    bool ok = write_part(&t, folder, "spec", "routes.api", title, prefix) &&
              write_part(&t, folder, "handlers", "handlers.c", title, prefix) &&
              write_part(&t, folder, "readme", "README.md", title, prefix) &&
              write_part(&t, folder, "ignore", ".gitignore", title, prefix);
    if (!ok) return EXIT_UNUSABLE;
    terminal_progress("Created", "%s; next: cd %s && robync dev", path, path);
    return EXIT_FINE;
}

static int run(int argc, char **argv)
{
    const char *path = NULL;
    const flag flags[] = {{0}};
    int count = 0;
    flags_result parsed = flags_parse(&command_new, flags, argc, argv, &path, 1, &count, NULL);
    if (parsed != FLAGS_OK) return parsed == FLAGS_HELP ? EXIT_FINE : EXIT_UNUSABLE;
    if (!path) {
        terminal_error("a name is missing: `robync new my-api`");
        return EXIT_UNUSABLE;
    }
    rob_arena arena;
    rob_arena_init(&arena, 0);
    char trimmed[4096]; /* my-api/ is my-api */
    snprintf(trimmed, sizeof trimmed, "%s", path);
    for (size_t len = strlen(trimmed); len > 1 && trimmed[len - 1] == '/'; len--) trimmed[len - 1] = '\0';
    int code = make_project(trimmed, &arena);
    rob_arena_free(&arena);
    return code;
}

const command command_new = {
    .name = "new",
    .usage = "NAME",
    .summary = "Make a folder with a small API that works",
    .about = "NAME is the folder to make; an existing one is never touched.\n",
    .run = run,
};
