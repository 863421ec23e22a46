#include <errno.h>
#include <unistd.h>

#include "command/command.h"
#include "command/make.h"
#include "terminal.h"

/* Become the server: signals, standard streams and the exit code are then its own. */
static int become(rob_str binary, char **rest, rob_arena *arena)
{
    words w = {.arena = arena};
    words_add(&w, binary.ptr);
    for (; rest && *rest; rest++) words_add(&w, *rest);
    rob_str path = strchr(binary.ptr, '/') ? binary : rob_arena_format(arena, "./%s", binary.ptr);
    execv(path.ptr, (char *const *)words_end(&w));
    terminal_error("cannot start %s: %s", binary.ptr, strerror(errno));
    return EXIT_UNUSABLE;
}

static int run(int argc, char **argv)
{
    make_options options = {0};
    const flag flags[] = {
        {"output", 'o', "PATH", "the server's path (default: build/<name> beside the spec)", NULL, &options.output},
        {"debug", 'g', NULL, "no optimisation, with debug information", &options.debug, NULL},
        {"shared", 0, NULL, "link libmicrohttpd as a shared library", &options.shared, NULL},
        {0},
    };
    const char *path = ".";
    char **rest = NULL;
    int count = 0;
    flags_result parsed = flags_parse(&command_run, flags, argc, argv, &path, 1, &count, &rest);
    if (parsed != FLAGS_OK) return parsed == FLAGS_HELP ? EXIT_FINE : EXIT_UNUSABLE;
    driver d;
    rob_str binary = {0};
    int code = make_server(&d, path, &options, &binary);
    if (code == EXIT_FINE) code = become(binary, rest, &d.arena);
    driver_free(&d);
    return code;
}

const command command_run = {
    .name = "run",
    .usage = "[FILE] [options] [-- SERVER OPTIONS]",
    .summary = "Build a server and start it",
    .about = "What follows -- goes to the server: `robync run -- --port 9000`. `-- --help` lists its options.\n",
    .run = run,
};
