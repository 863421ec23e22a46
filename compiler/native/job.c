#include "native/job.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

void words_add(words *w, const char *word)
{
    if (w->count == w->cap) {
        size_t cap = w->cap ? w->cap * 2 : 16;
        const char **items = rob_arena_grow(w->arena, w->items, w->cap * sizeof *items, cap * sizeof *items);
        if (!items) abort(); /* the compiler's arena has no cap: the machine is out of memory */
        w->items = items;
        w->cap = cap;
    }
    w->items[w->count++] = word;
}

void words_split(words *w, rob_str text)
{
    size_t at = 0;
    while (at < text.len) {
        size_t start = at;
        while (at < text.len && !strchr(" \t\r\n", text.ptr[at])) at++;
        if (at > start) words_add(w, rob_arena_copy(w->arena, (rob_str){text.ptr + start, at - start}).ptr);
        at++;
    }
}

const char **words_end(words *w)
{
    words_add(w, NULL);
    w->count--;
    return w->items;
}

rob_str words_join(const words *w)
{
    size_t len = 0;
    for (size_t i = 0; i < w->count; i++) len += strlen(w->items[i]) + 1;
    char *text = rob_arena_alloc(w->arena, len + 1);
    if (!text) abort();
    size_t at = 0;
    for (size_t i = 0; i < w->count; i++) {
        size_t word_len = strlen(w->items[i]);
        memcpy(text + at, w->items[i], word_len);
        at += word_len;
        text[at++] = ' ';
    }
    return (rob_str){text, at ? at - 1 : 0};
}

/* A job under way. */
typedef struct running {
    job *job;
    pid_t pid;
    int out; /* read end of its output */
} running;

static void become(const job *one, int out)
{
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    int none = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (none >= 0) dup2(none, STDIN_FILENO);
    if (one->folder && chdir(one->folder) != 0) _exit(127);
    execvp(one->command.items[0], (char *const *)one->command.items);
    dprintf(STDERR_FILENO, "%s: %s\n", one->command.items[0], strerror(errno));
    _exit(127);
}

static bool start(running *slot, job *one)
{
    int ends[2];
    words_end(&one->command);
    one->status = 127;
    one->output = ROB_STR("");
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    pid_t pid = fork();
    if (pid == 0) become(one, ends[1]);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    *slot = (running){one, pid, ends[0]};
    return true;
}

static void keep(job *one, rob_arena *arena, const char *bytes, size_t len)
{
    char *text = rob_arena_grow(arena, (void *)one->output.ptr, one->output.len, one->output.len + len);
    if (!text) return;
    memcpy(text + one->output.len, bytes, len);
    one->output = (rob_str){text, one->output.len + len};
}

/* Take what a job has written. False once it has ended and was reaped. */
static bool read_some(running *slot, rob_arena *arena)
{
    char bytes[8192];
    ssize_t got = read(slot->out, bytes, sizeof bytes);
    if (got > 0) {
        keep(slot->job, arena, bytes, (size_t)got);
        return true;
    }
    if (got < 0 && errno == EINTR) return true;
    close(slot->out);
    int status = 0;
    while (waitpid(slot->pid, &status, 0) < 0 && errno == EINTR) continue;
    slot->job->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return false;
}

static size_t wait_for_some(running *slots, size_t active, rob_arena *arena)
{
    struct pollfd watched[64];
    for (size_t i = 0; i < active; i++) watched[i] = (struct pollfd){.fd = slots[i].out, .events = POLLIN};
    if (poll(watched, active, -1) < 0) return active;
    size_t left = 0;
    for (size_t i = 0; i < active; i++) {
        if (!watched[i].revents || read_some(&slots[i], arena)) slots[left++] = slots[i];
    }
    return left;
}

bool jobs_run(job *jobs, size_t count, unsigned most, rob_arena *arena)
{
    running slots[64];
    size_t next = 0, active = 0;
    bool ok = true;
    if (most > 64) most = 64;
    while (active || (ok && next < count)) {
        while (ok && next < count && active < most) {
            ok = start(&slots[active], &jobs[next++]);
            active += ok;
        }
        if (active) active = wait_for_some(slots, active, arena);
        for (size_t i = 0; ok && i < next; i++) {
            bool still_running = false;
            for (size_t k = 0; k < active; k++) still_running |= slots[k].job == &jobs[i];
            if (!still_running && jobs[i].status != 0) ok = false;
        }
    }
    return ok;
}

bool job_run(job *one, rob_arena *arena)
{
    return jobs_run(one, 1, 1, arena);
}

unsigned jobs_at_once(void)
{
    cpu_set_t cores;
    int count = sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : 1;
    return count > 0 ? (unsigned)count : 1;
}
