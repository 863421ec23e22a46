/* c_encode.c: encode.c, a function for each type that answers are made of.
 *
 * The text between two values is one literal: closing quote, comma and the next key together. */
#include "c.h"

typedef struct encode_file {
    c_emitter *e;
    template t;
    bool uses_put, uses_in_member;
} encode_file;

/* A value as C sees it. */
typedef struct place {
    rob_str value;   /* v->age */
    rob_str address; /* &v->age */
    rob_str member;  /* "age" for messages, as a literal; empty: an item */
} place;

static place member_place(c_emitter *e, const char *owner, const ir_field *field)
{
    place p = {.member = c_string(e, field->table.name)};
    rob_str path = c_format(e, "%s->%.*s", owner, ROB_STR_ARG(field->c_name));
    bool indirect = field->table.flags & ROB_FIELD_INDIRECT;
    p.value = indirect ? c_format(e, "*%.*s", ROB_STR_ARG(path)) : path;
    p.address = indirect ? path : c_format(e, "&%.*s", ROB_STR_ARG(path));
    return p;
}

static place path_place(c_emitter *e, rob_str path)
{
    return (place){.value = path, .address = c_format(e, "&%.*s", ROB_STR_ARG(path))};
}

/* "not int(ge=1)": what goes to the log. */
static rob_str why(c_emitter *e, const ir_type *type)
{
    return c_string(e, c_format(e, "not %.*s", ROB_STR_ARG(type->text)));
}

static void add_refusal(encode_file *f, rob_str test, place at, const ir_type *type, text *out)
{
    FILL(&f->t, "refuse", out, {"test", test}, {"member", at.member.len ? at.member : ROB_STR("\"\"")},
         {"why", why(f->e, type)});
}

/* ------------------------------------------------------------------ constraints */

/* One more of `a < 0 || a > 150`. In format, v stands for the value and b for the bound. */
static void test(text *out, const char *format, rob_str value, rob_str bound)
{
    if (out->len) text_add(out, ROB_STR(" || "));
    for (const char *at = format; *at; at++) {
        if (*at == 'v') text_add(out, value);
        else if (*at == 'b') text_add(out, bound);
        else text_char(out, *at);
    }
}

/* Bounds that every int64_t meets would make compilers warn. */
static rob_str int_test(c_emitter *e, const rob_type *t, rob_str value)
{
    text out = text_new(e->arena);
    if ((t->rules & ROB_GE) && t->integer.ge > INT64_MIN) test(&out, "v < b", value, c_int64(e, t->integer.ge));
    if (t->rules & ROB_GT) test(&out, "v <= b", value, c_int64(e, t->integer.gt));
    if ((t->rules & ROB_LE) && t->integer.le < INT64_MAX) test(&out, "v > b", value, c_int64(e, t->integer.le));
    if (t->rules & ROB_LT) test(&out, "v >= b", value, c_int64(e, t->integer.lt));
    if (t->rules & ROB_MULTIPLE_OF) test(&out, "v % b != 0", value, c_int64(e, t->integer.multiple_of));
    return text_done(&out);
}

/* Negated, so that NaN, which meets no bound, is refused too. */
static rob_str float_test(c_emitter *e, const rob_type *t, rob_str value)
{
    text out = text_new(e->arena);
    if (t->rules & ROB_GE) test(&out, "!(v >= b)", value, c_double(e, t->number.ge));
    if (t->rules & ROB_GT) test(&out, "!(v > b)", value, c_double(e, t->number.gt));
    if (t->rules & ROB_LE) test(&out, "!(v <= b)", value, c_double(e, t->number.le));
    if (t->rules & ROB_LT) test(&out, "!(v < b)", value, c_double(e, t->number.lt));
    return text_done(&out);
}

static rob_str count_test(c_emitter *e, const rob_type *t, rob_str value)
{
    text out = text_new(e->arena);
    if ((t->rules & ROB_MIN_LENGTH) && t->list.min_length) test(&out, "v < b", value, c_number(e, t->list.min_length));
    if (t->rules & ROB_MAX_LENGTH) test(&out, "v > b", value, c_number(e, t->list.max_length));
    return text_done(&out);
}

/* ------------------------------------------------------------------ one value */

/* Calls can fail without knowing which member they write. */
static void add_call(encode_file *f, const char *part, const ir_type *type, place at, text *out)
{
    c_emitter *e = f->e;
    FILL(&f->t, part, out, {"value", at.value}, {"address", at.address}, {"function", e->encoders[type->id]},
         {"type", e->tables[type->id]});
    if (!at.member.len) return;
    f->uses_in_member = true;
    FILL(&f->t, "in_member_call", out, {"member", at.member});
}

