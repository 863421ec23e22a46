/* Finite values, the pointers that break cycles, and sizes, once all types are known. */
#include "checker.h"
#include "layout.h"

/* ------------------------------------------------------------------ is there a finite value? */

static bool has_finite(const ir_type *type)
{
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_MODEL: return ((const checked_model *)type->model)->finite;
    case ROB_KIND_TAGGED: case ROB_KIND_UNION: return ((const checked_union *)type->arms)->finite;
    case ROB_KIND_LIST: case ROB_KIND_DICT: {
        bool may_be_empty = !(type->table.rules & ROB_MIN_LENGTH) || type->table.list.min_length == 0;
        return may_be_empty || has_finite(type->item);
    }
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES:
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: case ROB_KIND_JSON:
    case ROB_KIND_ENUM: case ROB_KIND_NULLABLE: return true;
    }
    return true;
}

static bool field_finite(const ir_field *f)
{
    return f->table.flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_NULLABLE) || has_finite(f->type);
}

static bool model_finite(const checked_model *m)
{
    for (uint32_t i = 0; i < m->ir.field_count; i++)
        if (!field_finite(&m->ir.fields[i])) return false;
    return true;
}

static bool union_finite(const checked_union *u)
{
    for (uint32_t i = 0; i < u->ir.count; i++)
        if (has_finite(u->ir.arms[i].type)) return true;
    return u->ir.count == 0;
}

/* Least fixed point. Declarations mostly refer forward, so going backwards ends after few rounds. */
static void find_finite(checker *c)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = c->models.count; i-- > 0;) {
            checked_model *m = c->models.items[i];
            if (!m->finite && model_finite(m)) m->finite = changed = true;
        }
        for (size_t i = c->unions.count; i-- > 0;) {
            checked_union *u = c->unions.items[i];
            if (!u->finite && union_finite(u)) u->finite = changed = true;
        }
    }
}

/* The field that makes the model endless; the model itself may just contain another such one. */
static void report_endless(checker *c)
{
    for (size_t i = 0; i < c->models.count; i++) {
        checked_model *m = c->models.items[i];
        for (uint32_t f = 0; !m->finite && f < m->ir.field_count; f++) {
            if (field_finite(&m->ir.fields[f])) continue;
            diag_item *item = report(c, m->written[f]->at, "RB0140", "`%.*s` would contain itself without end",
                                     ROB_STR_ARG(m->ir.name));
            diag_hint(c->d, item, "make the field optional (`%.*s?: T`), nullable (`T?`), a list or a dict",
                      ROB_STR_ARG(m->ir.fields[f].name));
            break;
        }
        if (!m->finite) return; /* the others hang on the first one */
    }
}

/* ------------------------------------------------------------------ cycles by value (Tarjan) */

/* A node is a model or a union; both carry order, low and on_stack. */
typedef struct node {
    checked_model *model;
    checked_union *arms;
} node;

typedef struct tarjan {
    checker *c;
    bool deep; /* also through lists and dicts, which hold no value in place */
    uint32_t next;
    list stack; /* checked_model * and checked_union *, told apart by kinds */
    list kinds;
} tarjan;

static uint32_t *order_of(node n) { return n.model ? &n.model->order : &n.arms->order; }
static uint32_t *low_of(node n) { return n.model ? &n.model->low : &n.arms->low; }
static bool *on_stack(node n) { return n.model ? &n.model->on_stack : &n.arms->on_stack; }

/* What a value of the type holds in place (deep: or behind a pointer): a model, a union, or neither. */
static node held_by(const ir_type *type, bool deep)
{
    while (type->table.kind == ROB_KIND_NULLABLE || (deep && type->item)) type = type->item;
    if (type->table.kind == ROB_KIND_MODEL) return (node){.model = (checked_model *)type->model};
    if (type->table.kind == ROB_KIND_TAGGED || type->table.kind == ROB_KIND_UNION)
        return (node){.arms = (checked_union *)type->arms};
    return (node){0};
}

static void visit(tarjan *t, node n);

static void follow(tarjan *t, node from, const ir_type *type)
{
    node to = held_by(type, t->deep);
    if (!to.model && !to.arms) return;
    if (!*order_of(to)) visit(t, to);
    else if (!*on_stack(to)) return;
    if (*low_of(to) < *low_of(from)) *low_of(from) = *low_of(to);
}

static void pop_component(tarjan *t, node root)
{
    void *wanted = root.model ? (void *)root.model : (void *)root.arms;
    for (;;) {
        t->stack.count--;
        void *top = t->stack.items[t->stack.count];
        node n = t->kinds.items[t->stack.count] ? (node){.model = top} : (node){.arms = top};
        *on_stack(n) = false;
        *low_of(n) = *low_of(root); /* the component's number from here on */
        if (top == wanted) break;
    }
    t->kinds.count = t->stack.count;
}

static void visit(tarjan *t, node n)
{
    *order_of(n) = *low_of(n) = ++t->next;
    *on_stack(n) = true;
    list_push(t->c->arena, &t->stack, n.model ? (void *)n.model : (void *)n.arms);
    list_push(t->c->arena, &t->kinds, n.model);
    if (n.model)
        for (uint32_t i = 0; i < n.model->ir.field_count; i++) follow(t, n, n.model->ir.fields[i].type);
    else
        for (uint32_t i = 0; i < n.arms->ir.count; i++) follow(t, n, n.arms->ir.arms[i].type);
    if (*low_of(n) == *order_of(n)) pop_component(t, n);
}

