#include "base/utf8.h"

/* Bytes of the well-formed sequence at p, 0 when there is none; *bad is then the length of its maximal
 * part (Unicode 3.9, D93b). The table of well-formed sequences is Unicode table 3-7. */
static size_t sequence(const unsigned char *p, size_t left, size_t *bad)
{
    static const unsigned char low_of[5] = {0xA0, 0x80, 0x90, 0x80, 0x80};
    static const unsigned char high_of[5] = {0xBF, 0x9F, 0xBF, 0x8F, 0xBF};
    size_t len = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
    *bad = 1;
    if (len <= 1) return len;
    /* The second byte has a narrower range after E0, ED, F0 and F4. */
    int range = p[0] == 0xE0 ? 0 : p[0] == 0xED ? 1 : p[0] == 0xF0 ? 2 : p[0] == 0xF4 ? 3 : 4;
    unsigned char low = range == 4 ? 0x80 : low_of[range], high = high_of[range];
    for (size_t i = 1; i < len; i++) {
        if (i >= left || p[i] < low || p[i] > high) return 0;
        *bad = i + 1;
        low = 0x80;
        high = 0xBF;
    }
    return len;
}

static bool eight_ascii(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

size_t rob_utf8_valid_len(rob_str text)
{
    size_t i = 0, bad;
    while (i < text.len) {
        if (text.len - i >= 8 && eight_ascii(text.ptr + i)) {
            i += 8;
            continue;
        }
        size_t len = sequence((const unsigned char *)text.ptr + i, text.len - i, &bad);
        if (!len) break;
        i += len;
    }
    return i;
}

bool rob_utf8_valid(rob_str text)
{
    return rob_utf8_valid_len(text) == text.len;
}

size_t rob_utf8_count(rob_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

size_t rob_utf8_decode(rob_str text, uint32_t *code_point)
{
    static const unsigned char lead_bits[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t bad;
    size_t len = text.len ? sequence(p, text.len, &bad) : 0;
    if (!len) return 0;
    uint32_t c = p[0] & lead_bits[len];
    for (size_t i = 1; i < len; i++) c = c << 6 | (p[i] & 0x3F);
    *code_point = c;
    return len;
}

size_t rob_utf8_encode(char out[4], uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len - 1; i > 0; i--, c >>= 6) out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(lead[len] | c);
    return len;
}

rob_str rob_utf8_from_latin1(rob_arena *arena, rob_str text)
{
    size_t high = 0;
    for (size_t i = 0; i < text.len; i++) high += (unsigned char)text.ptr[i] >= 0x80;
    if (!high) return text;
    char *out = rob_arena_alloc(arena, text.len + high);
    if (!out) return (rob_str){0};
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) len += rob_utf8_encode(out + len, (unsigned char)text.ptr[i]);
    return (rob_str){out, len};
}

/* Bytes of text with its ill-formed parts replaced; written to out unless it is NULL. */
static size_t replaced(rob_str text, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len;) {
        size_t bad, good = sequence((const unsigned char *)text.ptr + i, text.len - i, &bad);
        size_t step = good ? good : 3;
        if (out) memcpy(out + len, good ? text.ptr + i : "\xEF\xBF\xBD", step);
        len += step;
        i += good ? good : bad;
    }
    return len;
}

rob_str rob_utf8_replace(rob_arena *arena, rob_str text)
{
    if (rob_utf8_valid(text)) return text;
    char *out = rob_arena_alloc(arena, replaced(text, NULL));
    if (!out) return (rob_str){0};
    return (rob_str){out, replaced(text, out)};
}

/* Unicode's property White_Space. */
static bool white(uint32_t c)
{
    return (c >= 9 && c <= 13) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

/* Python's str.strip() takes the four separators of ASCII, too. */
static bool white_for(uint32_t c, bool python)
{
    return white(c) || (python && c >= 0x1C && c <= 0x1F);
}

static rob_str trim(rob_str text, bool python)
{
    uint32_t c;
    for (size_t len; (len = rob_utf8_decode(text, &c)) && white_for(c, python);) {
        text.ptr += len;
        text.len -= len;
    }
    while (text.len) {
        size_t at = text.len - 1;
        while (at && ((unsigned char)text.ptr[at] & 0xC0) == 0x80) at--;
        rob_str last = {text.ptr + at, text.len - at};
        if (rob_utf8_decode(last, &c) != last.len || !white_for(c, python)) break;
        text.len = at;
    }
    return text;
}

rob_str rob_utf8_trim(rob_str text)
{
    return trim(text, false);
}

rob_str rob_utf8_trim_python(rob_str text)
{
    return trim(text, true);
}
