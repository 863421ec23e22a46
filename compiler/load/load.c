#include "load/load.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "load/connection.h"
#include "load/schedule.h"

enum { EVENTS = 128 };

#define MILLISECOND UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)
#define PATIENCE (30 * SECOND)
#define SPIN (60 * UINT64_C(1000))    /* ns: below that, waking up costs more than the wait */

struct load {
    load_plan plan;
    load_result *result;
    connection *connections;
    connection **idle; /* a stack; open loop only */
    size_t idle_count;
    size_t busy_count;
    size_t open_count;
    uint64_t sent;
    size_t next_request; /* index in plan.requests */
    int epoll, timer;
    uint64_t start, end; /* ns; no request leaves from end on */
    uint64_t last_answer;
    schedule due; /* open loop */
};

uint64_t load_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec;
}

/* ------------------------------------------------------------------ connections */

static bool watch(load *l, connection *c)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c};
    return epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &event) == 0;
}

static bool open_one(load *l, connection *c)
{
    if (!connection_open(c, l->plan.port)) return false;
    if (watch(l, c)) {
        l->open_count++;
        return true;
    }
    connection_close(c);
    return false;
}

static void close_one(load *l, connection *c)
{
    if (c->fd < 0) return;
    l->busy_count -= c->busy;
    l->open_count--;
    connection_close(c);
}

static bool open_all(load *l)
{
    for (unsigned i = 0; i < l->plan.connections; i++) l->connections[i].fd = -1;
    for (unsigned i = 0; i < l->plan.connections; i++) {
        if (!open_one(l, &l->connections[i])) return false;
    }
    return true;
}

load *load_open(const load_plan *plan)
{
    load *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    l->plan = *plan;
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    l->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    l->connections = calloc(plan->connections, sizeof *l->connections);
    l->idle = calloc(plan->connections, sizeof(connection *));
    struct epoll_event timer = {.events = EPOLLIN | EPOLLET, .data.ptr = NULL};
    if (l->epoll >= 0 && l->timer >= 0 && l->connections && l->idle &&
        epoll_ctl(l->epoll, EPOLL_CTL_ADD, l->timer, &timer) == 0 && open_all(l))
        return l;
    int why = errno;
    load_close(l);
    errno = why;
    return NULL;
}

void load_close(load *l)
{
    if (!l) return;
    for (unsigned i = 0; l->connections && i < l->plan.connections; i++) connection_close(&l->connections[i]);
    if (l->epoll >= 0) close(l->epoll);
    if (l->timer >= 0) close(l->timer);
    free(l->connections);
    free(l->idle);
    free(l);
}

/* ------------------------------------------------------------------ one request */

static bool is_open_loop(const load *l)
{
    return l->plan.rate != 0;
}

/* Whether another request may leave, and since when its latency counts. */
static bool take_turn(load *l, uint64_t now, uint64_t *since)
{
    if (is_open_loop(l)) return schedule_take(&l->due, now, since);
    *since = now;
    return now < l->end && (!l->plan.most || l->sent < l->plan.most);
}

static void reopen(load *l, connection *c)
{
    close_one(l, c);
    if (!open_one(l, c)) l->result->unconnected++;
}

static void lost(load *l, connection *c)
{
    l->result->broken += c->busy;
    reopen(l, c);
}

static void answered(load *l, connection *c, uint64_t now)
{
    load_result *result = l->result;
    result->requests++;
    result->not_2xx += c->answer.status < 200 || c->answer.status > 299;
    histogram_add(&result->latency, now > c->since ? now - c->since : 0);
    l->last_answer = now;
    l->busy_count--;
    c->busy = false;
    if (c->answer.closes) reopen(l, c);
}

/* Send on this idle connection if anything is due. False: it stays idle. */
static bool start(load *l, connection *c, uint64_t now)
{
    uint64_t since;
    if (c->fd < 0 || !take_turn(l, now, &since)) return false;
    c->since = since;
    l->sent++;
    l->busy_count++;
    rob_str request = l->plan.requests[l->next_request];
    if (++l->next_request == l->plan.request_count) l->next_request = 0;
    if (connection_begin(c, request, l->plan.to_head) == CONNECTION_BROKEN) lost(l, c);
    return true;
}

/* A connection that has nothing to do: a new request, or the stack of those that wait for one. */
static void offer(load *l, connection *c, uint64_t now)
{
    for (; c->fd >= 0 && !c->busy; now = load_now()) {
        if (start(l, c, now)) continue;
        if (is_open_loop(l)) l->idle[l->idle_count++] = c;
        return;
    }
}

static void serve(load *l, connection *c, uint32_t events)
{
    connection_event event = CONNECTION_WAITS;
    if (c->fd < 0) return;
    bool was_busy = c->busy;
    if (c->blocked && events & EPOLLOUT) event = connection_send(c);
    bool readable = events & ~(uint32_t)EPOLLOUT; /* errors and ends too: recv() says which */
    if (event == CONNECTION_WAITS && readable) event = connection_receive(c, NULL, &l->result->bytes);
    if (event == CONNECTION_WAITS) return;
    uint64_t now = load_now();
    if (event == CONNECTION_ANSWERED) answered(l, c, now);
    else lost(l, c);
    /* An idle one that had to be opened again is on the stack already. */
    if (was_busy) offer(l, c, now);
}

