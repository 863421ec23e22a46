#include "base/numbers.h"
#include "codec/decimal.h"
#include "codec/decimal_digits.h"

/* Digits in all and behind the point, as Pydantic counts them: zeros between the point and the first
 * digit count, a positive exponent adds digits. */
typedef struct size {
    uint64_t digits, places;
} size;

static size size_of(uint64_t count, int64_t exponent)
{
    if (exponent >= 0) return (size){count + (uint64_t)exponent, 0};
    uint64_t places = (uint64_t)-exponent;
    return (size){count > places ? count : places, places};
}

/* The size without trailing zeros. */
static size size_normalised(const rob_digits *d)
{
    size_t count = d->count;
    if (rob_digits_zero(d)) return (size){1, 0};
    while (rob_digit_at(d, count - 1) == '0') count--;
    return size_of(count, d->exponent + (int64_t)(d->count - count));
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static rob_status fail_size(rob_arena *arena, rob_scalar_error *error, const char *type, const char *ctx_key,
                            uint64_t most, const char *unit, const char *where)
{
    rob_str msg = rob_arena_format(arena, "Decimal input should have no more than %llu %s%s%s",
                                   (unsigned long long)most, unit, most == 1 ? "" : "s", where);
    rob_str ctx = rob_arena_format(arena, "%llu", (unsigned long long)most);
    *error = (rob_scalar_error){.type = type, .msg = msg, .ctx_key = ctx_key, .ctx_text = ctx, .ctx_raw = true};
    return msg.ptr && ctx.ptr ? ROB_INVALID : ROB_NO_MEMORY;
}

/* A value fits when it does as written or without its trailing zeros. */
static rob_status check_size(const rob_type *type, const rob_digits *d, rob_arena *arena, rob_scalar_error *error)
{
    size written = size_of(d->count, d->exponent), normal = size_normalised(d);
    uint64_t most = type->decimal.max_digits, places = type->decimal.decimal_places;
    if ((type->rules & ROB_MAX_DIGITS) && smaller(written.digits, normal.digits) > most)
        return fail_size(arena, error, "decimal_max_digits", "max_digits", most, "digit", " in total");
    if (!(type->rules & ROB_DECIMAL_PLACES)) return ROB_OK;
    if (smaller(written.places, normal.places) > places)
        return fail_size(arena, error, "decimal_max_places", "decimal_places", places, "decimal place", "");
    if (!(type->rules & ROB_MAX_DIGITS)) return ROB_OK;
    uint64_t whole = most > places ? most - places : 0;
    if (smaller(written.digits - written.places, normal.digits - normal.places) > whole)
        return fail_size(arena, error, "decimal_whole_digits", "whole_digits", whole, "digit",
                         " before the decimal point");
    return ROB_OK;
}

/* ------------------------------------------------------------------ multiples */

__extension__ typedef unsigned __int128 wide;

enum { DIVISOR_DIGITS = 36 }; /* ten times 36 digits stay below 2^128 */

static wide coefficient_mod(const rob_digits *d, size_t count, wide divisor)
{
    wide rest = 0;
    for (size_t i = 0; i < count; i++) {
        wide next = rest * 10 + (unsigned)(rob_digit_at(d, i) - '0');
        rest = divisor ? next % divisor : next;
    }
    return rest;
}

static bool is_multiple(const rob_digits *value, const rob_digits *of)
{
    if (rob_digits_zero(value)) return true;
    /* The quotient must stay below 10^28: Python's context has 28 digits, and so Pydantic answers. */
    rob_digits limit = *of, size = *value;
    limit.exponent += 28;
    limit.negative = size.negative = false;
    if (of->count > DIVISOR_DIGITS || rob_digits_compare(&size, &limit) >= 0) return false;
    wide divisor = coefficient_mod(of, of->count, 0);
    int64_t shift = value->exponent - of->exponent; /* value = coefficient * 10^shift units of `of` */
    size_t count = value->count;
    for (; shift < 0 && count > 1 && rob_digit_at(value, count - 1) == '0'; shift++) count--;
    if (shift < 0) return false;
    wide rest = coefficient_mod(value, count, divisor);
    for (; shift > 0 && rest; shift--) rest = rest * 10 % divisor;
    return rest == 0;
}

/* ------------------------------------------------------------------ limits */

/* FastAPI writes a Decimal in `ctx` as an integer or a float. */
static rob_str ctx_number(rob_arena *arena, const char *limit)
{
    char text[ROB_FLOAT_PLAIN_TEXT];
    rob_digits d;
    int64_t whole;
    double value;
    rob_str number = rob_str_of(limit);
    bool is_int = rob_digits_split(number, &d) && d.exponent >= 0;
    if (is_int && rob_int_from_json(number, &whole) == ROB_NUMBER_OK)
        return rob_arena_copy(arena, (rob_str){text, rob_print_i64(text, whole)});
    if (rob_float_from_text(number, &value) != ROB_NUMBER_OK) return number;
    size_t len = is_int ? rob_print_float_plain(text, value) : rob_print_float_repr(text, value);
    return rob_arena_copy(arena, (rob_str){text, len});
}

static rob_status fail_limit(rob_arena *arena, rob_scalar_error *error, const char *type, const char *ctx_key,
                             const char *prefix, const char *limit)
{
    rob_status status = rob_scalar_fail(arena, error, type, prefix, ctx_key, rob_str_of(limit));
    error->ctx_text = ctx_number(arena, limit);
    error->ctx_raw = true;
    return error->ctx_text.ptr ? status : ROB_NO_MEMORY;
}

static int order(const rob_digits *value, const char *limit)
{
    rob_digits d;
    return rob_digits_split(rob_str_of(limit), &d) ? rob_digits_compare(value, &d) : 0;
}

static rob_status check_limits(const rob_type *type, const rob_digits *d, rob_arena *arena, rob_scalar_error *error)
{
    if ((type->rules & ROB_LE) && order(d, type->decimal.le) > 0)
        return fail_limit(arena, error, "less_than_equal", "le", "Input should be less than or equal to ",
                          type->decimal.le);
    if ((type->rules & ROB_LT) && order(d, type->decimal.lt) >= 0)
        return fail_limit(arena, error, "less_than", "lt", "Input should be less than ", type->decimal.lt);
    if ((type->rules & ROB_GE) && order(d, type->decimal.ge) < 0)
        return fail_limit(arena, error, "greater_than_equal", "ge", "Input should be greater than or equal to ",
                          type->decimal.ge);
    if ((type->rules & ROB_GT) && order(d, type->decimal.gt) <= 0)
        return fail_limit(arena, error, "greater_than", "gt", "Input should be greater than ", type->decimal.gt);
    return ROB_OK;
}

rob_status rob_decimal_check(const rob_type *type, rob_decimal value, rob_arena *arena, rob_scalar_error *error)
{
    rob_digits d, unit;
    if (!rob_digits_split(value.text, &d))
        return rob_scalar_refuse(error, "decimal_parsing", ROB_STR("Input should be a valid decimal"));
    rob_status status = check_size(type, &d, arena, error);
    if (status) return status;
    if ((type->rules & ROB_MULTIPLE_OF) && rob_digits_split(rob_str_of(type->decimal.multiple_of), &unit) &&
        !rob_digits_zero(&unit) && !is_multiple(&d, &unit))
        return fail_limit(arena, error, "multiple_of", "multiple_of", "Input should be a multiple of ",
                          type->decimal.multiple_of);
    return check_limits(type, &d, arena, error);
}
