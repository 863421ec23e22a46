/* The table-driven encoder: rob_write_value of robync/generated.h. Checks what the type declares, so that
 * nothing leaves the server that its OpenAPI document does not allow. */
#include <robync/generated.h>

#include "base64.h"
#include "datetime.h"
#include "decimal.h"
#include "decode_check.h"
#include "encode_json.h"
#include "uuid.h"

/* A handler's structures may be linked into a circle; no client reads this deep. */
enum { DEPTH_MOST = 256 };

static void write_value(rob_writer *w, const rob_type *type, const void *value, unsigned depth);

static void refuse(rob_writer *w, const char *why)
{
    rob_writer_fail(w, ROB_UNENCODABLE, (rob_str){0}, why);
}

/* After the first failure inside a field: say which one, the innermost counts. */
static void name_failure(rob_writer *w, rob_str field)
{
    if (w->status != ROB_OK && !w->where.ptr) w->where = field;
}

/* Turns a failed check of decode_check.h into the writer's failure. */
static bool passes(rob_writer *w, rob_status status, const rob_scalar_error *error)
{
    if (status == ROB_OK) return true;
    if (status == ROB_INVALID) refuse(w, error->type);
    else rob_writer_fail(w, status, (rob_str){0}, "out of memory");
    return false;
}

/* ------------------------------------------------------------------ scalars */

static void write_bytes(rob_writer *w, rob_str bytes)
{
    size_t len = rob_base64_len(bytes.len);
    if (len < bytes.len || !rob_writer_reserve(w, len + 2)) return;
    w->ptr[w->len++] = '"';
    w->len += rob_base64_encode(w->ptr + w->len, bytes);
    w->ptr[w->len++] = '"';
}

static void write_printed(rob_writer *w, bool valid, const char *text, size_t len)
{
    if (valid) rob_write_str(w, (rob_str){text, len});
    else refuse(w, "a date, time or duration out of range");
}

static void write_temporal(rob_writer *w, const rob_type *type, const void *value)
{
    char text[ROB_DURATION_TEXT] = "";
    if (type->kind == ROB_KIND_DATETIME) {
        bool valid = rob_datetime_valid(*(const rob_datetime *)value);
        write_printed(w, valid, text, valid ? rob_print_datetime(text, *(const rob_datetime *)value) : 0);
    } else if (type->kind == ROB_KIND_DATE) {
        bool valid = rob_date_valid(*(const rob_date *)value);
        write_printed(w, valid, text, valid ? rob_print_date(text, *(const rob_date *)value) : 0);
    } else if (type->kind == ROB_KIND_TIME) {
        bool valid = rob_time_valid(*(const rob_time *)value);
        write_printed(w, valid, text, valid ? rob_print_time(text, *(const rob_time *)value) : 0);
    } else {
        bool valid = rob_duration_valid(*(const rob_duration *)value);
        write_printed(w, valid, text, valid ? rob_print_duration(text, *(const rob_duration *)value) : 0);
    }
}

static void write_uuid(rob_writer *w, rob_uuid value)
{
    char text[ROB_UUID_TEXT];
    rob_print_uuid(text, value);
    rob_write_str(w, (rob_str){text, sizeof text});
}

static void write_choice(rob_writer *w, const rob_enum *e, uint32_t ordinal)
{
    if (ordinal >= e->count) {
        refuse(w, "an enum value that is not declared");
        return;
    }
    const rob_choice *choice = &e->choices[ordinal];
    switch (choice->kind) {
    case ROB_CHOICE_STR: rob_write_str(w, choice->text); return;
    case ROB_CHOICE_INT: rob_write_int(w, choice->number); return;
    case ROB_CHOICE_BOOL: rob_write_bool(w, choice->number != 0); return;
    }
}

/* Written again from the text, so that it is compact and prints numbers like everything else. */
static void write_raw_json(rob_writer *w, rob_json value)
{
    rob_json_doc doc;
    rob_json_stop stop;
    rob_status status = rob_json_read(w->arena, value.text, &doc, &stop);
    if (status == ROB_OK) rob_write_json(w, &doc, 0, ROB_JSON_AS_RESPONSE);
    else if (status == ROB_NO_MEMORY) rob_writer_fail(w, status, (rob_str){0}, "out of memory");
    else refuse(w, "a json value that is not JSON");
}

