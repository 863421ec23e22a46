/* reply.h: the answer to one request, as the transport sends it (serve street, last stage).
 *
 * Encoders fill it through the rob_reply_ functions of generated.h; nothing is sent before the handler's
 * whole answer is known. All memory is static or of the request's arena. */
#ifndef ROB_HTTP_REPLY_H
#define ROB_HTTP_REPLY_H

#include "http/request.h"

/* One response header. Text, NUL-terminated, already checked: no CR, LF or NUL inside. */
typedef struct rob_reply_line {
    struct rob_reply_line *next;
    const char *name, *value;
} rob_reply_line;

struct rob_reply {
    rob_request *request;
    uint16_t status;              /* 0: no answer yet */
    const rob_constant *constant; /* then content_type, body and lines are unused */
    const char *content_type;     /* NULL: none */
    rob_str body;
    rob_reply_line *lines, **last; /* in order */
    bool close;                   /* this answer ends the connection */
    bool failed;                  /* a 500 of our own: what an encoder says afterwards changes nothing */
    rob_str why;                  /* of a 500, for the log; never sent */
};

/* No answer yet. */
void rob_reply_init(rob_reply *reply, rob_request *request);

/* A header of plain text: both NUL-terminated, static or arena. A 500 when memory is out. */
void rob_reply_line_add(rob_reply *reply, const char *name, const char *value);

/* Drop what has been set, so that another answer can take its place. */
void rob_reply_clear(rob_reply *reply);

/* One of our own error answers (wire.md, Other answers) by its status: 400 404 405 408 413 414 415 431
 * 500 501 503 504, in the app's error style. A 404 or 405 and their like never carry why. */
void rob_reply_error(rob_reply *reply, unsigned status);

/* The same, but open for headers: a constant takes none. */
void rob_reply_error_with_lines(rob_reply *reply, unsigned status);

/* The same as a constant, for a transport that has no request to answer. Never NULL. */
const rob_constant *rob_error_constant(unsigned status, rob_error_style style);

/* 400 in the app's error style with this `detail`. */
void rob_reply_unreadable(rob_reply *reply, const char *detail);

/* What decoding found: 422, or 400, 413, 500 as `status` says. */
void rob_reply_undecoded(rob_reply *reply, rob_status status);

/* A `redirect` route (generated.h), and the 307 to the same path with or without its last slash. */
void rob_reply_redirect(rob_reply *reply, const rob_redirect *redirect);
void rob_reply_slash_redirect(rob_reply *reply, rob_str host);

/* Error constants have indexes of their own from here on, beside the app's. */
enum { ROB_ERROR_CONSTANTS = 0xFF00, ROB_ERROR_CONSTANT_COUNT = 32 };

#endif
