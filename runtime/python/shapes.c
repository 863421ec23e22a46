/* shapes.c: which Python class stands for which table, looked up once. */
#include "bridge.h"

#include <structmember.h>

static const rob_python *python;
static PyObject *models; /* the module */

/* Shapes by the address of their type, in a Python dict: only start looks. */
static PyObject *made;

/* ------------------------------------------------------------------ classes */

static const rob_python_class *find_class(const rob_type *type)
{
    for (size_t i = 0; i < python->class_count; i++) {
        const rob_type *candidate = python->classes[i].type;
        if (candidate == type) return &python->classes[i];
        if (!candidate || candidate->kind != type->kind) continue;
        if (type->kind == ROB_KIND_MODEL && candidate->model == type->model) return &python->classes[i];
        if (type->kind == ROB_KIND_ENUM && candidate->choice == type->choice) return &python->classes[i];
        if (type->kind == ROB_KIND_TAGGED && candidate->arms == type->arms) return &python->classes[i];
    }
    return NULL;
}

/* Where a dataclass keeps an attribute; 0 when it is no slot. */
static Py_ssize_t slot_offset(PyTypeObject *class, PyObject *name)
{
    Py_ssize_t offset = 0;
    PyObject *descriptor = PyObject_GetAttr((PyObject *)class, name);
    if (descriptor && Py_IS_TYPE(descriptor, &PyMemberDescr_Type)) {
        const PyMemberDef *member = ((PyMemberDescrObject *)descriptor)->d_member;
        if (member->type == T_OBJECT_EX) offset = member->offset;
    }
    PyErr_Clear();
    Py_XDECREF(descriptor);
    return offset;
}

static Py_ssize_t hidden_slot(PyTypeObject *class, const char *name)
{
    PyObject *text = PyUnicode_InternFromString(name);
    Py_ssize_t offset = text ? slot_offset(class, text) : 0;
    Py_XDECREF(text);
    return offset;
}

static bool name_field(model_shape *m, uint32_t i, const char *name)
{
    rob_str wire = m->model->fields[i].name;
    m->names[i] = PyUnicode_InternFromString(name);
    m->wire_names[i] = PyUnicode_FromStringAndSize(wire.ptr, (Py_ssize_t)wire.len);
    if (!m->names[i] || !m->wire_names[i]) return false;
    PyUnicode_InternInPlace(&m->wire_names[i]);
    m->offsets[i] = slot_offset(m->class, m->names[i]);
    return true;
}

static model_shape *make_model(const rob_model *model, const char *class, const char *const *names)
{
    model_shape *m = calloc(1, sizeof *m);
    if (!m) return (model_shape *)PyErr_NoMemory();
    size_t count = model->field_count + 1u;
    m->model = model;
    m->class = (PyTypeObject *)PyObject_GetAttrString(models, class);
    m->fields = calloc(count, sizeof *m->fields);
    m->names = calloc(count, sizeof *m->names);
    m->wire_names = calloc(count, sizeof *m->wire_names);
    m->offsets = calloc(count, sizeof *m->offsets);
    if (!m->class) return NULL;
    if (!m->fields || !m->names || !m->wire_names || !m->offsets) return (model_shape *)PyErr_NoMemory();
    for (uint32_t i = 0; i < model->field_count; i++)
        if (!name_field(m, i, names[i])) return NULL;
    m->absent_offset = hidden_slot(m->class, "_absent");
    m->extra_offset = hidden_slot(m->class, "model_extra");
    return m;
}

static bool shape_fields(model_shape *m)
{
    for (uint32_t i = 0; i < m->model->field_count; i++)
        if (!(m->fields[i] = shape_of(m->model->fields[i].type))) return false;
    return true;
}

/* ------------------------------------------------------------------ kinds */

static bool shape_model(shape *s)
{
    const rob_python_class *class = find_class(s->type);
    if (!class) {
        PyErr_Format(PyExc_RuntimeError, "no class for a model");
        return false;
    }
    model_shape *m = make_model(s->type->model, class->names[0], class->names + 1);
    s->model = m; /* before its fields: a model may contain itself */
    return m && shape_fields(m);
}

