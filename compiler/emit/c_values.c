/* c_values.c: defaults, which the checker decoded into memory, as static initializers. */
#include "c.h"

static const void *at(const void *value, size_t offset)
{
    return (const char *)value + offset;
}

/* One `.name = value` of a braced list. */
static void member(text *out, rob_str name, rob_str value)
{
    text_add(out, out->len > 2 ? ROB_STR(", .") : ROB_STR("."));
    text_add(out, name);
    text_add(out, ROB_STR(" = "));
    text_add(out, value);
}

static text open_braces(c_emitter *e)
{
    text out = text_new(e->arena);
    text_add(&out, ROB_STR("{ "));
    return out;
}

static rob_str close_braces(text *out)
{
    text_add(out, out->len > 2 ? ROB_STR(" }") : ROB_STR("0 }"));
    return text_done(out);
}

static rob_str str_value(c_emitter *e, rob_str value)
{
    return c_format(e, "ROB_STR_INIT(%.*s)", ROB_STR_ARG(c_string(e, value)));
}

/* ------------------------------------------------------------------ small structs */

static rob_str uuid_value(c_emitter *e, const rob_uuid *value)
{
    text out = text_new(e->arena);
    text_add(&out, ROB_STR("{ { "));
    for (int i = 0; i < 16; i++) text_format(&out, "%s0x%02x", i ? ", " : "", value->bytes[i]);
    text_add(&out, ROB_STR(" } }"));
    return text_done(&out);
}

static rob_str date_value(c_emitter *e, const rob_date *value)
{
    return c_format(e, "{ .year = %d, .month = %u, .day = %u }", value->year, value->month, value->day);
}

static rob_str time_value(c_emitter *e, const rob_time *value)
{
    text out = open_braces(e);
    member(&out, ROB_STR("hour"), c_number(e, value->hour));
    member(&out, ROB_STR("minute"), c_number(e, value->minute));
    member(&out, ROB_STR("second"), c_number(e, value->second));
    if (value->microsecond) member(&out, ROB_STR("microsecond"), c_number(e, value->microsecond));
    if (value->has_offset) {
        member(&out, ROB_STR("has_offset"), ROB_STR("true"));
        member(&out, ROB_STR("offset"), c_int64(e, value->offset));
    }
    return close_braces(&out);
}

static rob_str datetime_value(c_emitter *e, const rob_datetime *value)
{
    text out = open_braces(e);
    member(&out, ROB_STR("date"), date_value(e, &value->date));
    member(&out, ROB_STR("time"), time_value(e, &value->time));
    return close_braces(&out);
}

static rob_str duration_value(c_emitter *e, const rob_duration *value)
{
    return c_format(e, "{ .days = %d, .seconds = %u, .microseconds = %u }", value->days, value->seconds,
                    value->microseconds);
}

static rob_str text_struct(c_emitter *e, rob_str value)
{
    text out = open_braces(e);
    member(&out, ROB_STR("text"), str_value(e, value));
    return close_braces(&out);
}

/* ------------------------------------------------------------------ containers */

/* struct { T *items; size_t count; }, as lists, dicts and extras have it. */
typedef struct any_list {
    const char *items;
    size_t count;
} any_list;

static rob_str items_value(c_emitter *e, rob_str item_type, rob_str items, size_t count)
{
    text out = open_braces(e);
    if (count) {
        rob_str array = c_format(e, "(%.*s[]){ %.*s }", ROB_STR_ARG(item_type), ROB_STR_ARG(items));
        member(&out, ROB_STR("items"), array);
    }
    member(&out, ROB_STR("count"), c_number(e, count));
    return close_braces(&out);
}

static void comma(text *out)
{
    if (out->len) text_add(out, ROB_STR(", "));
}

static rob_str list_value(c_emitter *e, const ir_type *type, const any_list *list)
{
    text items = text_new(e->arena);
    for (size_t i = 0; i < list->count; i++) {
        comma(&items);
        text_add(&items, c_value(e, type->item, list->items + i * type->table.list.item_size));
    }
    return items_value(e, type->item->c_type, text_done(&items), list->count);
}

static rob_str dict_value(c_emitter *e, const ir_type *type, const any_list *list)
{
    text items = text_new(e->arena);
    for (size_t i = 0; i < list->count; i++) {
        const char *item = list->items + i * type->table.list.item_size;
        text one = open_braces(e);
        member(&one, ROB_STR("key"), str_value(e, *(const rob_str *)item));
        member(&one, ROB_STR("value"), c_value(e, type->item, item + type->table.list.value_offset));
        comma(&items);
        text_add(&items, close_braces(&one));
    }
    return items_value(e, type->c_item, text_done(&items), list->count);
}

