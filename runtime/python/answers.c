/* answers.c: what a handler returned or raised, as a reply. */
#include "bridge.h"

#include <unistd.h>

static PyObject *response_class, *http_exception, *invalid_class, *declared_error, *format_exception;

static const rob_type plain_text = {.kind = ROB_KIND_STR, .size = sizeof(rob_str)};

PyObject *package_get(const char *name)
{
    PyObject *package = PyImport_ImportModule("robync");
    PyObject *found = package ? PyObject_GetAttrString(package, name) : NULL;
    Py_XDECREF(package);
    return found;
}

bool answers_init(void)
{
    PyObject *traceback = PyImport_ImportModule("traceback");
    bool ok = traceback && (format_exception = PyObject_GetAttrString(traceback, "format_exception"));
    Py_XDECREF(traceback);
    return ok && (response_class = package_get("Response")) && (http_exception = package_get("HTTPException")) &&
           (invalid_class = package_get("Invalid")) && (declared_error = package_get("DeclaredError"));
}

/* ------------------------------------------------------------------ exceptions, taken and told */

/* The exception that is set, no longer set: a new reference. */
static PyObject *take_exception(void)
{
#if PY_VERSION_HEX >= 0x030C0000
    return PyErr_GetRaisedException();
#else
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    if (trace) PyException_SetTraceback(value, trace);
    Py_XDECREF(type);
    Py_XDECREF(trace);
    return value;
#endif
}

static void write_text(const char *head, PyObject *lines)
{
    PyObject *empty = PyUnicode_FromString(""), *whole = NULL, *bytes = NULL;
    PyObject *body = empty ? PyUnicode_Join(empty, lines) : NULL;
    if (body && (whole = PyUnicode_FromFormat("%s\n%U", head, body))) bytes = PyUnicode_AsEncodedString(whole, "utf-8", "replace");
    if (bytes) {
        ssize_t written = write(STDERR_FILENO, PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes));
        (void)written;
    }
    Py_XDECREF(bytes);
    Py_XDECREF(whole);
    Py_XDECREF(body);
    Py_XDECREF(empty);
}

/* The traceback on stderr, in one piece, under the request's id. */
static void tell(rob_ctx *ctx, const char *where, PyObject *exception)
{
    rob_str id = rob_log_id(ctx);
    rob_str head = rob_format(ctx, "%.*s %s", ROB_STR_ARG(id), where);
    PyObject *lines = PyObject_CallOneArg(format_exception, exception);
    if (lines) write_text(head.ptr, lines);
    Py_XDECREF(lines);
    PyErr_Clear();
}

static void fail(const rob_job *job, const char *why)
{
    rob_reply_failed(job->reply, rob_copy(job->ctx, rob_str_of(why)));
}

static void fail_with(const function *f, const rob_job *job, PyObject *exception)
{
    char why[160];
    snprintf(why, sizeof why, "%.100s in %.40s", exception ? Py_TYPE(exception)->tp_name : "failed", f->spec->function);
    fail(job, why);
    if (exception) tell(job->ctx, f->endpoint->route, exception);
}

/* ------------------------------------------------------------------ headers */

/* RFC 9110, 5.1: a field name is a token. */
static bool is_token(rob_str name)
{
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!alphanumeric && !(c && strchr(others, c))) return false;
    }
    return name.len > 0;
}

/* What the transport writes itself. */
static bool is_framing(rob_str name)
{
    return PyOS_strnicmp(name.ptr, "Content-Length", 15) == 0 || PyOS_strnicmp(name.ptr, "Transfer-Encoding", 18) == 0 ||
           PyOS_strnicmp(name.ptr, "Connection", 11) == 0;
}

static bool add_plain(const rob_job *job, PyObject *key, PyObject *value)
{
    Py_ssize_t len;
    PyObject *text = PyObject_Str(value);
    rob_str name = {0}, content = {0};
    if (text && PyUnicode_Check(key) && (name.ptr = PyUnicode_AsUTF8AndSize(key, &len))) name.len = (size_t)len;
    if (text && (content.ptr = PyUnicode_AsUTF8AndSize(text, &len))) content.len = (size_t)len;
    bool ok = content.ptr && is_token(name);
    if (ok && !is_framing(name)) {
        rob_str copy = rob_copy(job->ctx, name);
        if (copy.ptr) rob_reply_header(job->reply, copy.ptr, &plain_text, &content);
    }
    Py_XDECREF(text);
    if (!ok) fail(job, "a response header whose name is not a token");
    return ok;
}

