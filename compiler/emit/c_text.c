/* c_text.c: literals and comments. */
#include <stdarg.h>
#include <stdio.h>

#include "base/numbers.h"
#include "base/utf8.h"
#include "c.h"

rob_str c_format(c_emitter *e, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    rob_str made = arena_format_list(e->arena, format, args);
    va_end(args);
    return made;
}

rob_str c_number(c_emitter *e, uint64_t number)
{
    char digits[ROB_INT_TEXT];
    size_t len = rob_print_u64(digits, number);
    return arena_text(e->arena, (rob_str){digits, len});
}

rob_str c_int64(c_emitter *e, int64_t number)
{
    /* C has no literal for it: -9223372036854775808 is minus an unsigned number. */
    if (number == INT64_MIN) return ROB_STR("INT64_MIN");
    char digits[ROB_INT_TEXT];
    size_t len = rob_print_i64(digits, number);
    return arena_text(e->arena, (rob_str){digits, len});
}

rob_str c_double(c_emitter *e, double number)
{
    char digits[ROB_FLOAT_TEXT];
    size_t len = rob_print_float_repr(digits, number); /* 1.0, 1e-05: C has the same grammar */
    return arena_text(e->arena, (rob_str){digits, len});
}

/* Code points that turn the order of a line around, or that an editor would not show. Compilers warn
 * of some, and a reader would be misled. */
static bool is_invisible(uint32_t point)
{
    return point == 0x061C || point == 0xFEFF || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) ||
           (point >= 0x80 && point < 0xA0);
}

static void add_escaped(text *out, unsigned char c)
{
    switch (c) {
    case '\n': text_add(out, ROB_STR("\\n")); return;
    case '\r': text_add(out, ROB_STR("\\r")); return;
    case '\t': text_add(out, ROB_STR("\\t")); return;
    case '"': text_add(out, ROB_STR("\\\"")); return;
    case '\\': text_add(out, ROB_STR("\\\\")); return;
    }
    /* Three octal digits: never swallows the digit that follows, as \x would. */
    char octal[4] = {'\\', (char)('0' + (c >> 6)), (char)('0' + (c >> 3 & 7)), (char)('0' + (c & 7))};
    text_add(out, (rob_str){octal, 4});
}

static bool needs_escape(unsigned char c, bool after_question_mark)
{
    return c < 0x20 || c == '"' || c == '\\' || c >= 0x7F || (c == '?' && after_question_mark);
}

/* Bytes from the front that stand in a literal as they are. `before` is the one in front of them. */
static size_t plain_len(rob_str text, char before)
{
    size_t len = 0;
    for (; len < text.len; len++) {
        char last = len ? text.ptr[len - 1] : before;
        if (needs_escape((unsigned char)text.ptr[len], last == '?')) break;
    }
    return len;
}

/* One code point that is not plain. Bytes taken. */
static size_t add_special(text *out, rob_str rest)
{
    uint32_t point;
    size_t len = (unsigned char)*rest.ptr < 0x80 ? 1 : rob_utf8_decode(rest, &point);
    if (len > 1 && !is_invisible(point)) {
        text_add(out, (rob_str){rest.ptr, len});
        return len;
    }
    if (len == 0) len = 1;
    for (size_t i = 0; i < len; i++) add_escaped(out, (unsigned char)rest.ptr[i]);
    return len;
}

rob_str c_string(c_emitter *e, rob_str value)
{
    text out = text_new(e->arena);
    char before = ' ';
    text_char(&out, '"');
    while (value.len) {
        size_t len = plain_len(value, before);
        text_add(&out, (rob_str){value.ptr, len});
        if (len < value.len) len += add_special(&out, (rob_str){value.ptr + len, value.len - len});
        before = value.ptr[len - 1];
        value = (rob_str){value.ptr + len, value.len - len};
    }
    text_char(&out, '"');
    return text_done(&out);
}

/* The next byte would end this comment, seem to begin one, or make a trigraph. */
static bool splits_comment(char before, char before_that, char c)
{
    return (before == '*' && c == '/') || (before == '/' && c == '*') || (before == '?' && before_that == '?');
}

rob_str c_comment(c_emitter *e, rob_str value)
{
    text out = text_new(e->arena);
    for (size_t i = 0, len; i < value.len; i += len) {
        rob_str rest = {value.ptr + i, value.len - i};
        unsigned char c = (unsigned char)*rest.ptr;
        uint32_t point = c;
        len = c < 0x80 ? 1 : rob_utf8_decode(rest, &point);
        bool fine = len && !is_invisible(point) && (c >= 0x20 || c == '\n' || c == '\t') && c != 0x7F;
        if (len == 0) len = 1;
        if (!fine) continue;
        char before = out.len ? out.ptr[out.len - 1] : ' ', before_that = out.len > 1 ? out.ptr[out.len - 2] : ' ';
        if (splits_comment(before, before_that, (char)c)) text_char(&out, ' ');
        text_add(&out, (rob_str){rest.ptr, len});
    }
    return text_done(&out);
}

rob_str c_place(c_emitter *e, span at)
{
    if (!e->api->texts || at.file >= e->api->texts->count) return (rob_str){0};
    const source *src = e->api->texts->items[at.file];
    uint32_t line, column;
    source_position(src, at.start, &line, &column);
    /* The file's name without its folder: the same spec gives the same output wherever it lies. */
    rob_str name = src->path;
    for (size_t i = name.len; i > 0; i--) {
        if (name.ptr[i - 1] != '/') continue;
        name = (rob_str){name.ptr + i, name.len - i};
        break;
    }
    return c_comment(e, c_format(e, "%.*s:%u", ROB_STR_ARG(name), line));
}

rob_str c_comment_line(c_emitter *e, rob_str value)
{
    rob_str safe = c_comment(e, value);
    char *flat = (char *)safe.ptr; /* c_comment has just made it for us */
    for (size_t i = 0; i < safe.len; i++) {
        if (flat[i] == '\n') flat[i] = ' ';
    }
    return safe;
}

rob_str c_side_note(c_emitter *e, rob_str note)
{
    if (!note.len) return note;
    return c_format(e, " /* %.*s */", ROB_STR_ARG(c_comment_line(e, note)));
}

rob_str c_block_comment(c_emitter *e, rob_str lines)
{
    text out = text_new(e->arena);
    const char *end = lines.ptr + lines.len;
    while (end > lines.ptr && end[-1] == '\n') end--;
    for (const char *line = lines.ptr; line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *stop = newline ? newline : end;
        text_add(&out, line == lines.ptr ? ROB_STR("/* ") : ROB_STR("\n * "));
        text_add(&out, (rob_str){line, (size_t)(stop - line)});
        line = stop + (newline != NULL);
    }
    text_add(&out, ROB_STR(" */"));
    return text_done(&out);
}

rob_str c_inline(text *made)
{
    while (made->len && made->ptr[made->len - 1] == '\n') made->len--;
    return text_done(made);
}
