/* connection.h: what a transport keeps of each connection, and its deadlines.
 *
 * Deadlines are absolute: progress never extends one (wire.md, Limits). Every connection is looked at
 * once a second, and when the next deadline falls: cheaper than timers that most requests cancel. */
#ifndef ROB_HTTP_CONNECTION_H
#define ROB_HTTP_CONNECTION_H

#include <netinet/in.h>

#include "http/exchange.h"

typedef enum rob_stage {
    ROB_STAGE_IDLE,     /* between requests, or before the first */
    ROB_STAGE_SLOW,     /* bytes of a head have come, but no whole request line */
    ROB_STAGE_HEAD,     /* the request line is known */
    ROB_STAGE_BODY,
    ROB_STAGE_HANDLING, /* a job has it */
    ROB_STAGE_SENDING,
    ROB_STAGE_DRAINING  /* answered raw; what still comes is dropped, then the connection closes */
} rob_stage;

enum {
    ROB_LOOK_EVERY = 1000, /* ms between looks at idle connections */
    ROB_DRAIN_FOR = 500,   /* ms; wire.md: a refused connection is closed within 1 s */
    ROB_SLOWEST_RATE = 500 /* bytes a second, of bodies and of answers */
};

/* What the caps count by: an IPv4 address, or the /64 network of an IPv6 one. */
typedef struct rob_address {
    uint8_t bytes[8];
    uint8_t len; /* 0: neither (a Unix socket), never counted */
} rob_address;

/* What each request touches comes first, in one cache line. */
typedef struct rob_connection {
    void *transport; /* the transport's own handle */
    rob_exchange *exchange;
    int64_t deadline;  /* ms, monotonic */
    uint64_t consumed; /* bytes of finished requests, against TCP's count of what came */
    struct rob_connection *previous, *next;
    int fd;
    uint32_t head;  /* bytes of this request's head */
    uint8_t stage;  /* rob_stage */
    bool estimated; /* consumed is too low: a chunked body's framing is not seen */
    bool late;      /* its handler missed the deadline: a 504 is due */
    uint8_t client_len;
    rob_address address;
    int64_t since; /* ms: start of the body */
    char client[INET6_ADDRSTRLEN];
} rob_connection;

/* Fills address and client. */
void rob_connection_name(rob_connection *c, const struct sockaddr *peer);

typedef enum rob_verdict {
    ROB_KEEP,
    ROB_CLOSE,     /* idle for too long, or not reading its answer */
    ROB_TIMED_OUT, /* head or body: 408 */
    ROB_OVERDUE,   /* the handler: 504 */
    ROB_LEFT       /* the client has gone while its handler is at work */
} rob_verdict;

/* Look at one connection. May move it from IDLE to SLOW. */
rob_verdict rob_connection_look(rob_connection *c, int64_t now, const rob_settings *settings);

/* ms, monotonic, a few ms coarse: no system call. */
int64_t rob_clock(void);

/* ------------------------------------------------------------------ caps, for the whole process */

/* Whether one more connection from there is within max_connections and the cap per address. Any thread. */
bool rob_caps_allow(const rob_settings *settings, const struct sockaddr *peer);
void rob_caps_enter(const rob_address *address);
void rob_caps_leave(const rob_address *address);

#endif
