/* to_python.c: decoded values as Python objects. They are valid already, so nothing is checked again. */
#include "bridge.h"

#include <datetime.h>

static PyObject *uuid_class, *decimal_class, *json_loads, *no_arguments, *bytes_name;

static PyObject *attribute_of(const char *module, const char *name)
{
    PyObject *imported = PyImport_ImportModule(module);
    PyObject *found = imported ? PyObject_GetAttrString(imported, name) : NULL;
    Py_XDECREF(imported);
    return found;
}

bool from_python_init(void);

bool values_init(void)
{
    PyDateTime_IMPORT;
    return PyDateTimeAPI && (uuid_class = attribute_of("uuid", "UUID")) &&
           (decimal_class = attribute_of("decimal", "Decimal")) && (json_loads = attribute_of("json", "loads")) &&
           (no_arguments = PyTuple_New(0)) && (bytes_name = Py_BuildValue("(s)", "bytes")) && from_python_init();
}

/* ------------------------------------------------------------------ dates and times */

/* The offset of a datetime or time: None, UTC or a fixed one. A new reference. */
static PyObject *zone(const rob_time *t)
{
    if (!t->has_offset) return Py_NewRef(Py_None);
    if (t->offset == 0) return Py_NewRef(PyDateTime_TimeZone_UTC);
    PyObject *delta = PyDelta_FromDSU(0, t->offset, 0);
    PyObject *made = delta ? PyTimeZone_FromOffset(delta) : NULL;
    Py_XDECREF(delta);
    return made;
}

static PyObject *make_time(const rob_time *t)
{
    PyObject *tz = zone(t);
    if (!tz) return NULL;
    PyObject *made = PyDateTimeAPI->Time_FromTime(t->hour, t->minute, t->second, (int)t->microsecond, tz,
                                                  PyDateTimeAPI->TimeType);
    Py_DECREF(tz);
    return made;
}

static PyObject *make_datetime(const rob_datetime *d)
{
    PyObject *tz = zone(&d->time);
    if (!tz) return NULL;
    PyObject *made = PyDateTimeAPI->DateTime_FromDateAndTime(d->date.year, d->date.month, d->date.day, d->time.hour,
                                                             d->time.minute, d->time.second, (int)d->time.microsecond,
                                                             tz, PyDateTimeAPI->DateTimeType);
    Py_DECREF(tz);
    return made;
}

/* ------------------------------------------------------------------ others with a class */

static PyObject *make_uuid(const rob_uuid *u)
{
    PyObject *bytes = PyBytes_FromStringAndSize((const char *)u->bytes, sizeof u->bytes);
    if (!bytes) return NULL;
    PyObject *args[] = {bytes};
    PyObject *made = PyObject_Vectorcall(uuid_class, args, 0, bytes_name);
    Py_DECREF(bytes);
    return made;
}

static PyObject *call_with_text(PyObject *callable, rob_str text)
{
    PyObject *argument = text_of(text);
    PyObject *made = argument ? PyObject_CallOneArg(callable, argument) : NULL;
    Py_XDECREF(argument);
    return made;
}

/* ------------------------------------------------------------------ lists and dicts */

typedef struct any_list {
    const char *items;
    size_t count;
} any_list;

static PyObject *make_list(const shape *s, const any_list *list)
{
    PyObject *made = PyList_New((Py_ssize_t)list->count);
    for (size_t i = 0; made && i < list->count; i++) {
        PyObject *item = to_python(s->item, list->items + i * s->type->list.item_size);
        if (item) PyList_SET_ITEM(made, (Py_ssize_t)i, item);
        else Py_CLEAR(made);
    }
    return made;
}

static bool set_member(PyObject *dict, rob_str key, PyObject *value)
{
    PyObject *name = value ? text_of(key) : NULL;
    bool ok = name && PyDict_SetItem(dict, name, value) == 0;
    Py_XDECREF(name);
    Py_XDECREF(value);
    return ok;
}

static PyObject *make_dict(const shape *s, const any_list *list)
{
    PyObject *made = PyDict_New();
    for (size_t i = 0; made && i < list->count; i++) {
        const char *item = list->items + i * s->type->list.item_size;
        const rob_str *key = (const rob_str *)(const void *)item;
        if (!set_member(made, *key, to_python(s->item, item + s->type->list.value_offset))) Py_CLEAR(made);
    }
    return made;
}

/* ------------------------------------------------------------------ models */

static void set_slot(PyObject *object, Py_ssize_t offset, PyObject *value)
{
    *(PyObject **)(void *)((char *)object + offset) = value;
}

/* A new reference: the value, or None. *absent when the request did not have it. */
static PyObject *field_value(const shape *s, const rob_field *field, const char *base, bool *absent)
{
    const void *value = base + field->offset;
    if (field->has_offset != ROB_NO_OFFSET) {
        uint8_t has = *(const uint8_t *)(base + field->has_offset);
        bool may_be_absent = field->flags & ROB_FIELD_OPTIONAL;
        bool is_null = field->flags & ROB_FIELD_TRISTATE ? has == ROB_NULL : !may_be_absent;
        *absent = has != ROB_PRESENT && !is_null;
        if (has != ROB_PRESENT) return Py_NewRef(Py_None);
    }
    if (field->flags & ROB_FIELD_INDIRECT) memcpy(&value, value, sizeof value);
    return value ? to_python(s, value) : Py_NewRef(Py_None);
}

