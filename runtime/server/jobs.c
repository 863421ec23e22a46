#include "server/jobs.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { STACK_SIZE = 1 << 20 }; /* a person's handler runs on it; only touched pages count */

struct rob_jobs {
    pthread_mutex_t lock;
    pthread_cond_t more, gone;
    rob_exchange *first, *last;
    unsigned waiting, threads, idle;
    bool stopping;
    void (*run)(void *cls, rob_exchange *x);
    void *cls;
};

rob_jobs *rob_jobs_new(void (*run)(void *cls, rob_exchange *x), void *cls)
{
    rob_jobs *jobs = calloc(1, sizeof *jobs);
    if (!jobs) return NULL;
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->more, NULL);
    pthread_cond_init(&jobs->gone, NULL);
    jobs->run = run;
    jobs->cls = cls;
    return jobs;
}

/* With the lock held. NULL: time to end. */
static rob_exchange *next_job(rob_jobs *jobs)
{
    jobs->idle++;
    while (!jobs->first && !jobs->stopping) pthread_cond_wait(&jobs->more, &jobs->lock);
    jobs->idle--;
    rob_exchange *x = jobs->first;
    if (!x) return NULL;
    jobs->first = x->next;
    jobs->waiting--;
    return x;
}

static void *work(void *cls)
{
    rob_jobs *jobs = cls;
    rob_exchange *x;
    pthread_mutex_lock(&jobs->lock);
    while ((x = next_job(jobs))) {
        pthread_mutex_unlock(&jobs->lock);
        jobs->run(jobs->cls, x);
        pthread_mutex_lock(&jobs->lock);
    }
    jobs->threads--;
    pthread_cond_signal(&jobs->gone);
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

/* Signals are for the main thread alone: there its handler cannot run beside the end of the server. */
static bool start_thread(rob_jobs *jobs)
{
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    bool started = pthread_create(&thread, &attributes, work, jobs) == 0;
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started) jobs->threads++;
    return started;
}

bool rob_jobs_put(rob_jobs *jobs, rob_exchange *x)
{
    pthread_mutex_lock(&jobs->lock);
    bool taken = jobs->waiting < ROB_JOBS_MOST;
    if (taken && jobs->idle <= jobs->waiting && jobs->threads < ROB_POOL_THREADS) start_thread(jobs);
    taken = taken && jobs->threads > 0;
    if (taken) {
        x->next = NULL;
        if (jobs->first) jobs->last->next = x;
        else jobs->first = x;
        jobs->last = x;
        jobs->waiting++;
        pthread_cond_signal(&jobs->more);
    }
    pthread_mutex_unlock(&jobs->lock);
    return taken;
}

/* Loops end only when each connection has its answer, so a thread still busy here runs a handler that
 * was given up on, and may never return. */
bool rob_jobs_stop(rob_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    pthread_cond_broadcast(&jobs->more);
    while (jobs->idle > 0) pthread_cond_wait(&jobs->gone, &jobs->lock);
    bool ended = jobs->threads == 0;
    pthread_mutex_unlock(&jobs->lock);
    if (ended) {
        pthread_mutex_destroy(&jobs->lock);
        pthread_cond_destroy(&jobs->more);
        pthread_cond_destroy(&jobs->gone);
        free(jobs);
    }
    return ended;
}

/* ------------------------------------------------------------------ the way back */

void rob_way_back_put(rob_way_back *way, rob_exchange *x)
{
    rob_loop *loop = x->loop; /* x belongs to the loop from the moment it is pushed */
    rob_exchange *head = atomic_load_explicit(&way->done, memory_order_relaxed);
    do x->next = head;
    while (!atomic_compare_exchange_weak_explicit(&way->done, &head, x, memory_order_release, memory_order_relaxed));
    if (!head) rob_loop_wake(loop);
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
