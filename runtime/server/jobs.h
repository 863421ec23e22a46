/* jobs.h: work that leaves its loop thread, and the way back.
 *
 * One bounded queue for the process, in lanes: one for each kind of taker. Pool threads run @blocking
 * handlers one by one; for Python one of them drains a whole lane while it holds the interpreter's lock,
 * because threads that pop one call each fight for that lock. Another one joins only when a call has
 * stopped the drain for about a millisecond while others wait. Coroutines are taken by the asyncio loop.
 * One way back for each loop, which a loop empties in one go. An exchange in here is owned by its job: no
 * other thread touches it. */
#ifndef ROB_SERVER_JOBS_H
#define ROB_SERVER_JOBS_H

#include <robync/bridge.h>

#include "http/server.h"

enum {
    ROB_JOBS_MOST = 1024,   /* waiting; then 503 */
    ROB_POOL_THREADS = 64   /* started one by one, when a job finds nobody free */
};

typedef struct rob_way_back rob_way_back;

typedef struct rob_jobs_config {
    /* Runs a job of ROB_LANE_POOL on a pool thread; must end with rob_way_back_put(). */
    void (*run)(void *cls, rob_exchange *x);
    void *cls;
    const rob_bridge *bridge; /* NULL: no Python */
    rob_way_back *ways_back;  /* of each loop */
} rob_jobs_config;

/* NULL when memory or descriptors are out. */
rob_jobs *rob_jobs_new(const rob_jobs_config *config);

/* False: the queue is full, or no thread could be started. */
bool rob_jobs_put(rob_jobs *jobs, rob_exchange *x, rob_lane lane);

/* At the end of a loop's turn: wake Python for what was put. */
void rob_jobs_wake(rob_jobs *jobs);

/* A coroutine's request has been given up: have the asyncio loop look. Any thread. */
void rob_jobs_nudge(rob_jobs *jobs);

/* Ends idle threads and waits for them. False: a handler that was given up on is still at work. */
bool rob_jobs_stop(rob_jobs *jobs);

/* A stack that any thread pushes to and one loop takes whole. */
struct rob_way_back {
    _Alignas(64) _Atomic(rob_exchange *) done;
};

/* Wakes the loop when it was empty: one wake for each batch. */
void rob_way_back_put(rob_way_back *way, rob_exchange *x);

/* The same for several of one loop, linked by next from newest to oldest. */
void rob_way_back_put_all(rob_way_back *way, rob_exchange *newest, rob_exchange *oldest);

/* Everything done so far, oldest first, linked by next. Loop thread only. */
rob_exchange *rob_way_back_take(rob_way_back *way);

#endif
