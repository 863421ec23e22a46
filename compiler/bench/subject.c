#include "bench/subject.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "memory.h"

enum { START_WITHIN_MS = 20000, STOP_WITHIN_MS = 5000, LOOK_EVERY_MS = 2, WORDS_MOST = 600, OPTIONS_MOST = 64 };

static void sleep_ms(long ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

/* ------------------------------------------------------------------ cores */

cores cores_split(unsigned threads)
{
    cores c = {.count = 1};
    cpu_set_t all;
    CPU_ZERO(&all);
    if (sched_getaffinity(0, sizeof all, &all) != 0) return c;
    c.count = (unsigned)CPU_COUNT(&all);
    c.apart = c.count > 1;
    if (!c.apart) {
        c.server = c.load = all;
        return c;
    }
    if (threads > c.count - 1) threads = c.count - 1;
    for (unsigned cpu = 0, seen = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &all)) continue;
        if (seen++ < threads) CPU_SET(cpu, &c.server);
        else CPU_SET(cpu, &c.load);
    }
    return c;
}

/* ------------------------------------------------------------------ start */

/* In the child. */
_Noreturn static void become(const char *binary, const char *const *options, const cpu_set_t *on, int log)
{
    static const char *const ours[] = {"--host", "127.0.0.1", "--port", "0", "--access-log", "off",
                                       "--max-connections-per-address", "0"};
    enum { OURS = sizeof ours / sizeof *ours };
    const char *words[OURS + OPTIONS_MOST + 2];
    size_t count = 0;
    words[count++] = binary;
    for (size_t i = 0; i < OURS; i++) words[count++] = ours[i];
    for (size_t i = 0; options[i] && i < OPTIONS_MOST; i++) words[count++] = options[i];
    words[count] = NULL;
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a bench that is interrupted leaves nothing behind */
    if (CPU_COUNT(on)) sched_setaffinity(0, sizeof *on, on);
    int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execv(binary, (char *const *)words);
    dprintf(STDERR_FILENO, "cannot start %s: %s\n", binary, strerror(errno));
    _exit(127);
}

rob_str subject_words(const subject *s, rob_arena *arena)
{
    off_t len = s->log < 0 ? 0 : lseek(s->log, 0, SEEK_END);
    off_t from = len > WORDS_MOST ? len - WORDS_MOST : 0;
    char *text = arena_need(arena, WORDS_MOST + 1);
    ssize_t n = len > 0 ? pread(s->log, text, (size_t)(len - from), from) : 0;
    while (n > 0 && text[n - 1] == '\n') n--;
    return (rob_str){text, n > 0 ? (size_t)n : 0};
}

/* "listening on http://127.0.0.1:41234" */
static uint16_t port_in(rob_str words)
{
    const char *at = words.len ? strstr(words.ptr, "http://127.0.0.1:") : NULL;
    const char *digits = at ? at + strlen("http://127.0.0.1:") : NULL;
    /* A line that is not whole yet may have half of the number. */
    return digits && (strchr(digits, '\n') || words.ptr[words.len] == '\n') ? (uint16_t)atoi(digits) : 0;
}

bool subject_lives(subject *s)
{
    if (s->pid > 0 && waitpid(s->pid, NULL, WNOHANG) == s->pid) s->pid = 0;
    return s->pid > 0;
}

bool subject_start(subject *s, const char *binary, const char *const *options, const cpu_set_t *on,
                   rob_arena *arena, rob_str *why)
{
    *s = (subject){.log = memfd_create("server", MFD_CLOEXEC)};
    s->pid = s->log < 0 ? -1 : fork();
    if (s->pid == 0) become(binary, options, on, s->log);
    if (s->pid < 0) {
        s->pid = 0;
        *why = arena_format(arena, "cannot start %s: %s", binary, strerror(errno));
        return false;
    }
    for (int waited = 0; waited < START_WITHIN_MS && subject_lives(s); waited += LOOK_EVERY_MS) {
        rob_str words = subject_words(s, arena);
        s->port = port_in(words);
        if (s->port) return true;
        sleep_ms(LOOK_EVERY_MS);
    }
    *why = subject_words(s, arena);
    if (!why->len) *why = arena_format(arena, "%s says nothing of where it listens", binary);
    subject_stop(s);
    return false;
}

void subject_stop(subject *s)
{
    if (s->pid > 0) {
        kill(s->pid, SIGTERM);
        for (int ms = 0; ms < STOP_WITHIN_MS && subject_lives(s); ms += LOOK_EVERY_MS) sleep_ms(LOOK_EVERY_MS);
        if (s->pid > 0) {
            kill(-s->pid, SIGKILL);
            waitpid(s->pid, NULL, 0);
        }
    }
    if (s->log >= 0) close(s->log);
    *s = (subject){.log = -1};
}

/* ------------------------------------------------------------------ what it uses */

/* The process group of a process, from /proc/PID/stat: behind the name, which may hold anything. */
static pid_t group_of(const char *pid)
{
    char path[300], text[512];
    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    size_t len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = '\0';
    const char *name_end = strrchr(text, ')');
    int parent = 0, group = 0;
    return name_end && sscanf(name_end + 1, " %*c %d %d", &parent, &group) == 2 ? group : 0;
}

static uint64_t cpu_of(pid_t pid)
{
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
    return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

static uint64_t memory_of(pid_t pid)
{
    char path[64], line[256];
    unsigned long long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    while (fgets(line, sizeof line, file) && sscanf(line, "VmRSS: %llu", &kib) != 1) continue;
    fclose(file);
    return (uint64_t)kib * 1024;
}

/* Over all processes of the group. */
static uint64_t sum(const subject *s, uint64_t (*of)(pid_t pid))
{
    uint64_t total = 0;
    DIR *proc = opendir("/proc");
    if (!proc) return 0;
    for (struct dirent *entry; (entry = readdir(proc));) {
        if (entry->d_name[0] < '0' || entry->d_name[0] > '9') continue;
        if (group_of(entry->d_name) == s->pid) total += of(atoi(entry->d_name));
    }
    closedir(proc);
    return total;
}

uint64_t subject_cpu(const subject *s)
{
    return s->pid > 0 ? sum(s, cpu_of) : 0;
}

uint64_t subject_memory(const subject *s)
{
    return s->pid > 0 ? sum(s, memory_of) : 0;
}
