/* connection.h: one client connection: bytes out, bytes in, the response being read. */
#ifndef ROBYNC_LOAD_CONNECTION_H
#define ROBYNC_LOAD_CONNECTION_H

#include "load/response.h"

enum { CONNECTION_BUFFER = 16 * 1024 }; /* bytes; also the longest head or chunk line */

typedef struct connection {
    int fd;             /* -1: not open */
    bool busy;          /* a request is on its way */
    bool blocked;       /* the socket takes no more bytes now */
    rob_str out;        /* of the request: what is still to be sent; borrowed */
    response answer;
    uint64_t since;     /* ns: when the request was meant to leave */
    size_t len;         /* bytes in the buffer */
    char buffer[CONNECTION_BUFFER];
} connection;

typedef enum connection_event {
    CONNECTION_WAITS,    /* nothing more for now */
    CONNECTION_ANSWERED, /* c->answer is whole */
    CONNECTION_BROKEN    /* ended, or not HTTP */
} connection_event;

/* Connect to 127.0.0.1. False: errno says why not. */
bool connection_open(connection *c, uint16_t port);
void connection_close(connection *c);

/* Begin a request: its bytes leave at once as far as the socket takes them. */
connection_event connection_begin(connection *c, rob_str request, bool to_head);

/* Send what is left. */
connection_event connection_send(connection *c);

/* Read what there is; adds to *bytes. Bytes behind a whole answer are a mistake of the server: broken. */
connection_event connection_receive(connection *c, const response_sink *sink, uint64_t *bytes);

#endif
