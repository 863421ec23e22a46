/* exchange.h: one request with its answer, its memory and its owners.
 *
 * Made and freed by the transport, on the loop thread. Two owners at most: the transport until the answer
 * is sent or the client is gone, and a job while a handler runs elsewhere. The last one to let go frees
 * it, so an abandoned handler keeps its arena; both let go on the loop thread, so the count is plain. */
#ifndef ROB_HTTP_EXCHANGE_H
#define ROB_HTTP_EXCHANGE_H

#include <stdatomic.h>

#include "http/reply.h"

typedef struct rob_loop rob_loop;
typedef struct rob_exchange rob_exchange;

enum { ROB_HEADERS_MOST = 100 }; /* wire.md, Limits: then 431 */

/* In rob_method; registered with IANA but never served here (405); or no method that we know (501). */
typedef enum rob_verb { ROB_VERB_KNOWN, ROB_VERB_REFUSED, ROB_VERB_UNKNOWN } rob_verb;

/* Takes the next bytes of a body, on the loop thread; they are the transport's. The sinks of body.c
 * collect and discard; a stream and a spool to disk are further ones. */
typedef rob_status rob_body_sink(rob_exchange *x, const char *bytes, size_t len);
rob_body_sink rob_body_collect, rob_body_discard;

struct rob_exchange {
    rob_request request; /* first: a handler's rob_ctx is its exchange */
    rob_reply reply;
    rob_loop *loop;
    rob_exchange *next; /* in the free list, in a queue */
    void *connection;   /* the transport's; NULL: abandoned */
    unsigned owners;
    atomic_bool left;     /* the client has gone while a job runs */
    atomic_bool given_up; /* the deadline passed: a job that has not begun need not */

    rob_verb verb;
    rob_str target;      /* as sent */
    rob_str host;        /* the Host header, or the authority of an absolute target */
    rob_str routed_path; /* decoded; a slash inside a segment is NUL; empty: it has dot segments */
    bool begun;          /* the head has been seen */
    bool encoded_body;   /* Content-Encoding other than identity: 415 */

    uint64_t body_limit; /* bytes; set when routed */
    rob_body_sink *take; /* where the body goes as it arrives */
    uint64_t expected;   /* bytes of the body by Content-Length; 0 when not known */
    uint64_t received;   /* bytes of it so far */
    size_t body_cap;     /* bytes of memory behind request.body */

    void *in, *out; /* of the endpoint */
    int64_t began;  /* nanoseconds, monotonic; only with an access log */

    rob_arena memory; /* from here on: not cleared */
    rob_header_line headers[ROB_HEADERS_MOST];
};

/* Finished exchanges, kept with some of their memory for the next requests. One per loop. */
typedef struct rob_exchange_pool {
    rob_exchange *first;
    size_t count;
} rob_exchange_pool;

/* Empty, with one owner and no memory cap. NULL when memory is out. */
rob_exchange *rob_exchange_take(rob_exchange_pool *pool);

/* One owner less; the last one runs the request's cleanups and puts it into the pool. */
void rob_exchange_let_go(rob_exchange_pool *pool, rob_exchange *x);
void rob_exchange_pool_free(rob_exchange_pool *pool);

static inline rob_exchange *rob_exchange_of(rob_request *req)
{
    return (rob_exchange *)(void *)req;
}

#endif
