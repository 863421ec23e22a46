#include "codec/datetime_grammar.h"

#include <math.h>

#include "base/numbers.h"
#include "base/time.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Two digits at text[at], which may lie beyond its end. */
static bool two_digits(rob_str text, size_t at, uint8_t *out)
{
    if (at + 2 > text.len || !is_digit(text.ptr[at]) || !is_digit(text.ptr[at + 1])) return false;
    *out = (uint8_t)((text.ptr[at] - '0') * 10 + (text.ptr[at + 1] - '0'));
    return true;
}

static bool byte_is(rob_str text, size_t at, char c)
{
    return at < text.len && text.ptr[at] == c;
}

/* ------------------------------------------------------------------ dates and times of day */

const char *rob_date_front(rob_str text, rob_date *out)
{
    uint8_t century, year;
    if (text.len < 10) return ROB_WHY_SHORT;
    if (!two_digits(text, 0, &century) || !two_digits(text, 2, &year)) return "invalid character in year";
    if (text.ptr[4] != '-') return "invalid date separator, expected `-`";
    if (!two_digits(text, 5, &out->month)) return "invalid character in month";
    if (text.ptr[7] != '-') return "invalid date separator, expected `-`";
    if (!two_digits(text, 8, &out->day)) return "invalid character in day";
    out->year = (int16_t)(century * 100 + year);
    int days = rob_days_in_month(out->year, out->month);
    if (!days) return "month value is outside expected range of 1-12";
    if (out->day < 1 || out->day > days) return "day value is outside expected range";
    return NULL;
}

/* The digits after a decimal sign at text[at - 1]. */
static const char *fraction_at(rob_str text, size_t at, uint32_t *microsecond, size_t *end)
{
    uint32_t scale = 1000000;
    size_t start = at;
    *microsecond = 0;
    for (; at < text.len && is_digit(text.ptr[at]); at++) {
        scale /= 10;
        *microsecond += scale * (uint32_t)(text.ptr[at] - '0');
    }
    *end = at;
    return at == start ? "second fraction digits missing after `.`" : NULL;
}

const char *rob_clock_at(rob_str text, size_t at, rob_time *out, size_t *end)
{
    if (text.len - at < 5) return ROB_WHY_SHORT;
    if (!two_digits(text, at, &out->hour)) return "invalid character in hour";
    if (text.ptr[at + 2] != ':') return "invalid time separator, expected `:`";
    if (!two_digits(text, at + 3, &out->minute)) return "invalid character in minute";
    if (out->hour > 23) return "hour value is outside expected range of 0-23";
    if (out->minute > 59) return "minute value is outside expected range of 0-59";
    out->second = 0;
    out->microsecond = 0;
    *end = at + 5;
    if (!byte_is(text, at + 5, ':')) return NULL;
    if (!two_digits(text, at + 6, &out->second)) return "invalid character in second";
    if (out->second > 59) return "second value is outside expected range of 0-59";
    *end = at + 8;
    if (!byte_is(text, at + 8, '.') && !byte_is(text, at + 8, ',')) return NULL;
    return fraction_at(text, at + 9, &out->microsecond, end);
}

static const char minus_sign[] = "\xE2\x88\x92"; /* U+2212, which ISO 8601 prefers to the hyphen */

/* ±HH:MM or ±HHMM from text[at] to its end. */
static const char *offset_at(rob_str text, size_t at, int32_t *offset)
{
    uint8_t hours, minutes;
    bool unicode_minus = text.len - at >= 3 && memcmp(text.ptr + at, minus_sign, 3) == 0;
    if (!unicode_minus && text.ptr[at] != '+' && text.ptr[at] != '-') return "invalid timezone sign";
    int sign = text.ptr[at] == '+' ? 1 : -1;
    at += unicode_minus ? 3 : 1;
    if (!two_digits(text, at, &hours)) return "invalid timezone hour";
    at += byte_is(text, at + 2, ':') ? 3 : 2;
    if (!two_digits(text, at, &minutes)) return "invalid timezone minute";
    if (minutes > 59) return "timezone minute value is outside expected range of 0-59";
    if (hours > 23) return "timezone offset must be less than 24 hours";
    *offset = sign * (hours * 3600 + minutes * 60);
    return at + 2 == text.len ? NULL : ROB_WHY_EXTRA;
}

