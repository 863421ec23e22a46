#include "decode_check.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/dfa.h"
#include "base/numbers.h"
#include "base/utf8.h"

/* ------------------------------------------------------------------ numbers */

typedef struct bound {
    uint16_t rule;
    const char *type; /* of the error */
    const char *msg;  /* before the number */
    const char *key;  /* in ctx */
} bound;

static const bound multiple_of = {ROB_MULTIPLE_OF, "multiple_of", "Input should be a multiple of ", "multiple_of"};
static const bound le = {ROB_LE, "less_than_equal", "Input should be less than or equal to ", "le"};
static const bound lt = {ROB_LT, "less_than", "Input should be less than ", "lt"};
static const bound ge = {ROB_GE, "greater_than_equal", "Input should be greater than or equal to ", "ge"};
static const bound gt = {ROB_GT, "greater_than", "Input should be greater than ", "gt"};

static rob_status refuse(rob_arena *arena, rob_scalar_error *error, const bound *b, rob_str plain, rob_str exact)
{
    *error = (rob_scalar_error){.type = b->type, .ctx_raw = true};
    error->msg = rob_arena_format(arena, "%s%.*s", b->msg, ROB_STR_ARG(plain));
    error->ctx_text = rob_arena_format(arena, "{\"%s\":%.*s}", b->key, ROB_STR_ARG(exact));
    return error->msg.ptr && error->ctx_text.ptr ? ROB_INVALID : ROB_NO_MEMORY;
}

static rob_status refuse_int(rob_arena *arena, rob_scalar_error *error, const bound *b, int64_t limit)
{
    char digits[ROB_INT_TEXT];
    rob_str text = {digits, rob_print_i64(digits, limit)};
    return refuse(arena, error, b, text, text);
}

static rob_status refuse_float(rob_arena *arena, rob_scalar_error *error, const bound *b, double limit)
{
    char plain[ROB_FLOAT_PLAIN_TEXT], exact[ROB_FLOAT_TEXT];
    rob_str plain_text = {plain, rob_print_float_plain(plain, limit)};
    return refuse(arena, error, b, plain_text, (rob_str){exact, rob_print_float_repr(exact, limit)});
}

static bool is_multiple(int64_t value, int64_t of)
{
    /* INT64_MIN % -1 overflows; every integer is a multiple of 1 and -1. */
    return of == -1 || (of != 0 && value % of == 0);
}

static rob_status check_int(const rob_type *type, int64_t value, rob_arena *arena, rob_scalar_error *error)
{
    unsigned rules = type->rules;
    if (rules & ROB_MULTIPLE_OF && !is_multiple(value, type->integer.multiple_of)) {
        return refuse_int(arena, error, &multiple_of, type->integer.multiple_of);
    }
    if (rules & ROB_LE && value > type->integer.le) return refuse_int(arena, error, &le, type->integer.le);
    if (rules & ROB_LT && value >= type->integer.lt) return refuse_int(arena, error, &lt, type->integer.lt);
    if (rules & ROB_GE && value < type->integer.ge) return refuse_int(arena, error, &ge, type->integer.ge);
    if (rules & ROB_GT && value <= type->integer.gt) return refuse_int(arena, error, &gt, type->integer.gt);
    return ROB_OK;
}

/* Pydantic allows for an absolute error of 1e-9, so that 0.3 is a multiple of 0.1. */
static bool is_near_multiple(double value, double of)
{
    return fabs(value - round(value / of) * of) <= 1e-9;
}

static rob_status check_float(const rob_type *type, double value, rob_arena *arena, rob_scalar_error *error)
{
    unsigned rules = type->rules;
    if (rules & ROB_MULTIPLE_OF && !is_near_multiple(value, type->number.multiple_of)) {
        return refuse_float(arena, error, &multiple_of, type->number.multiple_of);
    }
    if (rules & ROB_LE && !(value <= type->number.le)) return refuse_float(arena, error, &le, type->number.le);
    if (rules & ROB_LT && !(value < type->number.lt)) return refuse_float(arena, error, &lt, type->number.lt);
    if (rules & ROB_GE && !(value >= type->number.ge)) return refuse_float(arena, error, &ge, type->number.ge);
    if (rules & ROB_GT && !(value > type->number.gt)) return refuse_float(arena, error, &gt, type->number.gt);
    return ROB_OK;
}

