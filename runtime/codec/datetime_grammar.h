/* datetime_grammar.h: the productions that dates, times and durations share. Private to the datetime_*.c
 * and duration.c files.
 *
 * Each parser answers NULL, or why the text does not fit, in the words of Pydantic's parser. */
#ifndef ROB_CODEC_DATETIME_GRAMMAR_H
#define ROB_CODEC_DATETIME_GRAMMAR_H

#include "codec/datetime.h"

#define ROB_WHY_SHORT "input is too short"
#define ROB_WHY_EXTRA "unexpected extra characters at the end of the input"

/* YYYY-MM-DD at the front of text. Year 0 passes here. */
const char *rob_date_front(rob_str text, rob_date *out);

/* HH:MM[:SS[.ffffff]] from text[at] on; *end is where it stops. Digits after the sixth are cut off. */
const char *rob_clock_at(rob_str text, size_t at, rob_time *out, size_t *end);

/* The same with an optional offset, to the end of text. */
const char *rob_time_at(rob_str text, size_t at, rob_time *out);

/* Seconds since 1970, downwards, and the rest. */
typedef struct rob_unix {
    int64_t seconds;       /* saturated */
    uint32_t microseconds; /* 0 to 999,999 */
} rob_unix;

/* A text that is [sign] digits [. digits [exponent]]. Values beyond ±20,000,000,000 count milliseconds. False when it
 * is none, or beyond 64 bits, or has a point and no datetime is so far away. */
bool rob_unix_from_text(rob_str text, rob_unix *out);

/* The same of a JSON number. */
rob_unix rob_unix_from_json(rob_str number);

/* A datetime in UTC. Year 0 passes here. */
const char *rob_datetime_from_unix(rob_unix at, rob_datetime *out);

#endif