const char *rob_time_at(rob_str text, size_t at, rob_time *out)
{
    size_t end;
    const char *why = rob_clock_at(text, at, out, &end);
    if (why) return why;
    out->has_offset = end < text.len;
    out->offset = 0;
    if (end == text.len) return NULL;
    if (text.ptr[end] != 'Z' && text.ptr[end] != 'z') return offset_at(text, end, &out->offset);
    return end + 1 == text.len ? NULL : ROB_WHY_EXTRA;
}

/* ------------------------------------------------------------------ Unix time */

enum {
    DAY = 86400 /* seconds */
};
static const int64_t milliseconds_from = 20000000000; /* greater magnitudes count milliseconds */
static const int64_t year_0 = -62167219200, year_9999_ends = 253402300799;

static rob_unix from_int(int64_t value)
{
    if (value <= milliseconds_from && value >= -milliseconds_from) return (rob_unix){value, 0};
    int64_t below = value % 1000 < 0; /* C rounds towards zero */
    return (rob_unix){value / 1000 - below, (uint32_t)((value % 1000 + 1000 * below) * 1000)};
}

static int64_t floor_of(double value)
{
    double below = floor(value);
    if (below >= 9223372036854775808.0) return INT64_MAX;
    return below < -9223372036854775808.0 ? INT64_MIN : (int64_t)below;
}

/* The whole part downwards; the rest is rounded by itself, perhaps up to a whole unit. */
static rob_unix from_double(double value)
{
    rob_unix at = from_int(floor_of(value));
    bool milliseconds = fabs(value) > (double)milliseconds_from;
    double rest = isfinite(value) ? value - floor(value) : 0;
    if (milliseconds && floor_of(value) == milliseconds_from) at = (rob_unix){milliseconds_from / 1000, 0};
    at.microseconds += (uint32_t)round(rest * (milliseconds ? 1e3 : 1e6));
    at.seconds += at.seconds < INT64_MAX ? at.microseconds / 1000000 : 0;
    at.microseconds %= 1000000;
    return at;
}

rob_unix rob_unix_from_json(rob_str number)
{
    int64_t whole;
    double value;
    if (rob_json_number_is_int(number) && rob_int_from_json(number, &whole) == ROB_NUMBER_OK) return from_int(whole);
    rob_number status = rob_float_from_json(number, &value);
    return status == ROB_NUMBER_OK ? from_double(value) : (rob_unix){value < 0 ? INT64_MIN : INT64_MAX, 0};
}

bool rob_unix_from_text(rob_str text, rob_unix *out)
{
    bool negative = byte_is(text, 0, '-');
    size_t at = negative || byte_is(text, 0, '+'), start = at;
    int64_t value = 0;
    double exact;
    while (at < text.len && is_digit(text.ptr[at])) at++;
    if (at > start && at + 1 == text.len && text.ptr[at] == '.') text.len--; /* `1.` is the integer */
    if (byte_is(text, at, '.')) { /* one that is out of range counts as none; an exponent may follow */
        if (rob_float_from_json(text, &exact) != ROB_NUMBER_OK) return false;
        *out = from_double(exact);
        return out->seconds >= year_0 && out->seconds <= year_9999_ends;
    }
    if (at < text.len || at == start) return false;
    for (at = start; at < text.len; at++)
        if (__builtin_mul_overflow(value, INT64_C(10), &value) ||
            __builtin_add_overflow(value, (int64_t)(text.ptr[at] - '0'), &value))
            return false;
    *out = from_int(negative ? -value : value);
    return true;
}

const char *rob_datetime_from_unix(rob_unix at, rob_datetime *out)
{
    if (at.seconds < year_0) return "dates before 0000 are not supported as unix timestamps";
    if (at.seconds > year_9999_ends) return "dates after 9999 are not supported as unix timestamps";
    int64_t days = (at.seconds - year_0) / DAY, rest = (at.seconds - year_0) % DAY;
    out->date = rob_date_from_days(days + year_0 / DAY);
    out->time = (rob_time){.hour = (uint8_t)(rest / 3600), .minute = (uint8_t)(rest / 60 % 60),
                           .second = (uint8_t)(rest % 60), .microsecond = at.microseconds, .has_offset = true};
    return NULL;
}