static bool reaches_itself(const checked_model *m, const ir_type *type, bool deep)
{
    node to = held_by(type, deep);
    return (to.model || to.arms) && *low_of(to) == m->low;
}

static void find_components(checker *c, bool deep)
{
    tarjan t = {.c = c, .deep = deep};
    for (size_t i = 0; i < c->models.count; i++) ((checked_model *)c->models.items[i])->order = 0;
    for (size_t i = 0; i < c->unions.count; i++) ((checked_union *)c->unions.items[i])->order = 0;
    for (size_t i = 0; i < c->models.count; i++) {
        checked_model *m = c->models.items[i];
        if (!m->order) visit(&t, (node){.model = m});
    }
}

void find_recursive(checker *c)
{
    find_components(c, true);
    for (size_t i = 0; i < c->models.count; i++) {
        checked_model *m = c->models.items[i];
        for (uint32_t f = 0; f < m->ir.field_count; f++)
            m->recursive = m->recursive || reaches_itself(m, m->ir.fields[f].type, true);
    }
}

/* Every cycle by value passes through a field of a model: those within one component become pointers. */
static void break_cycles(checker *c)
{
    find_components(c, false);
    for (size_t i = 0; i < c->models.count; i++) {
        checked_model *m = c->models.items[i];
        for (uint32_t f = 0; f < m->ir.field_count; f++)
            if (reaches_itself(m, m->ir.fields[f].type, false)) m->ir.fields[f].table.flags |= ROB_FIELD_INDIRECT;
    }
}

/* ------------------------------------------------------------------ sizes */

static void lay_out(checker *c, const ir_type *type);

static void lay_out_model(checker *c, checked_model *m)
{
    if (m->laid_out) return;
    m->laid_out = true;
    for (uint32_t i = 0; i < m->ir.field_count; i++)
        if (!(m->ir.fields[i].table.flags & ROB_FIELD_INDIRECT)) lay_out(c, m->ir.fields[i].type);
    layout_model(&m->ir);
    if (m->ir.size > MOST_SIZE) {
        report(c, m->ir.meta.at, "RB0141", "a value of `%.*s` would take more than %d KiB",
               ROB_STR_ARG(m->ir.name), MOST_SIZE >> 10);
        m->ir.size = MOST_SIZE;
    }
    m->type->table.size = m->ir.size;
    m->type->align = m->ir.align;
    rob_field *fields = arena_need(c->arena, sizeof(rob_field) * (m->ir.field_count + 1));
    for (uint32_t i = 0; i < m->ir.field_count; i++) fields[i] = m->ir.fields[i].table;
    m->ir.table.fields = fields;
    m->ir.table.field_count = (uint16_t)m->ir.field_count;
}

static void lay_out_union(checker *c, checked_union *u)
{
    if (u->laid_out) return;
    u->laid_out = true;
    for (uint32_t i = 0; i < u->ir.count; i++) lay_out(c, u->ir.arms[i].type);
    layout_union(&u->ir);
    u->type->table.size = u->ir.size;
    u->type->align = u->ir.align;
}

static void lay_out(checker *c, const ir_type *type)
{
    ir_type *t = (ir_type *)type;
    switch ((rob_kind)t->table.kind) {
    case ROB_KIND_MODEL: lay_out_model(c, (checked_model *)t->model); return;
    case ROB_KIND_TAGGED: case ROB_KIND_UNION: lay_out_union(c, (checked_union *)t->arms); return;
    case ROB_KIND_LIST: case ROB_KIND_DICT: layout_container(t); return;
    case ROB_KIND_NULLABLE:
        lay_out(c, t->item);
        layout_nullable(t);
        return;
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES:
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: case ROB_KIND_JSON:
    case ROB_KIND_ENUM: return;
    }
}

void lay_out_types(checker *c)
{
    find_finite(c);
    report_endless(c);
    break_cycles(c);
    for (size_t i = 0; i < c->models.count; i++) lay_out_model(c, c->models.items[i]);
    for (size_t i = 0; i < c->unions.count; i++) lay_out_union(c, c->unions.items[i]);
    for (size_t i = 0; i < c->types.cap; i++)
        if (c->types.entries[i].value) lay_out(c, c->types.entries[i].value);
    for (size_t i = 0; i < c->types.cap; i++) {
        ir_type *type = c->types.entries[i].value;
        if (type && (type->table.kind == ROB_KIND_LIST || type->table.kind == ROB_KIND_DICT)) layout_items(type);
    }
}

static void lay_out_params(ir_route *route)
{
    layout in = {0};
    for (uint32_t i = 0; i < route->param_count; i++) layout_field(&in, &route->params[i].field);
    layout_end(&in);
    route->in_size = in.size;
    route->in_align = in.align;
}

void lay_out_routes(checker *c)
{
    for (size_t i = 0; i < c->routes.count; i++) {
        ir_route *route = c->routes.items[i];
        lay_out_params(route);
        for (uint32_t o = 0; o < route->outcome_count; o++) {
            layout with = {0};
            ir_outcome *outcome = &route->outcomes[o];
            for (uint32_t h = 0; h < outcome->header_count; h++) layout_field(&with, &outcome->headers[h].field);
            layout_end(&with);
            outcome->with_size = outcome->header_count ? with.size : 0;
        }
    }
}
