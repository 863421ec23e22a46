/* from_python.c: what handlers return, as C has it. Types are checked here; constraints by the encoder. */
#include "bridge.h"

#include <datetime.h>

enum { DEPTH_MOST = 64 };

static PyObject *uuid_class, *decimal_class, *json_dumps, *json_options, *offset_name;

static PyObject *imported(const char *module, const char *name)
{
    PyObject *found = NULL, *from = PyImport_ImportModule(module);
    if (from) found = PyObject_GetAttrString(from, name);
    Py_XDECREF(from);
    return found;
}

bool from_python_init(void)
{
    PyDateTime_IMPORT;
    return PyDateTimeAPI && (uuid_class = imported("uuid", "UUID")) && (decimal_class = imported("decimal", "Decimal")) &&
           (json_dumps = imported("json", "dumps")) && (offset_name = PyUnicode_InternFromString("utcoffset")) &&
           (json_options = Py_BuildValue("{s:O,s:(ss)}", "allow_nan", Py_False, "separators", ",", ":"));
}

/* ------------------------------------------------------------------ what does not fit */

static void print_path(const reading *r, char *out, size_t room)
{
    size_t len = 0;
    for (unsigned i = 0; i < r->depth && len < room; i++) {
        const char *dot = i ? "." : "";
        int n = r->path[i].name ? snprintf(out + len, room - len, "%s%s", dot, r->path[i].name)
                                : snprintf(out + len, room - len, "%s%zu", dot, r->path[i].index);
        len += n > 0 ? (size_t)n : 0;
    }
}

static bool not_fitting(reading *r, const char *what)
{
    char path[160] = "";
    print_path(r, path, sizeof path);
    PyErr_Clear();
    if (r->depth) snprintf(r->problem, sizeof r->problem, "`%s`: %.80s", path, what);
    else snprintf(r->problem, sizeof r->problem, "%.200s", what);
    return false;
}

static bool expected(reading *r, const char *what, PyObject *object)
{
    char text[160];
    snprintf(text, sizeof text, "expected %s, not %.60s", what, Py_TYPE(object)->tp_name);
    return not_fitting(r, text);
}

static void *need(reading *r, size_t size)
{
    void *memory = rob_alloc(r->ctx, size);
    if (!memory) not_fitting(r, "the answer is too large");
    return memory;
}

/* Keep what an attribute gave for the moment: its text is borrowed until the answer is encoded. */
static bool keep(reading *r, PyObject *value)
{
    if (!r->kept && !(r->kept = PyList_New(0))) return false;
    return PyList_Append(r->kept, value) == 0;
}

static bool enter(reading *r, const char *name, size_t index)
{
    if (r->depth == DEPTH_MOST) return not_fitting(r, "nested too deeply, or within itself");
    r->path[r->depth].name = name;
    r->path[r->depth++].index = index;
    return true;
}

/* ------------------------------------------------------------------ scalars */

static bool read_int(reading *r, PyObject *object, int64_t *out)
{
    int overflow = 0;
    if (!PyLong_Check(object)) return expected(r, "an int", object);
    *out = PyLong_AsLongLongAndOverflow(object, &overflow);
    return overflow ? not_fitting(r, "an int beyond 64 bits") : true;
}

static bool read_float(reading *r, PyObject *object, double *out)
{
    if (!PyFloat_Check(object) && !PyLong_Check(object)) return expected(r, "a float", object);
    *out = PyFloat_AsDouble(object);
    return PyErr_Occurred() ? not_fitting(r, "an int too large for a float") : true;
}

static bool read_bool(reading *r, PyObject *object, bool *out)
{
    if (!PyBool_Check(object)) return expected(r, "a bool", object);
    *out = object == Py_True;
    return true;
}

/* Borrowed from the object, which the answer keeps alive until it is encoded. */
static bool read_str(reading *r, PyObject *object, rob_str *out)
{
    Py_ssize_t len;
    if (!PyUnicode_Check(object)) return expected(r, "a str", object);
    out->ptr = PyUnicode_AsUTF8AndSize(object, &len);
    out->len = (size_t)len;
    return out->ptr ? true : not_fitting(r, "a str with lone surrogates");
}

