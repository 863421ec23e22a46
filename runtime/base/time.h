/* time.h: the calendar, without time zones of places, without libc's time functions.
 *
 * The proleptic Gregorian calendar, as ISO 8601 and Python have it. */
#ifndef ROB_BASE_TIME_H
#define ROB_BASE_TIME_H

#include <robync/types.h>

bool rob_is_leap_year(int year);

/* 28 to 31; 0 for a month outside 1 to 12. */
int rob_days_in_month(int year, int month);

/* Days from 1970-01-01 to this date, which must exist; negative before. */
int64_t rob_days_from_date(rob_date date);

/* The date that lies `days` after 1970-01-01. The result must be in the years 1 to 9999. */
rob_date rob_date_from_days(int64_t days);

/* 0 Monday to 6 Sunday. */
int rob_weekday(rob_date date);

/* `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7) for seconds since 1970. */
enum { ROB_HTTP_DATE_TEXT = 29 };
void rob_print_http_date(char out[ROB_HTTP_DATE_TEXT], int64_t seconds);

#endif