static rob_str extras_value(c_emitter *e, const rob_extra_list *extras)
{
    text items = text_new(e->arena);
    for (size_t i = 0; i < extras->count; i++) {
        text one = open_braces(e);
        member(&one, ROB_STR("key"), str_value(e, extras->items[i].key));
        member(&one, ROB_STR("value"), text_struct(e, extras->items[i].value.text));
        comma(&items);
        text_add(&items, close_braces(&one));
    }
    return items_value(e, ROB_STR("rob_extra_item"), text_done(&items), extras->count);
}

/* ------------------------------------------------------------------ models and unions */

/* What has_x says: 1 for a member that is always there. */
static uint8_t has_state(const ir_field *field, const void *model)
{
    if (field->table.has_offset == ROB_NO_OFFSET) return ROB_PRESENT;
    return *(const uint8_t *)at(model, field->table.has_offset);
}

static rob_str has_value(const ir_field *field, uint8_t state)
{
    if (!(field->table.flags & ROB_FIELD_TRISTATE)) return ROB_STR("true");
    return state == ROB_NULL ? ROB_STR("ROB_NULL") : ROB_STR("ROB_PRESENT");
}

static void field_value(c_emitter *e, const ir_field *field, const void *model, text *out)
{
    uint8_t state = has_state(field, model);
    const void *value = at(model, field->table.offset);
    bool indirect = field->table.flags & ROB_FIELD_INDIRECT;
    if (indirect) value = *(const void *const *)value;
    if (state == ROB_PRESENT && value) {
        rob_str text = c_value(e, field->type, value);
        if (indirect) text = c_format(e, "&(%.*s)%.*s", ROB_STR_ARG(field->type->c_type), ROB_STR_ARG(text));
        member(out, field->c_name, text);
    }
    if (state != ROB_ABSENT && field->c_has.len) member(out, field->c_has, has_value(field, state));
}

static rob_str model_value(c_emitter *e, const ir_model *model, const void *value)
{
    text out = open_braces(e);
    for (uint32_t i = 0; i < model->field_count; i++) field_value(e, &model->fields[i], value, &out);
    if (model->c_extra.len) {
        const rob_extra_list *extras = at(value, model->table.extra_offset);
        if (extras->count) member(&out, model->c_extra, extras_value(e, extras));
    }
    return close_braces(&out);
}

static rob_str union_value(c_emitter *e, const ir_union *arms, const void *value)
{
    uint32_t tag = *(const uint32_t *)value;
    const ir_arm *arm = &arms->arms[tag];
    text out = open_braces(e);
    member(&out, ROB_STR("tag"), arm->c_tag);
    member(&out, c_arm_member(arm), c_value(e, arm->type, at(value, arms->table.value_offset)));
    return close_braces(&out);
}

static rob_str nullable_value(c_emitter *e, const ir_type *type, const void *value)
{
    bool has = *(const bool *)at(value, type->table.nullable.has_offset);
    text out = open_braces(e);
    if (has) member(&out, ROB_STR("value"), c_value(e, type->item, value));
    member(&out, ROB_STR("has_value"), has ? ROB_STR("true") : ROB_STR("false"));
    return close_braces(&out);
}

rob_str c_value(c_emitter *e, const ir_type *type, const void *value)
{
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: return c_int64(e, *(const int64_t *)value);
    case ROB_KIND_FLOAT: return c_double(e, *(const double *)value);
    case ROB_KIND_BOOL: return *(const bool *)value ? ROB_STR("true") : ROB_STR("false");
    case ROB_KIND_STR: case ROB_KIND_BYTES: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
        return str_value(e, *(const rob_str *)value);
    case ROB_KIND_UUID: return uuid_value(e, value);
    case ROB_KIND_DATETIME: return datetime_value(e, value);
    case ROB_KIND_DATE: return date_value(e, value);
    case ROB_KIND_TIME: return time_value(e, value);
    case ROB_KIND_DURATION: return duration_value(e, value);
    case ROB_KIND_DECIMAL: return text_struct(e, ((const rob_decimal *)value)->text);
    case ROB_KIND_JSON: return text_struct(e, ((const rob_json *)value)->text);
    case ROB_KIND_LIST: return list_value(e, type, value);
    case ROB_KIND_DICT: return dict_value(e, type, value);
    case ROB_KIND_ENUM: return type->choice->choices[*(const uint32_t *)value].c_name;
    case ROB_KIND_MODEL: return model_value(e, type->model, value);
    case ROB_KIND_TAGGED: case ROB_KIND_UNION: return union_value(e, type->arms, value);
    case ROB_KIND_NULLABLE: return nullable_value(e, type, value);
    }
    return ROB_STR("0");
}
