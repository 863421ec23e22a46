#include "text.h"

#include <stdio.h>

text text_new(rob_arena *arena)
{
    return (text){.arena = arena};
}

static void reserve(text *t, size_t more)
{
    t->ptr = arena_room(t->arena, t->ptr, &t->cap, (uint32_t)(t->len + more + 1), 1);
}

void text_add(text *t, rob_str s)
{
    reserve(t, s.len);
    if (s.len) memcpy(t->ptr + t->len, s.ptr, s.len);
    t->len += s.len;
}

void text_char(text *t, char c)
{
    reserve(t, 1);
    t->ptr[t->len++] = c;
}

static void format_into(text *t, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len > 0) {
        reserve(t, (size_t)len + 1);
        vsnprintf(t->ptr + t->len, (size_t)len + 1, format, again);
        t->len += (size_t)len;
    }
    va_end(again);
}

void text_format(text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    format_into(t, format, args);
    va_end(args);
}

rob_str text_done(text *t)
{
    reserve(t, 1);
    t->ptr[t->len] = 0;
    return (rob_str){t->ptr, t->len};
}

void text_json_string(text *t, rob_str s)
{
    text_char(t, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        switch (c) {
        case '"': text_add(t, ROB_STR("\\\"")); break;
        case '\\': text_add(t, ROB_STR("\\\\")); break;
        case '\n': text_add(t, ROB_STR("\\n")); break;
        case '\r': text_add(t, ROB_STR("\\r")); break;
        case '\t': text_add(t, ROB_STR("\\t")); break;
        default:
            if (c < 0x20) text_format(t, "\\u%04x", c);
            else text_char(t, (char)c);
        }
    }
    text_char(t, '"');
}

void text_python_string(text *t, rob_str s)
{
    bool single = s.len && memchr(s.ptr, '\'', s.len);
    char quote = single && !memchr(s.ptr, '"', s.len) ? '"' : '\'';
    text_char(t, quote);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '\n') text_add(t, ROB_STR("\\n"));
        else if (c == '\r') text_add(t, ROB_STR("\\r"));
        else if (c == '\t') text_add(t, ROB_STR("\\t"));
        else if (c < 0x20 || c == 0x7f) text_format(t, "\\x%02x", c);
        else {
            if (c == '\\' || c == (unsigned char)quote) text_char(t, '\\');
            text_char(t, (char)c);
        }
    }
    text_char(t, quote);
}