static bool read_copy(reading *r, PyObject *object, rob_str *out)
{
    rob_str text;
    if (!read_str(r, object, &text)) return false;
    *out = rob_copy(r->ctx, text);
    return out->ptr ? true : not_fitting(r, "the answer is too large");
}

static bool read_bytes(reading *r, PyObject *object, rob_str *out)
{
    Py_buffer view;
    if (!PyObject_CheckBuffer(object)) return expected(r, "bytes", object);
    if (PyObject_GetBuffer(object, &view, PyBUF_SIMPLE) < 0) return false;
    *out = rob_copy(r->ctx, (rob_str){view.buf, (size_t)view.len});
    PyBuffer_Release(&view);
    return out->ptr ? true : not_fitting(r, "the answer is too large");
}

static bool read_uuid(reading *r, PyObject *object, rob_uuid *out)
{
    bool is_text = PyUnicode_Check(object);
    if (!is_text && !PyObject_TypeCheck(object, (PyTypeObject *)uuid_class)) return expected(r, "a UUID", object);
    PyObject *made = is_text ? PyObject_CallOneArg(uuid_class, object) : Py_NewRef(object);
    PyObject *bytes = made ? PyObject_GetAttrString(made, "bytes") : NULL;
    Py_XDECREF(made);
    bool ok = bytes && PyBytes_Check(bytes) && PyBytes_GET_SIZE(bytes) == sizeof out->bytes;
    if (ok) memcpy(out->bytes, PyBytes_AS_STRING(bytes), sizeof out->bytes);
    Py_XDECREF(bytes);
    return ok ? true : not_fitting(r, "expected a UUID");
}

static bool read_decimal(reading *r, PyObject *object, rob_decimal *out)
{
    if (!PyObject_TypeCheck(object, (PyTypeObject *)decimal_class) && !PyLong_CheckExact(object))
        return expected(r, "a Decimal", object);
    PyObject *text = PyObject_Str(object);
    bool ok = text && read_copy(r, text, &out->text);
    Py_XDECREF(text);
    return ok;
}

static bool read_json(reading *r, PyObject *object, rob_json *out)
{
    PyObject *arguments = PyTuple_Pack(1, object);
    PyObject *text = arguments ? PyObject_Call(json_dumps, arguments, json_options) : NULL;
    Py_XDECREF(arguments);
    if (!text) {
        bool mismatch = PyErr_ExceptionMatches(PyExc_TypeError) || PyErr_ExceptionMatches(PyExc_ValueError);
        return mismatch ? not_fitting(r, "a value that JSON cannot hold") : false;
    }
    bool ok = read_copy(r, text, &out->text);
    Py_DECREF(text);
    return ok;
}

static bool is_choice(const rob_choice *choice, PyObject *object)
{
    switch (choice->kind) {
    case ROB_CHOICE_STR: {
        Py_ssize_t len = 0;
        const char *text = PyUnicode_Check(object) ? PyUnicode_AsUTF8AndSize(object, &len) : NULL;
        return text && rob_str_eq(choice->text, (rob_str){text, (size_t)len});
    }
    case ROB_CHOICE_INT: {
        int overflow = 0;
        return PyLong_Check(object) && !PyBool_Check(object) &&
               PyLong_AsLongLongAndOverflow(object, &overflow) == choice->number && !overflow;
    }
    case ROB_CHOICE_BOOL: return PyBool_Check(object) && (object == Py_True) == (choice->number != 0);
    }
    return false;
}

static bool read_enum(reading *r, const shape *s, PyObject *object, uint32_t *out)
{
    const rob_enum *e = s->type->choice;
    for (uint32_t i = 0; i < e->count; i++) {
        if (s->choices[i] != object && !is_choice(&e->choices[i], object)) continue;
        *out = i;
        return true;
    }
    PyErr_Clear();
    return expected(r, "one of the declared values", object);
}