/* ------------------------------------------------------------------ texts */

/* "at most 3 characters": s unless there is one. */
static rob_status refuse_length(rob_arena *arena, rob_scalar_error *error, bool most, uint32_t limit)
{
    *error = (rob_scalar_error){.type = most ? "string_too_long" : "string_too_short", .ctx_raw = true};
    error->msg = rob_arena_format(arena, "String should have at %s %" PRIu32 " character%s",
                                  most ? "most" : "least", limit, limit == 1 ? "" : "s");
    error->ctx_text = rob_arena_format(arena, "{\"%s\":%" PRIu32 "}", most ? "max_length" : "min_length", limit);
    return error->msg.ptr && error->ctx_text.ptr ? ROB_INVALID : ROB_NO_MEMORY;
}

static rob_status refuse_pattern(rob_arena *arena, rob_scalar_error *error, rob_str pattern)
{
    *error = (rob_scalar_error){.type = "string_pattern_mismatch", .ctx_key = "pattern", .ctx_text = pattern};
    error->msg = rob_arena_format(arena, "String should match pattern '%.*s'", ROB_STR_ARG(pattern));
    return error->msg.ptr ? ROB_INVALID : ROB_NO_MEMORY;
}

/* Lengths count code points, of which there are at most len and at least len / 4. */
static rob_status check_text(const rob_type *type, rob_str value, rob_arena *arena, rob_scalar_error *error)
{
    unsigned rules = type->rules;
    if (rules & ROB_MAX_LENGTH && value.len > type->text.max_length &&
        rob_utf8_count(value) > type->text.max_length) {
        return refuse_length(arena, error, true, type->text.max_length);
    }
    if (rules & ROB_MIN_LENGTH && value.len / 4 < type->text.min_length &&
        rob_utf8_count(value) < type->text.min_length) {
        return refuse_length(arena, error, false, type->text.min_length);
    }
    if (rules & ROB_PATTERN && !rob_dfa_matches(type->text.pattern, value)) {
        return refuse_pattern(arena, error, type->text.pattern_text);
    }
    return ROB_OK;
}

/* ------------------------------------------------------------------ sizes */

static rob_status refuse_size(rob_arena *arena, rob_scalar_error *error, const char *what, bool most, uint32_t limit,
                              rob_str actual, bool actual_known)
{
    *error = (rob_scalar_error){.type = most ? "too_long" : "too_short", .ctx_raw = true};
    error->msg = rob_arena_format(arena, "%s should have at %s %" PRIu32 " item%s after validation, not %.*s", what,
                                  most ? "most" : "least", limit, limit == 1 ? "" : "s", ROB_STR_ARG(actual));
    if (!actual_known) actual = ROB_STR("null");
    error->ctx_text = rob_arena_format(arena, "{\"field_type\":\"%s\",\"%s\":%" PRIu32 ",\"actual_length\":%.*s}", what,
                                       most ? "max_length" : "min_length", limit, ROB_STR_ARG(actual));
    return error->msg.ptr && error->ctx_text.ptr ? ROB_INVALID : ROB_NO_MEMORY;
}

static rob_status refuse_count(rob_arena *arena, rob_scalar_error *error, const char *what, bool most, uint32_t limit,
                               size_t count)
{
    char digits[ROB_INT_TEXT];
    rob_str text = {digits, rob_print_u64(digits, count)};
    return refuse_size(arena, error, what, most, limit, text, true);
}

