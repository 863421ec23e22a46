#include "server/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum outlet_kind {
    OUTLET_FILE,   /* never waits in the sense of poll(2) */
    OUTLET_SOCKET, /* asked with MSG_DONTWAIT */
    OUTLET_OWN,    /* a pipe or terminal opened a second time, non-blocking */
    OUTLET_SHARED  /* one that cannot be: asked with poll(2) before each write */
} outlet_kind;

typedef struct outlet {
    int fd;
    outlet_kind kind;
} outlet;

static outlet outlets[ROB_SINK_COUNT];
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static outlet open_outlet(int fd)
{
    struct stat st;
    char path[32];
    if (fstat(fd, &st) != 0) return (outlet){fd, OUTLET_FILE};
    if (S_ISSOCK(st.st_mode)) return (outlet){fd, OUTLET_SOCKET};
    if (!S_ISFIFO(st.st_mode) && !S_ISCHR(st.st_mode)) return (outlet){fd, OUTLET_FILE};
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int own = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    return own >= 0 ? (outlet){own, OUTLET_OWN} : (outlet){fd, OUTLET_SHARED};
}

static void open_outlets(void)
{
    outlets[ROB_SINK_OUT] = open_outlet(STDOUT_FILENO);
    outlets[ROB_SINK_ERR] = open_outlet(STDERR_FILENO);
}

static const outlet *outlet_of(rob_sink sink)
{
    pthread_once(&opened, open_outlets);
    return &outlets[sink];
}

/* What goes out in one call: all of it, or as many whole lines as a pipe takes at once. */
static size_t piece_len(const outlet *o, rob_str lines)
{
    if (o->kind == OUTLET_FILE || o->kind == OUTLET_SOCKET || lines.len <= PIPE_BUF) return lines.len;
    const char *newline = memrchr(lines.ptr, '\n', PIPE_BUF);
    return newline ? (size_t)(newline - lines.ptr) + 1 : PIPE_BUF;
}

static ssize_t write_piece(const outlet *o, const char *text, size_t len)
{
    struct pollfd asked = {.fd = o->fd, .events = POLLOUT};
    if (o->kind == OUTLET_SOCKET) return send(o->fd, text, len, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (o->kind == OUTLET_SHARED && poll(&asked, 1, 0) == 0) {
        errno = EAGAIN;
        return -1;
    }
    return write(o->fd, text, len);
}

rob_sunk rob_sink_write(rob_sink sink, rob_str lines)
{
    const outlet *o = outlet_of(sink);
    rob_sunk sunk = {0};
    while (sunk.taken < lines.len) {
        rob_str rest = {lines.ptr + sunk.taken, lines.len - sunk.taken};
        ssize_t written = write_piece(o, rest.ptr, piece_len(o, rest));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            sunk.broken = errno != EAGAIN && errno != EWOULDBLOCK;
            break;
        }
        sunk.taken += (size_t)written;
    }
    return sunk;
}

void rob_sink_wait(rob_sink sink, int milliseconds)
{
    struct pollfd asked = {.fd = outlet_of(sink)->fd, .events = POLLOUT};
    poll(&asked, 1, milliseconds);
}
