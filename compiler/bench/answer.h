/* answer.h: one answer as a client sees it, and what differs between two. */
#ifndef ROBYNC_BENCH_ANSWER_H
#define ROBYNC_BENCH_ANSWER_H

#include "bench/request.h"

typedef struct answer {
    uint16_t status;
    rob_str head; /* field lines, sorted, without those that differ from one request to the next */
    rob_str body;
} answer;

/* Ask the server at that port. False: no whole answer came. */
bool answer_get(rob_arena *arena, uint16_t port, const bench_request *request, answer *out);

/* What differs, as the end of a sentence; empty when nothing does. */
rob_str answer_difference(rob_arena *arena, const answer *a, const answer *b);

#endif