static bool add_typed(const rob_job *job, const rob_python_header *header, PyObject *value)
{
    reading r = {.ctx = job->ctx};
    const shape *s = shape_of(header->type);
    void *out = rob_alloc(job->ctx, header->type->size);
    bool ok = s && out && from_python(&r, s, value, out);
    if (ok && header->cookie) rob_reply_cookie(job->reply, header->name, header->type, out);
    else if (ok) rob_reply_header(job->reply, header->name, header->type, out);
    else if (r.problem[0]) fail(job, rob_format(job->ctx, "response header `%s`: %s", header->name, r.problem).ptr);
    Py_XDECREF(r.kept);
    return ok || r.problem[0];
}

static const rob_python_header *find_header(const rob_python_outcome *outcome, PyObject *key)
{
    for (uint16_t i = 0; PyUnicode_Check(key) && i < outcome->header_count; i++) {
        const rob_python_header *header = &outcome->headers[i];
        if (PyUnicode_CompareWithASCIIString(key, header->parameter) == 0) return header;
        if (PyUnicode_CompareWithASCIIString(key, header->name) == 0) return header;
    }
    return NULL;
}

/* A dict: by parameter or by name on the wire; others go out as they are. */
static bool add_headers(const rob_job *job, const rob_python_outcome *outcome, PyObject *headers)
{
    PyObject *key, *value, *dict = headers && headers != Py_None ? PyDict_New() : NULL;
    Py_ssize_t at = 0;
    uint64_t seen = 0;
    bool ok = !headers || headers == Py_None || (dict && PyDict_Update(dict, headers) == 0);
    while (ok && dict && PyDict_Next(dict, &at, &key, &value)) {
        const rob_python_header *header = outcome ? find_header(outcome, key) : NULL;
        if (header) seen |= 1ull << (header - outcome->headers);
        if (header && value == Py_None) continue;
        ok = header ? add_typed(job, header, value) : add_plain(job, key, value);
    }
    for (uint16_t i = 0; ok && outcome && i < outcome->header_count; i++)
        if (!(seen & 1ull << i) && !outcome->headers[i].optional)
            fail(job, rob_format(job->ctx, "the answer lacks its header `%s`", outcome->headers[i].name).ptr);
    Py_XDECREF(dict);
    return ok;
}

/* ------------------------------------------------------------------ bodies */

static bool reply_json(const rob_job *job, const rob_python_outcome *outcome, const shape *s, PyObject *value)
{
    reading r = {.ctx = job->ctx};
    void *out = rob_alloc(job->ctx, outcome->type->size);
    bool ok = out && from_python(&r, s, value, out);
    if (ok) rob_reply_json(job->reply, outcome->status, outcome->encode, out);
    else if (r.problem[0]) fail(job, rob_format(job->ctx, "the answer does not fit its type: %s", r.problem).ptr);
    Py_XDECREF(r.kept);
    return ok || r.problem[0];
}

/* A text or bytes, copied: the object goes before the answer is sent. */
static bool reply_bytes(const rob_job *job, unsigned status, const char *media_type, PyObject *value)
{
    Py_ssize_t len = 0;
    const char *ptr = PyBytes_Check(value) ? PyBytes_AS_STRING(value) : NULL;
    if (ptr) len = PyBytes_GET_SIZE(value);
    else if (PyUnicode_Check(value)) ptr = PyUnicode_AsUTF8AndSize(value, &len);
    if (!ptr) {
        PyErr_Clear();
        fail(job, rob_format(job->ctx, "the answer does not fit its type: expected a str or bytes, not %s",
                             Py_TYPE(value)->tp_name).ptr);
        return true;
    }
    rob_str body = rob_copy(job->ctx, (rob_str){ptr, (size_t)len});
    if (body.ptr) rob_reply_bytes(job->reply, status, media_type, body);
    else fail(job, "out of memory for the response");
    return true;
}

