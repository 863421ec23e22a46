#include "native/objects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

rob_str file_read(const char *path, rob_arena *arena)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0) return (rob_str){0};
    char *text = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? rob_arena_alloc(arena, (size_t)st.st_size + 1) : NULL;
    size_t len = 0;
    while (text && len < (size_t)st.st_size) {
        ssize_t got = read(fd, text + len, (size_t)st.st_size - len);
        if (got <= 0) break;
        len += (size_t)got;
    }
    close(fd);
    return text ? (rob_str){text, len} : (rob_str){0};
}

bool file_write(const char *path, rob_str text)
{
    char temporary[4096];
    int len = snprintf(temporary, sizeof temporary, "%s.tmp", path);
    if (len < 0 || (size_t)len >= sizeof temporary) return false;
    FILE *file = fopen(temporary, "w");
    if (!file) return false;
    bool ok = fwrite(text.ptr, 1, text.len, file) == text.len;
    ok = fclose(file) == 0 && ok;
    if (ok && rename(temporary, path) == 0) return true;
    unlink(temporary);
    return false;
}

static bool younger(struct timespec a, struct timespec b)
{
    return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

bool file_is_fresh(const char *target, const char *const *inputs, size_t count)
{
    struct stat made, input;
    if (stat(target, &made) != 0) return false;
    for (size_t i = 0; i < count; i++) {
        if (stat(inputs[i], &input) != 0 || !younger(made.st_mtim, input.st_mtim)) return false;
    }
    return true;
}

static rob_str beside(rob_arena *arena, rob_str object_path, const char *ending)
{
    return rob_arena_format(arena, "%.*s%s", ROB_STR_ARG(object_path), ending);
}

/* Make's syntax: `target: a b\ with\ space \<newline> c`. */
words object_inputs(const object *o, rob_arena *arena)
{
    words inputs = {.arena = arena};
    rob_str text = file_read(beside(arena, o->path, ".d").ptr, arena);
    const char *colon = text.ptr ? strstr(text.ptr, ": ") : NULL;
    if (!colon) return inputs;
    for (const char *at = colon + 1; *at;) {
        char *name = rob_arena_alloc(arena, strlen(at) + 1);
        size_t len = 0;
        while (*at && *at != ' ' && *at != '\n') {
            if (*at == '\\' && at[1] == ' ') at++;
            else if (*at == '\\' && at[1] == '\n') break;
            name[len++] = *at++;
        }
        if (len) words_add(&inputs, name);
        if (*at) at += *at == '\\' ? 2 : 1;
    }
    return inputs;
}

static bool is_fresh(const object *o, rob_arena *arena)
{
    rob_str made_by = file_read(beside(arena, o->path, ".cmd").ptr, arena);
    if (!made_by.ptr || !rob_str_eq(made_by, words_join(&o->command))) return false;
    words inputs = object_inputs(o, arena);
    return inputs.count && file_is_fresh(o->path.ptr, inputs.items, inputs.count);
}

static job compile_job(const object *o, rob_arena *arena)
{
    job one = {.command = {.arena = arena}, .status = -1};
    for (size_t i = 0; i < o->command.count; i++) words_add(&one.command, o->command.items[i]);
    words_add(&one.command, "-MD");
    words_add(&one.command, "-MF");
    words_add(&one.command, beside(arena, o->path, ".d").ptr);
    words_add(&one.command, "-c");
    words_add(&one.command, o->source.ptr);
    words_add(&one.command, "-o");
    words_add(&one.command, beside(arena, o->path, ".tmp").ptr);
    return one;
}

static bool keep_object(const object *o, const job *made, struct timespec start, rob_arena *arena)
{
    rob_str temporary = beside(arena, o->path, ".tmp");
    struct timespec times[2] = {start, start};
    if (made->status != 0) {
        unlink(temporary.ptr);
        return false;
    }
    utimensat(AT_FDCWD, temporary.ptr, times, 0);
    if (rename(temporary.ptr, o->path.ptr) != 0) return false;
    return file_write(beside(arena, o->path, ".cmd").ptr, words_join(&o->command));
}

/* File systems stamp with a clock that ticks every few milliseconds. Starting in a tick of its own
 * tells what was written before the compile from what was saved during it. */
static struct timespec after_this_tick(void)
{
    struct timespec first, now;
    clock_gettime(CLOCK_REALTIME_COARSE, &first);
    do {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        clock_gettime(CLOCK_REALTIME_COARSE, &now);
    } while (!younger(now, first));
    return now;
}

bool objects_make(object *objects, size_t count, rob_arena *arena, size_t *compiled)
{
    job *jobs = rob_arena_alloc(arena, (count + 1) * sizeof *jobs);
    object **stale = rob_arena_alloc(arena, (count + 1) * sizeof *stale);
    if (!jobs || !stale) abort();
    *compiled = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_fresh(&objects[i], arena)) continue;
        stale[*compiled] = &objects[i];
        jobs[(*compiled)++] = compile_job(&objects[i], arena);
    }
    if (*compiled == 0) return true;
    struct timespec start = after_this_tick();
    bool ok = jobs_run(jobs, *compiled, jobs_at_once(), arena);
    for (size_t i = 0; i < *compiled; i++) {
        fwrite(jobs[i].output.ptr, 1, jobs[i].output.len, stderr);
        if (jobs[i].status == 0 && !keep_object(stale[i], &jobs[i], start, arena)) ok = false;
    }
    return ok;
}