/* ------------------------------------------------------------------ dates and times */

static bool read_offset(reading *r, PyObject *object, rob_time *out)
{
    PyObject *offset = PyObject_CallMethodNoArgs(object, offset_name);
    if (!offset) return false;
    out->has_offset = offset != Py_None;
    bool is_delta = PyDelta_Check(offset);
    if (is_delta) out->offset = PyDateTime_DELTA_GET_DAYS(offset) * 86400 + PyDateTime_DELTA_GET_SECONDS(offset);
    Py_DECREF(offset);
    return is_delta || !out->has_offset ? true : not_fitting(r, "expected an offset of UTC");
}

static bool read_time(reading *r, PyObject *object, rob_time *out)
{
    if (!PyTime_Check(object)) return expected(r, "a time", object);
    *out = (rob_time){
        .microsecond = (uint32_t)PyDateTime_TIME_GET_MICROSECOND(object),
        .hour = (uint8_t)PyDateTime_TIME_GET_HOUR(object),
        .minute = (uint8_t)PyDateTime_TIME_GET_MINUTE(object),
        .second = (uint8_t)PyDateTime_TIME_GET_SECOND(object),
    };
    return read_offset(r, object, out);
}

static rob_date date_of(PyObject *object)
{
    return (rob_date){
        .year = (int16_t)PyDateTime_GET_YEAR(object),
        .month = (uint8_t)PyDateTime_GET_MONTH(object),
        .day = (uint8_t)PyDateTime_GET_DAY(object),
    };
}

static bool read_date(reading *r, PyObject *object, rob_date *out)
{
    if (!PyDate_Check(object) || PyDateTime_Check(object)) return expected(r, "a date", object);
    *out = date_of(object);
    return true;
}

static bool read_datetime(reading *r, PyObject *object, rob_datetime *out)
{
    if (!PyDateTime_Check(object)) return expected(r, "a datetime", object);
    *out = (rob_datetime){
        .date = date_of(object),
        .time = {
            .microsecond = (uint32_t)PyDateTime_DATE_GET_MICROSECOND(object),
            .hour = (uint8_t)PyDateTime_DATE_GET_HOUR(object),
            .minute = (uint8_t)PyDateTime_DATE_GET_MINUTE(object),
            .second = (uint8_t)PyDateTime_DATE_GET_SECOND(object),
        },
    };
    return read_offset(r, object, &out->time);
}

static bool read_duration(reading *r, PyObject *object, rob_duration *out)
{
    if (!PyDelta_Check(object)) return expected(r, "a timedelta", object);
    *out = (rob_duration){
        .days = PyDateTime_DELTA_GET_DAYS(object),
        .seconds = (uint32_t)PyDateTime_DELTA_GET_SECONDS(object),
        .microseconds = (uint32_t)PyDateTime_DELTA_GET_MICROSECONDS(object),
    };
    return true;
}

/* ------------------------------------------------------------------ lists and dicts */

typedef struct any_list {
    char *items;
    size_t count;
} any_list;

static bool read_items(reading *r, const shape *s, PyObject *sequence, any_list *out)
{
    size_t size = s->type->list.item_size, count = (size_t)PySequence_Fast_GET_SIZE(sequence);
    out->count = count;
    if (!(out->items = need(r, count * size))) return false;
    for (size_t i = 0; i < count && i < (size_t)PySequence_Fast_GET_SIZE(sequence); i++) {
        if (!enter(r, NULL, i)) return false;
        if (!from_python(r, s->item, PySequence_Fast_GET_ITEM(sequence, (Py_ssize_t)i), out->items + i * size)) return false;
        r->depth--;
    }
    return true;
}

static bool read_list(reading *r, const shape *s, PyObject *object, any_list *out)
{
    if (PyList_Check(object) || PyTuple_Check(object)) return read_items(r, s, object, out);
    return expected(r, "a list", object);
}