static bool reply_outcome(const function *f, const rob_job *job, uint16_t index, PyObject *value)
{
    const rob_python_outcome *outcome = &f->spec->outcomes[index];
    if (outcome->type) return reply_json(job, outcome, f->outcomes[index], value);
    if (outcome->media_type) return reply_bytes(job, outcome->status, outcome->media_type, value);
    if (value == Py_None) rob_reply_empty(job->reply, outcome->status);
    else fail(job, rob_format(job->ctx, "the answer has no body, but %s was returned", Py_TYPE(value)->tp_name).ptr);
    return true;
}

/* ------------------------------------------------------------------ Response */

static long status_of(PyObject *object)
{
    PyObject *status = PyObject_GetAttrString(object, "status_code");
    long number = status && PyLong_Check(status) ? PyLong_AsLong(status) : -1;
    Py_XDECREF(status);
    return number >= 200 && number <= 599 ? number : -1;
}

static const char *media_type_of(const rob_job *job, PyObject *response)
{
    PyObject *type = PyObject_GetAttrString(response, "media_type");
    const char *text = type && PyUnicode_Check(type) ? PyUnicode_AsUTF8(type) : NULL;
    const char *copy = text ? rob_copy(job->ctx, rob_str_of(text)).ptr : NULL;
    Py_XDECREF(type);
    return copy;
}

static bool reply_response(const rob_job *job, PyObject *response)
{
    long status = status_of(response);
    PyObject *body = PyObject_GetAttrString(response, "body"), *headers = PyObject_GetAttrString(response, "headers");
    bool ok = status > 0 && body && headers;
    const char *media_type = ok ? media_type_of(job, response) : NULL;
    bool has_none = status == 204 || status == 304 || (ok && PyBytes_Check(body) && PyBytes_GET_SIZE(body) == 0 && !media_type);
    if (ok && has_none) rob_reply_empty(job->reply, (unsigned)status);
    else if (ok) ok = reply_bytes(job, (unsigned)status, media_type, body);
    ok = ok && add_headers(job, NULL, headers);
    Py_XDECREF(headers);
    Py_XDECREF(body);
    if (!ok && !PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "a Response with a status that is none");
    return ok;
}

/* ------------------------------------------------------------------ results */

static int find_status(const function *f, long status)
{
    for (uint16_t i = 0; i < f->spec->outcome_count; i++)
        if (f->spec->outcomes[i].status == status) return i;
    return -1;
}

/* `value, status` or `value, status, headers`. */
static bool is_long_form(PyObject *result)
{
    if (!PyTuple_CheckExact(result)) return false;
    Py_ssize_t size = PyTuple_GET_SIZE(result);
    return (size == 2 || size == 3) && PyLong_CheckExact(PyTuple_GET_ITEM(result, 1));
}

/* The first success that is declared; when it has a body and nothing was returned, the first without one. */
static uint16_t usual_outcome(const function *f, PyObject *value)
{
    const rob_python_outcome *all = f->spec->outcomes;
    for (uint16_t i = 0; value == Py_None && (all[0].type ? all[0].type->kind != ROB_KIND_NULLABLE : all[0].media_type != NULL) && i < f->spec->outcome_count; i++)
        if (!all[i].error && !all[i].type && !all[i].media_type) return i;
    return 0;
}

static bool reply_result(const function *f, const rob_job *job, PyObject *result)
{
    PyObject *value = result, *headers = NULL;
    int index = -1;
    if (is_long_form(result)) {
        value = PyTuple_GET_ITEM(result, 0);
        if (PyTuple_GET_SIZE(result) == 3) headers = PyTuple_GET_ITEM(result, 2);
        long status = PyLong_AsLong(PyTuple_GET_ITEM(result, 1));
        if ((index = find_status(f, status)) < 0) {
            fail(job, rob_format(job->ctx, "status %ld is not declared", status).ptr);
            return true;
        }
    } else if (PyObject_TypeCheck(result, (PyTypeObject *)response_class)) {
        return reply_response(job, result);
    }
    uint16_t chosen = index >= 0 ? (uint16_t)index : usual_outcome(f, value);
    const rob_python_outcome *outcome = &f->spec->outcomes[chosen];
    if (!reply_outcome(f, job, chosen, value)) return false;
    return !headers && !outcome->header_count ? true : add_headers(job, outcome, headers);
}

