/* utf8.h: UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
 *
 * Pure functions; memory only where an arena is passed. */
#ifndef ROB_BASE_UTF8_H
#define ROB_BASE_UTF8_H

#include <robync/types.h>

#include "base/arena.h"

/* Whether all of text is UTF-8. Eight bytes at a time while they are ASCII. */
bool rob_utf8_valid(rob_str text);

/* Bytes before the first ill-formed sequence; text.len when all is well. */
size_t rob_utf8_valid_len(rob_str text);

/* Code points of text, which must be valid. */
size_t rob_utf8_count(rob_str text);

/* One code point from the front of text. Bytes it takes, 1 to 4; 0 when ill-formed or empty. */
size_t rob_utf8_decode(rob_str text, uint32_t *code_point);

/* Bytes written, 1 to 4. code_point must be a scalar value (not a surrogate). */
size_t rob_utf8_encode(char out[4], uint32_t code_point);

/* Each byte is one code point. Returns text itself when it is ASCII; ptr NULL (and len > 0 in text)
 * when memory is out. */
rob_str rob_utf8_from_latin1(rob_arena *arena, rob_str text);

/* Ill-formed parts become U+FFFD, one for each maximal part of a sequence (Unicode 3.9, table 3-8),
 * which is what Python's decode("utf-8", "replace") does. Returns text itself when it is valid; ptr NULL
 * when memory is out. */
rob_str rob_utf8_replace(rob_arena *arena, rob_str text);

/* Without white space at both ends: Unicode's White_Space, as Rust's trim() has it, and with U+001C to
 * U+001F as well, as Python's strip() has it. */
rob_str rob_utf8_trim(rob_str text);
rob_str rob_utf8_trim_python(rob_str text);

#endif
