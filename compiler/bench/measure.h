/* measure.h: one case: start its servers, hold their answers against each other, load them in turns. */
#ifndef ROBYNC_BENCH_MEASURE_H
#define ROBYNC_BENCH_MEASURE_H

#include "bench/report.h"
#include "bench/subject.h"

/* Told what goes on: which side, which round (from 1; 0: warming up), and the part of it that is done. */
typedef struct measure_watcher {
    void (*tell)(void *to, const bench_case *c, uint32_t side, unsigned round, double part);
    void *to;
} measure_watcher;

typedef enum measure_result {
    MEASURED,
    MEASURE_DIFFERS, /* c->difference says how; nothing was measured */
    MEASURE_FAILED   /* *why says what stood in the way */
} measure_result;

/* Fill in everything of *c behind its sides' label and binary. options: more words for the servers, ends
 * with NULL. Each server runs alone on its cores while it is loaded: the others wait. */
measure_result measure_case(rob_arena *arena, bench_case *c, const bench_settings *settings, const cores *where,
                            const char *const *options, const measure_watcher *watcher, rob_str *why);

#endif
