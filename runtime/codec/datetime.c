#include "codec/datetime.h"

#include "codec/datetime_grammar.h"

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

/* RFC 3339 date-time with a choice of separators, or else a Unix time. Year 0 passes here. */
static const char *parse_datetime(rob_str text, rob_datetime *out)
{
    rob_unix at;
    const char *why = rob_date_front(text, &out->date);
    if (!why && (text.len == 10 || !memchr("Tt _", text.ptr[10], 4)))
        why = "invalid datetime separator, expected `T`, `t`, `_` or space";
    if (!why) why = rob_time_at(text, 11, &out->time);
    return why && rob_unix_from_text(text, &at) ? rob_datetime_from_unix(at, out) : why;
}

/* RFC 3339 full-date and nothing after it. Year 0 passes here. */
static const char *parse_date(rob_str text, rob_date *out)
{
    const char *why = rob_date_front(text, out);
    return !why && text.len > 10 ? ROB_WHY_EXTRA : why;
}

/* Only midnight is a date, too. */
static bool is_midnight(rob_time t)
{
    return !t.hour && !t.minute && !t.second && !t.microsecond;
}

/* A date where a datetime was expected. Its error is the one that is told, and that of the number if it
 * was one. */
static rob_status datetime_from_date(rob_arena *arena, rob_str text, rob_datetime *out, rob_scalar_error *error)
{
    rob_unix at;
    const char *why = parse_date(text, &out->date);
    if (why && rob_unix_from_text(text, &at)) why = rob_datetime_from_unix(at, out);
    out->time = (rob_time){0};
    return why ? fail(arena, error, "datetime_from_date_parsing", why) : ROB_OK;
}

/* Python's datetime begins with year 1. */
static rob_status check_year(rob_arena *arena, rob_date date, const char *type, rob_scalar_error *error)
{
    return date.year ? ROB_OK : fail(arena, error, type, "year 0 is out of range");
}

rob_status rob_datetime_from_text(rob_arena *arena, rob_str text, bool strict, rob_datetime *out,
                                  rob_scalar_error *error)
{
    rob_status status = ROB_OK;
    const char *why = parse_datetime(text, out);
    if (why && strict) status = fail(arena, error, "datetime_parsing", why);
    else if (why) status = datetime_from_date(arena, text, out, error);
    return status ? status : check_year(arena, out->date, "datetime_parsing", error);
}

rob_status rob_datetime_from_number(rob_arena *arena, rob_str number, rob_datetime *out, rob_scalar_error *error)
{
    const char *why = rob_datetime_from_unix(rob_unix_from_json(number), out);
    if (why) return fail(arena, error, "datetime_parsing", why);
    return check_year(arena, out->date, "datetime_parsing", error);
}

static rob_status date_from_datetime(rob_arena *arena, rob_datetime value, rob_date *out, rob_scalar_error *error)
{
    *out = value.date;
    if (is_midnight(value.time)) return check_year(arena, *out, "date_parsing", error);
    return rob_scalar_refuse(error, "date_from_datetime_inexact",
                             ROB_STR("Datetimes provided to dates should have zero time - e.g. be exact dates"));
}

/* A text that is no date: strict takes a Unix time of midnight in whole seconds, and nothing else. */
static rob_status strict_date(rob_arena *arena, rob_str text, const char *why, rob_date *out, rob_scalar_error *error)
{
    rob_unix at;
    rob_datetime value;
    if (memchr(text.ptr, '.', text.len) || !rob_unix_from_text(text, &at))
        return fail(arena, error, "date_parsing", why);
    at.microseconds = 0;
    why = rob_datetime_from_unix(at, &value);
    if (!why && !is_midnight(value.time)) why = "Timestamp is not an exact date";
    if (why) return fail(arena, error, "date_parsing", why);
    *out = value.date;
    return check_year(arena, *out, "date_parsing", error);
}

rob_status rob_date_from_text(rob_arena *arena, rob_str text, bool strict, rob_date *out, rob_scalar_error *error)
{
    rob_datetime value;
    const char *why = parse_date(text, out);
    if (!why) return check_year(arena, *out, "date_parsing", error);
    if (strict) return strict_date(arena, text, why, out, error);
    why = parse_datetime(text, &value);
    if (why) return fail(arena, error, "date_from_datetime_parsing", why);
    return date_from_datetime(arena, value, out, error);
}

rob_status rob_date_from_number(rob_arena *arena, rob_str number, rob_date *out, rob_scalar_error *error)
{
    rob_datetime value;
    const char *why = rob_datetime_from_unix(rob_unix_from_json(number), &value);
    if (why) return fail(arena, error, "date_from_datetime_parsing", why);
    return date_from_datetime(arena, value, out, error);
}

rob_status rob_time_from_text(rob_arena *arena, rob_str text, rob_time *out, rob_scalar_error *error)
{
    const char *why = rob_time_at(text, 0, out);
    return why ? fail(arena, error, "time_parsing", why) : ROB_OK;
}

rob_status rob_time_from_number(rob_arena *arena, rob_str number, rob_time *out, rob_scalar_error *error)
{
    rob_unix at = rob_unix_from_json(number);
    if (at.seconds < 0) return fail(arena, error, "time_parsing", "time in seconds should be positive");
    if (at.seconds > 86399)
        return fail(arena, error, "time_parsing", "numeric times may not exceed 86,399 seconds");
    *out = (rob_time){.hour = (uint8_t)(at.seconds / 3600), .minute = (uint8_t)(at.seconds / 60 % 60),
                      .second = (uint8_t)(at.seconds % 60), .microsecond = at.microseconds, .has_offset = true};
    return ROB_OK;
}
