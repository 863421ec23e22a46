#include "base/time.h"

bool rob_is_leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int rob_days_in_month(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) return 0;
    return days[month - 1] + (month == 2 && rob_is_leap_year(year));
}

/* Years are counted from March, so that the leap day is a year's last; 400 years have 146,097 days; 719,468
 * days lie between 0000-03-01 and 1970-01-01. */
int64_t rob_days_from_date(rob_date date)
{
    int64_t year = date.year - (date.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12; /* March is 0 */
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

rob_date rob_date_from_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day = days - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= 365 * year + year / 4 - year / 100;
    int64_t month = (5 * day + 2) / 153; /* March is 0 */
    day -= (153 * month + 2) / 5;
    bool next_year = month >= 10;
    return (rob_date){.year = (int16_t)(year + era * 400 + next_year),
                      .month = (uint8_t)(next_year ? month - 9 : month + 3),
                      .day = (uint8_t)(day + 1)};
}

/* 1970-01-01 was a Thursday. */
static int weekday_of_days(int64_t days)
{
    return (int)(((days + 3) % 7 + 7) % 7);
}

int rob_weekday(rob_date date)
{
    return weekday_of_days(rob_days_from_date(date));
}

static void two_digits(char *out, int value)
{
    out[0] = (char)('0' + value / 10 % 10);
    out[1] = (char)('0' + value % 10);
}

void rob_print_http_date(char out[ROB_HTTP_DATE_TEXT], int64_t seconds)
{
    int64_t days = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
    int time = (int)(seconds - days * 86400);
    rob_date date = rob_date_from_days(days);
    memcpy(out, "Sun, 06 Nov 1994 08:49:37 GMT", ROB_HTTP_DATE_TEXT);
    memcpy(out, &"MonTueWedThuFriSatSun"[3 * weekday_of_days(days)], 3);
    two_digits(out + 5, date.day);
    memcpy(out + 8, &"JanFebMarAprMayJunJulAugSepOctNovDec"[3 * (date.month - 1)], 3);
    two_digits(out + 12, date.year / 100);
    two_digits(out + 14, date.year);
    two_digits(out + 17, time / 3600);
    two_digits(out + 20, time / 60 % 60);
    two_digits(out + 23, time % 60);
}
