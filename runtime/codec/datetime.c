#include "codec/datetime.h"

#include <math.h>

#include "base/numbers.h"
#include "codec/datetime_grammar.h"

static const char year_0_is_out[] = "year 0 is out of range";

static rob_status fail(rob_arena *arena, rob_scalar_error *error, const char *type, const char *why)
{
    static const struct {
        const char *type, *prefix;
    } prefixes[] = {
        {"datetime_parsing", "Input should be a valid datetime, "},
        {"datetime_from_date_parsing", "Input should be a valid datetime or date, "},
        {"date_parsing", "Input should be a valid date in the format YYYY-MM-DD, "},
        {"date_from_datetime_parsing", "Input should be a valid date or datetime, "},
        {"time_parsing", "Input should be in a valid time format, "},
    };
    size_t i = 0;
    while (strcmp(prefixes[i].type, type) != 0) i++;
    return rob_scalar_fail(arena, error, prefixes[i].type, prefixes[i].prefix, "error", rob_str_of(why));
}

/* RFC 3339 date-time with a choice of separators, or else a Unix time. */
static const char *parse_datetime(rob_str text, rob_datetime *out)
{
    int64_t whole;
    uint32_t microseconds;
    const char *why = rob_date_front(text, &out->date);
    if (!why && (text.len == 10 || !memchr("Tt _", text.ptr[10], 4)))
        why = "invalid datetime separator, expected `T`, `t`, `_` or space";
    if (!why) why = rob_time_at(text, 11, &out->time);
    if (why && rob_timestamp_from_text(text, &whole, &microseconds))
        return rob_datetime_from_unix(whole, microseconds, out);
    if (!why && out->date.year == 0) return year_0_is_out;
    return why;
}

/* RFC 3339 full-date and nothing after it. */
static const char *parse_date(rob_str text, rob_date *out)
{
    const char *why = rob_date_front(text, out);
    return !why && text.len > 10 ? ROB_WHY_EXTRA : why;
}

/* A date where a datetime was expected; its error is the one that is told. */
static rob_status datetime_from_date(rob_arena *arena, rob_str text, const char *why, rob_datetime *out,
                                     rob_scalar_error *error)
{
    int64_t whole;
    uint32_t microseconds;
    if (why == year_0_is_out) return fail(arena, error, "datetime_parsing", why);
    if (rob_timestamp_from_text(text, &whole, &microseconds))
        return fail(arena, error, "datetime_from_date_parsing", why);
    why = parse_date(text, &out->date);
    if (why) return fail(arena, error, "datetime_from_date_parsing", why);
    if (out->date.year == 0) return fail(arena, error, "datetime_parsing", year_0_is_out);
    out->time = (rob_time){0};
    return ROB_OK;
}

rob_status rob_datetime_from_text(rob_arena *arena, rob_str text, bool strict, rob_datetime *out,
                                  rob_scalar_error *error)
{
    const char *why = parse_datetime(text, out);
    if (!why) return ROB_OK;
    if (strict) return fail(arena, error, "datetime_parsing", why);
    return datetime_from_date(arena, text, why, out, error);
}

rob_status rob_datetime_from_number(rob_arena *arena, rob_str number, rob_datetime *out, rob_scalar_error *error)
{
    int64_t whole;
    uint32_t microseconds;
    rob_timestamp_from_json(number, &whole, &microseconds);
    const char *why = rob_datetime_from_unix(whole, microseconds, out);
    return why ? fail(arena, error, "datetime_parsing", why) : ROB_OK;
}

/* A datetime where a date was expected: only midnight is one. */
static rob_status date_from_datetime(rob_datetime value, rob_date *out, rob_scalar_error *error)
{
    rob_time t = value.time;
    *out = value.date;
    if (!t.hour && !t.minute && !t.second && !t.microsecond) return ROB_OK;
    return rob_scalar_refuse(error, "date_from_datetime_inexact",
                             ROB_STR("Datetimes provided to dates should have zero time - e.g. be exact dates"));
}

rob_status rob_date_from_text(rob_arena *arena, rob_str text, bool strict, rob_date *out, rob_scalar_error *error)
{
    rob_datetime value;
    const char *why = parse_date(text, out);
    if (!why && out->year == 0) return fail(arena, error, "date_parsing", year_0_is_out);
    if (!why) return ROB_OK;
    if (strict) return fail(arena, error, "date_parsing", why);
    why = parse_datetime(text, &value);
    if (why) return fail(arena, error, "date_from_datetime_parsing", why);
    return date_from_datetime(value, out, error);
}

rob_status rob_date_from_number(rob_arena *arena, rob_str number, rob_date *out, rob_scalar_error *error)
{
    int64_t whole;
    uint32_t microseconds;
    rob_datetime value;
    rob_timestamp_from_json(number, &whole, &microseconds);
    const char *why = rob_datetime_from_unix(whole, microseconds, &value);
    if (why) return fail(arena, error, "date_from_datetime_parsing", why);
    return date_from_datetime(value, out, error);
}

rob_status rob_time_from_text(rob_arena *arena, rob_str text, rob_time *out, rob_scalar_error *error)
{
    const char *why = rob_time_at(text, 0, out);
    return why ? fail(arena, error, "time_parsing", why) : ROB_OK;
}

rob_status rob_time_from_number(rob_arena *arena, rob_str number, rob_time *out, rob_scalar_error *error)
{
    int64_t whole;
    uint32_t microseconds;
    rob_timestamp_from_json(number, &whole, &microseconds);
    if (whole < 0) return fail(arena, error, "time_parsing", "time in seconds should be positive");
    if (whole < INT64_MAX && microseconds == 1000000) {
        whole++;
        microseconds = 0;
    }
    if (whole > 86399)
        return fail(arena, error, "time_parsing", "numeric times may not exceed 86,399 seconds");
    *out = (rob_time){.hour = (uint8_t)(whole / 3600), .minute = (uint8_t)(whole / 60 % 60),
                      .second = (uint8_t)(whole % 60), .microsecond = microseconds, .has_offset = true};
    return ROB_OK;
}
