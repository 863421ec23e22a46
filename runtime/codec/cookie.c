#include "base/utf8.h"
#include "codec/pairs.h"

static bool is_octal(char c, char most)
{
    return c >= '0' && c <= most;
}

/* Bytes of the escape at text[at], a backslash; *c is what it stands for. 0 at the end of text. */
static size_t escape_at(rob_str text, size_t at, uint32_t *c)
{
    const char *p = text.ptr + at;
    size_t left = text.len - at;
    if (left >= 4 && is_octal(p[1], '3') && is_octal(p[2], '7') && is_octal(p[3], '7')) {
        *c = (uint32_t)((p[1] - '0') << 6 | (p[2] - '0') << 3 | (p[3] - '0'));
        return 4;
    }
    if (left < 2) return 0;
    size_t len = rob_utf8_decode((rob_str){p + 1, left - 1}, c);
    return len ? 1 + len : 0;
}

/* As Python's http.cookies unquotes: without the quotes, \ooo is a code point, \c is c. */
static bool unquote(rob_arena *arena, rob_str *value)
{
    if (value->len < 2 || value->ptr[0] != '"' || value->ptr[value->len - 1] != '"') return true;
    *value = (rob_str){value->ptr + 1, value->len - 2};
    if (!value->len || !memchr(value->ptr, '\\', value->len)) return true;
    char *out = rob_arena_alloc(arena, value->len); /* an escape is never shorter than what it stands for */
    size_t len = 0;
    if (!out) return false;
    for (size_t i = 0; i < value->len;) {
        uint32_t c;
        size_t used = value->ptr[i] == '\\' ? escape_at(*value, i, &c) : 0;
        if (used) len += rob_utf8_encode(out + len, c);
        else out[len++] = value->ptr[i];
        i += used ? used : 1;
    }
    *value = (rob_str){out, len};
    return true;
}

rob_status rob_cookie_split(rob_arena *arena, rob_str text, rob_pairs *out)
{
    *out = (rob_pairs){0};
    rob_pair_list list = {.arena = arena, .out = out};
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.ptr + at, ';', text.len - at);
        rob_str chunk = {text.ptr + at, end ? (size_t)(end - text.ptr) - at : text.len - at};
        at += chunk.len + 1;
        const char *equals = chunk.len ? memchr(chunk.ptr, '=', chunk.len) : NULL;
        size_t name_len = equals ? (size_t)(equals - chunk.ptr) : 0, value_at = equals ? name_len + 1 : 0;
        rob_str name = rob_utf8_trim_python((rob_str){chunk.ptr, name_len});
        rob_str value = rob_utf8_trim_python((rob_str){chunk.ptr + value_at, chunk.len - value_at});
        if (!name.len && !value.len) continue;
        rob_pair *pair = rob_pairs_add(&list);
        if (!pair || !unquote(arena, &value)) return ROB_NO_MEMORY;
        pair->name = name;
        pair->value = value;
    }
    return ROB_OK;
}
