#include "server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 64, BUFFER = 1024 };

typedef struct client {
    char text[BUFFER];
    size_t len;
} client;

struct server {
    pthread_t thread;
    struct pollfd fds[MOST + 1]; /* the first one listens */
    client clients[MOST + 1];
    uint16_t port;
    bool has_stalled;
    atomic_bool stops;
    atomic_ullong requests, connections;
};

static const struct answer {
    const char *path, *bytes;
    bool closes;
} answers[] = {
    {"/ok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false},
    {"/stall", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false},
    {"/chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", false},
    {"/no", "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\nno", false},
    {"/close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", true},
    {"/drop", "", true},
    {"/silent", "", false},
};

static void stall_once(server *s)
{
    if (s->has_stalled) return;
    s->has_stalled = true;
    nanosleep(&(struct timespec){.tv_nsec = STALL_MS * 1000000L}, NULL);
}

/* Answer one request; false: the connection ends. */
static bool respond(server *s, int fd, const char *request)
{
    atomic_fetch_add(&s->requests, 1);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        const struct answer *a = &answers[i];
        size_t len = strlen(a->path);
        if (strncmp(request + 4, a->path, len) != 0 || request[4 + len] != ' ') continue;
        if (strcmp(a->path, "/stall") == 0) stall_once(s);
        if (*a->bytes && send(fd, a->bytes, strlen(a->bytes), MSG_NOSIGNAL) < 0) return false;
        return !a->closes;
    }
    return false;
}

static bool serve(server *s, int i)
{
    client *c = &s->clients[i];
    ssize_t n = recv(s->fds[i].fd, c->text + c->len, sizeof c->text - 1 - c->len, 0);
    if (n <= 0) return false;
    c->len += (size_t)n;
    c->text[c->len] = '\0';
    if (!strstr(c->text, "\r\n\r\n")) return c->len < sizeof c->text - 1;
    c->len = 0;
    return respond(s, s->fds[i].fd, c->text);
}

static void take_connection(server *s)
{
    int fd = accept(s->fds[0].fd, NULL, NULL);
    for (int i = 1; fd >= 0 && i <= MOST; i++) {
        if (s->fds[i].fd >= 0) continue;
        s->fds[i].fd = fd;
        s->clients[i].len = 0;
        atomic_fetch_add(&s->connections, 1);
        return;
    }
    if (fd >= 0) close(fd);
}

static void *run(void *cls)
{
    server *s = cls;
    while (!atomic_load(&s->stops)) {
        if (poll(s->fds, MOST + 1, 20) <= 0) continue;
        if (s->fds[0].revents) take_connection(s);
        for (int i = 1; i <= MOST; i++) {
            if (s->fds[i].fd < 0 || !s->fds[i].revents || serve(s, i)) continue;
            close(s->fds[i].fd);
            s->fds[i].fd = -1;
        }
    }
    return NULL;
}

server *server_start(void)
{
    server *s = calloc(1, sizeof *s);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    if (!s) exit(2);
    for (int i = 0; i <= MOST; i++) s->fds[i] = (struct pollfd){.fd = -1, .events = POLLIN};
    s->fds[0].fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(s->fds[0].fd, (struct sockaddr *)&at, len) != 0 || listen(s->fds[0].fd, 128) != 0 ||
        getsockname(s->fds[0].fd, (struct sockaddr *)&at, &len) != 0 || pthread_create(&s->thread, NULL, run, s) != 0) {
        perror("server");
        exit(2);
    }
    s->port = ntohs(at.sin_port);
    return s;
}

uint16_t server_port(const server *s)
{
    return s->port;
}

uint64_t server_requests(const server *s)
{
    return atomic_load(&s->requests);
}

uint64_t server_connections(const server *s)
{
    return atomic_load(&s->connections);
}

void server_stop(server *s)
{
    atomic_store(&s->stops, true);
    pthread_join(s->thread, NULL);
    for (int i = 0; i <= MOST; i++) {
        if (s->fds[i].fd >= 0) close(s->fds[i].fd);
    }
    free(s);
}
