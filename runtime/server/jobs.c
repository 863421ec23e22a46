#include "server/jobs.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* The number of the call that this thread runs; 0: none. */
static _Thread_local uint64_t my_call;

enum {
    STACK_SIZE = 1 << 20,        /* a person's handler runs on it; only touched pages count */
    PYTHON_STACK_SIZE = 8 << 20, /* what CPython's recursion limits are made for */
    END_WITHIN_S = 1,            /* for threads that are on their way out */
    GATHERED_MOST = 64,          /* answers that leave together */
    STALL_NS = 1000000           /* a call that takes longer is taken to block */
};

typedef struct lane {
    rob_exchange *first, *last;
    unsigned waiting;
} lane;

struct rob_jobs {
    pthread_mutex_t lock;
    pthread_cond_t more, gone, stall;
    lane lanes[ROB_LANE_COUNT];
    unsigned waiting; /* in all lanes */
    unsigned threads, idle;
    unsigned drains; /* threads that drain ROB_LANE_CALLS, */
    unsigned wanted; /* and that shall begin to */
    unsigned running, stalled; /* calls that have begun; of these, those that were seen to block */
    uint64_t taken, stalled_until; /* calls are numbered; the last number when a stall was seen */
    rob_exchange *gathered; /* answers on their way back, newest first */
    unsigned gathered_count;
    int event;       /* eventfd of ROB_LANE_COROUTINES; -1 without Python */
    pthread_t watcher;
    bool watched, watcher_asleep;
    bool stopping;
    atomic_bool due; /* Python has jobs that it has not been woken for */
    rob_jobs_config config;
};

rob_jobs *rob_jobs_new(const rob_jobs_config *config)
{
    rob_jobs *jobs = calloc(1, sizeof *jobs);
    if (!jobs) return NULL;
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->more, NULL);
    pthread_cond_init(&jobs->gone, NULL);
    pthread_cond_init(&jobs->stall, NULL);
    jobs->config = *config;
    jobs->event = config->bridge ? eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) : -1;
    if (!config->bridge || jobs->event >= 0) return jobs;
    free(jobs);
    return NULL;
}

/* ------------------------------------------------------------------ lanes */

/* With the lock held. */
static void push(rob_jobs *jobs, lane *l, rob_exchange *x)
{
    x->next = NULL;
    if (l->first) l->last->next = x;
    else l->first = x;
    l->last = x;
    l->waiting++;
    jobs->waiting++;
}

static rob_exchange *pop(rob_jobs *jobs, lane *l)
{
    rob_exchange *x = l->first;
    if (!x) return NULL;
    l->first = x->next;
    l->waiting--;
    jobs->waiting--;
    return x;
}

/* ------------------------------------------------------------------ answers of Python */

static void gather(rob_jobs *jobs, rob_exchange *x)
{
    x->next = jobs->gathered;
    jobs->gathered = x;
    jobs->gathered_count++;
}

static rob_exchange *take_gathered(rob_jobs *jobs)
{
    rob_exchange *newest = jobs->gathered;
    jobs->gathered = NULL;
    jobs->gathered_count = 0;
    return newest;
}

/* Without the lock. Runs of one loop go in one piece. */
static void send_back(rob_jobs *jobs, rob_exchange *newest)
{
    while (newest) {
        rob_loop *loop = newest->loop;
        rob_exchange *oldest = newest;
        while (oldest->next && oldest->next->loop == loop) oldest = oldest->next;
        rob_exchange *rest = oldest->next;
        rob_way_back_put_all(&jobs->config.ways_back[rob_loop_number(loop)], newest, oldest);
        newest = rest;
    }
}

static rob_job job_of(rob_exchange *x)
{
    if (!x) return (rob_job){0};
    return (rob_job){.ctx = &x->request, .endpoint = x->request.endpoint, .in = x->in, .reply = &x->reply};
}

/* With the lock held. */
static void end_call(rob_jobs *jobs)
{
    if (!my_call) return;
    jobs->running--;
    if (my_call <= jobs->stalled_until) jobs->stalled--;
    my_call = 0;
}

static void begin_call(rob_jobs *jobs, const rob_exchange *x)
{
    if (!x) {
        jobs->drains--;
        return;
    }
    my_call = ++jobs->taken;
    jobs->running++;
}

rob_job rob_jobs_next(rob_jobs *jobs, rob_lane which, rob_ctx *done)
{
    rob_exchange *answers = NULL;
    pthread_mutex_lock(&jobs->lock);
    if (done) gather(jobs, rob_exchange_of(done));
    rob_exchange *x = pop(jobs, &jobs->lanes[which]);
    if (which == ROB_LANE_CALLS) {
        end_call(jobs);
        begin_call(jobs, x);
        if (!x || jobs->gathered_count >= GATHERED_MOST) answers = take_gathered(jobs);
    }
    pthread_mutex_unlock(&jobs->lock);
    send_back(jobs, answers);
    return job_of(x);
}

