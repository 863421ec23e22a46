#include "codec/scalars.h"

#include <strings.h>

#include "base/numbers.h"
#include "codec/base64.h"
#include "codec/datetime.h"
#include "codec/decimal.h"
#include "codec/email.h"
#include "codec/url.h"
#include "codec/uuid.h"

rob_status rob_scalar_fail(rob_arena *arena, rob_scalar_error *error, const char *type, const char *prefix,
                           const char *ctx_key, rob_str text)
{
    size_t prefix_len = strlen(prefix); /* text may hold a NUL, which printf would stop at */
    rob_str msg = {rob_arena_alloc(arena, prefix_len + text.len), prefix_len + text.len};
    if (!msg.ptr) return ROB_NO_MEMORY;
    memcpy((char *)msg.ptr, prefix, prefix_len);
    memcpy((char *)msg.ptr + prefix_len, text.ptr, text.len);
    *error = (rob_scalar_error){.type = type, .msg = msg, .ctx_key = ctx_key, .ctx_text = text};
    return ROB_INVALID;
}

rob_status rob_scalar_refuse(rob_scalar_error *error, const char *type, rob_str msg)
{
    *error = (rob_scalar_error){.type = type, .msg = msg};
    return ROB_INVALID;
}

rob_scalar_error rob_scalar_type_error(rob_kind kind)
{
    static const struct {
        const char *type;
        rob_str msg;
    } errors[] = {
        [ROB_KIND_INT] = {"int_type", ROB_STR_INIT("Input should be a valid integer")},
        [ROB_KIND_FLOAT] = {"float_type", ROB_STR_INIT("Input should be a valid number")},
        [ROB_KIND_BOOL] = {"bool_type", ROB_STR_INIT("Input should be a valid boolean")},
        [ROB_KIND_STR] = {"string_type", ROB_STR_INIT("Input should be a valid string")},
        [ROB_KIND_BYTES] = {"bytes_type", ROB_STR_INIT("Input should be a valid bytes")},
        [ROB_KIND_UUID] = {"uuid_type", ROB_STR_INIT("UUID input should be a string, bytes or UUID object")},
        [ROB_KIND_DATETIME] = {"datetime_type", ROB_STR_INIT("Input should be a valid datetime")},
        [ROB_KIND_DATE] = {"date_type", ROB_STR_INIT("Input should be a valid date")},
        [ROB_KIND_TIME] = {"time_type", ROB_STR_INIT("Input should be a valid time")},
        [ROB_KIND_DURATION] = {"time_delta_type", ROB_STR_INIT("Input should be a valid timedelta")},
        [ROB_KIND_DECIMAL] = {"decimal_type",
                              ROB_STR_INIT("Decimal input should be an integer, float, string or Decimal object")},
        [ROB_KIND_EMAIL] = {"string_type", ROB_STR_INIT("Input should be a valid string")},
        [ROB_KIND_URL] = {"url_type", ROB_STR_INIT("URL input should be a string or URL")},
        [ROB_KIND_URI] = {"url_type", ROB_STR_INIT("URL input should be a string or URL")},
    };
    if ((size_t)kind >= sizeof errors / sizeof *errors) return (rob_scalar_error){0};
    return (rob_scalar_error){.type = errors[kind].type, .msg = errors[kind].msg};
}

static rob_status refuse_type(rob_kind kind, rob_scalar_error *error)
{
    *error = rob_scalar_type_error(kind);
    return ROB_INVALID;
}

static rob_status refuse_infinite(rob_scalar_error *error)
{
    return rob_scalar_refuse(error, "finite_number", ROB_STR("Input should be a finite number"));
}

/* ------------------------------------------------------------------ integers */

static rob_status int_result(rob_number result, rob_scalar_error *error)
{
    switch (result) {
    case ROB_NUMBER_OK: return ROB_OK;
    case ROB_NUMBER_BAD:
        return rob_scalar_refuse(error, "int_parsing",
                                 ROB_STR("Input should be a valid integer, unable to parse string as an integer"));
    case ROB_NUMBER_TOO_BIG:
        return rob_scalar_refuse(error, "int_parsing_size",
                                 ROB_STR("Unable to parse input string as an integer, exceeded maximum size"));
    case ROB_NUMBER_FRACTION:
        return rob_scalar_refuse(error, "int_from_float",
                                 ROB_STR("Input should be a valid integer, got a number with a fractional part"));
    case ROB_NUMBER_NOT_FINITE: return refuse_infinite(error);
    }
    return ROB_INVALID;
}