/* An arm is a class of its own, with its model's attributes. */
static bool shape_tagged(shape *s)
{
    const rob_union *u = s->type->arms;
    const rob_python_class *class = find_class(s->type);
    s->tagged = calloc(u->count, sizeof *s->tagged);
    if (!class || !s->tagged) return PyErr_NoMemory() != NULL;
    for (uint32_t i = 0; i < u->count; i++) {
        const rob_python_class *model = find_class(u->arms[i].type);
        model_shape *m = model ? make_model(u->arms[i].type->model, class->names[i], model->names + 1) : NULL;
        if (!(s->tagged[i] = m) || !shape_fields(m)) return false;
    }
    return true;
}

static bool shape_union(shape *s)
{
    const rob_union *u = s->type->arms;
    s->arms = calloc(u->count, sizeof *s->arms);
    if (!s->arms) return PyErr_NoMemory() != NULL;
    for (uint32_t i = 0; i < u->count; i++)
        if (!(s->arms[i] = shape_of(u->arms[i].type))) return false;
    return true;
}

static PyObject *plain_choice(const rob_choice *choice)
{
    switch (choice->kind) {
    case ROB_CHOICE_STR: return text_of(choice->text);
    case ROB_CHOICE_INT: return PyLong_FromLongLong(choice->number);
    case ROB_CHOICE_BOOL: return PyBool_FromLong(choice->number != 0);
    }
    return NULL;
}

/* Members of an Enum are found by value; a Literal stands for itself. */
static bool shape_enum(shape *s)
{
    const rob_enum *e = s->type->choice;
    const rob_python_class *class = find_class(s->type);
    PyObject *enumeration = class ? PyObject_GetAttrString(models, class->names[0]) : NULL;
    s->choices = calloc(e->count, sizeof *s->choices);
    if (class && !enumeration) return false;
    if (!s->choices) return PyErr_NoMemory() != NULL;
    for (uint32_t i = 0; i < e->count; i++) {
        PyObject *value = plain_choice(&e->choices[i]);
        if (!value) return false;
        s->choices[i] = enumeration ? PyObject_CallOneArg(enumeration, value) : Py_NewRef(value);
        Py_DECREF(value);
        if (!s->choices[i]) return false;
    }
    Py_XDECREF(enumeration);
    return true;
}

static bool fill(shape *s)
{
    switch ((rob_kind)s->type->kind) {
    case ROB_KIND_LIST: case ROB_KIND_DICT: return (s->item = shape_of(s->type->list.item)) != NULL;
    case ROB_KIND_NULLABLE: return (s->item = shape_of(s->type->nullable.inner)) != NULL;
    case ROB_KIND_ENUM: return shape_enum(s);
    case ROB_KIND_MODEL: return shape_model(s);
    case ROB_KIND_TAGGED: return shape_tagged(s);
    case ROB_KIND_UNION: return shape_union(s);
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES:
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: case ROB_KIND_JSON:
        return true;
    }
    return true;
}

const shape *shape_of(const rob_type *type)
{
    PyObject *key = PyLong_FromVoidPtr((void *)(uintptr_t)type);
    PyObject *known = key ? PyDict_GetItemWithError(made, key) : NULL;
    shape *s = known ? PyLong_AsVoidPtr(known) : NULL;
    if (!key || s || PyErr_Occurred()) {
        Py_XDECREF(key);
        return s;
    }
    PyObject *address = NULL;
    bool ok = (s = calloc(1, sizeof *s)) && (address = PyLong_FromVoidPtr(s)) && PyDict_SetItem(made, key, address) == 0;
    Py_DECREF(key);
    Py_XDECREF(address);
    if (!s) return (shape *)PyErr_NoMemory();
    s->type = type;
    return ok && fill(s) ? s : NULL;
}

bool shapes_init(const rob_python *tables, PyObject *module)
{
    python = tables;
    models = Py_NewRef(module);
    return (made = PyDict_New()) != NULL;
}
