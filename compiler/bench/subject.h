/* subject.h: a server under test, as a process of its own: start it, look at what it uses, stop it.
 *
 * CPU time is the kernel's accounting of the whole process group, to the nanosecond, ended threads
 * included; so it counts workers and interpreters, and nothing of the load generator. */
#ifndef ROBYNC_BENCH_SUBJECT_H
#define ROBYNC_BENCH_SUBJECT_H

#include <sched.h>
#include <sys/types.h>

#include "base/arena.h"

typedef struct subject {
    pid_t pid; /* also its process group; 0: not running */
    uint16_t port;
    int log;   /* what it says on stderr: an unlinked file; -1: none */
} subject;

/* Which cores the server runs on, and which the load generator. */
typedef struct cores {
    cpu_set_t server, load;
    unsigned count;  /* that this process may use */
    bool apart;      /* false: there is only one, both share it */
} cores;

/* The server gets the first `threads` cores, the load what is left, at least one. */
cores cores_split(unsigned threads);

/* Start it on a free port of 127.0.0.1 with these options (ends with NULL) behind our own, and wait until it
 * listens. False with *why (arena): what it said last. */
bool subject_start(subject *s, const char *binary, const char *const *options, const cpu_set_t *on,
                   rob_arena *arena, rob_str *why);

/* ns of CPU so far. */
uint64_t subject_cpu(const subject *s);

/* Resident bytes (VmRSS) of all its processes. */
uint64_t subject_memory(const subject *s);

/* Whether it still runs. */
bool subject_lives(subject *s);

/* SIGTERM, then SIGKILL. Safe for one that does not run. */
void subject_stop(subject *s);

/* The end of what it said, at most a few lines; for messages. */
rob_str subject_words(const subject *s, rob_arena *arena);

#endif
