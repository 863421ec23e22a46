/* mhd.c: the transport on libmicrohttpd, and the only file that includes its header.
 *
 * One daemon per loop thread, run by our own epoll set: libmicrohttpd's inner thread stops serving when
 * one epoll_wait returns all of its 128 events. For each request it calls us:
 *   on_target     the raw request target, before it is taken apart   -> an exchange
 *   on_request 1  the head is complete                               -> gate, begin (route)
 *   on_request n  pieces of the body                                 -> the exchange's sink
 *   on_request z  everything is here; again after a job is done      -> serve, answer
 *   on_over       the answer is out, or the connection broke         -> over, free
 * An answer queued in the first call closes the connection, so only refusals are. */
#include <microhttpd.h>

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"
#include "http/connection.h"
#include "http/gate.h"
#include "http/server.h"

#if MHD_VERSION < 0x01001000
#error "libmicrohttpd 1.0.10 or later is needed: older ones answer smuggled requests"
#endif

enum {
    POOL_EXTRA = 4096, /* beside the head: libmicrohttpd's field list, the answer's head */
    FIELD_COST = 64,   /* of that list, for each field */
    ANSWER_HEAD = 1024 /* of a usual answer */
};

typedef struct prepared_answer {
    struct MHD_Response *response; /* NULL until first sent */
    int64_t second;                /* of its Date */
} prepared_answer;

struct rob_loop {
    rob_loop_config config;
    struct MHD_Daemon *daemon;
    int epoll, wake, timer;
    int64_t now;        /* ms: the start of this turn */
    int64_t second;     /* the same, since 1970 */
    int64_t next_look;  /* ms: when the timer fires; 0: not armed */
    atomic_bool stop;   /* asked to */
    bool stopping;      /* has begun to */
    int64_t give_up;    /* ms: when stopping, what is still open then is cut off */
    size_t connection_count;
    rob_connection *connections;
    rob_exchange_pool free;
    prepared_answer *constants; /* of the app, then of errors */
};

/* ------------------------------------------------------------------ time */

static void look_at_clocks(rob_loop *loop)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    loop->second = now.tv_sec;
    loop->now = rob_clock();
}

/* Have the timer fire by `at`. A system call only when it would fire later than that. */
static void look_by(rob_loop *loop, int64_t at)
{
    if (loop->next_look && loop->next_look <= at) return;
    loop->next_look = at;
    int64_t wait = at > loop->now ? at - loop->now : 1;
    struct itimerspec spec = {.it_value = {.tv_sec = wait / 1000, .tv_nsec = wait % 1000 * 1000000}};
    timerfd_settime(loop->timer, 0, &spec, NULL);
}

static void enter_stage(rob_loop *loop, rob_connection *c, rob_stage stage, int64_t allowed)
{
    c->stage = (uint8_t)stage;
    c->deadline = loop->now + allowed;
    if (loop->next_look > c->deadline) look_by(loop, c->deadline);
}

/* ------------------------------------------------------------------ exchanges */

static rob_exchange *take_exchange(rob_loop *loop, rob_connection *c)
{
    rob_exchange *x = rob_exchange_take(&loop->free);
    if (!x) return NULL;
    x->loop = loop;
    x->connection = c;
    x->request.app = loop->config.app;
    x->request.settings = loop->config.settings;
    x->request.process_state = loop->config.process_state;
    x->request.client = (rob_str){c->client, c->client_len};
    return x;
}

static int64_t nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* ------------------------------------------------------------------ answers */

/* libmicrohttpd takes no empty value; white space around one is no part of it (RFC 9110, 5.5). */
static const char *line_value(const rob_reply_line *line)
{
    return line->value[0] ? line->value : " ";
}

