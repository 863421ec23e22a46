/* epoll.c: the floor that servers are measured against: one thread, one epoll set, no HTTP.
 *
 * Each read that brings the end of a request's head is answered with the same bytes, as long as the
 * answer of the `orders` example's constant route. Usage: floor PORT (0: any) */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 256 };

static const char answer[] = "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Type: application/json\r\n"
                             "Content-Length: 27\r\n\r\n{\"message\":\"Hello, World!\"}";

static int listen_on(int port)
{
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(fd, 4096) != 0) {
        perror("listen");
        exit(2);
    }
    socklen_t len = sizeof at;
    getsockname(fd, (struct sockaddr *)&at, &len);
    fprintf(stderr, "listening on http://127.0.0.1:%d\n", ntohs(at.sin_port));
    return fd;
}

static void take_connections(int epoll, int listener)
{
    int on = 1, fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

static void serve(int fd)
{
    char request[4096];
    ssize_t len = recv(fd, request, sizeof request, 0);
    if (len < 4 || memcmp(request + len - 4, "\r\n\r\n", 4) != 0) {
        if (len >= 0 || errno != EAGAIN) close(fd);
        return;
    }
    if (send(fd, answer, sizeof answer - 1, MSG_NOSIGNAL) < 0) close(fd);
}

int main(int argc, char **argv)
{
    struct epoll_event events[EVENTS];
    int listener = listen_on(argc > 1 ? atoi(argv[1]) : 8000), epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int count = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd == listener) take_connections(epoll, listener);
            else serve(events[i].data.fd);
        }
    }
}
