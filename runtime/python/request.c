/* request.c: the request, for handlers that ask for it. */
#include "bridge.h"

/* Header bytes above 0x7E read as Latin-1 (wire.md). */
static PyObject *latin(rob_str s)
{
    return PyUnicode_DecodeLatin1(s.ptr ? s.ptr : "", (Py_ssize_t)s.len, NULL);
}

static PyObject *headers_of(const rob_ctx *ctx)
{
    PyObject *list = PyList_New(0);
    rob_str name, value;
    for (size_t i = 0; list && rob_header_at(ctx, i, &name, &value); i++) {
        PyObject *key = latin(name), *text = latin(value);
        PyObject *pair = key && text ? PyTuple_Pack(2, key, text) : NULL;
        bool ok = pair && PyList_Append(list, pair) == 0;
        Py_XDECREF(pair);
        Py_XDECREF(text);
        Py_XDECREF(key);
        if (!ok) Py_CLEAR(list);
    }
    return list;
}

PyObject *request_new(rob_ctx *ctx)
{
    static PyObject *class;
    if (!class && !(class = package_get("Request"))) return NULL;
    PyObject *parts[] = {text_of(rob_method_name(ctx)), text_of(rob_path(ctx)), text_of(rob_query_text(ctx)),
                         headers_of(ctx), text_of(rob_client(ctx)), text_of(rob_log_id(ctx))};
    enum { COUNT = sizeof parts / sizeof *parts };
    bool all = true;
    for (size_t i = 0; i < COUNT; i++) all = all && parts[i];
    PyObject *made = all ? PyObject_Vectorcall(class, parts, COUNT, NULL) : NULL;
    for (size_t i = 0; i < COUNT; i++) Py_XDECREF(parts[i]);
    return made;
}