/* What Pydantic checks behind a function rather than in a schema of its own: bytes, email, url. */
static rob_status check_value_length(const rob_type *type, size_t count, rob_arena *arena, rob_scalar_error *error)
{
    if (type->rules & ROB_MIN_LENGTH && count < type->text.min_length) {
        return refuse_count(arena, error, "Value", false, type->text.min_length, count);
    }
    if (type->rules & ROB_MAX_LENGTH && count > type->text.max_length) {
        return refuse_count(arena, error, "Value", true, type->text.max_length, count);
    }
    return ROB_OK;
}

rob_status rob_check_most(const rob_type *type, size_t count, rob_arena *arena, rob_scalar_error *error)
{
    uint32_t limit = type->list.max_length;
    if (!(type->rules & ROB_MAX_LENGTH) || count <= limit) return ROB_OK;
    if (type->kind == ROB_KIND_LIST) return refuse_count(arena, error, "List", true, limit, count);
    /* Pydantic stops counting a dict at the first item too many. */
    return refuse_size(arena, error, "Dictionary", true, limit, ROB_STR("more"), false);
}

rob_status rob_check_least(const rob_type *type, size_t count, rob_arena *arena, rob_scalar_error *error)
{
    if (!(type->rules & ROB_MIN_LENGTH) || count >= type->list.min_length) return ROB_OK;
    const char *what = type->kind == ROB_KIND_LIST ? "List" : "Dictionary";
    return refuse_count(arena, error, what, false, type->list.min_length, count);
}

static int compare_texts(const void *left, const void *right)
{
    const rob_str *a = left, *b = right;
    if (a->len != b->len) return a->len < b->len ? -1 : 1;
    return memcmp(a->ptr, b->ptr, a->len);
}

rob_status rob_check_unique(const rob_type *type, const void *items, size_t count, rob_arena *arena,
                            rob_scalar_error *error)
{
    if (!(type->rules & ROB_UNIQUE) || count < 2) return ROB_OK;
    rob_str *texts = rob_arena_alloc(arena, count * sizeof *texts);
    if (!texts) return ROB_NO_MEMORY;
    rob_writer w = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        size_t from = w.len;
        rob_write_value(&w, type->list.item, (const char *)items + i * type->list.item_size);
        texts[i].len = w.len - from;
    }
    if (w.status != ROB_OK) return w.status;
    size_t at = 0;
    for (size_t i = 0; i < count; at += texts[i++].len) texts[i].ptr = w.ptr + at;
    qsort(texts, count, sizeof *texts, compare_texts);
    for (size_t i = 1; i < count; i++) {
        if (!rob_str_eq(texts[i - 1], texts[i])) continue;
        return rob_scalar_refuse(error, "unique", ROB_STR("List items should be unique"));
    }
    return ROB_OK;
}

/* ------------------------------------------------------------------ all scalars */

rob_status rob_check_scalar(const rob_type *type, const void *value, rob_arena *arena, rob_scalar_error *error)
{
    switch ((rob_kind)type->kind) {
    case ROB_KIND_INT: return check_int(type, *(const int64_t *)value, arena, error);
    case ROB_KIND_FLOAT: return check_float(type, *(const double *)value, arena, error);
    case ROB_KIND_STR: return check_text(type, *(const rob_str *)value, arena, error);
    case ROB_KIND_BYTES: return check_value_length(type, ((const rob_str *)value)->len, arena, error);
    case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
        return check_value_length(type, rob_utf8_count(*(const rob_str *)value), arena, error);
    case ROB_KIND_DECIMAL: return rob_decimal_check(type, *(const rob_decimal *)value, arena, error);
    case ROB_KIND_BOOL: case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME:
    case ROB_KIND_DURATION: case ROB_KIND_JSON: case ROB_KIND_LIST: case ROB_KIND_DICT: case ROB_KIND_ENUM:
    case ROB_KIND_MODEL: case ROB_KIND_TAGGED: case ROB_KIND_UNION: case ROB_KIND_NULLABLE:
        return ROB_OK;
    }
    return ROB_OK;
}
