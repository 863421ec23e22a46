/* functions.c: the functions that routes name: found, checked and called. */
#include "bridge.h"

enum { ARGUMENTS_MOST = 64 }; /* on the stack; more go to the heap */

function *functions;

/* ------------------------------------------------------------------ found once */

static PyObject *names_tuple(const function *f, const char *request)
{
    Py_ssize_t count = f->endpoint->params ? f->endpoint->params->count : 0;
    PyObject *names = PyTuple_New(count + (request != NULL));
    for (Py_ssize_t i = 0; names && i < PyTuple_GET_SIZE(names); i++) {
        PyObject *name = PyUnicode_InternFromString(i < count ? f->spec->names[i] : request);
        if (name) PyTuple_SET_ITEM(names, i, name);
        else Py_CLEAR(names);
    }
    return names;
}

/* What robync._server says: (what to call, is it async, the parameter for the request). */
static bool bind(function *f, PyObject *server)
{
    PyObject *wanted = NULL, *names = NULL, *verdict = NULL, *callable = NULL;
    const char *request = NULL;
    int is_async = 0;
    bool ok = (wanted = names_tuple(f, NULL)) && (names = PySequence_List(wanted)) &&
              (verdict = PyObject_CallMethod(server, "bind", "OO", f->callable, names)) &&
              PyArg_ParseTuple(verdict, "Opz", &callable, &is_async, &request) && (f->names = names_tuple(f, request));
    if (ok) Py_SETREF(f->callable, Py_NewRef(callable));
    f->is_async = is_async;
    f->takes_request = request != NULL;
    Py_XDECREF(verdict);
    Py_XDECREF(names);
    Py_XDECREF(wanted);
    return ok;
}

static bool shape_parameters(function *f)
{
    const rob_params *params = f->endpoint->params;
    size_t count = params ? params->count : 0;
    f->parameters = calloc(count + 1, sizeof *f->parameters);
    if (!f->parameters) return PyErr_NoMemory() != NULL;
    for (size_t i = 0; i < count; i++)
        if (!(f->parameters[i] = shape_of(params->items[i].field.type))) return false;
    return true;
}

static bool shape_outcomes(function *f, PyObject *models)
{
    size_t count = f->spec->outcome_count + 1u;
    f->outcomes = calloc(count, sizeof *f->outcomes);
    f->errors = calloc(count, sizeof *f->errors);
    if (!f->outcomes || !f->errors) return PyErr_NoMemory() != NULL;
    for (uint16_t i = 0; i < f->spec->outcome_count; i++) {
        const rob_python_outcome *outcome = &f->spec->outcomes[i];
        if (outcome->type && !(f->outcomes[i] = shape_of(outcome->type))) return false;
        if (outcome->error && !(f->errors[i] = PyObject_GetAttrString(models, outcome->error))) return false;
    }
    return true;
}

static bool make(function *f, PyObject *server, PyObject *models)
{
    return bind(f, server) && shape_parameters(f) && shape_outcomes(f, models);
}

typedef bool function_step(function *f, PyObject *server, PyObject *models);

static bool import(function *f, PyObject *server, PyObject *models)
{
    (void)models;
    return (f->callable = PyObject_CallMethod(server, "find", "ss", f->spec->module, f->spec->function)) != NULL;
}

/* For every function: what fails is named by its place in the spec, and its exception stays set. */
static bool each(const rob_app *app, function_step *step, PyObject *server, PyObject *models)
{
    for (size_t i = 0; i < app->python->function_count; i++) {
        function *f = &functions[i];
        if (step(f, server, models)) continue;
        fprintf(stderr, "%s: error: `python \"%s:%s\"` cannot serve %s:\n", f->spec->place, f->spec->module,
                f->spec->function, f->endpoint->route);
        return false;
    }
    return true;
}

bool functions_init(const rob_app *app)
{
    PyObject *server = PyImport_ImportModule("robync._server");
    PyObject *models = server ? PyImport_ImportModule(app->python->models) : NULL;
    bool ok = models && (functions = calloc(app->python->function_count, sizeof *functions));
    for (size_t i = 0; ok && i < app->endpoint_count; i++) {
        const rob_endpoint *endpoint = app->endpoints[i];
        if (endpoint->python) functions[endpoint->python->index] = (function){.spec = endpoint->python, .endpoint = endpoint};
    }
    ok = ok && each(app, import, server, models) && each(app, make, server, models);
    Py_XDECREF(models);
    Py_XDECREF(server);
    return ok;
}

/* ------------------------------------------------------------------ called */

/* A parameter that is absent or null is None. A new reference. */
static PyObject *argument(const shape *s, const rob_field *field, const char *in)
{
    const void *value = in + field->offset;
    if (field->has_offset != ROB_NO_OFFSET && *(const uint8_t *)(in + field->has_offset) != ROB_PRESENT)
        return Py_NewRef(Py_None);
    if (field->flags & ROB_FIELD_INDIRECT) memcpy(&value, value, sizeof value);
    return value ? to_python(s, value) : Py_NewRef(Py_None);
}

static bool make_arguments(const function *f, const rob_job *job, PyObject **arguments, size_t *made)
{
    const rob_params *params = f->endpoint->params;
    for (size_t i = 0; params && i < params->count; i++, ++*made)
        if (!(arguments[i] = argument(f->parameters[i], &params->items[i].field, job->in))) return false;
    if (!f->takes_request) return true;
    return (arguments[*made] = request_new(job->ctx)) ? ++*made : false;
}

PyObject *function_call(const function *f, const rob_job *job)
{
    PyObject *few[ARGUMENTS_MOST], **arguments = few, *result = NULL;
    size_t count = (size_t)PyTuple_GET_SIZE(f->names), made = 0;
    if (count > ARGUMENTS_MOST && !(arguments = PyMem_Calloc(count, sizeof *arguments))) return PyErr_NoMemory();
    if (make_arguments(f, job, arguments, &made)) result = PyObject_Vectorcall(f->callable, arguments, 0, f->names);
    while (made) Py_DECREF(arguments[--made]);
    if (arguments != few) PyMem_Free(arguments);
    return result;
}
