/* datetime.h: datetime, date, time and duration, from text and from JSON numbers, and to text.
 *
 * The grammar is that of Pydantic's parser (speedate): RFC 3339 with its laxities, and numbers as Unix
 * time, in milliseconds beyond 20,000,000,000. Errors carry its texts. Printers write no NUL, return
 * the bytes written, and expect values in range. */
#ifndef ROB_CODEC_DATETIME_H
#define ROB_CODEC_DATETIME_H

#include "codec/scalars.h"

/* From a text (JSON string or parameter). strict: a datetime without its time, or a date with one, is
 * refused, and so are texts that are numbers. */
ROB_NODISCARD rob_status rob_datetime_from_text(rob_arena *arena, rob_str text, bool strict, rob_datetime *out,
                                                rob_scalar_error *error);
ROB_NODISCARD rob_status rob_date_from_text(rob_arena *arena, rob_str text, bool strict, rob_date *out,
                                            rob_scalar_error *error);
ROB_NODISCARD rob_status rob_time_from_text(rob_arena *arena, rob_str text, rob_time *out,
                                            rob_scalar_error *error);
ROB_NODISCARD rob_status rob_duration_from_text(rob_arena *arena, rob_str text, rob_duration *out,
                                                rob_scalar_error *error);

/* From a JSON number, as written. Seconds; milliseconds when large (datetime, date). */
ROB_NODISCARD rob_status rob_datetime_from_number(rob_arena *arena, rob_str number, rob_datetime *out,
                                                  rob_scalar_error *error);
ROB_NODISCARD rob_status rob_date_from_number(rob_arena *arena, rob_str number, rob_date *out,
                                              rob_scalar_error *error);
ROB_NODISCARD rob_status rob_time_from_number(rob_arena *arena, rob_str number, rob_time *out,
                                              rob_scalar_error *error);
ROB_NODISCARD rob_status rob_duration_from_number(rob_arena *arena, rob_str number, rob_duration *out,
                                                  rob_scalar_error *error);

enum {
    ROB_DATE_TEXT = 10,     /* 2024-02-29 */
    ROB_TIME_TEXT = 24,     /* 12:34:56.000001+02:00 */
    ROB_DATETIME_TEXT = 36, /* 2024-02-29T12:34:56.000001+02:00 */
    ROB_DURATION_TEXT = 48  /* -P2737907Y4DT23H59M59.999999S */
};

/* Whether a handler's value is one that can be printed (fields in range, the day exists). */
bool rob_date_valid(rob_date value);
bool rob_time_valid(rob_time value);
bool rob_datetime_valid(rob_datetime value);
bool rob_duration_valid(rob_duration value);

/* As Pydantic serialises them: an offset of zero is `Z`, others stay; microseconds only if not zero. */
size_t rob_print_date(char out[ROB_DATE_TEXT], rob_date value);
size_t rob_print_time(char out[ROB_TIME_TEXT], rob_time value);
size_t rob_print_datetime(char out[ROB_DATETIME_TEXT], rob_datetime value);

/* ISO 8601 with years of 365 days, as Pydantic serialises a timedelta: P1DT2H, -PT1S, PT0S. */
size_t rob_print_duration(char out[ROB_DURATION_TEXT], rob_duration value);

#endif
