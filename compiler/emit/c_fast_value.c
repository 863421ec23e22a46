/* c_fast_value.c: which values are read fast, and the C that reads one. */
#include "c_fast.h"

enum {
    MEMBERS_MOST = 64, /* bits of `seen` in the emitted code */
    DEPTH_MOST = 16    /* objects and lists within each other; far below the reader's own limit */
};

/* ------------------------------------------------------------------ what is taken */

static bool has_texts_only(const rob_enum *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->choices[i].kind != ROB_CHOICE_STR) return false;
    }
    return true;
}

static uint32_t deeper(uint32_t depth)
{
    return depth && depth < DEPTH_MOST ? depth + 1 : 0;
}

static bool takes_field(const uint8_t *depths, const ir_field *field)
{
    return c_fast_is_input(field) && !(field->table.flags & ROB_FIELD_INDIRECT) && depths[field->type->id];
}

/* A model without a member that is read fast is better off with the tables. */
static uint32_t model_depth(const uint8_t *depths, const ir_model *model)
{
    uint32_t deepest = 0;
    for (uint32_t i = 0; i < model->field_count; i++) {
        if (!takes_field(depths, &model->fields[i])) continue;
        uint32_t depth = depths[model->fields[i].type->id];
        if (depth > deepest) deepest = depth;
    }
    return model->field_count <= MEMBERS_MOST ? deeper(deepest) : 0;
}

static uint32_t depth_of(const uint8_t *depths, const ir_type *type)
{
    const rob_type *t = &type->table;
    switch ((rob_kind)t->kind) {
    case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES: case ROB_KIND_UUID: case ROB_KIND_DATETIME:
    case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION: case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL:
    case ROB_KIND_URL: case ROB_KIND_URI: return 1;
    case ROB_KIND_INT: return !(t->rules & ROB_MULTIPLE_OF) || t->integer.multiple_of > 0;
    case ROB_KIND_FLOAT: return !(t->rules & ROB_MULTIPLE_OF);
    case ROB_KIND_ENUM: return has_texts_only(t->choice);
    case ROB_KIND_LIST: return deeper(depths[type->item->id]);
    case ROB_KIND_MODEL: return model_depth(depths, type->model);
    case ROB_KIND_JSON: case ROB_KIND_DICT: case ROB_KIND_TAGGED: case ROB_KIND_UNION: case ROB_KIND_NULLABLE: break;
    }
    return 0;
}

/* Parts have lower ids, but for those of a recursive type. As these are not known yet when their owner is
 * looked at, they are left to the tables, and emitted readers never call themselves. */
uint8_t *c_fast_depths(const ir_api *api, rob_arena *arena)
{
    uint8_t *depths = arena_need(arena, api->type_count + 1);
    for (uint32_t i = 0; i < api->type_count; i++) depths[i] = (uint8_t)depth_of(depths, api->types[i]);
    return depths;
}

bool c_fast_takes(const c_emitter *e, const ir_field *field)
{
    return takes_field(e->read_depths, field);
}

const ir_param *c_fast_body(const c_emitter *e, const ir_route *route)
{
    if (route->body != ROB_BODY_WHOLE) return NULL;
    for (uint32_t i = 0; i < route->param_count; i++) {
        const ir_param *param = &route->params[i];
        if (param->source != ROB_FROM_BODY) continue;
        rob_kind kind = (rob_kind)param->field.type->table.kind;
        bool has_parts = kind == ROB_KIND_MODEL || kind == ROB_KIND_LIST;
        return has_parts && c_fast_takes(e, &param->field) ? param : NULL;
    }
    return NULL;
}

/* ------------------------------------------------------------------ the C */

/* ` || v->age < 0`. In format, v stands for the value and b for the bound. */
static void refuse(text *out, const char *format, rob_str value, rob_str bound)
{
    text_add(out, ROB_STR(" || "));
    for (const char *at = format; *at; at++) {
        if (*at == 'v') text_add(out, value);
        else if (*at == 'b') text_add(out, bound);
        else text_char(out, *at);
    }
}

