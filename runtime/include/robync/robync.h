/* robync/robync.h: what a person who writes handlers needs. C11; also compiles as C++17.
 *
 * A handler is a plain function `X_out X(rob_ctx *ctx, const X_in *in)`, declared in the generated
 * handlers.h. It runs on a loop thread (so it must not block) unless the route says @blocking. Several
 * threads call handlers at once: process state needs its own locks. */
#ifndef ROBYNC_ROBYNC_H
#define ROBYNC_ROBYNC_H

#include <robync/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One request as its handler sees it. Valid until the handler returns. */
typedef struct rob_ctx rob_ctx;

/* Memory of the request: zeroed, aligned for any type, freed when the request ends. NULL when the
 * request's arena has reached its cap; returning ..._failed("out of memory") is then right. */
void *rob_alloc(rob_ctx *ctx, size_t size);

/* printf into memory of the request. An empty string when memory is out. */
rob_str rob_format(rob_ctx *ctx, const char *format, ...) ROB_PRINTF(2, 3);

/* A copy in memory of the request. */
rob_str rob_copy(rob_ctx *ctx, rob_str text);

/* What the process's startup hook stored (NULL without one). Shared by all threads. */
void *rob_process_state(rob_ctx *ctx);

rob_str rob_method_name(const rob_ctx *ctx);
rob_str rob_path(const rob_ctx *ctx);                      /* as sent, before percent-decoding */
bool rob_header(const rob_ctx *ctx, const char *name, rob_str *value); /* name in any case; the first */
rob_str rob_client(const rob_ctx *ctx);                    /* the peer's address as text */

/* Write to the server's log, with the request's id. Never secrets. */
void rob_log(rob_ctx *ctx, const char *format, ...) ROB_PRINTF(2, 3);

/* A cJSON tree of a `json` value, owned by the request: do not delete it. NULL when memory is out.
 * Include <cjson/cJSON.h> to use it; a server that never calls this does not link cJSON. */
struct cJSON *rob_json_tree(rob_ctx *ctx, rob_json value);

/* Answers that no outcome declares: 422 with one error, and 500 with a line in the log. Generated
 * constructors wrap them. loc is dotted: "body.items.0.name". Static or request memory. */
typedef struct rob_invalid {
    rob_str loc, type, msg;
} rob_invalid;

/* What the two optional hooks get: X_startup() stores what all requests share, before the first
 * request; X_shutdown() destroys it, after the last. */
typedef struct rob_process {
    void *state;       /* handed to handlers as rob_process_state() */
    const char *error; /* static: why startup failed, when it does not return ROB_OK */
} rob_process;

#ifdef __cplusplus
}
#endif
#endif
