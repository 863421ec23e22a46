/* request.h: one request as the stages after the transport see it (serve street, first stage).
 *
 * Filled by the transport, read by router, decoder and handler. All views borrow from the transport's
 * buffer or the request's arena and live until the request ends. */
#ifndef ROB_HTTP_REQUEST_H
#define ROB_HTTP_REQUEST_H

#include <robync/generated.h>

#include "base/arena.h"
#include "codec/errors.h"

typedef struct rob_header_line {
    rob_str name, value; /* as sent; value without white space around it */
} rob_header_line;

struct rob_ctx {
    rob_arena *arena; /* capped; belongs to this request */
    const rob_app *app;
    const rob_endpoint *endpoint; /* NULL until routed */
    const rob_settings *settings; /* the app's, with flags and environment applied */
    void *process_state;

    rob_method method;
    rob_str method_name;
    rob_str path;  /* raw, before percent-decoding, without the query */
    rob_str query; /* raw, without the '?' */
    const rob_header_line *headers; /* in order of arrival */
    size_t header_count;
    rob_str body;   /* collected; empty without one */
    rob_str client; /* the peer's address */
    rob_str id;     /* for log lines and X-Request-Id of a 500; empty until rob_request_id() */

    rob_errors errors;   /* what decoding found wrong */
    const char *refusal; /* with ROB_UNREADABLE: the 400's `detail`, static; NULL: the usual text */

    struct rob_cleanup *cleanups; /* run when the request ends, newest first */

    rob_match match; /* last: too large to clear for each request; the router fills what it names */
};

/* The request's id, made when first asked for; NUL-terminated. "" when memory is out. */
rob_str rob_request_id(rob_request *req);

/* Memory that is not of the arena and ends with the request (a cJSON tree). */
typedef struct rob_cleanup {
    struct rob_cleanup *next;
    void (*run)(void *what);
    void *what;
} rob_cleanup;

/* False when memory is out: then the caller still owns `what`. */
ROB_NODISCARD bool rob_request_cleanup(rob_request *req, void (*run)(void *what), void *what);

/* The first header of that name, compared in any case. False without one. */
bool rob_request_header(const rob_request *req, rob_str name, rob_str *value);

#endif
