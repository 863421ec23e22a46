#include "server/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 4096 };

typedef union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
} address;

static socklen_t size_of(const address *a)
{
    return a->any.sa_family == AF_INET6 ? sizeof a->six : sizeof a->four;
}

/* An address as it is; only a name asks the resolver, which costs memory and time at start. */
static bool resolve(const char *host, uint16_t port, address *out)
{
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, host, &out->four.sin_addr) == 1) {
        out->four.sin_family = AF_INET;
    } else if (inet_pton(AF_INET6, host, &out->six.sin6_addr) == 1) {
        out->six.sin6_family = AF_INET6;
    } else {
        struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found;
        int wrong = getaddrinfo(host, NULL, &hints, &found);
        if (wrong) {
            fprintf(stderr, "cannot listen on %s: %s\n", host, gai_strerror(wrong));
            return false;
        }
        memcpy(out, found->ai_addr, found->ai_addrlen < sizeof *out ? found->ai_addrlen : sizeof *out);
        freeaddrinfo(found);
    }
    if (out->any.sa_family == AF_INET6) out->six.sin6_port = htons(port);
    else out->four.sin_port = htons(port);
    return true;
}

/* SO_REUSEPORT lets several loops listen on one port, and also two servers that know nothing of each
 * other: so the first socket is bound without it, which fails when the port is taken, and gets it then. */
static int open_socket(const address *at, bool first)
{
    int on = 1, fd = socket(at->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    bool bound = setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                 (first || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0) &&
                 bind(fd, &at->any, size_of(at)) == 0 &&
                 (!first || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0);
    if (bound) return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static uint16_t port_of(const address *a)
{
    return ntohs(a->any.sa_family == AF_INET6 ? a->six.sin6_port : a->four.sin_port);
}

static void say_why(const rob_settings *settings, int why)
{
    const char *host = settings->host;
    unsigned port = settings->port;
    switch (why) {
    case EADDRINUSE: fprintf(stderr, "port %u on %s is in use\n", port, host); break;
    case EACCES: fprintf(stderr, "port %u needs more rights: choose one above 1023\n", port); break;
    case EADDRNOTAVAIL: fprintf(stderr, "%s is not an address of this machine\n", host); break;
    default: fprintf(stderr, "cannot listen on %s port %u: %s\n", host, port, strerror(why));
    }
}

bool rob_listen(const rob_settings *settings, int *sockets, unsigned count, char url[ROB_URL_TEXT])
{
    address at;
    unsigned opened = 0;
    if (!resolve(settings->host, settings->port, &at)) return false;
    for (; opened < count; opened++) {
        if ((sockets[opened] = open_socket(&at, opened == 0)) < 0) break;
        socklen_t len = sizeof at;
        if (opened == 0 && getsockname(sockets[0], &at.any, &len) != 0) break;
    }
    unsigned listening = 0;
    while (opened == count && listening < count && listen(sockets[listening], BACKLOG) == 0) listening++;
    if (listening < count) {
        say_why(settings, errno);
        for (unsigned i = 0; i < opened; i++) close(sockets[i]);
        return false;
    }
    bool six = strchr(settings->host, ':') != NULL;
    snprintf(url, ROB_URL_TEXT, "http://%s%.256s%s:%u", six ? "[" : "", settings->host, six ? "]" : "", port_of(&at));
    return true;
}
