#include "same.h"

static bool same_value(const rob_type *type, const void *a, const void *b);

/* What a list looks like, whatever its items are. */
typedef struct any_list {
    const char *items;
    size_t count;
} any_list;

static bool same_list(const rob_type *type, const any_list *a, const any_list *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++) {
        size_t at = i * type->list.item_size;
        if (!same_value(type->list.item, a->items + at, b->items + at)) return false;
    }
    return true;
}

static bool same_dict(const rob_type *type, const any_list *a, const any_list *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++) {
        const char *left = a->items + i * type->list.item_size, *right = b->items + i * type->list.item_size;
        if (!rob_str_eq(*(const rob_str *)(const void *)left, *(const rob_str *)(const void *)right)) return false;
        if (!same_value(type->list.item, left + type->list.value_offset, right + type->list.value_offset)) return false;
    }
    return true;
}

static bool same_union(const rob_union *arms, const char *a, const char *b)
{
    uint32_t left, right;
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return left == right && same_value(arms->arms[left].type, a + arms->value_offset, b + arms->value_offset);
}

static bool same_nullable(const rob_type *type, const char *a, const char *b)
{
    bool left = a[type->nullable.has_offset], right = b[type->nullable.has_offset];
    return left == right && (!left || same_value(type->nullable.inner, a, b));
}

bool same_field(const rob_field *field, const void *a, const void *b)
{
    const char *left = a, *right = b;
    if (field->has_offset != ROB_NO_OFFSET) {
        uint8_t has = *(const uint8_t *)(left + field->has_offset);
        if (has != *(const uint8_t *)(right + field->has_offset)) return false;
        if (has != ROB_PRESENT) return true;
    }
    left += field->offset;
    right += field->offset;
    if (field->flags & ROB_FIELD_INDIRECT) {
        left = *(const char *const *)(const void *)left;
        right = *(const char *const *)(const void *)right;
    }
    return same_value(field->type, left, right);
}

static bool same_model(const rob_model *model, const char *a, const char *b)
{
    for (uint16_t i = 0; i < model->field_count; i++) {
        if (!same_field(&model->fields[i], a, b)) return false;
    }
    if (model->extra != ROB_EXTRA_ALLOW) return true;
    const rob_extra_list *left = (const void *)(a + model->extra_offset);
    const rob_extra_list *right = (const void *)(b + model->extra_offset);
    for (size_t i = 0; left->count == right->count && i < left->count; i++) {
        if (!rob_str_eq(left->items[i].key, right->items[i].key)) return false;
        if (!rob_str_eq(left->items[i].value.text, right->items[i].value.text)) return false;
    }
    return left->count == right->count;
}

static bool same_date(const rob_date *a, const rob_date *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

static bool same_time(const rob_time *a, const rob_time *b)
{
    return a->microsecond == b->microsecond && a->offset == b->offset && a->hour == b->hour &&
           a->minute == b->minute && a->second == b->second && a->has_offset == b->has_offset;
}

static bool same_datetime(const rob_datetime *a, const rob_datetime *b)
{
    return same_date(&a->date, &b->date) && same_time(&a->time, &b->time);
}

static bool same_value(const rob_type *type, const void *a, const void *b)
{
    switch ((rob_kind)type->kind) {
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_UUID: case ROB_KIND_ENUM:
    case ROB_KIND_DURATION: return memcmp(a, b, type->size) == 0;
    case ROB_KIND_STR: case ROB_KIND_BYTES: case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL:
    case ROB_KIND_URI: case ROB_KIND_JSON: return rob_str_eq(*(const rob_str *)a, *(const rob_str *)b);
    case ROB_KIND_DATE: return same_date(a, b);
    case ROB_KIND_TIME: return same_time(a, b);
    case ROB_KIND_DATETIME: return same_datetime(a, b);
    case ROB_KIND_LIST: return same_list(type, a, b);
    case ROB_KIND_MODEL: return same_model(type->model, a, b);
    case ROB_KIND_DICT: return same_dict(type, a, b);
    case ROB_KIND_TAGGED: case ROB_KIND_UNION: return same_union(type->arms, a, b);
    case ROB_KIND_NULLABLE: return same_nullable(type, a, b);
    }
    return false;
}

bool same_errors(const rob_errors *a, const rob_errors *b)
{
    const rob_error *left = a->first, *right = b->first;
    for (; left && right; left = left->next, right = right->next) {
        if (!rob_str_eq(left->json, right->json)) return false;
    }
    return !left && !right && a->syntax == b->syntax;
}
