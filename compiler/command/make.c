#include "command/make.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "emit/emit.h"
#include "native/objects.h"
#include "native/python.h"
#include "native/server.h"
#include "terminal.h"

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static rob_str work_folder(driver *d)
{
    return path_join(&d->arena, d->folder, ROB_STR("build"));
}

static void emit_all(driver *d, const ir_api *api, output *out)
{
    output_init(out, &d->arena);
    emit_c(api, out);
    emit_project(api, out);
}

int make_loaded(driver *d, const ir_api *api, rob_str work, const make_options *options, rob_str *binary)
{
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    output emitted;
    emit_all(d, api, &emitted);
    server_build b = {
        .api = api,
        .emitted = &emitted,
        .folder = d->folder,
        .work = work.len ? path_join(&d->arena, work_folder(d), work) : work_folder(d),
        .debug = options->debug,
        .shared = options->shared,
        .python = options->python,
    };
    b.binary = options->output ? rob_arena_copy(&d->arena, rob_str_of(options->output))
                               : path_join(&d->arena, b.work, api->prefix);
    int code = server_make(&b, &d->arena);
    if (code != EXIT_FINE) return code;
    if (b.linked || b.compiled) terminal_progress("Finished", "%s in %.2f s", b.binary.ptr, seconds_since(&start));
    else terminal_progress("Fresh", "%s", b.binary.ptr);
    *binary = b.binary;
    return EXIT_FINE;
}

int make_server(driver *d, const char *path, const make_options *options, rob_str *binary)
{
    int code = driver_load(d, path);
    return code == EXIT_FINE ? make_loaded(d, d->api, (rob_str){0}, options, binary) : code;
}

int make_emitted(driver *d, const char *path, const char *folder)
{
    int code = driver_load(d, path);
    if (code != EXIT_FINE) return code;
    output emitted;
    emit_all(d, d->api, &emitted);
    rob_str target = folder ? rob_str_of(folder) : path_join(&d->arena, work_folder(d), ROB_STR("c"));
    rob_str why = {0};
    size_t written = 0;
    if (!folder && mkdir(work_folder(d).ptr, 0777) != 0 && errno != EEXIST) {
        terminal_error("cannot make the folder %s: %s", work_folder(d).ptr, strerror(errno));
        return EXIT_UNUSABLE;
    }
    if (!output_commit(&emitted, target, &written, &why)) {
        terminal_error("%.*s", ROB_STR_ARG(why));
        return EXIT_UNUSABLE;
    }
    terminal_progress("Emitted", "%zu changed files in %s", written, target.ptr);
    return EXIT_FINE;
}

void make_inputs(const driver *d, const make_options *options, words *inputs)
{
    for (uint32_t i = 0; i < d->sources.count; i++) words_add(inputs, d->sources.items[i]->path.ptr);
    if (!d->api) return;
    rob_str *handlers = NULL;
    size_t count = 0;
    rob_arena *arena = inputs->arena;
    if (python_needed(d->api))
        python_inputs(d->folder, path_join(arena, d->folder, ROB_STR("build/python.checked")).ptr, inputs);
    if (!server_sources(d->api, d->folder, arena, &handlers, &count)) return;
    for (size_t i = 0; i < count; i++) {
        words_add(inputs, handlers[i].ptr);
        object o = {.path = object_path_of(arena, d->folder, options->debug, handlers[i])};
        words more = object_inputs(&o, arena);
        for (size_t k = 0; k < more.count; k++) words_add(inputs, more.items[k]);
    }
}