/* The body is not copied: it is static, or lives in the request's arena, which outlasts it. */
static struct MHD_Response *make_response(unsigned status, rob_str body, const char *content_type,
                                          const rob_reply_line *lines, bool close)
{
    struct MHD_Response *made = MHD_create_response_from_buffer_static(body.len, body.ptr ? body.ptr : "");
    if (!made) return NULL;
    if (status == 304) MHD_set_response_options(made, MHD_RF_HEAD_ONLY_RESPONSE, MHD_RO_END); /* no Content-Length: 0 */
    bool good = !content_type || MHD_add_response_header(made, "Content-Type", content_type) == MHD_YES;
    for (; lines && good; lines = lines->next)
        good = MHD_add_response_header(made, lines->name, line_value(lines)) == MHD_YES;
    if (good && close) good = MHD_add_response_header(made, "Connection", "close") == MHD_YES;
    if (good) return made;
    MHD_destroy_response(made);
    return NULL;
}

static struct MHD_Response *make_constant(const rob_constant *constant, bool close)
{
    char type[128];
    snprintf(type, sizeof type, "%.*s", ROB_STR_ARG(constant->content_type));
    return make_response(constant->status, constant->body, constant->content_type.len ? type : NULL, NULL, close);
}

/* Prepared once per loop: shared between threads, its reference count would be too. It carries its own
 * Date, renewed once a second, because libmicrohttpd works one out for each answer otherwise. */
static struct MHD_Response *prepared(rob_loop *loop, const rob_constant *constant)
{
    size_t at = constant->index;
    if (at >= ROB_ERROR_CONSTANTS) at = at - ROB_ERROR_CONSTANTS + loop->config.app->constant_count;
    prepared_answer *answer = &loop->constants[at];
    if (!answer->response && !(answer->response = make_constant(constant, false))) return NULL;
    if (answer->second != loop->second) {
        char date[ROB_HTTP_DATE_TEXT + 1] = {0};
        rob_print_http_date(date, loop->second);
        answer->second = loop->second;
        MHD_add_response_header(answer->response, "Date", date);
    }
    return answer->response;
}

static enum MHD_Result send_constant(rob_loop *loop, rob_connection *c, const rob_constant *constant, bool close)
{
    enter_stage(loop, c, ROB_STAGE_SENDING,
                loop->config.settings->body_timeout + (int64_t)(constant->body.len * 1000 / ROB_SLOWEST_RATE));
    struct MHD_Response *response = close ? make_constant(constant, true) : prepared(loop, constant);
    if (!response) return MHD_NO;
    enum MHD_Result queued = MHD_queue_response(c->transport, constant->status, response);
    if (close) MHD_destroy_response(response);
    return queued;
}

/* libmicrohttpd takes no answer while it reads, so this one is written past it. What still arrives is
 * dropped for a moment, because closing with unread input would reset the connection and with it the
 * answer on its way. */
static void send_raw(rob_loop *loop, rob_connection *c, unsigned status)
{
    const rob_constant *error = rob_error_constant(status, loop->config.settings->errors);
    char text[512];
    int len = snprintf(text, sizeof text,
                       "HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Type: %.*s\r\nContent-Length: %zu\r\n\r\n%.*s",
                       status, MHD_get_reason_phrase_for(status), ROB_STR_ARG(error->content_type), error->body.len,
                       ROB_STR_ARG(error->body));
    if (len > 0 && send(c->fd, text, (size_t)len, MSG_DONTWAIT | MSG_NOSIGNAL) == len && c->exchange)
        c->exchange->reply.status = (uint16_t)status;
    shutdown(c->fd, SHUT_WR);
    enter_stage(loop, c, ROB_STAGE_DRAINING, ROB_DRAIN_FOR);
}

static size_t pool_size(const rob_loop *loop)
{
    return (size_t)loop->config.settings->head_limit + POOL_EXTRA;
}

/* The head of an answer is built beside the request's in the connection's pool; libmicrohttpd closes the
 * connection without a word when it has no room. */
static bool has_room(const rob_loop *loop, const rob_connection *c, const rob_reply *reply)
{
    size_t needed = ANSWER_HEAD;
    for (const rob_reply_line *line = reply->lines; line; line = line->next)
        needed += strlen(line->name) + strlen(line->value) + sizeof ": \r\n" - 1;
    return c->head + reply->request->header_count * FIELD_COST + needed <= pool_size(loop);
}

