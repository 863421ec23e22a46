/* tasks.c: `async def` handlers, as tasks of one asyncio loop.
 *
 * The loop watches the lane's eventfd, takes all jobs that wait, and starts a task for each. From Python 3.12
 * on a task runs at once, so most are done when their job's turn is over; the others are kept in a list until
 * they call back. Answers leave together, once per turn of the loop. All of this runs on the loop's thread. */
#include "bridge.h"

#include <signal.h>
#include <unistd.h>

/* A request whose coroutine waits for something. */
typedef struct waiting {
    struct waiting *next, *previous;
    rob_job job;
    PyObject *task; /* owned */
    bool cancelled;
} waiting;

static rob_jobs *lane;
static waiting head = {.next = &head, .previous = &head};
static PyObject *loop, *task_class, *task_names, *result_name, *done_name, *cancel_name, *callback_name, *soon_name, *flusher;
static bool flush_is_due;

/* ------------------------------------------------------------------ answers */

static void finish(const rob_job *job, PyObject *task)
{
    const function *f = &functions[job->endpoint->python->index];
    PyObject *result = PyObject_CallMethodNoArgs(task, result_name);
    if (result) answer_with(f, job, result);
    else if (!rob_job_given_up(job->ctx)) answer_exception(f, job);
    PyErr_Clear();
    Py_XDECREF(result);
}

static PyObject *flush(PyObject *self, PyObject *none)
{
    (void)self;
    (void)none;
    flush_is_due = false;
    rob_jobs_flush(lane);
    Py_RETURN_NONE;
}

/* At the end of the loop's turn, so that what ends together leaves together. */
static void flush_soon(void)
{
    if (flush_is_due) return;
    PyObject *handle = PyObject_CallMethodOneArg(loop, soon_name, flusher);
    flush_is_due = handle != NULL;
    Py_XDECREF(handle);
    if (!flush_is_due) rob_jobs_flush(lane);
    PyErr_Clear();
}

/* ------------------------------------------------------------------ tasks that wait */

static void drop(waiting *w)
{
    w->previous->next = w->next;
    w->next->previous = w->previous;
    Py_DECREF(w->task);
    free(w);
}

/* self: the capsule of a waiting. */
static PyObject *on_done(PyObject *self, PyObject *task)
{
    waiting *w = PyCapsule_GetPointer(self, NULL);
    if (!w) return NULL;
    finish(&w->job, task);
    rob_jobs_done(lane, w->job.ctx);
    drop(w);
    flush_soon();
    Py_RETURN_NONE;
}

static PyMethodDef on_done_def = {.ml_name = "done", .ml_meth = on_done, .ml_flags = METH_O};

static bool wait_for(const rob_job *job, PyObject *task)
{
    PyObject *capsule = NULL, *callback = NULL, *added = NULL;
    waiting *w = malloc(sizeof *w);
    if (w && (capsule = PyCapsule_New(w, NULL, NULL)) && (callback = PyCFunction_New(&on_done_def, capsule)))
        added = PyObject_CallMethodOneArg(task, callback_name, callback);
    if (added) {
        *w = (waiting){.next = head.next, .previous = &head, .job = *job, .task = Py_NewRef(task)};
        head.next->previous = w;
        head.next = w;
    } else {
        free(w);
    }
    bool ok = added != NULL;
    Py_XDECREF(added);
    Py_XDECREF(callback);
    Py_XDECREF(capsule);
    return ok;
}

static void cancel_given_up(void)
{
    for (waiting *w = head.next; w != &head; w = w->next) {
        if (w->cancelled || !rob_job_given_up(w->job.ctx)) continue;
        w->cancelled = true;
        PyObject *asked = PyObject_CallMethodNoArgs(w->task, cancel_name);
        Py_XDECREF(asked);
        PyErr_Clear();
    }
}

/* ------------------------------------------------------------------ tasks that begin */

