/* job.h: other programs, run side by side, each one's words kept together. */
#ifndef ROBYNC_JOB_H
#define ROBYNC_JOB_H

#include "base/arena.h"

/* A command line that grows. Always ends with NULL once words_end was called. */
typedef struct words {
    rob_arena *arena;
    const char **items;
    size_t count, cap;
} words;

void words_add(words *w, const char *word);
void words_split(words *w, rob_str text); /* at white space, as pkg-config prints flags */
const char **words_end(words *w);
rob_str words_join(const words *w); /* with spaces, for comparison and messages */

typedef struct job {
    words command;
    const char *folder; /* where it runs; NULL: here */
    int status;         /* exit code; 127: could not be started; 128 + n: signal n */
    rob_str output;     /* stdout and stderr together, in the arena */
} job;

/* Run all jobs, at most `most` at a time; stop starting new ones once one failed. True when all ran
 * and exited with 0. Output is captured, not shown. */
bool jobs_run(job *jobs, size_t count, unsigned most, rob_arena *arena);

/* The same for one. */
bool job_run(job *one, rob_arena *arena);

unsigned jobs_at_once(void); /* cores that this process may use */

#endif