static bool read_member(reading *r, const shape *s, PyObject *key, PyObject *value, char *item)
{
    rob_str name;
    if (!read_str(r, key, &name) || !enter(r, name.ptr, 0)) return false;
    memcpy(item, &name, sizeof name);
    if (!from_python(r, s->item, value, item + s->type->list.value_offset)) return false;
    r->depth--;
    return true;
}

static bool read_dict(reading *r, const shape *s, PyObject *object, any_list *out)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    size_t size = s->type->list.item_size;
    if (!PyDict_Check(object)) return expected(r, "a dict", object);
    size_t most = (size_t)PyDict_GET_SIZE(object);
    if (!(out->items = need(r, most * size))) return false;
    for (out->count = 0; out->count < most && PyDict_Next(object, &at, &key, &value); out->count++)
        if (!read_member(r, s, key, value, out->items + out->count * size)) return false;
    return true;
}

/* ------------------------------------------------------------------ models */

/* Where a model's fields come from: its class's slots, a dict, or the attributes of anything else. */
typedef struct source {
    PyObject *object;
    bool is_instance, is_dict;
} source;

/* A new reference, or NULL when there is none; an exception may be set. */
static PyObject *get(const source *from, const model_shape *m, uint32_t i)
{
    if (from->is_instance && m->offsets[i])
        return Py_XNewRef(*(PyObject **)(void *)((char *)from->object + m->offsets[i]));
    if (from->is_dict) {
        PyObject *value = PyDict_GetItemWithError(from->object, m->wire_names[i]);
        if (!value && !PyErr_Occurred()) value = PyDict_GetItemWithError(from->object, m->names[i]);
        return Py_XNewRef(value);
    }
    PyObject *value = PyObject_GetAttr(from->object, m->names[i]);
    if (!value && PyErr_ExceptionMatches(PyExc_AttributeError)) PyErr_Clear();
    return value;
}

static bool is_absent(const source *from, const model_shape *m, uint32_t i)
{
    if (!from->is_instance || !m->absent_offset) return false;
    PyObject *names = *(PyObject **)(void *)((char *)from->object + m->absent_offset);
    return names && PyFrozenSet_Check(names) && PyObject_Length(names) > 0 && PySequence_Contains(names, m->names[i]) == 1;
}

static void set_presence(const rob_field *field, char *base, rob_has has)
{
    if (field->has_offset == ROB_NO_OFFSET) return;
    bool three = field->flags & ROB_FIELD_TRISTATE;
    *(uint8_t *)(base + field->has_offset) = three ? has : has == ROB_PRESENT;
}

static bool store(reading *r, const shape *s, const rob_field *field, PyObject *value, char *base)
{
    char *out = base + field->offset;
    if (field->flags & ROB_FIELD_INDIRECT) {
        char *memory = need(r, s->type->size);
        if (!memory) return false;
        memcpy(out, &memory, sizeof memory);
        out = memory;
    }
    set_presence(field, base, ROB_PRESENT);
    return from_python(r, s, value, out);
}

/* Nothing was given: the default, or nothing at all. */
static bool leave_out(reading *r, const shape *s, const rob_field *field, char *base)
{
    if (field->fallback) {
        set_presence(field, base, ROB_PRESENT);
        memcpy(base + field->offset, field->fallback, s->type->size);
        return true;
    }
    if (field->flags & ROB_FIELD_OPTIONAL) return set_presence(field, base, ROB_ABSENT), true;
    if (field->flags & ROB_FIELD_DEFAULT_NULL) return set_presence(field, base, ROB_NULL), true;
    return not_fitting(r, "is missing");
}

static bool store_none(reading *r, const shape *s, const rob_field *field, char *base)
{
    if (field->flags & ROB_FIELD_NULLABLE) return set_presence(field, base, ROB_NULL), true;
    if (field->flags & ROB_FIELD_OPTIONAL) return set_presence(field, base, ROB_ABSENT), true;
    return store(r, s, field, Py_None, base);
}