/* The answer of a coroutine that cannot become a task. */
static bool refuse(const function *f, const rob_job *job)
{
    answer_exception(f, job);
    return true;
}

static PyObject *new_task(PyObject *coroutine)
{
#if PY_VERSION_HEX >= 0x030C0000
    PyObject *arguments[] = {coroutine, loop, Py_True};
#else
    PyObject *arguments[] = {coroutine, loop};
#endif
    return PyObject_Vectorcall(task_class, arguments, 1, task_names);
}

/* True: the answer is there. */
static bool begin(const rob_job *job)
{
    const function *f = &functions[job->endpoint->python->index];
    if (rob_job_given_up(job->ctx)) return true;
    PyObject *coroutine = function_call(f, job);
    PyObject *task = coroutine ? new_task(coroutine) : NULL;
    Py_XDECREF(coroutine);
    if (!task) return refuse(f, job);
    bool done = false;
#if PY_VERSION_HEX >= 0x030C0000
    PyObject *is_done = PyObject_CallMethodNoArgs(task, done_name);
    done = is_done == Py_True;
    Py_XDECREF(is_done);
#endif
    if (done) finish(job, task);
    else if (!wait_for(job, task)) done = refuse(f, job);
    Py_DECREF(task);
    return done;
}

/* The event is readable. */
static PyObject *on_wake(PyObject *self, PyObject *none)
{
    (void)self;
    (void)none;
    uint64_t count;
    ssize_t got = read(rob_jobs_event(lane), &count, sizeof count);
    (void)got;
    cancel_given_up();
    rob_job job = rob_jobs_next(lane, ROB_LANE_COROUTINES, NULL);
    while (job.ctx) {
        rob_ctx *done = begin(&job) ? job.ctx : NULL;
        job = rob_jobs_next(lane, ROB_LANE_COROUTINES, done);
    }
    rob_jobs_flush(lane);
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ start and stop */

static PyMethodDef on_wake_def = {.ml_name = "wake", .ml_meth = on_wake, .ml_flags = METH_NOARGS};
static PyMethodDef flush_def = {.ml_name = "flush", .ml_meth = flush, .ml_flags = METH_NOARGS};

static bool intern(PyObject **out, const char *name)
{
    return (*out = PyUnicode_InternFromString(name)) != NULL;
}

static bool prepare(void)
{
    PyObject *asyncio = PyImport_ImportModule("asyncio");
    task_class = asyncio ? PyObject_GetAttrString(asyncio, "Task") : NULL;
    Py_XDECREF(asyncio);
#if PY_VERSION_HEX >= 0x030C0000
    task_names = Py_BuildValue("(ss)", "loop", "eager_start");
#else
    task_names = Py_BuildValue("(s)", "loop");
#endif
    return task_class && task_names && intern(&result_name, "result") && intern(&done_name, "done") &&
           intern(&cancel_name, "cancel") && intern(&callback_name, "add_done_callback") &&
           intern(&soon_name, "call_soon") && (flusher = PyCFunction_New(&flush_def, NULL));
}

/* Signals are for the main thread, so the loop's thread starts with all of them blocked. */
bool tasks_start(rob_jobs *jobs)
{
    sigset_t all, before;
    lane = jobs;
    PyObject *module = NULL, *waker = NULL;
    bool ready = prepare() && (module = PyImport_ImportModule("robync._loop")) &&
                 (waker = PyCFunction_New(&on_wake_def, NULL));
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    if (ready) loop = PyObject_CallMethod(module, "start", "iO", rob_jobs_event(jobs), waker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    Py_XDECREF(waker);
    Py_XDECREF(module);
    return loop != NULL;
}

void tasks_stop(void)
{
    PyObject *module = loop ? PyImport_ImportModule("robync._loop") : NULL;
    PyObject *stopped = module ? PyObject_CallMethod(module, "stop", NULL) : NULL;
    Py_XDECREF(stopped);
    Py_XDECREF(module);
    PyErr_Clear();
}
