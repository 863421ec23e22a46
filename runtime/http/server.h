/* server.h: what a transport is, to everything behind it.
 *
 * A transport owns sockets, the framing of HTTP/1.1 and the deadlines of reading and writing; it hands out
 * exchanges and sends their answers. mhd.c implements it on libmicrohttpd; another one can stand beside
 * it. One loop per thread: everything here happens on the loop's own thread but what says otherwise. */
#ifndef ROB_HTTP_SERVER_H
#define ROB_HTTP_SERVER_H

#include "http/exchange.h"

typedef enum rob_progress {
    ROB_ANSWERED, /* x->reply is set */
    ROB_WAITING   /* a job owns x too; rob_loop_answer() follows */
} rob_progress;

/* What the transport calls. `host` is the config's. */
typedef struct rob_service {
    /* The head is complete and well-formed: route it, set body_limit and take. False: x->reply is a
     * refusal, sent at once, and the connection ends. An answer set here with true waits for the body. */
    bool (*begin)(void *host, rob_exchange *x);
    /* The request is complete. */
    rob_progress (*serve)(void *host, rob_exchange *x);
    /* x is over, its answer sent or its client gone: status 0 when nothing was sent. */
    void (*over)(void *host, rob_exchange *x, unsigned status);
    /* The handler missed its deadline; a 504 goes out, and the job owns x alone from now on. */
    void (*overdue)(void *host, rob_exchange *x);
    /* The client has gone while a job runs; its answer will go nowhere. May be NULL. */
    void (*left)(void *host, rob_exchange *x);
    void (*woken)(void *host, rob_loop *loop); /* after rob_loop_wake() */
    void (*turned)(void *host, rob_loop *loop); /* at the end of each turn: write logs out */
} rob_service;

typedef struct rob_loop_config {
    const rob_app *app;
    const rob_settings *settings;
    const rob_service *service;
    void *host;          /* of the service; shared by all loops */
    void *process_state;
    int listener;        /* bound and listening; the loop closes it */
    unsigned number;     /* 0 to threads - 1 */
    bool timestamps;     /* fill exchange.began */
} rob_loop_config;

/* NULL when the system refuses; errno says why. */
rob_loop *rob_loop_new(const rob_loop_config *config);

/* Serve until rob_loop_stop(), then until the last answer is out. */
void rob_loop_run(rob_loop *loop);
void rob_loop_free(rob_loop *loop);

/* From any thread, and from signal handlers. */
void rob_loop_wake(rob_loop *loop);
void rob_loop_stop(rob_loop *loop);

/* The job is done with x: sends its reply, or frees it when it was abandoned. */
void rob_loop_answer(rob_loop *loop, rob_exchange *x);

/* Where the loop's number is needed (a log per loop). */
unsigned rob_loop_number(const rob_loop *loop);
bool rob_loop_stopping(const rob_loop *loop);

#endif