static bool read_field(reading *r, const model_shape *m, uint32_t i, const source *from, char *base)
{
    const rob_field *field = &m->model->fields[i];
    if (field->flags & ROB_FIELD_WRITEONLY) return true;
    if (!enter(r, field->name.ptr, 0)) return false;
    PyObject *value = is_absent(from, m, i) && !field->fallback ? NULL : get(from, m, i);
    if (!value && PyErr_Occurred()) return false;
    bool ok = !value ? leave_out(r, m->fields[i], field, base)
            : value == Py_None ? store_none(r, m->fields[i], field, base)
                               : store(r, m->fields[i], field, value, base);
    /* Attributes made on the fly would take their text with them. */
    if (value && !from->is_dict && !from->is_instance && ok) ok = keep(r, value);
    Py_XDECREF(value);
    if (ok) r->depth--;
    return ok;
}

static bool read_extra(reading *r, const model_shape *m, const source *from, char *base)
{
    PyObject *key, *value, *extra = from->is_instance ? *(PyObject **)(void *)((char *)from->object + m->extra_offset) : NULL;
    rob_extra_list *list = (rob_extra_list *)(void *)(base + m->model->extra_offset);
    Py_ssize_t at = 0;
    if (!extra || !PyDict_Check(extra)) return true;
    size_t most = (size_t)PyDict_GET_SIZE(extra);
    if (!(list->items = need(r, most * sizeof *list->items))) return false;
    for (; list->count < most && PyDict_Next(extra, &at, &key, &value); list->count++)
        if (!read_str(r, key, &list->items[list->count].key) || !read_json(r, value, &list->items[list->count].value)) return false;
    return true;
}

static bool read_model(reading *r, const model_shape *m, PyObject *object, char *base)
{
    source from = {.object = object, .is_instance = PyObject_TypeCheck(object, m->class), .is_dict = PyDict_Check(object)};
    bool is_plain = object == Py_None || PyUnicode_Check(object) || PyLong_Check(object) || PyFloat_Check(object) ||
                    PyList_Check(object) || PyTuple_Check(object) || PyBytes_Check(object);
    if (is_plain) return expected(r, m->class->tp_name, object);
    for (uint32_t i = 0; i < m->model->field_count; i++)
        if (!read_field(r, m, i, &from, base)) return false;
    return m->model->extra != ROB_EXTRA_ALLOW || !m->extra_offset || read_extra(r, m, &from, base);
}

/* ------------------------------------------------------------------ unions */

/* A new reference: what an object has under the tag's name; NULL without an exception. */
static PyObject *tag_of(const rob_union *u, PyObject *object)
{
    PyObject *name = PyUnicode_FromStringAndSize(u->tag_name.ptr, (Py_ssize_t)u->tag_name.len);
    PyObject *tag = NULL;
    if (name && PyDict_Check(object)) tag = Py_XNewRef(PyDict_GetItemWithError(object, name));
    else if (name) tag = PyObject_GetAttr(object, name);
    Py_XDECREF(name);
    PyErr_Clear();
    return tag;
}

static uint32_t find_arm(const shape *s, PyObject *object)
{
    const rob_union *u = s->type->arms;
    for (uint32_t i = 0; i < u->count; i++)
        if (Py_IS_TYPE(object, s->tagged[i]->class)) return i;
    PyObject *tag = tag_of(u, object);
    uint32_t found = u->count;
    for (uint32_t i = 0; tag && i < u->count; i++) {
        const rob_choice label = {.kind = ROB_CHOICE_STR, .text = u->arms[i].label};
        if (is_choice(&label, tag)) found = i;
    }
    Py_XDECREF(tag);
    for (uint32_t i = 0; found == u->count && i < u->count; i++)
        if (PyType_IsSubtype(s->tagged[i]->class, Py_TYPE(object)) && !PyDict_Check(object) &&
            (PyObject *)Py_TYPE(object) != (PyObject *)&PyBaseObject_Type) found = i;
    return found;
}

