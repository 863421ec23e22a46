#include <math.h>

#include "base/numbers.h"
#include "codec/datetime_grammar.h"

/* A duration while it is read: a magnitude whose sign stands apart. */
typedef struct span {
    bool negative;
    uint32_t days, seconds, microseconds;
} span;

static const char too_large[] = "a numeric value in the duration is too large";
static const char too_many_hours[] = "durations may not exceed 999,999,999 hours";
static const char too_many_days[] = "durations may not exceed 999,999,999 days";

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int byte_at(rob_str text, size_t at)
{
    return at < text.len ? (unsigned char)text.ptr[at] : -1;
}

/* The letter in any case; the end of the text is no letter. */
static bool letter_at(rob_str text, size_t at, char letter)
{
    return at < text.len && (text.ptr[at] | 0x20) == letter;
}

static const char *number_at(rob_str text, size_t *at, uint32_t *out)
{
    size_t start = *at;
    *out = 0;
    for (; *at < text.len && is_digit(text.ptr[*at]); (*at)++)
        if (__builtin_mul_overflow(*out, UINT32_C(10), out) ||
            __builtin_add_overflow(*out, (uint32_t)(text.ptr[*at] - '0'), out))
            return too_large;
    return *at == start ? "invalid digit in duration" : NULL;
}

/* The digits after a decimal sign at text[*at], if there is one. */
static bool fraction_at(rob_str text, size_t *at, double *out)
{
    double digits = 0, scale = 1;
    if (byte_at(text, *at) != '.' && byte_at(text, *at) != ',') return false;
    for ((*at)++; *at < text.len && is_digit(text.ptr[*at]); (*at)++) {
        digits = digits * 10 + (text.ptr[*at] - '0');
        scale *= 10;
    }
    *out = digits / scale;
    return true;
}

/* Days of a unit before `T`, seconds of one after it; 0 for no unit. */
static uint32_t unit_size(int letter, bool after_t)
{
    switch (letter) {
    case 'D': return after_t ? 0 : 1;
    case 'W': return after_t ? 0 : 7;
    case 'M': return after_t ? 60 : 30;
    case 'Y': return after_t ? 0 : 365;
    case 'H': return after_t ? 3600 : 0;
    case 'S': return after_t ? 1 : 0;
    }
    return 0;
}

static bool add_scaled(uint32_t *sum, uint32_t value, uint32_t scale)
{
    return !__builtin_mul_overflow(value, scale, &value) && !__builtin_add_overflow(*sum, value, sum);
}

static bool add_seconds(span *s, double seconds)
{
    double whole = trunc(seconds);
    s->microseconds += (uint32_t)round((seconds - whole) * 1e6);
    return add_scaled(&s->seconds, (uint32_t)whole, 1);
}

static bool add_fraction(span *s, double fraction, uint32_t unit, bool after_t)
{
    double amount = fraction * unit;
    if (!isfinite(amount)) return true; /* more than 308 digits: Pydantic's quotient is NaN, which adds 0 */
    if (after_t) return add_seconds(s, amount);
    return add_scaled(&s->days, (uint32_t)trunc(amount), 1) && add_seconds(s, (amount - trunc(amount)) * 86400);
}

/* One number with its unit. A fraction may only be in the last one. */
static const char *component_at(rob_str text, size_t *at, bool after_t, bool *fraction_seen, span *s)
{
    uint32_t value;
    double fraction;
    const char *why = number_at(text, at, &value);
    if (why) return why;
    if (*fraction_seen) return "quantity fraction invalid in duration";
    *fraction_seen = fraction_at(text, at, &fraction);
    uint32_t unit = unit_size(byte_at(text, *at), after_t);
    if (!unit)
        return after_t ? "quantity invalid in time part of duration" : "quantity invalid in date part of duration";
    (*at)++;
    if (!add_scaled(after_t ? &s->seconds : &s->days, value, unit)) return too_large;
    return *fraction_seen && !add_fraction(s, fraction, unit, after_t) ? too_large : NULL;
}

