#include "codec/percent.h"

#include "base/utf8.h"

int rob_hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* The byte that `%XX` at text[at] stands for; -1 when two digits do not follow. */
static int escaped_byte(rob_str text, size_t at)
{
    if (text.len - at < 3) return -1;
    int high = rob_hex_digit(text.ptr[at + 1]), low = rob_hex_digit(text.ptr[at + 2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static bool has_byte(rob_str text, char c)
{
    return text.len && memchr(text.ptr, c, text.len);
}

rob_str rob_percent_decode(rob_arena *arena, rob_str text, bool plus)
{
    if (!has_byte(text, '%') && !(plus && has_byte(text, '+'))) return text;
    char *out = rob_arena_alloc(arena, text.len);
    size_t len = 0;
    if (!out) return (rob_str){0};
    for (size_t i = 0; i < text.len; i++) {
        int byte = text.ptr[i] == '%' ? escaped_byte(text, i) : -1;
        out[len++] = byte >= 0 ? (char)byte : plus && text.ptr[i] == '+' ? ' ' : text.ptr[i];
        if (byte >= 0) i += 2;
    }
    return (rob_str){out, len};
}

rob_status rob_percent_decode_path(rob_arena *arena, rob_str path, rob_str *out)
{
    *out = path;
    if (has_byte(path, '%')) {
        char *decoded = rob_arena_alloc(arena, path.len);
        size_t len = 0;
        if (!decoded) return ROB_NO_MEMORY;
        for (size_t i = 0; i < path.len; i++) {
            bool escape = path.ptr[i] == '%';
            int byte = escape ? escaped_byte(path, i) : (unsigned char)path.ptr[i];
            if (byte <= 0) return ROB_UNREADABLE;
            decoded[len++] = escape && byte == '/' ? '\0' : (char)byte;
            if (escape) i += 2;
        }
        *out = (rob_str){decoded, len};
    }
    return rob_utf8_valid(*out) ? ROB_OK : ROB_UNREADABLE;
}

/* RFC 3986, 2.3. */
static bool unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

rob_str rob_percent_encode(rob_arena *arena, rob_str text, bool slashes_stay)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t escapes = 0, len = 0;
    for (size_t i = 0; i < text.len; i++) escapes += !unreserved(text.ptr[i]) && !(slashes_stay && text.ptr[i] == '/');
    if (!escapes) return text;
    char *out = rob_arena_alloc(arena, text.len + 2 * escapes);
    if (!out) return (rob_str){0};
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (unreserved((char)c) || (slashes_stay && c == '/')) {
            out[len++] = (char)c;
            continue;
        }
        out[len++] = '%';
        out[len++] = digits[c >> 4];
        out[len++] = digits[c & 15];
    }
    return (rob_str){out, len};
}
