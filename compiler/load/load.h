/* load.h: keep-alive HTTP/1.1 load on one address, from one thread, and what came of it.
 *
 *   closed loop   each connection sends its next request when the answer to the last one is whole: finds out
 *                 how fast a server can be
 *   open loop     requests leave at a steady rate (schedule.h): finds out how long clients of a busy server
 *                 wait. Latency counts from the moment the request was meant to leave
 *
 * No request leaves after the duration, but each one that was due is waited for, so that what the server
 * counts and what is counted here are the same number. */
#ifndef ROBYNC_LOAD_LOAD_H
#define ROBYNC_LOAD_LOAD_H

#include <robync/types.h>

#include "load/histogram.h"
#include "load/response.h"

typedef struct load_plan {
    uint16_t port;           /* on 127.0.0.1 */
    const rob_str *requests; /* whole requests as bytes, sent in turn; borrowed */
    size_t request_count;    /* at least 1 */
    bool to_head;            /* they are HEAD requests: answers have no body */
    unsigned connections;    /* at least 1 */
    uint64_t duration;       /* ns; 0: see most */
    uint64_t most;           /* closed loop: stop after so many requests; 0: no such end */
    uint64_t rate;           /* requests per second of an open loop; 0: closed loop */
    uint64_t patience;       /* ns for what is unanswered at the end; 0: 30 s, or the duration if that is longer */
    /* Called about ten times a second with the part that is done, 0 to 1; may be NULL. */
    void (*progress)(void *to, double part);
    void *progress_to;
} load_plan;

typedef struct load_result {
    histogram latency;    /* of every answered request; of an abandoned one how long it had waited */
    uint64_t requests;    /* answered, whatever the status */
    uint64_t not_2xx;     /* of those: status below 200 or from 300 */
    uint64_t broken;      /* requests lost: the connection ended, or what came was not HTTP */
    uint64_t abandoned;   /* unanswered, or unsent, some time after the end */
    uint64_t unconnected; /* connections that could not be opened (again) */
    uint64_t bytes;       /* received */
    uint64_t elapsed;     /* ns, to the last answer */
} load_result;

/* Its connections, open. */
typedef struct load load;

/* Open all connections, so that CPU time read next is that of requests alone. NULL: errno says why not. */
load *load_open(const load_plan *plan);

/* The load itself. Adds nothing to what is in *result: it is set. Once per load_open(). */
void load_run(load *l, load_result *result);

void load_close(load *l);

/* One request on a connection of its own, for looking at the answer. False: no whole answer within
 * `patience` ns. */
bool load_fetch(uint16_t port, rob_str request, bool to_head, uint64_t patience, const response_sink *sink,
                uint16_t *status);

/* ns of a clock that never jumps. */
uint64_t load_now(void);

#endif