static rob_status int_from_number(rob_str number, bool strict, int64_t *out, rob_scalar_error *error)
{
    double value;
    bool is_int = rob_json_number_is_int(number);
    if (strict && !is_int) return refuse_type(ROB_KIND_INT, error);
    rob_number result = rob_int_from_json(number, out);
    if (result == ROB_NUMBER_TOO_BIG && !is_int && rob_float_from_json(number, &value) == ROB_NUMBER_NOT_FINITE)
        return refuse_infinite(error);
    return int_result(result, error);
}

static rob_status decode_int(rob_input in, bool strict, int64_t *out, rob_scalar_error *error)
{
    if (in.kind == ROB_INPUT_NUMBER) return int_from_number(in.text, strict, out, error);
    if (in.kind == ROB_INPUT_PARAM || (in.kind == ROB_INPUT_STRING && !strict))
        return int_result(rob_int_from_text(in.text, out), error);
    if (in.kind != ROB_INPUT_BOOL || strict) return refuse_type(ROB_KIND_INT, error);
    *out = in.flag;
    return ROB_OK;
}

/* ------------------------------------------------------------------ floats */

static rob_status float_result(rob_number result, rob_scalar_error *error)
{
    if (result == ROB_NUMBER_OK) return ROB_OK;
    if (result == ROB_NUMBER_NOT_FINITE) return refuse_infinite(error);
    return rob_scalar_refuse(error, "float_parsing",
                             ROB_STR("Input should be a valid number, unable to parse string as a number"));
}

static rob_status float_from_number(rob_str number, double *out, rob_scalar_error *error)
{
    rob_number result = rob_float_from_json(number, out);
    if (*out == 0 && rob_json_number_is_int(number)) *out = 0; /* `-0` is an integer, and those have no -0 */
    return float_result(result, error);
}

static rob_status decode_float(rob_input in, bool strict, double *out, rob_scalar_error *error)
{
    if (in.kind == ROB_INPUT_NUMBER) return float_from_number(in.text, out, error);
    if (in.kind == ROB_INPUT_PARAM || (in.kind == ROB_INPUT_STRING && !strict))
        return float_result(rob_float_from_text(in.text, out), error);
    if (in.kind != ROB_INPUT_BOOL || strict) return refuse_type(ROB_KIND_FLOAT, error);
    *out = in.flag;
    return ROB_OK;
}

/* ------------------------------------------------------------------ booleans */