/* ISO 8601 after its `P`. */
static const char *parse_iso(rob_str text, size_t at, span *s)
{
    bool after_t = false, fraction_seen = false, any = false;
    while (at < text.len) {
        const char *why;
        if (text.ptr[at] != 'T') {
            why = component_at(text, &at, after_t, &fraction_seen, s);
            any = true;
        } else {
            why = after_t ? "`t` character repeated in duration" : NULL;
            after_t = true;
            at++;
        }
        if (why) return why;
    }
    return any ? NULL : ROB_WHY_SHORT;
}

/* The minutes and seconds after `hours:`, as a clock that says 00 hours. */
static const char *parse_minutes(rob_str text, span *s)
{
    char clock[15] = "00:";
    rob_time t;
    size_t end, len = text.len < sizeof clock - 3 ? text.len : sizeof clock - 3;
    memcpy(clock + 3, text.ptr, len);
    const char *why = rob_clock_at((rob_str){clock, len + 3}, 0, &t, &end);
    if (why) return why;
    s->seconds += t.minute * 60u + t.second;
    s->microseconds = t.microsecond;
    return end == len + 3 ? NULL : ROB_WHY_EXTRA;
}

/* H…:MM[:SS[.ffffff]] from text[at] on. */
static const char *parse_clock(rob_str text, size_t at, uint64_t most_hours, span *s)
{
    if (text.len - at < 5) return ROB_WHY_SHORT;
    rob_str rest = {text.ptr + at, text.len - at};
    const char *colon = memchr(rest.ptr, ':', rest.len);
    if (!colon) return "invalid character in hour";
    size_t digits = (size_t)(colon - rest.ptr);
    if (digits > 10) return too_many_hours;
    uint64_t hours = 0;
    for (size_t i = 0; i < digits; i++) {
        if (!is_digit(rest.ptr[i])) return "invalid character in hour";
        hours = hours * 10 + (uint64_t)(rest.ptr[i] - '0');
    }
    if (hours > 999999999) return too_many_hours;
    s->days += (uint32_t)(hours / 24);
    s->seconds = (uint32_t)(hours % 24 * 3600);
    const char *why = parse_minutes((rob_str){colon + 1, rest.len - digits - 1}, s);
    return !why && hours > most_hours ? too_many_hours : why;
}

/* After the digits of `3 days, 01:00`: the word and what separates it. False when it is not `d`, `day` or
 * `days`. */
static bool skip_day_word(rob_str text, size_t *at)
{
    *at += byte_at(text, *at) == ' ';
    if (!letter_at(text, *at, 'd')) return false;
    (*at)++;
    if (letter_at(text, *at, 'a')) {
        if (!letter_at(text, *at + 1, 'y')) return false;
        *at += letter_at(text, *at + 2, 's') ? 3 : 2;
    }
    *at += byte_at(text, *at) == ',';
    *at += byte_at(text, *at) == ' ';
    return true;
}

static const char *parse_days(rob_str text, size_t at, span *s)
{
    if (at == text.len) return ROB_WHY_SHORT;
    const char *why = number_at(text, &at, &s->days);
    if (why) return why;
    if (!skip_day_word(text, &at)) return "\"day\" identifier in duration not correctly formatted";
    return at < text.len ? parse_clock(text, at, 23, s) : NULL;
}

static const char *parse(rob_str text, span *s)
{
    *s = (span){.negative = byte_at(text, 0) == '-'};
    if (!text.len) return ROB_WHY_SHORT;
    size_t at = text.ptr[0] == '-' || text.ptr[0] == '+';
    if (byte_at(text, at) == 'P') return parse_iso(text, at + 1, s);
    bool names_days = memchr(text.ptr, 'd', text.len) || memchr(text.ptr, 'D', text.len);
    return names_days || text.len - at < 5 ? parse_days(text, at, s) : parse_clock(text, at, 999999999, s);
}

/* Carry, then give the sign to the days alone. NULL, or why it is out of range. */
static const char *normalise(span s, rob_duration *out)
{
    uint64_t seconds = (uint64_t)s.seconds + s.microseconds / 1000000;
    int64_t days = (int64_t)(s.days + seconds / 86400);
    int64_t second = (int64_t)(seconds % 86400), micro = s.microseconds % 1000000;
    if (days > 999999999) return too_many_days;
    if (s.negative) {
        micro = -micro;
        second = -second - (micro < 0);
        days = -days - (second < 0);
        micro += micro < 0 ? 1000000 : 0;
        second += second < 0 ? 86400 : 0;
    }
    if (days < -999999999) return too_many_days; /* Python raises OverflowError, a 500 in FastAPI */
    *out = (rob_duration){(int32_t)days, (uint32_t)second, (uint32_t)micro};
    return NULL;
}

