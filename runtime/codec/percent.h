/* percent.h: percent-encoding (RFC 3986, 2.1). Pure functions, linear time. */
#ifndef ROB_CODEC_PERCENT_H
#define ROB_CODEC_PERCENT_H

#include <robync/types.h>

#include "base/arena.h"

/* 0 to 15; -1 when c is no hexadecimal digit. */
int rob_hex_digit(char c);

/* Decode as Python's unquote() on bytes does: `%` without two digits stays. plus: `+` is a space, as in
 * queries and forms. The result may hold any bytes. Borrows text when nothing changes; ptr NULL (with
 * text.len > 0) when memory is out. */
rob_str rob_percent_decode(rob_arena *arena, rob_str text, bool plus);

/* Decode one path strictly: a bad escape, `%00`, or bytes that are not UTF-8 are ROB_UNREADABLE. A
 * decoded slash becomes NUL (see rob_match in generated.h). Borrows when nothing changes. */
ROB_NODISCARD rob_status rob_percent_decode_path(rob_arena *arena, rob_str path, rob_str *out);

/* Encode all but RFC 3986's unreserved characters (and `/` when slashes_stay). Borrows text when nothing
 * changes; ptr NULL when memory is out. */
rob_str rob_percent_encode(rob_arena *arena, rob_str text, bool slashes_stay);

#endif