void rob_jobs_done(rob_jobs *jobs, rob_ctx *done)
{
    pthread_mutex_lock(&jobs->lock);
    gather(jobs, rob_exchange_of(done));
    pthread_mutex_unlock(&jobs->lock);
}

void rob_jobs_flush(rob_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    rob_exchange *answers = take_gathered(jobs);
    pthread_mutex_unlock(&jobs->lock);
    send_back(jobs, answers);
}

bool rob_job_given_up(const rob_ctx *ctx)
{
    const rob_exchange *x = (const rob_exchange *)(const void *)ctx;
    return atomic_load(&x->given_up) || atomic_load(&x->left);
}

int rob_jobs_event(const rob_jobs *jobs)
{
    return jobs->event;
}

void rob_jobs_nudge(rob_jobs *jobs)
{
    uint64_t one = 1;
    ssize_t written = write(jobs->event, &one, sizeof one);
    (void)written; /* full only when a wake is already pending */
}

/* ------------------------------------------------------------------ threads */

/* With the lock held: what an idle thread is to do. */
static bool has_work(const rob_jobs *jobs)
{
    return jobs->lanes[ROB_LANE_POOL].first || jobs->wanted > 0;
}

static void drain(rob_jobs *jobs)
{
    jobs->wanted--;
    jobs->drains++;
    pthread_mutex_unlock(&jobs->lock);
    jobs->config.bridge->drain(jobs);
    pthread_mutex_lock(&jobs->lock);
}

static void run_one(rob_jobs *jobs)
{
    rob_exchange *x = pop(jobs, &jobs->lanes[ROB_LANE_POOL]);
    if (!x) return;
    pthread_mutex_unlock(&jobs->lock);
    jobs->config.run(jobs->config.cls, x);
    pthread_mutex_lock(&jobs->lock);
}