static void write_scalar(rob_writer *w, const rob_type *type, const void *value)
{
    switch ((rob_kind)type->kind) {
    case ROB_KIND_INT: rob_write_int(w, *(const int64_t *)value); return;
    case ROB_KIND_FLOAT: rob_write_float(w, *(const double *)value); return;
    case ROB_KIND_BOOL: rob_write_bool(w, *(const bool *)value); return;
    case ROB_KIND_STR: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
        rob_write_str(w, *(const rob_str *)value);
        return;
    case ROB_KIND_BYTES: write_bytes(w, *(const rob_str *)value); return;
    case ROB_KIND_UUID: write_uuid(w, *(const rob_uuid *)value); return;
    case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
        write_temporal(w, type, value);
        return;
    case ROB_KIND_DECIMAL: rob_write_str(w, ((const rob_decimal *)value)->text); return;
    case ROB_KIND_JSON: write_raw_json(w, *(const rob_json *)value); return;
    case ROB_KIND_ENUM: write_choice(w, type->choice, *(const uint32_t *)value); return;
    case ROB_KIND_LIST: case ROB_KIND_DICT: case ROB_KIND_MODEL: case ROB_KIND_TAGGED: case ROB_KIND_UNION:
    case ROB_KIND_NULLABLE:
        return;
    }
}

/* A text must be UTF-8 before its code points can be counted, a decimal a number before it is compared. */
static bool is_measurable(rob_writer *w, const rob_type *type, const void *value)
{
    if (type->kind == ROB_KIND_DECIMAL && !rob_decimal_valid(((const rob_decimal *)value)->text)) {
        refuse(w, "a decimal that is not a number");
        return false;
    }
    return true;
}

static void write_checked_scalar(rob_writer *w, const rob_type *type, const void *value)
{
    rob_scalar_error error = {0};
    if (!is_measurable(w, type, value)) return;
    write_scalar(w, type, value); /* refuses invalid UTF-8, so that the check below may rely on it */
    if (w->status != ROB_OK || !(type->rules & ~ROB_STRICT)) return;
    passes(w, rob_check_scalar(type, value, w->arena, &error), &error);
}

/* ------------------------------------------------------------------ models */

typedef enum presence { LEFT_OUT, IS_NULL, HAS_VALUE } presence;

static presence presence_of(const rob_field *field, const char *base)
{
    if (field->flags & ROB_FIELD_WRITEONLY) return LEFT_OUT;
    if (field->has_offset == ROB_NO_OFFSET) return HAS_VALUE;
    rob_has has;
    memcpy(&has, base + field->has_offset, sizeof has);
    if (has == ROB_PRESENT) return HAS_VALUE;
    if (field->flags & ROB_FIELD_TRISTATE) return has == ROB_NULL ? IS_NULL : LEFT_OUT;
    return field->flags & ROB_FIELD_OPTIONAL ? LEFT_OUT : IS_NULL;
}

static void write_field_value(rob_writer *w, const rob_field *field, const char *base, unsigned depth)
{
    const void *value = base + field->offset;
    if (field->flags & ROB_FIELD_INDIRECT) memcpy(&value, base + field->offset, sizeof value);
    if (value) write_value(w, field->type, value, depth);
    else refuse(w, "a null pointer");
}

static void write_name(rob_writer *w, rob_str name, bool first)
{
    if (!first) ROB_WRITE(w, ",");
    rob_write_str(w, name);
    ROB_WRITE(w, ":");
}

static bool is_declared(const rob_model *model, rob_str name)
{
    for (uint32_t i = 0; i < model->field_count; i++) {
        if (rob_str_eq(model->fields[i].name, name)) return true;
    }
    return false;
}

static void write_undeclared(rob_writer *w, const rob_model *model, const char *base, bool first)
{
    const rob_extra_list *list = (const rob_extra_list *)(base + model->extra_offset);
    if (list->count && !list->items) {
        refuse(w, "a null pointer");
        return;
    }
    for (size_t i = 0; i < list->count && w->status == ROB_OK; i++) {
        if (is_declared(model, list->items[i].key)) continue;
        write_name(w, list->items[i].key, first);
        write_raw_json(w, list->items[i].value);
        first = false;
    }
}

/* tag_name: a member that has been written already; else empty. */
static void write_members(rob_writer *w, const rob_model *model, const char *base, rob_str tag_name, unsigned depth)
{
    bool first = !tag_name.len;
    for (uint32_t i = 0; i < model->field_count && w->status == ROB_OK; i++) {
        const rob_field *field = &model->fields[i];
        presence there = presence_of(field, base);
        if (there == LEFT_OUT || (tag_name.len && rob_str_eq(field->name, tag_name))) continue;
        write_name(w, field->name, first);
        first = false;
        if (there == IS_NULL) rob_write_null(w);
        else write_field_value(w, field, base, depth);
        name_failure(w, field->name);
    }
    if (model->extra == ROB_EXTRA_ALLOW) write_undeclared(w, model, base, first);
}

