#include "load/connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

bool connection_open(connection *c, uint16_t port)
{
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0) return false;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    /* On the loopback a connect is done at once, so it may block. */
    if (connect(c->fd, (const struct sockaddr *)&at, sizeof at) != 0 ||
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 || fcntl(c->fd, F_SETFL, O_NONBLOCK) != 0) {
        int why = errno;
        connection_close(c);
        errno = why;
        return false;
    }
    c->busy = c->blocked = false;
    c->len = 0;
    return true;
}

void connection_close(connection *c)
{
    if (c->fd >= 0) close(c->fd);
    c->fd = -1;
    c->busy = c->blocked = false;
}

connection_event connection_send(connection *c)
{
    while (c->out.len) {
        ssize_t n = send(c->fd, c->out.ptr, c->out.len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        c->blocked = n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        if (c->blocked) return CONNECTION_WAITS;
        if (n < 0) return CONNECTION_BROKEN;
        c->out.ptr += n;
        c->out.len -= (size_t)n;
    }
    c->blocked = false;
    return CONNECTION_WAITS;
}

connection_event connection_begin(connection *c, rob_str request, bool to_head)
{
    c->busy = true;
    c->out = request;
    c->answer = response_new(to_head);
    c->len = 0;
    return connection_send(c);
}

/* The peer ended the connection. */
static connection_event at_end(connection *c)
{
    return c->busy && response_end(&c->answer) ? CONNECTION_ANSWERED : CONNECTION_BROKEN;
}

connection_event connection_receive(connection *c, const response_sink *sink, uint64_t *bytes)
{
    for (;;) {
        ssize_t n = recv(c->fd, c->buffer + c->len, sizeof c->buffer - c->len, 0);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? CONNECTION_WAITS : CONNECTION_BROKEN;
        if (n == 0) return at_end(c);
        if (!c->busy) return CONNECTION_BROKEN; /* nobody asked */
        *bytes += (uint64_t)n;
        c->len += (size_t)n;
        size_t used = response_read(&c->answer, c->buffer, c->len, sink);
        c->len -= used;
        memmove(c->buffer, c->buffer + used, c->len);
        if (c->answer.state == RESPONSE_BAD || c->len == sizeof c->buffer) return CONNECTION_BROKEN;
        if (c->answer.state == RESPONSE_DONE) return c->len ? CONNECTION_BROKEN : CONNECTION_ANSWERED;
    }
}