static void add_number(encode_file *f, const char *part, rob_str refused, const ir_type *type, place at, text *out)
{
    if (refused.len) add_refusal(f, refused, at, type, out);
    if (type->table.kind == ROB_KIND_FLOAT) add_call(f, part, type, at, out);
    else FILL(&f->t, part, out, {"value", at.value});
}

static void add_value(encode_file *f, const ir_type *type, place at, text *out)
{
    if (c_written_by_runtime(f->e, type)) {
        add_call(f, "runtime", type, at, out);
        return;
    }
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: add_number(f, "int", int_test(f->e, &type->table, at.value), type, at, out); return;
    case ROB_KIND_FLOAT: add_number(f, "float", float_test(f->e, &type->table, at.value), type, at, out); return;
    case ROB_KIND_BOOL: FILL(&f->t, "bool", out, {"value", at.value}); return;
    case ROB_KIND_STR: add_call(f, "str", type, at, out); return;
    case ROB_KIND_LIST: case ROB_KIND_DICT: case ROB_KIND_ENUM: case ROB_KIND_MODEL: case ROB_KIND_TAGGED:
    case ROB_KIND_UNION: case ROB_KIND_NULLABLE: add_call(f, "function", type, at, out); return;
    case ROB_KIND_BYTES: case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME:
    case ROB_KIND_DURATION: case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
    case ROB_KIND_JSON: return; /* the runtime's */
    }
}

/* ------------------------------------------------------------------ models */

/* Bytes that a value takes at most when that is a small number, else 0. */
static size_t most_bytes(const ir_type *type)
{
    enum { INT_BYTES = 20, FLOAT_BYTES = 25, BOOL_BYTES = 5 };
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: return INT_BYTES;
    case ROB_KIND_FLOAT: return FLOAT_BYTES;
    case ROB_KIND_BOOL: return BOOL_BYTES;
    case ROB_KIND_STR: case ROB_KIND_BYTES: case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE:
    case ROB_KIND_TIME: case ROB_KIND_DURATION: case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL:
    case ROB_KIND_URI: case ROB_KIND_JSON: case ROB_KIND_LIST: case ROB_KIND_DICT: case ROB_KIND_ENUM:
    case ROB_KIND_MODEL: case ROB_KIND_TAGGED: case ROB_KIND_UNION: case ROB_KIND_NULLABLE: break;
    }
    return 0;
}

/* A model while its members are being written. */
typedef struct object {
    encode_file *f;
    const char *owner;
    text out;
    text pending;    /* JSON text that waits for what follows it: `{`, `,"age":` */
    bool certain;    /* a member has been written for sure, so the next one begins with a comma */
    bool uncertain;  /* members before may have been left out */
    bool bounded;    /* room was made at the start */
    size_t most;
} object;

static void flush(object *o)
{
    if (!o->pending.len) return;
    o->most += o->pending.len;
    FILL(&o->f->t, o->bounded ? "literal_put" : "literal", &o->out,
         {"text", c_string(o->f->e, text_done(&o->pending))});
    o->pending.len = 0;
}

static void add_key(object *o, rob_str name)
{
    if (o->certain) {
        text_char(&o->pending, ',');
    } else if (o->uncertain) {
        flush(o);
        template_fill(&o->f->t, "separator", &o->out, NULL, 0);
    }
    text_json_string(&o->pending, name);
    text_char(&o->pending, ':');
}

static rob_str test_has(object *o, const ir_field *field, const char *ending)
{
    return c_format(o->f->e, "%s->%.*s%s", o->owner, ROB_STR_ARG(field->c_has), ending);
}

/* The value of a member that is there, which may still be null. */
static void add_member_value(object *o, const ir_field *field, text *out)
{
    c_emitter *e = o->f->e;
    place at = member_place(e, o->owner, field);
    if (field->table.flags & ROB_FIELD_INDIRECT)
        add_refusal(o->f, c_format(e, "!%.*s", ROB_STR_ARG(at.address)), at, field->type, out);
    add_value(o->f, field->type, at, out);
}

static void add_nullable_value(object *o, const ir_field *field, const char *ending, text *out)
{
    text write = text_new(o->f->e->arena);
    add_member_value(o, field, &write);
    FILL(&o->f->t, "either", out, {"has", test_has(o, field, ending)}, {"write", text_done(&write)});
}

/* A member that may be left out is a block of its own, comma and key included. */
static void add_optional(object *o, const ir_field *field)
{
    object inner = {.f = o->f, .owner = o->owner, .certain = o->certain, .uncertain = o->uncertain,
                    .out = text_new(o->f->e->arena), .pending = text_new(o->f->e->arena)};
    bool tristate = field->table.flags & ROB_FIELD_TRISTATE;
    flush(o);
    add_key(&inner, field->table.name);
    flush(&inner);
    if (tristate) add_nullable_value(&inner, field, " == ROB_PRESENT", &inner.out);
    else add_member_value(&inner, field, &inner.out);
    FILL(&o->f->t, "optional", &o->out, {"has", test_has(o, field, tristate ? " != ROB_ABSENT" : "")},
         {"write", text_done(&inner.out)});
    o->uncertain = true;
}

