/* robync/types.h: the values that cross every wall.
 *
 * The innermost header: it includes nothing of ours. Handlers, generated code, runtime and compiler
 * all use these types. C11; also compiles as C++17.
 *
 * Lifetimes: a rob_str or a list borrows. What a handler receives lives until its request ends; what a
 * handler returns must live until the reply is encoded, which happens right after it returns, so
 * memory of rob_alloc(), static memory and what belongs to the process state are all fine. */
#ifndef ROBYNC_TYPES_H
#define ROBYNC_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define ROB_NODISCARD __attribute__((warn_unused_result))
#define ROB_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define ROB_NODISCARD
#define ROB_PRINTF(text, first)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a function that can fail returns. The first error wins; the text is rob_status_text(). */
typedef enum rob_status {
    ROB_OK = 0,
    ROB_NO_MEMORY,  /* an arena reached its cap, or malloc failed: 413 or 500 */
    ROB_INVALID,    /* the input does not fit its type; an error list says how: 422 */
    ROB_BAD_SYNTAX, /* the body is not JSON: 422 json_invalid */
    ROB_UNREADABLE, /* not UTF-8, too deep, broken multipart: 400 */
    ROB_UNENCODABLE,/* a handler returned what its declared type forbids: 500 */
    ROB_FAILED      /* a handler or a system call failed: 500 */
} rob_status;

const char *rob_status_text(rob_status status);

/* Bytes with a length, not NUL-terminated. UTF-8 wherever it came out of a decoder. ptr may be NULL
 * only when len is 0. */
typedef struct rob_str {
    const char *ptr;
    size_t len; /* bytes */
} rob_str;

#ifdef __cplusplus
#define ROB_STR(literal) (rob_str{(literal), sizeof(literal) - 1})
#else
#define ROB_STR(literal) ((rob_str){(literal), sizeof(literal) - 1})
#endif
/* For a constant initializer in C, where a compound literal is not allowed. */
#define ROB_STR_INIT(literal) {(literal), sizeof(literal) - 1}
/* For printf's "%.*s". */
#define ROB_STR_ARG(s) (int)(s).len, (s).ptr

static inline rob_str rob_str_of(const char *text)
{
    rob_str s = {text, text ? strlen(text) : 0};
    return s;
}

static inline bool rob_str_eq(rob_str a, rob_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Whether a member that may be absent, null or both holds a value. A member with two states is a plain
 * `bool has_x` (false: absent, or null, whichever its type allows); only `f?: T?` needs all three. */
typedef uint8_t rob_has;
enum { ROB_ABSENT = 0, ROB_PRESENT = 1, ROB_NULL = 2 };

/* RFC 9562, in the order of the text form. */
typedef struct rob_uuid {
    uint8_t bytes[16];
} rob_uuid;

/* RFC 3339 full-date; year 1 to 9999. */
typedef struct rob_date {
    int16_t year;
    uint8_t month, day;
} rob_date;

/* RFC 3339 time with optional offset. */
typedef struct rob_time {
    uint32_t microsecond; /* 0 to 999,999 */
    int32_t offset;       /* seconds east of UTC; meaningful when has_offset */
    uint8_t hour, minute, second;
    bool has_offset;
} rob_time;

typedef struct rob_datetime {
    rob_date date;
    rob_time time;
} rob_datetime;

/* ISO 8601 duration, normalised as Python's timedelta: only days may be negative. */
typedef struct rob_duration {
    int32_t days;          /* -999,999,999 to 999,999,999 */
    uint32_t seconds;      /* 0 to 86,399 */
    uint32_t microseconds; /* 0 to 999,999 */
} rob_duration;

/* An exact decimal as its validated canonical text (what str(Decimal) prints). */
typedef struct rob_decimal {
    rob_str text;
} rob_decimal;

/* Any JSON value, as validated raw text. */
typedef struct rob_json {
    rob_str text;
} rob_json;

/* A member of a model with @extra(allow) that the model does not declare. */
typedef struct rob_extra_item {
    rob_str key;
    rob_json value;
} rob_extra_item;

typedef struct rob_extra_list {
    rob_extra_item *items;
    size_t count;
} rob_extra_list;

#ifdef __cplusplus
}
#endif
#endif
