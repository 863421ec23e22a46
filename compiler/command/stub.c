#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "command/command.h"
#include "emit/emit.h"
#include "native/handlers.h"
#include "native/objects.h"
#include "native/server.h"
#include "terminal.h"

/* handlers.c, or the first of handlers_2.c, handlers_3.c … that does not exist: a person's file is never
 * touched. */
static rob_str free_name(driver *d)
{
    rob_str path = path_join(&d->arena, d->folder, ROB_STR("handlers.c"));
    for (unsigned n = 2; access(path.ptr, F_OK) == 0; n++) {
        path = path_join(&d->arena, d->folder, rob_arena_format(&d->arena, "handlers_%u.c", n));
    }
    return path;
}

static int write_stubs(driver *d)
{
    const ir_api *api = d->api;
    bool *present = rob_arena_alloc(&d->arena, api->route_count + 1);
    const ir_route **missing = rob_arena_alloc(&d->arena, (api->route_count + 1) * sizeof *missing);
    if (!present || !missing) abort();
    if (!handlers_find(api, d->folder, &d->arena, present)) return EXIT_UNUSABLE;
    size_t count = 0;
    for (uint32_t i = 0; i < api->route_count; i++) {
        if (!present[i]) missing[count++] = api->routes[i];
    }
    if (!count) {
        terminal_progress("Complete", "every handler is there");
        return EXIT_FINE;
    }
    rob_str path = free_name(d);
    if (!file_write(path.ptr, emit_stubs(api, missing, count, &d->arena))) {
        terminal_error("cannot write %s: %s", path.ptr, strerror(errno));
        return EXIT_UNUSABLE;
    }
    terminal_progress("Wrote", "%zu handlers to %s", count, path.ptr);
    return EXIT_FINE;
}

static int run(int argc, char **argv)
{
    const char *path = ".";
    const flag flags[] = {{0}};
    int count = 0;
    flags_result parsed = flags_parse(&command_stub, flags, argc, argv, &path, 1, &count, NULL);
    if (parsed != FLAGS_OK) return parsed == FLAGS_HELP ? EXIT_FINE : EXIT_UNUSABLE;
    driver d;
    int code = driver_load(&d, path);
    if (code == EXIT_FINE) code = write_stubs(&d);
    driver_free(&d);
    return code;
}

const command command_stub = {
    .name = "stub",
    .usage = "[FILE]",
    .summary = "Write the C handlers that are missing",
    .about = "Goes to handlers.c beside the spec, or to a new file when there is one. What a person wrote is never\n"
             "touched.\n",
    .run = run,
};
