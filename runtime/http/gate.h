/* gate.h: what a request must be before anything else looks at it (wire.md, HTTP input).
 *
 * Pure functions over bytes that the transport has split. Each answers 0, or the status of the refusal,
 * which always ends the connection. */
#ifndef ROB_HTTP_GATE_H
#define ROB_HTTP_GATE_H

#include "http/exchange.h"

typedef struct rob_framing {
    bool chunked;
    bool has_length;
    uint64_t length; /* bytes, with has_length */
    bool encoded;    /* Content-Encoding other than identity */
} rob_framing;

/* The request line: method token and target. Fills verb, request.method, method_name, path, query, and
 * host from an absolute target. len: bytes of the line's target allowed. */
unsigned rob_gate_line(rob_exchange *x, rob_str method, uint64_t head_limit);

/* The header fields in x->request.headers. http_1_1: version is 1.1 or a later 1.x. Fills host. */
unsigned rob_gate_fields(rob_exchange *x, bool http_1_1, rob_framing *framing);

/* Trailer fields, which are checked and dropped. */
unsigned rob_gate_trailer(rob_str name, rob_str value);

/* Percent-decoding and dot segments: fills routed_path. 404 and an empty routed_path for a dot segment,
 * which is an answer and no refusal; 400 for what does not decode; 413 when memory is out. */
unsigned rob_gate_path(rob_exchange *x);

#endif
