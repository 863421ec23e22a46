/* bridge.c: the interpreter's life, and the thread that drains calls.
 *
 * `robync build` defines, as C strings: ROB_PYTHON_EXECUTABLE, the interpreter of the environment;
 * ROB_PYTHON_PATH, folders for sys.path, separated by colons. ROBYNC_PYTHON_PATH replaces the latter. */
#include "bridge.h"

#include <unistd.h>

static PyInterpreterState *interpreter;
static PyThreadState *main_thread; /* while it does not hold the lock */

/* ------------------------------------------------------------------ start */

static bool initialize(void)
{
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.install_signal_handlers = 0; /* signals are the server's */
    config.parse_argv = 0;
    PyStatus status = PyConfig_SetBytesString(&config, &config.program_name, ROB_PYTHON_EXECUTABLE);
    if (!PyStatus_Exception(status)) status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    if (!PyStatus_Exception(status)) return true;
    fprintf(stderr, "cannot start Python: %s\n", status.err_msg ? status.err_msg : "no reason given");
    return false;
}

/* The folders in front of sys.path, in order. */
static bool add_paths(void)
{
    const char *set = getenv("ROBYNC_PYTHON_PATH"), *at = set && *set ? set : ROB_PYTHON_PATH;
    PyObject *path = PySys_GetObject("path"); /* borrowed */
    for (Py_ssize_t i = 0; path && *at; i++) {
        size_t len = strcspn(at, ":");
        PyObject *folder = PyUnicode_DecodeFSDefaultAndSize(at, (Py_ssize_t)len);
        bool ok = folder && PyList_Insert(path, i, folder) == 0;
        Py_XDECREF(folder);
        if (!ok) return false;
        at += len + (at[len] == ':');
    }
    return path != NULL;
}

/* From the text inside the binary, so that it is the one that the tables were made with. */
static PyObject *load_models(const rob_python *python)
{
    char file[256];
    snprintf(file, sizeof file, "%s/__init__.py", python->models);
    PyObject *code = Py_CompileString(python->source, file, Py_file_input);
    PyObject *module = code ? PyImport_ExecCodeModule(python->models, code) : NULL;
    Py_XDECREF(code);
    return module;
}

static bool load(const rob_app *app, bool *is_async)
{
    PyObject *models = NULL;
    bool ok = add_paths() && values_init() && answers_init() && (models = load_models(app->python)) &&
              shapes_init(app->python, models) && functions_init(app);
    Py_XDECREF(models);
    for (size_t i = 0; ok && i < app->python->function_count; i++) is_async[i] = functions[i].is_async;
    return ok;
}

static bool has_async(size_t count, const bool *is_async)
{
    for (size_t i = 0; i < count; i++)
        if (is_async[i]) return true;
    return false;
}

static bool start(const rob_app *app, rob_jobs *jobs, bool *is_async)
{
    if (access(ROB_PYTHON_EXECUTABLE, X_OK) != 0) {
        fprintf(stderr, "this server was built with the Python " PY_VERSION " of %s, which is not there any more: build it again\n",
                ROB_PYTHON_EXECUTABLE);
        return false;
    }
    if (!initialize()) return false;
    interpreter = PyInterpreterState_Get();
    bool ok = load(app, is_async) && (!has_async(app->python->function_count, is_async) || tasks_start(jobs)) &&
              hooks_run("startup");
    if (!ok && PyErr_Occurred()) PyErr_Print();
    main_thread = PyEval_SaveThread();
    return ok;
}

/* ------------------------------------------------------------------ calls */

/* Each call has a context of its own: what it sets in a ContextVar is gone with it, as under asyncio. */
static void call(const rob_job *job)
{
    const function *f = &functions[job->endpoint->python->index];
    PyObject *context = PyContext_CopyCurrent(), *result = NULL;
    if (context && PyContext_Enter(context) == 0) {
        result = function_call(f, job);
        if (result) answer_with(f, job, result);
        else answer_exception(f, job);
        Py_XDECREF(result);
        if (PyContext_Exit(context) < 0) PyErr_Clear();
    } else {
        answer_exception(f, job);
    }
    Py_XDECREF(context);
}

/* A thread keeps its state for as long as it lives: making one costs more than most calls. */
static void drain(rob_jobs *jobs)
{
    static _Thread_local PyThreadState *mine;
    if (!mine) mine = PyThreadState_New(interpreter);
    PyEval_RestoreThread(mine);
    rob_job job = rob_jobs_next(jobs, ROB_LANE_CALLS, NULL);
    while (job.ctx) {
        if (!rob_job_given_up(job.ctx)) call(&job);
        job = rob_jobs_next(jobs, ROB_LANE_CALLS, job.ctx);
    }
    PyEval_SaveThread();
}

/* ------------------------------------------------------------------ stop */

/* The interpreter is not taken down: threads of the user's may still run in it. */
static void stop(void)
{
    PyEval_RestoreThread(main_thread);
    if (!hooks_run("shutdown")) PyErr_Print();
    tasks_stop();
    PyObject *atexit = PyImport_ImportModule("atexit");
    PyObject *done = atexit ? PyObject_CallMethod(atexit, "_run_exitfuncs", NULL) : NULL;
    Py_XDECREF(done);
    Py_XDECREF(atexit);
    PyErr_Clear();
    PyObject *output = PySys_GetObject("stdout"); /* borrowed */
    PyObject *flushed = output ? PyObject_CallMethod(output, "flush", NULL) : NULL;
    Py_XDECREF(flushed);
    PyErr_Clear();
    PyEval_SaveThread();
}

const rob_bridge rob_python_bridge = {.abi = ROB_ABI, .start = start, .drain = drain, .stop = stop};
