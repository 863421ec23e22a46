/* jobs.h: work that leaves its loop thread, and the way back.
 *
 * One bounded queue for the process, taken from by whoever runs jobs (today a pool of threads for
 * @blocking handlers); one way back for each loop, which a loop empties in one go. An exchange in here is
 * owned by its job: no other thread touches it. */
#ifndef ROB_SERVER_JOBS_H
#define ROB_SERVER_JOBS_H

#include "http/server.h"

typedef struct rob_jobs rob_jobs;

enum {
    ROB_JOBS_MOST = 1024,   /* waiting; then 503 */
    ROB_POOL_THREADS = 64   /* started one by one, when a job finds nobody free */
};

/* run is called on a pool thread and must end with rob_way_back_put(). NULL when memory is out. */
rob_jobs *rob_jobs_new(void (*run)(void *cls, rob_exchange *x), void *cls);

/* False: the queue is full, or no thread could be started. */
bool rob_jobs_put(rob_jobs *jobs, rob_exchange *x);

/* Ends idle threads and waits for them. False: a handler that was given up on is still at work. */
bool rob_jobs_stop(rob_jobs *jobs);

/* A stack that any thread pushes to and one loop takes whole. */
typedef struct rob_way_back {
    _Alignas(64) _Atomic(rob_exchange *) done;
} rob_way_back;

/* Wakes the loop when it was empty: one wake for each batch. */
void rob_way_back_put(rob_way_back *way, rob_exchange *x);

/* Everything done so far, oldest first, linked by next. Loop thread only. */
rob_exchange *rob_way_back_take(rob_way_back *way);

#endif