static void add_certain(object *o, const ir_field *field)
{
    add_key(o, field->table.name);
    flush(o);
    if (field->c_has.len) add_nullable_value(o, field, "", &o->out);
    else add_member_value(o, field, &o->out);
    o->most += most_bytes(field->type);
    o->certain = true;
}

static bool may_be_absent(const ir_field *field)
{
    return field->table.flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_TRISTATE);
}

static uint32_t count_written(const ir_model *model, rob_str tag)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < model->field_count; i++) count += c_is_written(&model->fields[i], tag);
    return count;
}

/* Whether all members together fit into a size that is known now. */
static bool is_bounded(const c_emitter *e, const ir_model *model, rob_str tag)
{
    for (uint32_t i = 0; i < model->field_count; i++) {
        const ir_field *field = &model->fields[i];
        if (!c_is_written(field, tag)) continue;
        bool simple = !may_be_absent(field) && !(field->table.flags & ROB_FIELD_INDIRECT);
        if (!simple || !most_bytes(field->type) || c_written_by_runtime(e, field->type)) return false;
    }
    return count_written(model, tag) > 0;
}

/* Whether it takes a look at what was written to know if a member needs a comma before it. */
static bool begins_uncertain(const ir_model *model, rob_str tag)
{
    if (count_written(model, tag) < 2) return false;
    for (uint32_t i = 0; i < model->field_count; i++) {
        if (c_is_written(&model->fields[i], tag)) return may_be_absent(&model->fields[i]);
    }
    return false;
}

/* The members of a model behind `opening`. tag: a member that opening has written already. */
static rob_str model_body(encode_file *f, const ir_model *model, const char *owner, rob_str opening, rob_str tag)
{
    object o = {.f = f, .owner = owner, .out = text_new(f->e->arena), .pending = text_new(f->e->arena),
                .certain = opening.len > 1, .bounded = is_bounded(f->e, model, tag)};
    f->uses_put |= o.bounded;
    text_add(&o.pending, opening);
    if (!o.certain && begins_uncertain(model, tag)) {
        flush(&o);
        template_fill(&f->t, "start", &o.out, NULL, 0);
    }
    for (uint32_t i = 0; i < model->field_count; i++) {
        const ir_field *field = &model->fields[i];
        if (!c_is_written(field, tag)) continue;
        if (may_be_absent(field)) add_optional(&o, field);
        else add_certain(&o, field);
    }
    text_char(&o.pending, '}');
    flush(&o);
    if (!o.bounded) return text_done(&o.out);
    text whole = text_new(f->e->arena);
    FILL(&f->t, "reserve", &whole, {"most", c_number(f->e, o.most)});
    text_add(&whole, text_done(&o.out));
    return text_done(&whole);
}

/* ------------------------------------------------------------------ unions */

/* `{"kind":"card"` */
static rob_str tag_opening(c_emitter *e, const ir_union *arms, rob_str label)
{
    text out = text_new(e->arena);
    text_char(&out, '{');
    text_json_string(&out, arms->tag_name);
    text_char(&out, ':');
    text_json_string(&out, label);
    return text_done(&out);
}

static void add_arm(encode_file *f, const ir_type *type, const ir_arm *arm, text *out)
{
    c_emitter *e = f->e;
    if (type->table.kind == ROB_KIND_TAGGED) {
        rob_str opening = tag_opening(e, type->arms, arm->label);
        bool empty = !count_written(arm->type->model, type->arms->tag_name);
        FILL(&f->t, empty ? "arm" : "arm_block", out, {"tag", arm->c_tag}, {"c_type", arm->type->c_type}, {"member", c_arm_member(arm)},
             {"write", model_body(f, arm->type->model, "arm", opening, type->arms->tag_name)});
        return;
    }
    text write = text_new(e->arena);
    add_value(f, arm->type, path_place(e, c_format(e, "v->%.*s", ROB_STR_ARG(c_arm_member(arm)))), &write);
    FILL(&f->t, "arm", out, {"tag", arm->c_tag}, {"write", text_done(&write)});
}

static rob_str union_body(encode_file *f, const ir_type *type)
{
    text arms = text_new(f->e->arena), out = text_new(f->e->arena);
    for (uint32_t i = 0; i < type->arms->count; i++) add_arm(f, type, &type->arms->arms[i], &arms);
    FILL(&f->t, "union", &out, {"arms", text_done(&arms)}, {"why", why(f->e, type)});
    return text_done(&out);
}