/* Bounds that every int64_t meets would make compilers warn. */
static void refuse_ints(c_emitter *e, const rob_type *t, rob_str value, text *out)
{
    if (t->rules & ROB_MULTIPLE_OF) refuse(out, "v % b != 0", value, c_int64(e, t->integer.multiple_of));
    if (t->rules & ROB_GE && t->integer.ge > INT64_MIN) refuse(out, "v < b", value, c_int64(e, t->integer.ge));
    if (t->rules & ROB_GT) refuse(out, "v <= b", value, c_int64(e, t->integer.gt));
    if (t->rules & ROB_LE && t->integer.le < INT64_MAX) refuse(out, "v > b", value, c_int64(e, t->integer.le));
    if (t->rules & ROB_LT) refuse(out, "v >= b", value, c_int64(e, t->integer.lt));
}

static void refuse_floats(c_emitter *e, const rob_type *t, rob_str value, text *out)
{
    if (t->rules & ROB_GE) refuse(out, "v < b", value, c_double(e, t->number.ge));
    if (t->rules & ROB_GT) refuse(out, "v <= b", value, c_double(e, t->number.gt));
    if (t->rules & ROB_LE) refuse(out, "v > b", value, c_double(e, t->number.le));
    if (t->rules & ROB_LT) refuse(out, "v >= b", value, c_double(e, t->number.lt));
}

static rob_str call(c_emitter *e, const char *function, rob_str value)
{
    return c_format(e, "!%s(f, &%.*s)", function, ROB_STR_ARG(value));
}

static rob_str typed_call(c_emitter *e, const char *function, const ir_type *type, rob_str value)
{
    return c_format(e, "!%s(f, &%.*s, &%.*s)", function, ROB_STR_ARG(e->tables[type->id]), ROB_STR_ARG(value));
}

static void add_text(c_emitter *e, const ir_type *type, rob_str value, text *out)
{
    const rob_type *t = &type->table;
    uint32_t least = t->rules & ROB_MIN_LENGTH ? t->text.min_length : 0;
    if (t->rules & ROB_MAX_LENGTH) {
        text_add(out, c_format(e, "!rob_fast_text(f, %u, %u, &%.*s)", least, t->text.max_length, ROB_STR_ARG(value)));
    } else if (least) {
        text_add(out, c_format(e, "!rob_fast_text(f, %u, UINT32_MAX, &%.*s)", least, ROB_STR_ARG(value)));
    } else {
        text_add(out, call(e, "rob_fast_str", value));
    }
    if (t->rules & ROB_PATTERN)
        text_add(out, c_format(e, " || !rob_fast_matches(&%.*s, %.*s)", ROB_STR_ARG(e->tables[type->id]),
                               ROB_STR_ARG(value)));
}

rob_str c_fast_test(c_emitter *e, const ir_type *type, rob_str value)
{
    text out = text_new(e->arena);
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT:
        text_add(&out, call(e, "rob_fast_int", value));
        refuse_ints(e, &type->table, value, &out);
        break;
    case ROB_KIND_FLOAT:
        text_add(&out, call(e, "rob_fast_float", value));
        refuse_floats(e, &type->table, value, &out);
        break;
    case ROB_KIND_BOOL: text_add(&out, call(e, "rob_fast_bool", value)); break;
    case ROB_KIND_STR: add_text(e, type, value, &out); break;
    case ROB_KIND_ENUM: text_add(&out, typed_call(e, "rob_fast_enum", type, value)); break;
    case ROB_KIND_LIST: case ROB_KIND_MODEL: text_add(&out, call(e, e->readers[type->id].ptr, value)); break;
    case ROB_KIND_BYTES: case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME:
    case ROB_KIND_DURATION: case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
        text_add(&out, typed_call(e, "rob_fast_scalar", type, value));
        break;
    case ROB_KIND_JSON: case ROB_KIND_DICT: case ROB_KIND_TAGGED: case ROB_KIND_UNION: case ROB_KIND_NULLABLE:
        break; /* not taken */
    }
    return text_done(&out);
}

rob_str c_fast_list_check(c_emitter *e, const ir_type *type)
{
    text out = text_new(e->arena);
    const rob_type *t = &type->table;
    if (t->rules & ROB_MIN_LENGTH && t->list.min_length)
        text_add(&out, c_format(e, " && v->count >= %u", t->list.min_length));
    if (t->rules & ROB_MAX_LENGTH) text_add(&out, c_format(e, " && v->count <= %u", t->list.max_length));
    if (t->rules & ROB_UNIQUE)
        text_add(&out, c_format(e, " && rob_fast_unique(f, &%.*s, v->items, v->count)",
                                ROB_STR_ARG(e->tables[type->id])));
    return text_done(&out);
}