static bool same_word(rob_str text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

static bool bool_from_text(rob_str text, bool *out)
{
    static const char *const words[2][6] = {{"0", "off", "f", "false", "n", "no"},
                                            {"1", "on", "t", "true", "y", "yes"}};
    for (int value = 0; value < 2; value++)
        for (size_t i = 0; i < 6; i++)
            if (same_word(text, words[value][i])) {
                *out = value;
                return true;
            }
    return false;
}

/* 0 and 1, also as 0.0 and 1.0; other integers of 64 bits are told apart from any other number. */
static rob_status bool_from_number(rob_str number, bool *out, rob_scalar_error *error)
{
    int64_t value;
    if (rob_int_from_json(number, &value) != ROB_NUMBER_OK) return refuse_type(ROB_KIND_BOOL, error);
    if (value != 0 && value != 1)
        return rob_scalar_refuse(error, "bool_parsing",
                                 ROB_STR("Input should be a valid boolean, unable to interpret input"));
    *out = value;
    return ROB_OK;
}

static rob_status decode_bool(rob_input in, bool strict, bool *out, rob_scalar_error *error)
{
    if (in.kind == ROB_INPUT_BOOL) {
        *out = in.flag;
        return ROB_OK;
    }
    if (in.kind == ROB_INPUT_NUMBER && !strict) return bool_from_number(in.text, out, error);
    if (in.kind != ROB_INPUT_PARAM && (in.kind != ROB_INPUT_STRING || strict)) return refuse_type(ROB_KIND_BOOL, error);
    if (bool_from_text(in.text, out)) return ROB_OK;
    return rob_scalar_refuse(error, "bool_parsing",
                             ROB_STR("Input should be a valid boolean, unable to interpret input"));
}

/* ------------------------------------------------------------------ everything else */

static rob_status decode_from_text(rob_kind kind, rob_str text, bool strict, rob_arena *arena, void *out,
                                   rob_scalar_error *error)
{
    switch (kind) {
    case ROB_KIND_STR: *(rob_str *)out = text; return ROB_OK;
    case ROB_KIND_BYTES: return rob_base64_decode(arena, text, out, error);
    case ROB_KIND_UUID: return rob_uuid_from_text(arena, text, out, error);
    case ROB_KIND_DATETIME: return rob_datetime_from_text(arena, text, strict, out, error);
    case ROB_KIND_DATE: return rob_date_from_text(arena, text, strict, out, error);
    case ROB_KIND_TIME: return rob_time_from_text(arena, text, out, error);
    case ROB_KIND_DURATION: return rob_duration_from_text(arena, text, out, error);
    case ROB_KIND_DECIMAL: return rob_decimal_from_text(arena, text, out, error);
    case ROB_KIND_EMAIL: return rob_email_from_text(arena, text, out, error);
    case ROB_KIND_URL: return rob_http_url_from_text(arena, text, out, error);
    case ROB_KIND_URI: return rob_any_url_from_text(arena, text, out, error);
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_JSON: case ROB_KIND_LIST:
    case ROB_KIND_DICT: case ROB_KIND_ENUM: case ROB_KIND_MODEL: case ROB_KIND_TAGGED: case ROB_KIND_UNION:
    case ROB_KIND_NULLABLE: break;
    }
    return refuse_type(kind, error);
}

static rob_status decode_from_number(rob_kind kind, rob_str number, bool strict, rob_arena *arena, void *out,
                                     rob_scalar_error *error)
{
    if (kind == ROB_KIND_DECIMAL) return rob_decimal_from_number(arena, number, out, error);
    if (strict) return refuse_type(kind, error);
    if (kind == ROB_KIND_DATETIME) return rob_datetime_from_number(arena, number, out, error);
    if (kind == ROB_KIND_DATE) return rob_date_from_number(arena, number, out, error);
    if (kind == ROB_KIND_TIME) return rob_time_from_number(arena, number, out, error);
    if (kind == ROB_KIND_DURATION) return rob_duration_from_number(arena, number, out, error);
    return refuse_type(kind, error);
}

rob_status rob_scalar_decode(rob_kind kind, rob_input in, bool strict, rob_arena *arena, void *out,
                             rob_scalar_error *error)
{
    if (!in.text.ptr) in.text = ROB_STR(""); /* so that nothing below adds to a null pointer */
    if (kind == ROB_KIND_INT) return decode_int(in, strict, out, error);
    if (kind == ROB_KIND_FLOAT) return decode_float(in, strict, out, error);
    if (kind == ROB_KIND_BOOL) return decode_bool(in, strict, out, error);
    switch (in.kind) {
    case ROB_INPUT_STRING: return decode_from_text(kind, in.text, strict, arena, out, error);
    case ROB_INPUT_PARAM: return decode_from_text(kind, in.text, false, arena, out, error);
    case ROB_INPUT_NUMBER: return decode_from_number(kind, in.text, strict, arena, out, error);
    case ROB_INPUT_BOOL: /* Python's bool is an int, and of these types timedelta alone takes it for one */
        if (kind == ROB_KIND_DURATION && !strict)
            return rob_duration_from_number(arena, in.flag ? ROB_STR("1") : ROB_STR("0"), out, error);
        return refuse_type(kind, error);
    case ROB_INPUT_NULL: case ROB_INPUT_OTHER: return refuse_type(kind, error);
    }
    return ROB_INVALID;
}
