/* response.h: read an HTTP/1.1 response as it arrives (RFC 9112, sections 4 to 7).
 *
 * A client's parser for servers under test: it finds where a response ends, whatever way its length is
 * given, and its status. It allocates nothing; who wants head or body names functions that get them. */
#ifndef ROBYNC_LOAD_RESPONSE_H
#define ROBYNC_LOAD_RESPONSE_H

#include <robync/types.h>

typedef enum response_state {
    RESPONSE_HEAD,        /* the blank line has not come yet */
    RESPONSE_LENGTH,      /* `left` bytes of body to come */
    RESPONSE_CHUNK_SIZE,  /* a line with a size */
    RESPONSE_CHUNK,       /* `left` bytes of a chunk to come */
    RESPONSE_CHUNK_END,   /* the line end behind a chunk */
    RESPONSE_TRAILER,     /* trailer lines, up to an empty one */
    RESPONSE_UNTIL_CLOSE, /* a body without length: ends with the connection */
    RESPONSE_DONE,
    RESPONSE_BAD          /* not HTTP/1.1; the connection is of no more use */
} response_state;

/* Who wants to see more than the status. Either function may be NULL. Bytes are borrowed for the call. */
typedef struct response_sink {
    void (*head)(void *to, rob_str head); /* from the status line up to the blank line, which it includes */
    void (*body)(void *to, rob_str part); /* chunk framing undone */
    void *to;
} response_sink;

typedef struct response {
    response_state state;
    uint16_t status;
    bool no_body;  /* set before: the request was a HEAD */
    bool closes;   /* the server will close the connection */
    uint64_t left; /* bytes */
} response;

/* Ready for the answer to one request. */
response response_new(bool to_head);

/* Read on. bytes begins where the last call's result ended. Gives how many bytes were used: fewer than len
 * only when the response is done or bad, or when a line (or the head) is not complete, which then must come
 * again with more behind it. sink may be NULL. An interim response (1xx) is read over. */
size_t response_read(response *r, const char *bytes, size_t len, const response_sink *sink);

/* The connection ended: whether that ends the response as it should. */
bool response_end(response *r);

static inline bool response_over(const response *r)
{
    return r->state == RESPONSE_DONE || r->state == RESPONSE_BAD;
}

#endif
