/* robync/bridge.h: the wall between the server and the Python bridge.
 *
 * The bridge (runtime/python/) is compiled by `robync build` against the interpreter that the server will
 * embed, so it sees nothing of the runtime but this header and generated.h. It gives the server one
 * rob_bridge; the server gives it jobs. A server without Python routes has neither.
 *
 * Threads: loop threads never call the bridge and never take the GIL. */
#ifndef ROBYNC_BRIDGE_H
#define ROBYNC_BRIDGE_H

#include <robync/generated.h>

/* All jobs of the process wait in one bounded queue; a lane of it says who may take them. */
typedef enum rob_lane {
    ROB_LANE_POOL,       /* @blocking handlers */
    ROB_LANE_CALLS,      /* Python: `def` */
    ROB_LANE_COROUTINES, /* Python: `async def` */
    ROB_LANE_COUNT
} rob_lane;

typedef struct rob_jobs rob_jobs;

/* A request that waits for its handler. The taker owns it until it hands ctx back. ctx NULL: no job. */
typedef struct rob_job {
    rob_ctx *ctx;
    const rob_endpoint *endpoint;
    const void *in;   /* decoded and valid */
    rob_reply *reply; /* to be set */
} rob_job;

/* Hand `done` back (NULL: none) and take the next job of a lane. Answers gather and leave for their loops
 * together. When the lane is empty ctx is NULL, and for ROB_LANE_CALLS the caller counts as gone: it must
 * return from rob_bridge.drain. */
rob_job rob_jobs_next(rob_jobs *jobs, rob_lane lane, rob_ctx *done);

/* Hand back without taking; rob_jobs_flush() sends off what has gathered. */
void rob_jobs_done(rob_jobs *jobs, rob_ctx *done);
void rob_jobs_flush(rob_jobs *jobs);

/* Whether nobody waits for the answer any more: the deadline has passed, or the client is gone. */
bool rob_job_given_up(const rob_ctx *ctx);

/* An eventfd that becomes readable when ROB_LANE_COROUTINES has something after it had nothing, or when a
 * coroutine's request has been given up. */
int rob_jobs_event(const rob_jobs *jobs);

/* What `request` shows of a request, beside robync.h. */
rob_str rob_query_text(const rob_ctx *ctx);                                   /* raw, without '?' */
bool rob_header_at(const rob_ctx *ctx, size_t index, rob_str *name, rob_str *value); /* false: no more */
rob_str rob_body_bytes(const rob_ctx *ctx);
rob_str rob_log_id(rob_ctx *ctx); /* the id that stands in X-Request-Id and the log */

/* What the bridge is to the server. */
typedef struct rob_bridge {
    int abi; /* ROB_ABI that it was compiled with */
    /* On the main thread, before the first request: start the interpreter, import every function, run the
     * startup hooks. is_async[rob_python_function.index] is set for `async def`. False: what is wrong was
     * written to stderr. */
    bool (*start)(const rob_app *app, rob_jobs *jobs, bool *is_async);
    /* On a pool thread: take jobs of ROB_LANE_CALLS until there are none. */
    void (*drain)(rob_jobs *jobs);
    /* On the main thread, after the last answer: run the shutdown hooks. */
    void (*stop)(void);
} rob_bridge;

extern const rob_bridge rob_python_bridge;

#endif
