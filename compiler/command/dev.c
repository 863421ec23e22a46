/* dev: build, serve, watch; on a change build again and, when that worked, restart. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "command/command.h"
#include "command/make.h"
#include "terminal.h"

enum { LOOK_EVERY_MS = 200, STOP_WITHIN_MS = 5000 };

static volatile sig_atomic_t asked_to_stop;

static void on_signal(int number)
{
    asked_to_stop = number;
}

static void sleep_ms(long ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

/* A number that changes when any of the files, or the set of files in the spec's folder, does. */
static uint64_t fingerprint(const words *files, const char *folder)
{
    uint64_t sum = 14695981039346656037u; /* FNV-1a, 64 bits */
    struct stat st;
    for (size_t i = 0; i <= files->count; i++) {
        const char *path = i < files->count ? files->items[i] : folder;
        bool there = stat(path, &st) == 0;
        uint64_t parts[] = {there, there ? (uint64_t)st.st_mtim.tv_sec : 0, there ? (uint64_t)st.st_mtim.tv_nsec : 0,
                            there && i < files->count ? (uint64_t)st.st_size : 0};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) sum = (sum ^ parts[k]) * 1099511628211u;
    }
    return sum;
}

/* One round: a build and what it depended on. */
typedef struct round {
    driver d;
    rob_arena arena; /* of the inputs, which outlive d's use */
    words inputs;
    rob_str binary;
    uint64_t seen;
    int code;
} round;

static void build_round(round *r, const char *path, const make_options *options)
{
    *r = (round){0};
    rob_arena_init(&r->arena, 0);
    r->inputs.arena = &r->arena;
    r->code = make_server(&r->d, path, options, &r->binary);
    make_inputs(&r->d, options, &r->inputs);
    if (!r->inputs.count) words_add(&r->inputs, path);
    r->seen = fingerprint(&r->inputs, r->d.folder.ptr ? r->d.folder.ptr : ".");
}

static void free_round(round *r)
{
    driver_free(&r->d);
    rob_arena_free(&r->arena);
}

static pid_t start_server(const round *r, char **rest)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    words w = {.arena = &arena};
    const char *path = r->binary.ptr;
    words_add(&w, strchr(path, '/') ? path : rob_arena_format(&arena, "./%s", path).ptr);
    for (; rest && *rest; rest++) words_add(&w, *rest);
    words_end(&w);
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGINT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
        execv(w.items[0], (char *const *)w.items);
        _exit(127);
    }
    if (pid < 0) terminal_error("cannot start %s: %s", path, strerror(errno));
    rob_arena_free(&arena);
    return pid;
}

static void stop_server(pid_t pid)
{
    if (pid <= 0) return;
    kill(pid, SIGTERM);
    for (int waited = 0; waited < STOP_WITHIN_MS; waited += 20) {
        if (waitpid(pid, NULL, WNOHANG) != 0) return;
        sleep_ms(20);
    }
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

/* Until something changed. False when asked to stop. */
static bool wait_for_change(const round *r, pid_t *server)
{
    const char *folder = r->d.folder.ptr ? r->d.folder.ptr : ".";
    while (!asked_to_stop) {
        if (fingerprint(&r->inputs, folder) != r->seen) return true;
        if (*server > 0 && waitpid(*server, NULL, WNOHANG) == *server) {
            *server = 0;
            terminal_error("the server has ended; waiting for a change");
        }
        sleep_ms(LOOK_EVERY_MS);
    }
    return false;
}

static int develop(const char *path, const make_options *options, char **rest)
{
    pid_t server = 0;
    round r;
    build_round(&r, path, options);
    int first = r.code;
    if (first == EXIT_FINE) server = start_server(&r, rest);
    while (first != EXIT_UNUSABLE && wait_for_change(&r, &server)) {
        free_round(&r);
        build_round(&r, path, options);
        if (r.code != EXIT_FINE) {
            if (server) terminal_progress("Keeping", "the server that runs, until this is mended");
            continue;
        }
        stop_server(server);
        server = start_server(&r, rest);
    }
    stop_server(server);
    free_round(&r);
    return first == EXIT_UNUSABLE ? EXIT_UNUSABLE : EXIT_FINE;
}

static int run(int argc, char **argv)
{
    make_options options = {0};
    const flag flags[] = {
        {"debug", 'g', NULL, "no optimisation, with debug information", &options.debug, NULL},
        {0},
    };
    const char *path = ".";
    char **rest = NULL;
    int count = 0;
    flags_result parsed = flags_parse(&command_dev, flags, argc, argv, &path, 1, &count, &rest);
    if (parsed != FLAGS_OK) return parsed == FLAGS_HELP ? EXIT_FINE : EXIT_UNUSABLE;
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return develop(path, &options, rest);
}

const command command_dev = {
    .name = "dev",
    .usage = "[FILE] [options] [-- SERVER OPTIONS]",
    .summary = "Build and serve; rebuild and restart on change",
    .about = "Watches the spec, what it imports, the handlers and the headers they include. While a build fails\n"
             "the old server goes on serving.\n",
    .run = run,
};
