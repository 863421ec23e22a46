#include <math.h>

#include <robync/generated.h>

#include "base/arena.h"
#include "base/numbers.h"
#include "json_plain.h"

enum { FIRST_BUFFER = 512 };

void rob_writer_fail(rob_writer *w, rob_status status, rob_str field, const char *why)
{
    if (w->status != ROB_OK) return;
    w->status = status;
    w->where = field;
    w->why = why;
    /* Everything that follows is dropped without a further look at the status. */
    w->len = w->cap = 0;
}

bool rob_writer_grow(rob_writer *w, size_t n)
{
    if (w->status != ROB_OK) return false;
    size_t least = w->len + n, cap = w->cap ? w->cap * 2 : FIRST_BUFFER;
    if (least < n) cap = 0;
    else if (cap < least) cap = least;
    char *ptr = cap ? rob_arena_grow(w->arena, w->ptr, w->cap, cap) : NULL;
    if (!ptr) {
        rob_writer_fail(w, ROB_NO_MEMORY, (rob_str){0}, "out of memory");
        return false;
    }
    w->ptr = ptr;
    w->cap = cap;
    return true;
}

void rob_write_int(rob_writer *w, int64_t value)
{
    if (rob_writer_reserve(w, ROB_INT_TEXT)) w->len += rob_print_i64(w->ptr + w->len, value);
}

void rob_write_float(rob_writer *w, double value)
{
    if (!isfinite(value)) {
        rob_writer_fail(w, ROB_UNENCODABLE, (rob_str){0}, "a float that JSON cannot hold (NaN or infinity)");
    } else if (rob_writer_reserve(w, ROB_FLOAT_TEXT)) {
        w->len += rob_print_float(w->ptr + w->len, value);
    }
}

void rob_write_bool(rob_writer *w, bool value)
{
    if (value) ROB_WRITE(w, "true");
    else ROB_WRITE(w, "false");
}

void rob_write_null(rob_writer *w)
{
    ROB_WRITE(w, "null");
}

/* ------------------------------------------------------------------ strings */

/* The escapes of serde_json and of Python's json: short where JSON has a short one, else \u00xx. */
static void write_escape(rob_writer *w, unsigned char c)
{
    static const char names[] = "\"\\bfnrt", bytes[] = "\"\\\b\f\n\r\t", hex[] = "0123456789abcdef";
    const char *known = c ? strchr(bytes, c) : NULL;
    if (known) {
        char text[2] = {'\\', names[known - bytes]};
        rob_write_raw(w, text, sizeof text);
    } else {
        char text[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        rob_write_raw(w, text, sizeof text);
    }
}

/* Past plain bytes and well-formed sequences; NULL when the next bytes are not UTF-8. */
static const char *skip_unescaped(const char *at, const char *end)
{
    for (;;) {
        at = rob_skip_plain(at, end);
        if (at == end || (unsigned char)*at < 0x80) return at;
        at = rob_skip_sequence(at, end);
        if (!at) return NULL;
    }
}

/* From the first byte that is not plain to the closing quote. */
static void write_rest(rob_writer *w, const char *at, const char *end)
{
    while (at < end) {
        const char *run = at;
        at = skip_unescaped(at, end);
        if (!at) {
            rob_writer_fail(w, ROB_UNENCODABLE, (rob_str){0}, "a text that is not UTF-8");
            return;
        }
        rob_write_raw(w, run, (size_t)(at - run));
        if (at < end) write_escape(w, (unsigned char)*at++);
    }
    ROB_WRITE(w, "\"");
}

/* The bytes of a text of four to seven in one word: its first and its last four. */
static inline uint64_t ends_of(const char *at, size_t len)
{
    uint32_t first, last;
    memcpy(&first, at, 4);
    memcpy(&last, at + len - 4, 4);
    return first | (uint64_t)last << 32;
}

/* Copies text up to the first byte that is not plain and returns how many that were. Works in whole
 * words where it can: the caller has reserved a word more than the text, and what lies past the last good
 * byte is overwritten later. */
static inline size_t copy_plain(rob_str text, char *to)
{
    size_t at = 0;
    uint64_t word;
#ifdef __SSE2__
    for (; text.len - at >= 16 && !rob_special_mask(text.ptr + at); at += 16) memcpy(to + at, text.ptr + at, 16);
#endif
    for (; text.len - at >= 8; at += 8) {
        memcpy(&word, text.ptr + at, 8);
        memcpy(to + at, &word, 8);
        if (rob_special_bytes(word)) break;
    }
    size_t rest = text.len - at;
    if (rest >= 4 && rest < 8 && !rob_special_bytes(ends_of(text.ptr + at, rest))) {
        memcpy(to + at, text.ptr + at, 4);
        memcpy(to + text.len - 4, text.ptr + text.len - 4, 4);
        return text.len;
    }
    for (; at < text.len && rob_is_plain((unsigned char)text.ptr[at]); at++) to[at] = text.ptr[at];
    return at;
}

void rob_write_str(rob_writer *w, rob_str value)
{
    if (!rob_writer_reserve(w, value.len + 16)) return;
    char *to = w->ptr + w->len;
    *to++ = '"';
    size_t copied = copy_plain(value, to);
    to += copied;
    if (copied == value.len) *to++ = '"';
    w->len = (size_t)(to - w->ptr);
    if (copied < value.len) write_rest(w, value.ptr + copied, value.ptr + value.len);
}