static rob_status fail(rob_arena *arena, rob_scalar_error *error, const char *why)
{
    return rob_scalar_fail(arena, error, "time_delta_parsing", "Input should be a valid timedelta, ", "error",
                           rob_str_of(why));
}

rob_status rob_duration_from_text(rob_arena *arena, rob_str text, rob_duration *out, rob_scalar_error *error)
{
    span s;
    const char *why = parse(text, &s);
    if (!why) why = normalise(s, out);
    return why ? fail(arena, error, why) : ROB_OK;
}

rob_status rob_duration_from_number(rob_arena *arena, rob_str number, rob_duration *out, rob_scalar_error *error)
{
    int64_t whole;
    double value = 0;
    uint32_t microseconds = 0;
    bool negative = number.ptr[0] == '-';
    rob_str size = {number.ptr + negative, number.len - negative}; /* the sign comes last */
    if (!rob_json_number_is_int(size) || rob_int_from_json(size, &whole) != ROB_NUMBER_OK) {
        if (rob_float_from_json(size, &value) != ROB_NUMBER_OK || value >= 1e18)
            return fail(arena, error, too_many_days);
        whole = (int64_t)value;
        microseconds = (uint32_t)round((value - trunc(value)) * 1e6);
    }
    if (whole / 86400 > 999999999) return fail(arena, error, too_many_days);
    span s = {negative, (uint32_t)(whole / 86400), (uint32_t)(whole % 86400), microseconds};
    const char *why = normalise(s, out);
    return why ? fail(arena, error, why) : ROB_OK;
}

/* ------------------------------------------------------------------ printing */

bool rob_duration_valid(rob_duration value)
{
    return value.days >= -999999999 && value.days <= 999999999 && value.seconds < 86400 &&
           value.microseconds < 1000000;
}

/* The magnitude; true when value is negative. */
static bool magnitude_of(rob_duration value, span *s)
{
    *s = (span){false, (uint32_t)value.days, value.seconds, value.microseconds};
    if (value.days >= 0) return false;
    uint32_t micro = value.microseconds ? 1000000 - value.microseconds : 0;
    uint32_t seconds = value.seconds + (value.microseconds > 0);
    s->microseconds = micro;
    s->seconds = seconds ? 86400 - seconds : 0;
    s->days = (uint32_t)-value.days - (seconds > 0);
    return true;
}

static char *put_number(char *out, uint32_t value, char unit)
{
    char digits[ROB_INT_TEXT];
    size_t len = rob_print_u64(digits, value);
    if (!value) return out;
    memcpy(out, digits, len);
    out[len] = unit;
    return out + len + 1;
}

static char *put_seconds(char *out, uint32_t seconds, uint32_t microseconds)
{
    char digits[ROB_INT_TEXT];
    if (!microseconds) return put_number(out, seconds, 'S');
    size_t len = rob_print_u64(out, seconds);
    out[len++] = '.';
    (void)rob_print_u64(digits, 1000000 + microseconds);
    int places = 6;
    while (digits[places] == '0') places--;
    memcpy(out + len, digits + 1, (size_t)places);
    out[len + (size_t)places] = 'S';
    return out + len + places + 1;
}

size_t rob_print_duration(char out[ROB_DURATION_TEXT], rob_duration value)
{
    span s;
    char *at = out;
    if (magnitude_of(value, &s)) *at++ = '-';
    *at++ = 'P';
    at = put_number(at, s.days / 365, 'Y');
    at = put_number(at, s.days % 365, 'D');
    if (s.seconds || s.microseconds) {
        *at++ = 'T';
        at = put_number(at, s.seconds / 3600, 'H');
        at = put_number(at, s.seconds / 60 % 60, 'M');
        at = put_seconds(at, s.seconds % 60, s.microseconds);
    } else if (!s.days) {
        memcpy(at, "T0S", 3);
        at += 3;
    }
    return (size_t)(at - out);
}