static void *work(void *cls)
{
    rob_jobs *jobs = cls;
    pthread_mutex_lock(&jobs->lock);
    for (;;) {
        jobs->idle++;
        while (!has_work(jobs) && !jobs->stopping) pthread_cond_wait(&jobs->more, &jobs->lock);
        jobs->idle--;
        if (!has_work(jobs)) break;
        if (jobs->wanted > 0) drain(jobs);
        else run_one(jobs);
    }
    jobs->threads--;
    pthread_cond_signal(&jobs->gone);
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

/* Signals are for the main thread alone: there its handler cannot run beside the end of the server. */
static bool start(pthread_t *thread, bool detached, size_t stack, void *(*main)(void *), rob_jobs *jobs)
{
    pthread_attr_t attributes;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack);
    if (detached) pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    bool started = pthread_create(thread, &attributes, main, jobs) == 0;
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* With the lock held. */
static void start_worker(rob_jobs *jobs)
{
    pthread_t thread;
    size_t stack = jobs->config.bridge ? PYTHON_STACK_SIZE : STACK_SIZE;
    if (start(&thread, true, stack, work, jobs)) jobs->threads++;
}

/* With the lock held: one more thread for ROB_LANE_CALLS, when there is one. */
static void join_drain(rob_jobs *jobs)
{
    bool spare = jobs->idle > jobs->wanted + jobs->lanes[ROB_LANE_POOL].waiting;
    if (!spare && jobs->threads >= ROB_POOL_THREADS) return;
    if (!spare) start_worker(jobs);
    jobs->wanted++;
    pthread_cond_signal(&jobs->more);
}

/* ------------------------------------------------------------------ the watch over calls that block */

static bool may_stall(const rob_jobs *jobs)
{
    return jobs->lanes[ROB_LANE_CALLS].first || (jobs->gathered && jobs->drains > 0);
}

/* With the lock held: no call ended for a while. The answers that have gathered go, and whoever waits gets
 * another thread. */
static void help(rob_jobs *jobs)
{
    rob_exchange *answers = take_gathered(jobs);
    jobs->stalled = jobs->running;
    jobs->stalled_until = jobs->taken;
    if (jobs->lanes[ROB_LANE_CALLS].first && !jobs->wanted) join_drain(jobs);
    pthread_mutex_unlock(&jobs->lock);
    send_back(jobs, answers);
    pthread_mutex_lock(&jobs->lock);
}

static void *watch(void *cls)
{
    rob_jobs *jobs = cls;
    const struct timespec pause = {.tv_nsec = STALL_NS};
    pthread_mutex_lock(&jobs->lock);
    while (!jobs->stopping) {
        jobs->watcher_asleep = true;
        while (!may_stall(jobs) && !jobs->stopping) pthread_cond_wait(&jobs->stall, &jobs->lock);
        jobs->watcher_asleep = false;
        uint64_t before = jobs->taken;
        pthread_mutex_unlock(&jobs->lock);
        nanosleep(&pause, NULL);
        pthread_mutex_lock(&jobs->lock);
        if (jobs->taken == before && may_stall(jobs)) help(jobs);
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

static void wake_drain(rob_jobs *jobs)
{
    if (jobs->drains == jobs->stalled && !jobs->wanted) join_drain(jobs);
    else if (jobs->watcher_asleep) pthread_cond_signal(&jobs->stall);
}

/* With the lock held, before the first call: one thread that can drain, and the watcher. */
static bool can_drain(rob_jobs *jobs)
{
    if (!jobs->watched) jobs->watched = start(&jobs->watcher, false, STACK_SIZE, watch, jobs);
    if (!jobs->threads) start_worker(jobs);
    return jobs->watched && jobs->threads > 0;
}

/* ------------------------------------------------------------------ put */

static bool wake_pool(rob_jobs *jobs)
{
    unsigned wanted = jobs->lanes[ROB_LANE_POOL].waiting + jobs->wanted;
    if (jobs->idle <= wanted && jobs->threads < ROB_POOL_THREADS) start_worker(jobs);
    if (jobs->threads) pthread_cond_signal(&jobs->more);
    return jobs->threads > 0;
}

/* Python is woken at the end of the loop's turn. */
static bool can_take(rob_jobs *jobs, rob_lane which)
{
    switch (which) {
    case ROB_LANE_POOL: return wake_pool(jobs);
    case ROB_LANE_CALLS: return can_drain(jobs);
    case ROB_LANE_COROUTINES: case ROB_LANE_COUNT: break;
    }
    return true;
}

bool rob_jobs_put(rob_jobs *jobs, rob_exchange *x, rob_lane which)
{
    pthread_mutex_lock(&jobs->lock);
    bool taken = jobs->waiting < ROB_JOBS_MOST && can_take(jobs, which);
    if (taken) push(jobs, &jobs->lanes[which], x);
    pthread_mutex_unlock(&jobs->lock);
    if (taken && which != ROB_LANE_POOL) atomic_store_explicit(&jobs->due, true, memory_order_release);
    return taken;
}

/* Whoever holds the interpreter's lock is woken once for all that a turn brought: woken for the first job,
 * it would take that one alone. */
void rob_jobs_wake(rob_jobs *jobs)
{
    if (!atomic_load_explicit(&jobs->due, memory_order_acquire)) return;
    atomic_store_explicit(&jobs->due, false, memory_order_relaxed);
    pthread_mutex_lock(&jobs->lock);
    if (jobs->lanes[ROB_LANE_CALLS].first) wake_drain(jobs);
    bool nudge = jobs->lanes[ROB_LANE_COROUTINES].first;
    pthread_mutex_unlock(&jobs->lock);
    if (nudge) rob_jobs_nudge(jobs);
}

/* Loops end only when each connection has its answer, so a thread that is busy here for longer than it takes
 * to come back from its last one runs a handler that was given up on, and may never return. */
bool rob_jobs_stop(rob_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    pthread_cond_broadcast(&jobs->more);
    pthread_cond_signal(&jobs->stall);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += END_WITHIN_S;
    while (jobs->threads > 0 && pthread_cond_timedwait(&jobs->gone, &jobs->lock, &until) == 0) {}
    bool ended = jobs->threads == 0;
    pthread_mutex_unlock(&jobs->lock);
    if (jobs->watched) pthread_join(jobs->watcher, NULL);
    if (!ended) return false;
    pthread_mutex_destroy(&jobs->lock);
    pthread_cond_destroy(&jobs->more);
    pthread_cond_destroy(&jobs->gone);
    pthread_cond_destroy(&jobs->stall);
    if (jobs->event >= 0) close(jobs->event);
    free(jobs);
    return true;
}

/* ------------------------------------------------------------------ the way back */

void rob_way_back_put_all(rob_way_back *way, rob_exchange *newest, rob_exchange *oldest)
{
    rob_loop *loop = newest->loop; /* they belong to the loop from the moment they are pushed */
    rob_exchange *head = atomic_load_explicit(&way->done, memory_order_relaxed);
    do oldest->next = head;
    while (!atomic_compare_exchange_weak_explicit(&way->done, &head, newest, memory_order_release, memory_order_relaxed));
    if (!head) rob_loop_wake(loop);
}

void rob_way_back_put(rob_way_back *way, rob_exchange *x)
{
    rob_way_back_put_all(way, x, x);
}

rob_exchange *rob_way_back_take(rob_way_back *way)
{
    rob_exchange *x = atomic_exchange_explicit(&way->done, NULL, memory_order_acquire);
    rob_exchange *oldest = NULL;
    while (x) {
        rob_exchange *next = x->next;
        x->next = oldest;
        oldest = x;
        x = next;
    }
    return oldest;
}