/* ------------------------------------------------------------------ the loop */

/* Open loop: hand what is due to connections that wait. */
static void send_due(load *l, uint64_t now)
{
    while (l->idle_count && !schedule_is_over(&l->due) && schedule_time(&l->due, l->due.taken) <= now) {
        offer(l, l->idle[--l->idle_count], now);
    }
}

/* How long epoll may wait, in ms; sets the timer for what is due sooner than a millisecond counts. */
static int patience(load *l, uint64_t now)
{
    if (!is_open_loop(l) || schedule_is_over(&l->due) || !l->idle_count) return 50;
    uint64_t due = schedule_time(&l->due, l->due.taken);
    if (due <= now + SPIN) return 0;
    struct itimerspec at = {.it_value = {.tv_sec = (time_t)(due / SECOND), .tv_nsec = (long)(due % SECOND)}};
    timerfd_settime(l->timer, TFD_TIMER_ABSTIME, &at, NULL);
    return 50;
}

static bool is_finished(const load *l, uint64_t now)
{
    if (!l->open_count) return true;
    if (is_open_loop(l)) return schedule_is_over(&l->due) && !l->busy_count;
    return !l->busy_count && (now >= l->end || (l->plan.most && l->sent >= l->plan.most));
}

static void show(const load *l, uint64_t now, uint64_t *shown)
{
    if (!l->plan.progress || now - *shown < 100 * MILLISECOND) return;
    *shown = now;
    bool by_number = l->plan.most != 0;
    double done = by_number ? (double)l->sent : (double)(now - l->start);
    double part = done / (by_number ? (double)l->plan.most : (double)(l->end - l->start));
    l->plan.progress(l->plan.progress_to, part < 1 ? part : 1);
}

static void loop(load *l)
{
    struct epoll_event events[EVENTS];
    uint64_t longest = l->plan.duration > PATIENCE ? l->plan.duration : PATIENCE;
    uint64_t give_up = l->plan.duration ? l->end + (l->plan.patience ? l->plan.patience : longest) : UINT64_MAX;
    uint64_t shown = 0;
    for (uint64_t now = load_now(); !is_finished(l, now) && now < give_up; now = load_now()) {
        if (is_open_loop(l)) send_due(l, now);
        show(l, now, &shown);
        int count = epoll_wait(l->epoll, events, EVENTS, patience(l, now));
        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr) serve(l, events[i].data.ptr, events[i].events);
        }
    }
}

/* What nobody answered waited at least this long: left out, it would flatter the server. */
static void abandon(load *l, uint64_t now)
{
    for (unsigned i = 0; i < l->plan.connections; i++) {
        const connection *c = &l->connections[i];
        if (!c->busy) continue;
        l->result->abandoned++;
        histogram_add(&l->result->latency, now - c->since);
    }
    for (uint64_t since; is_open_loop(l) && schedule_take(&l->due, now, &since);) {
        l->result->abandoned++;
        histogram_add(&l->result->latency, now - since);
    }
}

void load_run(load *l, load_result *result)
{
    *result = (load_result){0};
    l->result = result;
    prctl(PR_SET_TIMERSLACK, 1); /* ns; the default, 50 µs, would count as the server's */
    l->start = load_now();
    l->end = l->plan.duration ? l->start + l->plan.duration : UINT64_MAX;
    l->due = schedule_new(l->start, l->plan.rate ? l->plan.rate : 1, l->plan.duration);
    for (unsigned i = 0; i < l->plan.connections; i++) offer(l, &l->connections[i], load_now());
    loop(l);
    uint64_t now = load_now();
    abandon(l, now);
    result->elapsed = (l->last_answer > l->start ? l->last_answer : now) - l->start;
}

/* ------------------------------------------------------------------ one alone */

bool load_fetch(uint16_t port, rob_str request, bool to_head, uint64_t patience, const response_sink *sink,
                uint16_t *status)
{
    connection *c = calloc(1, sizeof *c);
    if (!c) return false;
    uint64_t give_up = load_now() + patience, bytes = 0;
    connection_event event = CONNECTION_BROKEN;
    c->fd = -1;
    if (connection_open(c, port)) event = connection_begin(c, request, to_head);
    for (uint64_t now; event == CONNECTION_WAITS && (now = load_now()) < give_up;) {
        struct pollfd one = {.fd = c->fd, .events = (short)(POLLIN | (c->blocked ? POLLOUT : 0))};
        if (poll(&one, 1, (int)((give_up - now) / MILLISECOND) + 1) <= 0) continue;
        if (one.revents & POLLOUT) event = connection_send(c);
        if (event == CONNECTION_WAITS) event = connection_receive(c, sink, &bytes);
    }
    *status = c->answer.status;
    connection_close(c);
    free(c);
    return event == CONNECTION_ANSWERED;
}