static bool read_tagged(reading *r, const shape *s, PyObject *object, char *base)
{
    const rob_union *u = s->type->arms;
    uint32_t arm = find_arm(s, object);
    if (arm == u->count) return expected(r, "one of the union's arms", object);
    memcpy(base, &arm, sizeof arm);
    return read_model(r, s->tagged[arm], object, base + u->value_offset);
}

/* Whether an object is of the very type that stands for an arm. */
static bool is_exact(const shape *s, PyObject *object)
{
    switch ((rob_kind)s->type->kind) {
    case ROB_KIND_INT: return PyLong_CheckExact(object);
    case ROB_KIND_FLOAT: return PyFloat_CheckExact(object);
    case ROB_KIND_BOOL: return PyBool_Check(object);
    case ROB_KIND_STR: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: return PyUnicode_CheckExact(object);
    case ROB_KIND_BYTES: return PyBytes_Check(object);
    case ROB_KIND_DICT: return PyDict_Check(object);
    case ROB_KIND_LIST: return PyList_Check(object);
    case ROB_KIND_MODEL: return PyObject_TypeCheck(object, s->model->class);
    case ROB_KIND_NULLABLE: return object == Py_None || is_exact(s->item, object);
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_JSON: case ROB_KIND_ENUM: case ROB_KIND_TAGGED: case ROB_KIND_UNION:
        break;
    }
    return false;
}

/* The first arm of the value's own type wins, then the first that takes it. */
static bool read_union(reading *r, const shape *s, PyObject *object, char *base)
{
    const rob_union *u = s->type->arms;
    unsigned depth = r->depth;
    for (int exactly = 1; exactly >= 0; exactly--)
        for (uint32_t i = 0; i < u->count; i++) {
            if (exactly && !is_exact(s->arms[i], object)) continue;
            memset(base, 0, s->type->size);
            memcpy(base, &i, sizeof i);
            if (from_python(r, s->arms[i], object, base + u->value_offset)) return true;
            if (PyErr_Occurred()) return false;
            r->depth = depth;
        }
    return expected(r, "one of the union's types", object);
}

/* ------------------------------------------------------------------ all */

static bool read_nullable(reading *r, const shape *s, PyObject *object, char *out)
{
    bool has = object != Py_None;
    *(bool *)(out + s->type->nullable.has_offset) = has;
    return !has || from_python(r, s->item, object, out);
}

bool from_python(reading *r, const shape *s, PyObject *object, void *out)
{
    switch ((rob_kind)s->type->kind) {
    case ROB_KIND_INT: return read_int(r, object, out);
    case ROB_KIND_FLOAT: return read_float(r, object, out);
    case ROB_KIND_BOOL: return read_bool(r, object, out);
    case ROB_KIND_STR: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: return read_str(r, object, out);
    case ROB_KIND_BYTES: return read_bytes(r, object, out);
    case ROB_KIND_UUID: return read_uuid(r, object, out);
    case ROB_KIND_DATETIME: return read_datetime(r, object, out);
    case ROB_KIND_DATE: return read_date(r, object, out);
    case ROB_KIND_TIME: return read_time(r, object, out);
    case ROB_KIND_DURATION: return read_duration(r, object, out);
    case ROB_KIND_DECIMAL: return read_decimal(r, object, out);
    case ROB_KIND_JSON: return read_json(r, object, out);
    case ROB_KIND_LIST: return read_list(r, s, object, out);
    case ROB_KIND_DICT: return read_dict(r, s, object, out);
    case ROB_KIND_ENUM: return read_enum(r, s, object, out);
    case ROB_KIND_MODEL: return read_model(r, s->model, object, out);
    case ROB_KIND_TAGGED: return read_tagged(r, s, object, out);
    case ROB_KIND_UNION: return read_union(r, s, object, out);
    case ROB_KIND_NULLABLE: return read_nullable(r, s, object, out);
    }
    return false;
}