/* ------------------------------------------------------------------ functions */

static rob_str list_body(encode_file *f, const ir_type *type)
{
    c_emitter *e = f->e;
    bool is_dict = type->table.kind == ROB_KIND_DICT;
    text check = text_new(e->arena), item = text_new(e->arena), out = text_new(e->arena);
    rob_str refused = count_test(e, &type->table, ROB_STR("v->count"));
    if (refused.len) add_refusal(f, refused, (place){0}, type, &check);
    add_value(f, type->item, path_place(e, is_dict ? ROB_STR("v->items[i].value") : ROB_STR("v->items[i]")), &item);
    FILL(&f->t, is_dict ? "dict" : "list", &out, {"check", text_done(&check)}, {"item", text_done(&item)});
    return text_done(&out);
}

static rob_str nullable_body(encode_file *f, const ir_type *type)
{
    text write = text_new(f->e->arena), out = text_new(f->e->arena);
    add_value(f, type->item, path_place(f->e, ROB_STR("v->value")), &write);
    FILL(&f->t, "either", &out, {"has", ROB_STR("v->has_value")}, {"write", text_done(&write)});
    return text_done(&out);
}

/* A scalar as a whole answer, or what the runtime writes. */
static rob_str plain_body(encode_file *f, const ir_type *type)
{
    text out = text_new(f->e->arena);
    add_value(f, type, (place){.value = ROB_STR("*v"), .address = ROB_STR("v")}, &out);
    return text_done(&out);
}

static rob_str body(encode_file *f, const ir_type *type)
{
    if (c_written_by_runtime(f->e, type) || !c_has_parts(type)) return plain_body(f, type);
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_MODEL: return model_body(f, type->model, "v", ROB_STR("{"), (rob_str){0});
    case ROB_KIND_TAGGED: case ROB_KIND_UNION: return union_body(f, type);
    case ROB_KIND_NULLABLE: return nullable_body(f, type);
    case ROB_KIND_LIST: case ROB_KIND_DICT: return list_body(f, type);
    case ROB_KIND_ENUM: case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR:
    case ROB_KIND_BYTES: case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME:
    case ROB_KIND_DURATION: case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
    case ROB_KIND_JSON: break;
    }
    return (rob_str){0};
}

static void add_enum(encode_file *f, const ir_type *type, rob_str linkage, text *out)
{
    c_emitter *e = f->e;
    text cases = text_new(e->arena);
    for (uint32_t i = 0; i < type->choice->count; i++) {
        const ir_choice *choice = &type->choice->choices[i];
        FILL(&f->t, "enum_case", &cases, {"tag", choice->c_name}, {"text", c_string(e, choice->json)});
    }
    FILL(&f->t, "enum", out, {"what", c_comment_line(e, type->text)}, {"linkage", linkage},
         {"name", e->encoders[type->id]}, {"c_type", type->c_type}, {"cases", text_done(&cases)},
         {"why", why(e, type)});
}

static void add_encoder(encode_file *f, const ir_type *type, text *out)
{
    c_emitter *e = f->e;
    rob_str linkage = e->is_answer[type->id] ? ROB_STR("") : ROB_STR("static ");
    if (type->table.kind == ROB_KIND_ENUM) {
        add_enum(f, type, linkage, out);
        return;
    }
    bool empty = type->model && !c_written_by_runtime(f->e, type) && !count_written(type->model, (rob_str){0});
    FILL(&f->t, empty ? "empty_encoder" : "encoder", out, {"what", c_comment_line(e, type->text)}, {"linkage", linkage},
         {"name", e->encoders[type->id]}, {"c_type", type->c_type}, {"body", body(f, type)});
}

/* ------------------------------------------------------------------ the file */

rob_str c_encode(c_emitter *e)
{
    encode_file f = {.e = e, .t = template_open(e->arena, "encode.c.in")};
    text forward = text_new(e->arena), encoders = text_new(e->arena), helpers = text_new(e->arena);
    text out = text_new(e->arena);
    for (uint32_t i = 0; i < e->api->type_count; i++) {
        if (!e->has_encoder[i]) continue;
        if (!e->is_answer[i]) FILL(&f.t, "forward", &forward, {"name", e->encoders[i]});
        add_encoder(&f, e->api->types[i], &encoders);
    }
    if (f.uses_put) template_fill(&f.t, "put", &helpers, NULL, 0);
    if (f.uses_in_member) template_fill(&f.t, "in_member", &helpers, NULL, 0);
    FILL(&f.t, "file", &out, {"prefix", e->api->prefix}, {"title", e->title}, {"spec", e->spec},
         {"helpers", text_done(&helpers)}, {"forward", text_done(&forward)}, {"encoders", text_done(&encoders)});
    return text_done(&out);
}
