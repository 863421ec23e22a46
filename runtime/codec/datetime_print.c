#include "base/time.h"
#include "codec/datetime.h"

static char *two_digits(char *out, unsigned value)
{
    *out++ = (char)('0' + value / 10 % 10);
    *out++ = (char)('0' + value % 10);
    return out;
}

bool rob_date_valid(rob_date value)
{
    return value.year >= 1 && value.year <= 9999 && value.day >= 1 &&
           value.day <= rob_days_in_month(value.year, value.month);
}

bool rob_time_valid(rob_time value)
{
    return value.hour < 24 && value.minute < 60 && value.second < 60 && value.microsecond < 1000000 &&
           (!value.has_offset || (value.offset > -86400 && value.offset < 86400));
}

bool rob_datetime_valid(rob_datetime value)
{
    return rob_date_valid(value.date) && rob_time_valid(value.time);
}

static char *put_date(char *out, rob_date value)
{
    out = two_digits(out, (unsigned)value.year / 100);
    out = two_digits(out, (unsigned)value.year % 100);
    *out++ = '-';
    out = two_digits(out, value.month);
    *out++ = '-';
    return two_digits(out, value.day);
}

/* ±HH:MM; seconds of an offset, which no input can have, are not shown. */
static char *put_offset(char *out, int32_t offset)
{
    unsigned size = (unsigned)(offset < 0 ? -offset : offset);
    if (size < 60) {
        *out++ = 'Z';
        return out;
    }
    *out++ = offset < 0 ? '-' : '+';
    out = two_digits(out, size / 3600);
    *out++ = ':';
    return two_digits(out, size / 60 % 60);
}

static char *put_time(char *out, rob_time value)
{
    out = two_digits(out, value.hour);
    *out++ = ':';
    out = two_digits(out, value.minute);
    *out++ = ':';
    out = two_digits(out, value.second);
    if (value.microsecond) {
        *out++ = '.';
        out = two_digits(out, value.microsecond / 10000);
        out = two_digits(out, value.microsecond / 100 % 100);
        out = two_digits(out, value.microsecond % 100);
    }
    return value.has_offset ? put_offset(out, value.offset) : out;
}

size_t rob_print_date(char out[ROB_DATE_TEXT], rob_date value)
{
    return (size_t)(put_date(out, value) - out);
}

size_t rob_print_time(char out[ROB_TIME_TEXT], rob_time value)
{
    return (size_t)(put_time(out, value) - out);
}

size_t rob_print_datetime(char out[ROB_DATETIME_TEXT], rob_datetime value)
{
    char *at = put_date(out, value.date);
    *at++ = 'T';
    return (size_t)(put_time(at, value.time) - out);
}
