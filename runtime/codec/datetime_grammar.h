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

/* Both numbers of a text's timestamp: whole seconds (or milliseconds), and microseconds. False when the
 * text is not [sign] digits [. digits]. */
bool rob_timestamp_from_text(rob_str text, int64_t *whole, uint32_t *microseconds);

/* The same of a JSON number. Beyond 64 bits it saturates. */
void rob_timestamp_from_json(rob_str number, int64_t *whole, uint32_t *microseconds);

/* Unix time to a datetime in UTC. */
const char *rob_datetime_from_unix(int64_t whole, uint32_t microseconds, rob_datetime *out);

#endif
