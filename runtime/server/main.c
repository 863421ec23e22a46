/* rob_main: from a table of endpoints to a running server, and back. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server/host.h"
#include "server/listen.h"
#include "server/settings.h"

enum { EXIT_WRONG_START = 2, LOOPS_MOST = 256, LOOP_STACK = 1 << 20 };

/* For the signal handler alone. */
static rob_host *volatile signalled;
static volatile sig_atomic_t signal_count;

/* Only async-signal-safe calls: an atomic store and a write. */
static void on_signal(int number)
{
    int kept = errno;
    if (signal_count++) _exit(128 + number);
    for (unsigned i = 0; signalled && i < signalled->loop_count; i++) rob_loop_stop(signalled->loops[i]);
    errno = kept;
}

static void catch_signals(rob_host *host)
{
    struct sigaction stop = {.sa_handler = on_signal, .sa_flags = SA_RESTART}, ignore = {.sa_handler = SIG_IGN};
    signalled = host;
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

static unsigned cores(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

/* Each connection is a descriptor, and the usual limit of 1,024 is below the usual cap. */
static void raise_descriptor_limit(const rob_settings *settings)
{
    struct rlimit limit;
    rlim_t wanted = settings->max_connections + 64;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void run_job(void *cls, rob_exchange *x)
{
    rob_host *host = cls;
    if (!atomic_load(&x->given_up)) rob_endpoint_call(x);
    rob_way_back_put(&host->ways_back[rob_loop_number(x->loop)], x);
}

static bool has_jobs(const rob_app *app)
{
    for (size_t i = 0; i < app->endpoint_count; i++)
        if (app->endpoints[i]->runs != ROB_RUNS_INLINE) return true;
    return false;
}

static bool make_jobs(rob_host *host)
{
    const rob_python *python = host->app->python;
    rob_jobs_config config = {
        .run = run_job, .cls = host, .bridge = python ? python->bridge : NULL, .ways_back = host->ways_back,
    };
    if (!has_jobs(host->app)) return true;
    if (python && !(host->is_async = calloc(python->function_count, sizeof *host->is_async))) return false;
    return (host->jobs = rob_jobs_new(&config)) != NULL;
}

static void *run_loop(void *cls)
{
    rob_loop_run(cls);
    return NULL;
}

/* ------------------------------------------------------------------ start and end */

static bool make_shared(rob_host *host)
{
    unsigned count = host->settings.threads ? host->settings.threads : cores();
    host->loop_count = 0;
    if (count > LOOPS_MOST) count = LOOPS_MOST;
    host->settings.threads = count;
    host->loops = calloc(count, sizeof *host->loops);
    host->logs = calloc(count, sizeof *host->logs);
    host->ways_back = aligned_alloc(_Alignof(rob_way_back), count * sizeof *host->ways_back);
    if (!host->loops || !host->logs || !host->ways_back) return false;
    memset(host->ways_back, 0, count * sizeof *host->ways_back);
    for (unsigned i = 0; i < count; i++) host->logs[i].style = host->settings.access_log;
    return make_jobs(host);
}

static bool make_loops(rob_host *host, const int *sockets)
{
    for (unsigned i = 0; i < host->settings.threads; i++) {
        rob_loop_config config = {
            .app = host->app, .settings = &host->settings, .service = &rob_endpoint_service, .host = host,
            .process_state = host->process.state, .listener = sockets[i], .number = i,
            .timestamps = host->settings.access_log != ROB_LOG_OFF,
        };
        if (!(host->loops[i] = rob_loop_new(&config))) return false;
        host->loop_count = i + 1;
    }
    return true;
}

/* The first loop runs on the main thread. */
static bool run_loops(rob_host *host)
{
    pthread_t threads[LOOPS_MOST];
    pthread_attr_t attributes;
    sigset_t all, before;
    unsigned started = 1;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before); /* signals are for the main thread alone */
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, LOOP_STACK);
    while (started < host->loop_count &&
           pthread_create(&threads[started], &attributes, run_loop, host->loops[started]) == 0)
        started++;
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    bool complete = started == host->loop_count;
    if (!complete)
        for (unsigned i = 0; i < host->loop_count; i++) rob_loop_stop(host->loops[i]);
    rob_loop_run(host->loops[0]);
    for (unsigned i = 1; i < started; i++) pthread_join(threads[i], NULL);
    return complete;
}

static void free_shared(rob_host *host)
{
    signalled = NULL;
    for (unsigned i = 0; i < host->loop_count; i++) {
        rob_access_log_free(&host->logs[i]);
        rob_loop_free(host->loops[i]);
    }
    free(host->loops);
    free(host->logs);
    free(host->ways_back);
    free(host->is_async);
    free((void *)(uintptr_t)host->docs_page.ptr);
}

static int say(const char *what)
{
    fprintf(stderr, "%s\n", what);
    return EXIT_WRONG_START;
}

static bool start_python(rob_host *host)
{
    const rob_python *python = host->app->python;
    if (!python) return true;
    if (python->bridge->abi == ROB_ABI) return python->bridge->start(host->app, host->jobs, host->is_async);
    fputs("the Python bridge was made for another version of robync's runtime: build the server again\n", stderr);
    return false;
}

static bool start_up(rob_host *host)
{
    if (!host->app->startup || host->app->startup(&host->process) == ROB_OK) return start_python(host);
    fprintf(stderr, "startup failed: %s\n", host->process.error ? host->process.error : "no reason given");
    return false;
}

static int serve(rob_host *host)
{
    int sockets[LOOPS_MOST];
    char url[ROB_URL_TEXT];
    if (!rob_listen(&host->settings, sockets, host->settings.threads, url)) return EXIT_WRONG_START;
    if (!start_up(host)) return EXIT_FAILURE;
    int code = EXIT_SUCCESS;
    if (make_loops(host, sockets)) {
        catch_signals(host);
        fprintf(stderr, "listening on %s\n", url);
        if (!run_loops(host)) code = say("cannot start threads");
    } else {
        code = say("cannot start the server: the system has no more descriptors or memory");
    }
    /* A handler that never came back may still use what the hook would free. */
    if (host->jobs && !rob_jobs_stop(host->jobs)) {
        fprintf(stderr, "stopped while a handler was still at work\n");
        _exit(code);
    }
    if (host->app->python) host->app->python->bridge->stop();
    if (host->app->shutdown) host->app->shutdown(&host->process);
    return code;
}

int rob_main(const rob_app *app, int argc, char **argv)
{
    static rob_host host;
    if (app->abi != ROB_ABI) return say("this server was made for another version of robync's runtime: build it again");
    host.app = app;
    switch (rob_settings_read(app, argc, argv, &host.settings)) {
    case ROB_START_DONE: return EXIT_SUCCESS;
    case ROB_START_WRONG: return EXIT_WRONG_START;
    case ROB_START_SERVE: break;
    }
    raise_descriptor_limit(&host.settings);
    const char *wrong = rob_docs_prepare(&host);
    if (wrong) return say(wrong);
    int code = make_shared(&host) ? serve(&host) : say("out of memory");
    free_shared(&host);
    return code;
}