static PyObject *make_extra(const rob_model *model, const char *base)
{
    const rob_extra_list *list = (const rob_extra_list *)(const void *)(base + model->extra_offset);
    PyObject *made = PyDict_New();
    for (size_t i = 0; made && i < list->count; i++)
        if (!set_member(made, list->items[i].key, call_with_text(json_loads, list->items[i].value.text))) Py_CLEAR(made);
    return made;
}

static bool note_absent(PyObject **absent, PyObject *name)
{
    if (!*absent) *absent = PyList_New(0);
    return *absent && PyList_Append(*absent, name) == 0;
}

/* The frozenset of absent fields, nearly always empty. Steals the list. */
static PyObject *absent_set(PyObject *list)
{
    static PyObject *empty;
    if (!list && !empty) empty = PyFrozenSet_New(NULL);
    PyObject *made = list ? PyFrozenSet_New(list) : Py_XNewRef(empty);
    Py_XDECREF(list);
    return made;
}

/* All slots are set without the class's __init__: what it would do has been done. */
static PyObject *make_model(const model_shape *m, const char *base)
{
    PyObject *absent = NULL, *object = m->class->tp_new(m->class, no_arguments, NULL);
    for (uint32_t i = 0; object && i < m->model->field_count; i++) {
        const rob_field *field = &m->model->fields[i];
        bool is_absent = false;
        PyObject *value = field->flags & ROB_FIELD_READONLY ? Py_NewRef(Py_None)
                                                            : field_value(m->fields[i], field, base, &is_absent);
        if (value && m->offsets[i]) set_slot(object, m->offsets[i], value);
        if (!value || (is_absent && m->absent_offset && !note_absent(&absent, m->names[i]))) Py_CLEAR(object);
    }
    PyObject *extra = object && m->extra_offset ? make_extra(m->model, base) : NULL;
    if (object && m->extra_offset) set_slot(object, m->extra_offset, extra);
    PyObject *names = absent_set(absent);
    if (object && m->absent_offset) set_slot(object, m->absent_offset, Py_XNewRef(names));
    Py_XDECREF(names);
    if (PyErr_Occurred()) Py_CLEAR(object);
    return object;
}

/* ------------------------------------------------------------------ all */

static PyObject *make_tagged(const shape *s, const char *base)
{
    const rob_union *u = s->type->arms;
    uint32_t arm;
    memcpy(&arm, base, sizeof arm);
    return make_model(s->tagged[arm], base + u->value_offset);
}

static PyObject *make_union(const shape *s, const char *base)
{
    const rob_union *u = s->type->arms;
    uint32_t arm;
    memcpy(&arm, base, sizeof arm);
    return to_python(s->arms[arm], base + u->value_offset);
}

PyObject *to_python(const shape *s, const void *value)
{
    const rob_type *type = s->type;
    switch ((rob_kind)type->kind) {
    case ROB_KIND_INT: return PyLong_FromLongLong(*(const int64_t *)value);
    case ROB_KIND_FLOAT: return PyFloat_FromDouble(*(const double *)value);
    case ROB_KIND_BOOL: return PyBool_FromLong(*(const bool *)value);
    case ROB_KIND_STR: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: return text_of(*(const rob_str *)value);
    case ROB_KIND_BYTES: {
        const rob_str *bytes = value;
        return PyBytes_FromStringAndSize(bytes->ptr, (Py_ssize_t)bytes->len);
    }
    case ROB_KIND_UUID: return make_uuid(value);
    case ROB_KIND_DATETIME: return make_datetime(value);
    case ROB_KIND_DATE: {
        const rob_date *date = value;
        return PyDate_FromDate(date->year, date->month, date->day);
    }
    case ROB_KIND_TIME: return make_time(value);
    case ROB_KIND_DURATION: {
        const rob_duration *d = value;
        return PyDelta_FromDSU(d->days, (int)d->seconds, (int)d->microseconds);
    }
    case ROB_KIND_DECIMAL: return call_with_text(decimal_class, ((const rob_decimal *)value)->text);
    case ROB_KIND_JSON: return call_with_text(json_loads, ((const rob_json *)value)->text);
    case ROB_KIND_LIST: return make_list(s, value);
    case ROB_KIND_DICT: return make_dict(s, value);
    case ROB_KIND_ENUM: return Py_NewRef(s->choices[*(const uint32_t *)value]);
    case ROB_KIND_MODEL: return make_model(s->model, value);
    case ROB_KIND_TAGGED: return make_tagged(s, value);
    case ROB_KIND_UNION: return make_union(s, value);
    case ROB_KIND_NULLABLE:
        if (!*(const bool *)((const char *)value + type->nullable.has_offset)) return Py_NewRef(Py_None);
        return to_python(s->item, value);
    }
    Py_RETURN_NONE;
}