void answer_with(const function *f, const rob_job *job, PyObject *result)
{
    if (!reply_result(f, job, result)) answer_exception(f, job);
}

/* ------------------------------------------------------------------ exceptions */

static bool add_error_headers(const rob_job *job, const rob_python_outcome *outcome, PyObject *error)
{
    for (uint16_t i = 0; i < outcome->header_count; i++) {
        PyObject *value = PyObject_GetAttrString(error, outcome->headers[i].parameter);
        bool ok = value && (value == Py_None || add_typed(job, &outcome->headers[i], value));
        Py_XDECREF(value);
        if (!ok) return false;
    }
    return true;
}

static bool reply_error(const function *f, const rob_job *job, PyObject *error)
{
    for (uint16_t i = 0; i < f->spec->outcome_count; i++)
        if (f->errors[i] && PyObject_IsInstance(error, f->errors[i]) == 1)
            return reply_outcome(f, job, i, error) && add_error_headers(job, &f->spec->outcomes[i], error);
    PyErr_Format(PyExc_TypeError, "%s is not among the errors that the route raises", Py_TYPE(error)->tp_name);
    return false;
}

/* `{"detail": …}`, as FastAPI has it. */
static bool reply_http(const rob_job *job, PyObject *error)
{
    long status = status_of(error);
    PyObject *detail = PyObject_GetAttrString(error, "detail"), *headers = PyObject_GetAttrString(error, "headers");
    PyObject *body = detail ? Py_BuildValue("{s:O}", "detail", detail) : NULL;
    PyObject *json = body ? package_get("JSONResponse") : NULL;
    PyObject *response = json ? PyObject_CallOneArg(json, body) : NULL;
    PyObject *bytes = response ? PyObject_GetAttrString(response, "body") : NULL;
    bool ok = status > 0 && bytes && headers;
    if (ok && (status == 204 || status == 304)) rob_reply_empty(job->reply, (unsigned)status);
    else if (ok) ok = reply_bytes(job, (unsigned)status, "application/json", bytes);
    ok = ok && add_headers(job, NULL, headers);
    Py_XDECREF(bytes);
    Py_XDECREF(response);
    Py_XDECREF(json);
    Py_XDECREF(body);
    Py_XDECREF(headers);
    Py_XDECREF(detail);
    return ok;
}

static rob_str attribute_text(const rob_job *job, PyObject *object, const char *name)
{
    PyObject *value = PyObject_GetAttrString(object, name);
    const char *text = value && PyUnicode_Check(value) ? PyUnicode_AsUTF8(value) : NULL;
    rob_str copy = rob_copy(job->ctx, rob_str_of(text ? text : ""));
    Py_XDECREF(value);
    PyErr_Clear();
    return copy;
}

static bool reply_invalid(const rob_job *job, PyObject *error)
{
    rob_invalid invalid = {
        .loc = attribute_text(job, error, "loc"),
        .type = attribute_text(job, error, "type"),
        .msg = attribute_text(job, error, "msg"),
    };
    rob_reply_invalid(job->reply, &invalid);
    return true;
}

/* FastAPI's and Starlette's own, in a handler that was moved here. */
static bool is_http_exception(PyObject *error)
{
    if (PyObject_TypeCheck(error, (PyTypeObject *)http_exception)) return true;
    const char *name = Py_TYPE(error)->tp_name, *dot = strrchr(name, '.');
    return strcmp(dot ? dot + 1 : name, "HTTPException") == 0 && PyObject_HasAttrString(error, "status_code") &&
           PyObject_HasAttrString(error, "detail") && PyObject_HasAttrString(error, "headers");
}

void answer_exception(const function *f, const rob_job *job)
{
    PyObject *error = take_exception(), *second = NULL;
    bool answered = false;
    if (error && PyObject_TypeCheck(error, (PyTypeObject *)declared_error)) answered = reply_error(f, job, error);
    else if (error && PyObject_TypeCheck(error, (PyTypeObject *)invalid_class)) answered = reply_invalid(job, error);
    else if (error && is_http_exception(error)) answered = reply_http(job, error);
    if (!answered) {
        second = PyErr_Occurred() ? take_exception() : NULL;
        fail_with(f, job, second ? second : error);
    }
    Py_XDECREF(second);
    Py_XDECREF(error);
    PyErr_Clear();
}
