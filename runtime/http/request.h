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
    void *process_state;

    rob_method method;
    rob_str method_name;
    rob_str path;  /* raw, before percent-decoding, without the query */
    rob_str query; /* raw, without the '?' */
    const rob_header_line *headers; /* in order of arrival */
    size_t header_count;
    rob_str body;   /* collected; empty without one */
    rob_str client; /* the peer's address */
    rob_str id;     /* request id, for log lines and X-Request-Id of a 500 */

    rob_match match;
    rob_errors errors; /* what decoding found wrong */
};

/* The first header of that name, compared in any case. False without one. */
bool rob_request_header(const rob_request *req, rob_str name, rob_str *value);

#endif
