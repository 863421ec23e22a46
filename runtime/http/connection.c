#include "http/connection.h"

#include <arpa/inet.h>
#include <linux/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

int64_t rob_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static rob_address address_of(const struct sockaddr *peer)
{
    rob_address address = {0};
    if (peer->sa_family == AF_INET) {
        address.len = 4;
        memcpy(address.bytes, &((const struct sockaddr_in *)(const void *)peer)->sin_addr, 4);
    } else if (peer->sa_family == AF_INET6) {
        const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
        bool mapped = IN6_IS_ADDR_V4MAPPED(six);
        address.len = mapped ? 4 : 8;
        memcpy(address.bytes, six->s6_addr + (mapped ? 12 : 0), address.len);
    }
    return address;
}

void rob_connection_name(rob_connection *c, const struct sockaddr *peer)
{
    c->address = address_of(peer);
    const void *bytes = NULL;
    if (peer->sa_family == AF_INET) bytes = &((const struct sockaddr_in *)(const void *)peer)->sin_addr;
    if (peer->sa_family == AF_INET6) bytes = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
    if (bytes && inet_ntop(peer->sa_family, bytes, c->client, sizeof c->client))
        c->client_len = (uint8_t)strlen(c->client);
}

/* ------------------------------------------------------------------ deadlines */

/* TCP's own account of a connection. libmicrohttpd does not say when a request's first byte comes, and its
 * edge-triggered set misses an end that comes together with the last bytes; this tells both, without
 * touching the connection. False: not TCP. */
static bool ask_tcp(int fd, struct tcp_info *info)
{
    socklen_t len = sizeof *info;
    memset(info, 0, sizeof *info);
    return getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, &len) == 0;
}

/* The peer has sent its end, and everything before it has been read. */
static bool has_ended(int fd, const struct tcp_info *info)
{
    enum { CLOSE_WAIT = 8 }; /* of RFC 9293, 3.3.2, as the kernel counts; <netinet/tcp.h> has no tcpi_bytes_received */
    int unread = 0;
    return info->tcpi_state == CLOSE_WAIT && ioctl(fd, FIONREAD, &unread) == 0 && unread == 0;
}

static rob_verdict look_at_idle(rob_connection *c, const struct tcp_info *info, int64_t now,
                                const rob_settings *settings)
{
    if (c->estimated) {
        c->consumed = info->tcpi_bytes_received;
        c->estimated = false;
    }
    if (info->tcpi_bytes_received > c->consumed) {
        c->stage = ROB_STAGE_SLOW;
        c->deadline = now + settings->head_timeout;
        return ROB_KEEP;
    }
    return now >= c->deadline ? ROB_CLOSE : ROB_KEEP;
}

/* Seen once: from then on the job knows. */
static bool has_left(const rob_connection *c)
{
    struct tcp_info info;
    if (c->stage != ROB_STAGE_HANDLING || !c->exchange || atomic_load(&c->exchange->left)) return false;
    return ask_tcp(c->fd, &info) && has_ended(c->fd, &info);
}

rob_verdict rob_connection_look(rob_connection *c, int64_t now, const rob_settings *settings)
{
    struct tcp_info info;
    if (c->stage <= ROB_STAGE_BODY && ask_tcp(c->fd, &info)) {
        if (has_ended(c->fd, &info)) return ROB_CLOSE; /* no request can become whole any more */
        if (c->stage == ROB_STAGE_IDLE) return look_at_idle(c, &info, now, settings);
    }
    if (now < c->deadline) return has_left(c) ? ROB_LEFT : ROB_KEEP;
    switch ((rob_stage)c->stage) {
    case ROB_STAGE_IDLE: return ROB_CLOSE;
    case ROB_STAGE_SLOW:
    case ROB_STAGE_HEAD: return ROB_TIMED_OUT;
    case ROB_STAGE_BODY:
        c->deadline = c->since + settings->body_timeout;
        if (c->exchange) c->deadline += (int64_t)(c->exchange->received * 1000 / ROB_SLOWEST_RATE);
        return now < c->deadline ? ROB_KEEP : ROB_TIMED_OUT;
    case ROB_STAGE_HANDLING: return ROB_OVERDUE;
    case ROB_STAGE_SENDING:
    case ROB_STAGE_DRAINING: return ROB_CLOSE;
    }
    return ROB_KEEP;
}

/* ------------------------------------------------------------------ caps */

enum { BUCKETS = 4096 };

typedef struct peer_count {
    struct peer_count *next;
    rob_address address;
    uint32_t connections;
} peer_count;

static struct {
    pthread_mutex_t lock;
    atomic_uint connections;
    peer_count *buckets[BUCKETS];
} caps = {.lock = PTHREAD_MUTEX_INITIALIZER};

static peer_count **find_peer(const rob_address *address)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (unsigned i = 0; i < address->len; i++) hash = (hash ^ address->bytes[i]) * 16777619u;
    peer_count **at = &caps.buckets[(hash ^ hash >> 16) % BUCKETS];
    while (*at && memcmp(&(*at)->address, address, sizeof *address) != 0) at = &(*at)->next;
    return at;
}

bool rob_caps_allow(const rob_settings *settings, const struct sockaddr *peer)
{
    if (atomic_load_explicit(&caps.connections, memory_order_relaxed) >= settings->max_connections) return false;
    rob_address address = address_of(peer);
    if (address.len == 0 || settings->max_connections_per_address == 0) return true;
    pthread_mutex_lock(&caps.lock);
    peer_count *found = *find_peer(&address);
    bool allowed = !found || found->connections < settings->max_connections_per_address;
    pthread_mutex_unlock(&caps.lock);
    return allowed;
}

void rob_caps_enter(const rob_address *address)
{
    atomic_fetch_add_explicit(&caps.connections, 1, memory_order_relaxed);
    if (address->len == 0) return;
    pthread_mutex_lock(&caps.lock);
    peer_count **at = find_peer(address);
    if (!*at && (*at = calloc(1, sizeof **at))) (*at)->address = *address;
    if (*at) (*at)->connections++;
    pthread_mutex_unlock(&caps.lock);
}

void rob_caps_leave(const rob_address *address)
{
    atomic_fetch_sub_explicit(&caps.connections, 1, memory_order_relaxed);
    if (address->len == 0) return;
    pthread_mutex_lock(&caps.lock);
    peer_count **at = find_peer(address), *found = *at;
    if (found && --found->connections == 0) {
        *at = found->next;
        free(found);
    }
    pthread_mutex_unlock(&caps.lock);
}
