/* bridge.h: what the files of the Python bridge share.
 *
 * They are compiled by `robync build` against the interpreter that the server embeds, so all of them, and
 * no others, include Python.h. Everything here is called with the interpreter's lock held unless it says
 * otherwise. Functions that return bool or a pointer leave a Python exception set when they fail. */
#ifndef ROB_PYTHON_BRIDGE_H
#define ROB_PYTHON_BRIDGE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <robync/bridge.h>

#if PY_VERSION_HEX < 0x030A0000
#error "robync embeds Python 3.10 or later"
#endif

/* ------------------------------------------------------------------ shapes: types as Python has them */

typedef struct shape shape;

/* A generated class, with the places of its attributes so that they are read and written without a look-up. */
typedef struct model_shape {
    const rob_model *model;
    PyTypeObject *class;      /* owned */
    const shape **fields;
    PyObject **names;         /* attributes, interned */
    PyObject **wire_names;    /* keys of a dict that stands for the model */
    Py_ssize_t *offsets;      /* of their slots; 0: an ordinary attribute */
    Py_ssize_t absent_offset; /* of the slot with the names of absent fields; 0: none */
    Py_ssize_t extra_offset;  /* of the slot with undeclared members; 0: none */
} model_shape;

/* A type with what stands for it in Python. Made at start, once for each table; never freed. */
struct shape {
    const rob_type *type;
    const shape *item;         /* LIST, DICT, NULLABLE */
    const model_shape *model;  /* MODEL */
    PyObject **choices;        /* ENUM: what stands for each ordinal */
    const shape **arms;        /* UNION */
    const model_shape **tagged; /* TAGGED: the class of each arm */
};

/* NULL without an exception never happens. */
const shape *shape_of(const rob_type *type);

/* Where shapes find classes: the models module, executed. */
bool shapes_init(const rob_python *python, PyObject *models);

/* What values need of Python's own modules. */
bool values_init(void);

/* A value as Python has it: a new reference. */
PyObject *to_python(const shape *s, const void *value);

/* A Python value as C has it, in memory of the request. Strings borrow from the object where they can, so it
 * must stay alive until the answer is encoded. False: problem says where and why, or an exception is set. */
typedef struct reading {
    rob_ctx *ctx;
    PyObject *kept; /* list of objects that must live as long; NULL: none. The caller lets go of it */
    unsigned depth;
    struct {
        const char *name; /* of a field; NULL: an index */
        size_t index;
    } path[64];
    char problem[256]; /* "`items.0.price`: expected a float, not str"; empty: an exception is set */
} reading;

bool from_python(reading *r, const shape *s, PyObject *object, void *out);

/* ------------------------------------------------------------------ functions */

typedef struct function {
    const rob_python_function *spec;
    const rob_endpoint *endpoint;
    PyObject *callable;       /* owned */
    PyObject *names;          /* tuple for vectorcall: parameters, then `request` */
    const shape **parameters;
    const shape **outcomes;   /* of a JSON body; NULL without one */
    PyObject **errors;        /* of each outcome: its exception class; NULL */
    bool takes_request, is_async;
} function;

/* By rob_python_function.index. */
extern function *functions;

bool functions_init(const rob_app *app);

/* Call it with its parameters: a new reference (a coroutine, for `async def`). */
PyObject *function_call(const function *f, const rob_job *job);

/* Set the reply from what a function returned, or from the exception that is set. */
void answer_with(const function *f, const rob_job *job, PyObject *result);
void answer_exception(const function *f, const rob_job *job);

bool answers_init(void);

/* ------------------------------------------------------------------ the package `robync` */

/* An attribute of it: a new reference. */
PyObject *package_get(const char *name);

PyObject *request_new(rob_ctx *ctx);

/* ------------------------------------------------------------------ coroutines */

/* Start the asyncio loop on a thread of its own. */
bool tasks_start(rob_jobs *jobs);
void tasks_stop(void);

/* Run the hooks of a kind ("startup", "shutdown"); coroutines on the asyncio loop when there is one. */
bool hooks_run(const char *kind);

/* ------------------------------------------------------------------ words */

static inline PyObject *text_of(rob_str s)
{
    return PyUnicode_DecodeUTF8(s.ptr ? s.ptr : "", (Py_ssize_t)s.len, "replace");
}


#endif