static enum MHD_Result send_reply(rob_loop *loop, rob_connection *c, const rob_reply *reply)
{
    bool close = reply->close || loop->stopping;
    if (reply->constant) return send_constant(loop, c, reply->constant, close);
    enter_stage(loop, c, ROB_STAGE_SENDING,
                loop->config.settings->body_timeout + (int64_t)(reply->body.len * 1000 / ROB_SLOWEST_RATE));
    if (reply->lines && !has_room(loop, c, reply)) {
        send_raw(loop, c, 431);
        return MHD_NO;
    }
    struct MHD_Response *response = make_response(reply->status, reply->body, reply->content_type, reply->lines, close);
    if (!response) {
        const rob_constant *failed = rob_error_constant(500, loop->config.settings->errors);
        return send_constant(loop, c, failed, true);
    }
    enum MHD_Result queued = MHD_queue_response(c->transport, reply->status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result refuse(rob_loop *loop, rob_connection *c, rob_exchange *x, unsigned status)
{
    if (status != 413 && status != 431) {
        rob_reply_error(&x->reply, status);
        x->reply.close = true;
        return send_reply(loop, c, &x->reply);
    }
    /* 413: the body is on its way. 431: the head leaves no room for an answer. */
    x->take = rob_body_discard;
    send_raw(loop, c, status);
    return MHD_YES;
}

/* ------------------------------------------------------------------ one request */

static rob_connection *connection_of(struct MHD_Connection *mhd)
{
    return MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* The text still stands in the connection's buffer, and libmicrohttpd is about to take the query apart
 * there, at the cost of the head's memory: it gets an empty one instead, because the decoder reads ours. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *mhd)
{
    rob_loop *loop = cls;
    rob_connection *c = connection_of(mhd);
    rob_exchange *x = c ? take_exchange(loop, c) : NULL;
    if (!x) return NULL;
    c->exchange = x;
    if (c->stage == ROB_STAGE_SLOW) c->stage = ROB_STAGE_HEAD;
    else enter_stage(loop, c, ROB_STAGE_HEAD, loop->config.settings->head_timeout);
    if (loop->config.timestamps) x->began = nanoseconds();
    x->target = rob_arena_copy(&x->memory, rob_str_of(target));
    char *query = strchr((char *)target, '?');
    if (query) query[1] = '\0';
    return x;
}

static size_t keep_escapes(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls;
    (void)mhd;
    return strlen(text);
}

static enum MHD_Result take_field(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len,
                                  const char *value, size_t value_len)
{
    (void)kind;
    rob_exchange *x = cls;
    if (x->request.header_count < ROB_HEADERS_MOST) {
        rob_header_line *line = &x->headers[x->request.header_count];
        *line = (rob_header_line){{name, name_len}, {value, value ? value_len : 0}};
    }
    return ++x->request.header_count <= ROB_HEADERS_MOST ? MHD_YES : MHD_NO;
}

static unsigned check_head(rob_loop *loop, rob_exchange *x, const char *method, const char *version,
                           rob_framing *framing)
{
    rob_connection *c = x->connection;
    const union MHD_ConnectionInfo *size =
        MHD_get_connection_info(c->transport, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    uint64_t head = size ? size->header_size : 0;
    c->head = (uint32_t)head;
    c->consumed += head;
    if (!x->target.ptr) return 413;
    unsigned refused = rob_gate_line(x, rob_str_of(method), loop->config.settings->head_limit);
    if (refused) return refused;
    if (head > loop->config.settings->head_limit) return 431;
    MHD_get_connection_values_n(c->transport, MHD_HEADER_KIND, take_field, x);
    if (x->request.header_count > ROB_HEADERS_MOST) return 431;
    if (head + x->request.header_count * FIELD_COST + ANSWER_HEAD > pool_size(loop)) return 431;
    refused = rob_gate_fields(x, strcmp(version, "HTTP/1.0") != 0, framing);
    if (refused) return refused;
    x->encoded_body = framing->encoded;
    refused = rob_gate_path(x);
    return refused == 404 ? 0 : refused;
}

/* The first call: the head. */
static enum MHD_Result on_head(rob_loop *loop, rob_exchange *x, const char *method, const char *version)
{
    rob_connection *c = x->connection;
    rob_framing framing;
    unsigned refused = check_head(loop, x, method, version, &framing);
    if (refused) return refuse(loop, c, x, refused);
    if (!loop->config.service->begin(loop->config.host, x)) {
        x->reply.close = true;
        return send_reply(loop, c, &x->reply);
    }
    if (framing.has_length && framing.length > x->body_limit) return refuse(loop, c, x, 413);
    if (framing.has_length) c->consumed += framing.length;
    if (framing.chunked) c->estimated = true;
    if (framing.chunked || framing.length > 0) {
        c->since = loop->now;
        enter_stage(loop, c, ROB_STAGE_BODY, loop->config.settings->body_timeout);
        x->expected = framing.length;
    }
    return MHD_YES;
}

static void on_body(rob_loop *loop, rob_exchange *x, const char *bytes, size_t len)
{
    rob_connection *c = x->connection;
    if (c->stage == ROB_STAGE_DRAINING) return;
    x->received += len;
    if (x->received > x->body_limit || x->take(x, bytes, len) != ROB_OK) {
        x->take = rob_body_discard;
        send_raw(loop, c, 413);
    }
}

static enum MHD_Result take_trailer(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len,
                                    const char *value, size_t value_len)
{
    (void)kind;
    unsigned *refused = cls;
    *refused = rob_gate_trailer((rob_str){name, name_len}, (rob_str){value, value ? value_len : 0});
    return *refused ? MHD_NO : MHD_YES;
}

/* The last call: everything is here, or a job came back. */
static enum MHD_Result on_complete(rob_loop *loop, rob_exchange *x)
{
    rob_connection *c = x->connection;
    unsigned refused = 0;
    if (c->late) return send_constant(loop, c, rob_error_constant(504, loop->config.settings->errors), loop->stopping);
    if (c->stage == ROB_STAGE_HANDLING) return send_reply(loop, c, &x->reply);
    if (c->estimated) MHD_get_connection_values_n(c->transport, MHD_FOOTER_KIND, take_trailer, &refused);
    if (refused) return refuse(loop, c, x, refused);
    if (loop->config.service->serve(loop->config.host, x) == ROB_ANSWERED) return send_reply(loop, c, &x->reply);
    x->owners++;
    enter_stage(loop, c, ROB_STAGE_HANDLING, loop->config.settings->timeout);
    MHD_suspend_connection(c->transport);
    return MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                                  const char *version, const char *bytes, size_t *len, void **context)
{
    (void)mhd;
    (void)url;
    rob_loop *loop = cls;
    rob_exchange *x = *context;
    if (!x) return MHD_NO;
    if (*len > 0) {
        on_body(loop, x, bytes, *len);
        *len = 0;
        return MHD_YES;
    }
    rob_connection *c = x->connection;
    if (c->stage == ROB_STAGE_DRAINING) return MHD_NO;
    return c->stage == ROB_STAGE_HEAD && !x->begun ? (x->begun = true, on_head(loop, x, method, version))
                                                  : on_complete(loop, x);
}

static void end_exchange(rob_loop *loop, rob_exchange *x)
{
    rob_connection *c = x->connection;
    unsigned status = c->late ? 504 : c->stage >= ROB_STAGE_SENDING ? x->reply.status : 0;
    loop->config.service->over(loop->config.host, x, status);
    c->exchange = NULL;
    c->late = false;
    enter_stage(loop, c, ROB_STAGE_IDLE, loop->config.settings->idle_timeout);
    x->connection = NULL;
    rob_exchange_let_go(&loop->free, x);
}

static void on_over(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode how)
{
    (void)mhd;
    (void)how;
    if (*context) end_exchange(cls, *context);
}

/* ------------------------------------------------------------------ connections */

static enum MHD_Result allow(void *cls, const struct sockaddr *peer, socklen_t len)
{
    (void)len;
    rob_loop *loop = cls;
    return rob_caps_allow(loop->config.settings, peer) ? MHD_YES : MHD_NO;
}

static void on_open(rob_loop *loop, struct MHD_Connection *mhd, void **context)
{
    int fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    rob_connection *c = calloc(1, sizeof *c);
    if (!(*context = c)) {
        shutdown(fd, SHUT_RDWR);
        return;
    }
    c->transport = mhd;
    c->fd = fd;
    rob_connection_name(c, MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    rob_caps_enter(&c->address);
    c->next = loop->connections;
    if (c->next) c->next->previous = c;
    loop->connections = c;
    loop->connection_count++;
    enter_stage(loop, c, ROB_STAGE_IDLE, loop->config.settings->head_timeout);
    look_by(loop, loop->now + ROB_LOOK_EVERY);
}

static void on_close(rob_loop *loop, rob_connection *c)
{
    if (!c) return;
    /* libmicrohttpd says nothing when it has no memory for an error answer of its own. */
    if (c->exchange) end_exchange(loop, c->exchange);
    rob_caps_leave(&c->address);
    if (c->previous) c->previous->next = c->next;
    else loop->connections = c->next;
    if (c->next) c->next->previous = c->previous;
    loop->connection_count--;
    free(c);
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED) on_open(cls, mhd, context);
    else on_close(cls, *context);
}

static void give_up_on_handler(rob_loop *loop, rob_connection *c)
{
    c->late = true;
    atomic_store(&c->exchange->given_up, true);
    loop->config.service->overdue(loop->config.host, c->exchange);
    MHD_resume_connection(c->transport);
}

static void tell_of_leaving(rob_loop *loop, rob_connection *c)
{
    atomic_store(&c->exchange->left, true);
    if (loop->config.service->left) loop->config.service->left(loop->config.host, c->exchange);
}

/* Shut down, not closed: libmicrohttpd owns the socket, and notices. */
static void look_at_connections(rob_loop *loop)
{
    int64_t next = loop->now + ROB_LOOK_EVERY;
    loop->next_look = 0;
    for (rob_connection *c = loop->connections; c; c = c->next) {
        bool give_up = loop->stopping && loop->now >= loop->give_up;
        switch (give_up ? ROB_CLOSE : c->late ? ROB_KEEP : rob_connection_look(c, loop->now, loop->config.settings)) {
        case ROB_KEEP: break;
        case ROB_CLOSE: shutdown(c->fd, SHUT_RDWR); break;
        case ROB_TIMED_OUT: send_raw(loop, c, 408); break;
        case ROB_OVERDUE: give_up_on_handler(loop, c); break;
        case ROB_LEFT: tell_of_leaving(loop, c); break;
        }
        if (c->deadline > loop->now && c->deadline < next) next = c->deadline;
    }
    if (loop->connections) look_by(loop, next);
}

/* ------------------------------------------------------------------ the loop */

static bool watch(int epoll, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

static struct MHD_Daemon *start_daemon(rob_loop *loop)
{
    const rob_settings *settings = loop->config.settings;
    return MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_NO_THREAD_SAFETY | MHD_ALLOW_SUSPEND_RESUME, 0, allow, loop,
                            on_request, loop,
                            MHD_OPTION_LISTEN_SOCKET, loop->config.listener,
                            MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, pool_size(loop),
                            MHD_OPTION_CONNECTION_LIMIT, settings->max_connections + 1,
                            MHD_OPTION_CONNECTION_TIMEOUT, 0u,
                            MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
                            MHD_OPTION_URI_LOG_CALLBACK, on_target, loop,
                            MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
                            MHD_OPTION_NOTIFY_COMPLETED, on_over, loop,
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, loop,
                            MHD_OPTION_END);
}

rob_loop *rob_loop_new(const rob_loop_config *config)
{
    rob_loop *loop = calloc(1, sizeof *loop);
    if (!loop) return NULL;
    loop->config = *config;
    look_at_clocks(loop);
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    loop->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    loop->constants = calloc(config->app->constant_count + ROB_ERROR_CONSTANT_COUNT, sizeof *loop->constants);
    loop->daemon = loop->constants ? start_daemon(loop) : NULL;
    const union MHD_DaemonInfo *info = NULL;
    if (loop->daemon) info = MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    bool good = info && watch(loop->epoll, info->epoll_fd);
    if (good && watch(loop->epoll, loop->wake) && watch(loop->epoll, loop->timer)) return loop;
    rob_loop_free(loop);
    return NULL;
}

/* What is already in a socket's buffer is still read and answered; what comes later is not. */
static void begin_to_stop(rob_loop *loop)
{
    loop->stopping = true;
    loop->give_up = loop->now + loop->config.settings->timeout + ROB_LOOK_EVERY;
    int listener = MHD_quiesce_daemon(loop->daemon);
    MHD_run(loop->daemon); /* takes the listener out of its set, before it goes */
    if (listener >= 0) close(listener);
    for (rob_connection *c = loop->connections; c; c = c->next)
        if (c->stage == ROB_STAGE_IDLE) shutdown(c->fd, SHUT_RD);
}

static void take_wakes(rob_loop *loop)
{
    uint64_t count;
    if (read(loop->wake, &count, sizeof count) < 0) return;
    loop->config.service->woken(loop->config.host, loop);
    if (atomic_load(&loop->stop) && !loop->stopping) begin_to_stop(loop);
}

static void take_ticks(rob_loop *loop)
{
    uint64_t count;
    if (read(loop->timer, &count, sizeof count) > 0) look_at_connections(loop);
}

void rob_loop_run(rob_loop *loop)
{
    struct epoll_event events[4];
    uint64_t wait;
    bool more = true; /* the first run puts the listening socket into the daemon's set */
    while (!loop->stopping || loop->connection_count > 0) {
        int count = epoll_wait(loop->epoll, events, 4, more ? 0 : -1);
        look_at_clocks(loop);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd == loop->wake) take_wakes(loop);
            else if (events[i].data.fd == loop->timer) take_ticks(loop);
        }
        MHD_run(loop->daemon);
        loop->config.service->turned(loop->config.host, loop);
        more = MHD_get_timeout64(loop->daemon, &wait) == MHD_YES && wait == 0;
    }
}

void rob_loop_free(rob_loop *loop)
{
    if (loop->daemon) MHD_stop_daemon(loop->daemon);
    size_t constants = (size_t)loop->config.app->constant_count + ROB_ERROR_CONSTANT_COUNT;
    for (size_t i = 0; loop->constants && i < constants; i++)
        if (loop->constants[i].response) MHD_destroy_response(loop->constants[i].response);
    free(loop->constants);
    rob_exchange_pool_free(&loop->free);
    close(loop->epoll);
    close(loop->wake);
    close(loop->timer);
    free(loop);
}

void rob_loop_wake(rob_loop *loop)
{
    uint64_t one = 1;
    ssize_t written = write(loop->wake, &one, sizeof one);
    (void)written; /* full only when a wake is already pending */
}

void rob_loop_stop(rob_loop *loop)
{
    atomic_store(&loop->stop, true);
    rob_loop_wake(loop);
}

void rob_loop_answer(rob_loop *loop, rob_exchange *x)
{
    rob_connection *c = x->connection;
    if (c && !c->late) MHD_resume_connection(c->transport);
    rob_exchange_let_go(&loop->free, x);
}

unsigned rob_loop_number(const rob_loop *loop)
{
    return loop->config.number;
}

bool rob_loop_stopping(const rob_loop *loop)
{
    return loop->stopping;
}
