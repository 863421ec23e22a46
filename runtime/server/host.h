/* host.h: one running server: what every loop, job and hook shares.
 *
 * Made by main.c before the first loop runs; from then on only the queues inside change. */
#ifndef ROB_SERVER_HOST_H
#define ROB_SERVER_HOST_H

#include "http/server.h"
#include "server/jobs.h"
#include "server/log.h"

typedef struct rob_host {
    const rob_app *app;
    rob_settings settings; /* the app's, with flags and environment applied */
    rob_process process;
    rob_jobs *jobs;           /* NULL: each route runs on its loop */
    bool *is_async;           /* by rob_python_function.index; NULL without Python */
    rob_way_back *ways_back;  /* one for each loop */
    rob_access_log *logs;     /* one for each loop */
    rob_str docs_page;        /* HTML; empty: off */
    rob_str docs_path, docs_base, openapi_path; /* empty: off; base: where the page's files stand */
    rob_loop **loops;
    unsigned loop_count;
} rob_host;

/* The endpoint walker, as the transport calls it. */
extern const rob_service rob_endpoint_service;

/* Call the handler of a decoded request and encode its answer: on a loop thread or a pool's. */
void rob_endpoint_call(rob_exchange *x);

/* /openapi.json and the documentation page with its files. True: x has its answer. */
bool rob_docs_answer(const rob_host *host, rob_exchange *x);

/* Whether the document or its page stands at this path. */
bool rob_docs_has(const rob_host *host, rob_str path);

/* Check that the docs that the settings ask for are there, and write the page. NULL, or what is wrong. */
const char *rob_docs_prepare(rob_host *host);

#endif