static void write_tagged(rob_writer *w, const rob_union *u, const char *base, unsigned depth)
{
    uint32_t arm;
    memcpy(&arm, base, sizeof arm);
    if (arm >= u->count || u->arms[arm].type->kind != ROB_KIND_MODEL) {
        refuse(w, "a union tag that is not declared");
        return;
    }
    ROB_WRITE(w, "{");
    write_name(w, u->tag_name, true);
    rob_write_str(w, u->arms[arm].label);
    write_members(w, u->arms[arm].type->model, base + u->value_offset, u->tag_name, depth);
    ROB_WRITE(w, "}");
}

static void write_union(rob_writer *w, const rob_union *u, const char *base, unsigned depth)
{
    uint32_t arm;
    memcpy(&arm, base, sizeof arm);
    if (arm < u->count) write_value(w, u->arms[arm].type, base + u->value_offset, depth);
    else refuse(w, "a union tag that is not declared");
}

/* ------------------------------------------------------------------ lists and dicts */

typedef struct any_list {
    const char *items;
    size_t count;
} any_list;

static bool list_passes(rob_writer *w, const rob_type *type, const any_list *list)
{
    rob_scalar_error error = {0};
    if (list->count && !list->items) {
        refuse(w, "a null pointer");
        return false;
    }
    if (!(type->rules & (ROB_MIN_LENGTH | ROB_MAX_LENGTH | ROB_UNIQUE))) return true;
    if (!passes(w, rob_check_most(type, list->count, w->arena, &error), &error)) return false;
    if (!passes(w, rob_check_least(type, list->count, w->arena, &error), &error)) return false;
    if (type->kind != ROB_KIND_LIST) return true;
    return passes(w, rob_check_unique(type, list->items, list->count, w->arena, &error), &error);
}

static void write_list(rob_writer *w, const rob_type *type, const void *value, unsigned depth)
{
    any_list list;
    memcpy(&list, value, sizeof list);
    if (!list_passes(w, type, &list)) return;
    ROB_WRITE(w, "[");
    for (size_t i = 0; i < list.count && w->status == ROB_OK; i++) {
        if (i) ROB_WRITE(w, ",");
        write_value(w, type->list.item, list.items + i * type->list.item_size, depth);
    }
    ROB_WRITE(w, "]");
}

static void write_dict(rob_writer *w, const rob_type *type, const void *value, unsigned depth)
{
    any_list dict;
    memcpy(&dict, value, sizeof dict);
    if (!list_passes(w, type, &dict)) return;
    ROB_WRITE(w, "{");
    for (size_t i = 0; i < dict.count && w->status == ROB_OK; i++) {
        const char *item = dict.items + i * type->list.item_size;
        rob_str key;
        memcpy(&key, item, sizeof key);
        write_name(w, key, i == 0);
        write_value(w, type->list.item, item + type->list.value_offset, depth);
    }
    ROB_WRITE(w, "}");
}

/* ------------------------------------------------------------------ all */

static void write_nullable(rob_writer *w, const rob_type *type, const char *value, unsigned depth)
{
    if (*(const bool *)(value + type->nullable.has_offset)) write_value(w, type->nullable.inner, value, depth);
    else rob_write_null(w);
}

static void write_model(rob_writer *w, const rob_model *model, const void *value, unsigned depth)
{
    ROB_WRITE(w, "{");
    write_members(w, model, value, (rob_str){0}, depth);
    ROB_WRITE(w, "}");
}

static void write_value(rob_writer *w, const rob_type *type, const void *value, unsigned depth)
{
    if (type->kind <= ROB_KIND_JSON || type->kind == ROB_KIND_ENUM) {
        write_checked_scalar(w, type, value);
        return;
    }
    if (depth == DEPTH_MOST) {
        refuse(w, "a value nested too deeply, or within itself");
        return;
    }
    switch ((rob_kind)type->kind) {
    case ROB_KIND_LIST: write_list(w, type, value, depth + 1); return;
    case ROB_KIND_DICT: write_dict(w, type, value, depth + 1); return;
    case ROB_KIND_MODEL: write_model(w, type->model, value, depth + 1); return;
    case ROB_KIND_TAGGED: write_tagged(w, type->arms, value, depth + 1); return;
    case ROB_KIND_UNION: write_union(w, type->arms, value, depth + 1); return;
    case ROB_KIND_NULLABLE: write_nullable(w, type, value, depth); return;
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES:
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: case ROB_KIND_JSON:
    case ROB_KIND_ENUM:
        return;
    }
}

void rob_write_value(rob_writer *w, const rob_type *type, const void *value)
{
    write_value(w, type, value, 0);
}
