#include "codec/email_chars.h"

#include <stdlib.h>

#include "base/utf8.h"

static bool is_alnum(uint32_t c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* RFC 5322, 3.2.3, and dots. */
static bool is_ascii_atext_dot(uint32_t c)
{
    return c && c < 0x80 && (is_alnum(c) || strchr("_!#$%&'*+-/=?^`{|}~.", (int)c));
}

bool rob_email_is_atext_dot(uint32_t c, bool first)
{
    (void)first;
    return c >= 0x80 || is_ascii_atext_dot(c);
}

bool rob_email_is_name(uint32_t c, bool first)
{
    (void)first;
    return c == ' ' || (c != '.' && is_ascii_atext_dot(c));
}

bool rob_email_is_qtext(uint32_t c, bool first)
{
    (void)first;
    return c >= ' ' && c != 0x7F;
}

bool rob_email_is_hostname(uint32_t c, bool first)
{
    (void)first;
    return c >= 0x80 || c == '-' || c == '.' || is_alnum(c);
}

bool rob_email_is_literal(uint32_t c, bool first)
{
    (void)first;
    return c >= 0x21 && c <= 0xFA;
}

typedef struct range {
    uint32_t from, to;
} range;

static bool in_ranges(const range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].from && c <= ranges[i].to) return true;
    return false;
}

/* General category C: controls, formats, surrogates, private use, noncharacters; and Zl, Zp. */
static bool is_control(uint32_t c)
{
    static const range ranges[] = {
        {0x00, 0x1F},       {0x7F, 0x9F},       {0xAD, 0xAD},       {0x600, 0x605},     {0x61C, 0x61C},
        {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x8E2, 0x8E2},     {0x180E, 0x180E},   {0x200B, 0x200F},
        {0x2028, 0x202E},   {0x2060, 0x206F},   {0xD800, 0xF8FF},   {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF},
        {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF},   {0x110BD, 0x110BD}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
        {0xE0000, 0xE00FF}, {0xE01F0, 0x10FFFF}};
    return in_ranges(ranges, sizeof ranges / sizeof *ranges, c);
}

/* General category M, the blocks that are marks throughout and the commonest others. */
static bool is_mark(uint32_t c)
{
    static const range ranges[] = {
        {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},   {0x64B, 0x65F},
        {0x670, 0x670},   {0x6D6, 0x6DC},   {0x900, 0x903},   {0x93A, 0x93C},   {0x93E, 0x94F},
        {0xE31, 0xE31},   {0xE34, 0xE3A},   {0x1AB0, 0x1ACE}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20F0},
        {0x302A, 0x302F}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF}};
    return in_ranges(ranges, sizeof ranges / sizeof *ranges, c);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

bool rob_email_is_safe_quoted(uint32_t c, bool first)
{
    return !is_control(c) && !(first && is_mark(c));
}

bool rob_email_is_safe(uint32_t c, bool first)
{
    return !is_space(c) && rob_email_is_safe_quoted(c, first);
}

bool rob_email_is_mappable(uint32_t c, bool first)
{
    static const range dots[] = {{0x2024, 0x2026}, {0x2488, 0x249B}, {0xFE52, 0xFE52}};
    static const range mapped[] = {{0x2010, 0x2023}, {0x2027, 0x2027}, {0x202F, 0x2060}, {0xAD, 0xAD},
                                   {0x2064, 0x2064}, {0xFF0E, 0xFF0E}, {0x200B, 0x200D}, {0x1BCA0, 0x1BCA3}};
    (void)first;
    if (in_ranges(mapped, sizeof mapped / sizeof *mapped, c)) return true;
    return !is_control(c) && !is_space(c) && !in_ranges(dots, sizeof dots / sizeof *dots, c);
}

/* ------------------------------------------------------------------ display */

/* Unicode's names of the characters that people paste without seeing them. */
static const char *name_of(uint32_t c)
{
    static const struct {
        uint32_t code_point;
        const char *name;
    } names[] = {{' ', "SPACE"},
                 {0xA0, "NO-BREAK SPACE"},
                 {0xAD, "SOFT HYPHEN"},
                 {0x2009, "THIN SPACE"},
                 {0x200B, "ZERO WIDTH SPACE"},
                 {0x200C, "ZERO WIDTH NON-JOINER"},
                 {0x200D, "ZERO WIDTH JOINER"},
                 {0x200E, "LEFT-TO-RIGHT MARK"},
                 {0x200F, "RIGHT-TO-LEFT MARK"},
                 {0x2028, "LINE SEPARATOR"},
                 {0x2029, "PARAGRAPH SEPARATOR"},
                 {0x202A, "LEFT-TO-RIGHT EMBEDDING"},
                 {0x202B, "RIGHT-TO-LEFT EMBEDDING"},
                 {0x202C, "POP DIRECTIONAL FORMATTING"},
                 {0x202D, "LEFT-TO-RIGHT OVERRIDE"},
                 {0x202E, "RIGHT-TO-LEFT OVERRIDE"},
                 {0x202F, "NARROW NO-BREAK SPACE"},
                 {0x2060, "WORD JOINER"},
                 {0x3000, "IDEOGRAPHIC SPACE"},
                 {0xFEFF, "ZERO WIDTH NO-BREAK SPACE"},
                 {0x300, "COMBINING GRAVE ACCENT"},
                 {0x301, "COMBINING ACUTE ACCENT"},
                 {0x302, "COMBINING CIRCUMFLEX ACCENT"},
                 {0x303, "COMBINING TILDE"},
                 {0x308, "COMBINING DIAERESIS"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].code_point == c) return names[i].name;
    return NULL;
}

static rob_str display(rob_arena *arena, uint32_t c)
{
    char utf8[4];
    if (c == '\\') return ROB_STR("\"\\\"");
    if (c == '\'') return ROB_STR("\"'\"");
    if (name_of(c)) return rob_str_of(name_of(c));
    if (is_control(c) || is_space(c) || is_mark(c)) return rob_arena_format(arena, "U+%04X", (unsigned)c);
    int len = (int)rob_utf8_encode(utf8, c);
    return rob_arena_format(arena, "'%.*s'", len, utf8);
}

/* By code points, which in UTF-8 is by bytes. */
static int compare(const void *left, const void *right)
{
    const rob_str *a = left, *b = right;
    size_t len = a->len < b->len ? a->len : b->len;
    int order = memcmp(a->ptr, b->ptr, len);
    return order ? order : (a->len > b->len) - (a->len < b->len);
}

/* Joined by ", ", without the ones that equal their predecessor when once is set. */
static rob_str join(rob_arena *arena, const rob_str *items, size_t count, bool once)
{
    size_t len = 0, cap = 1;
    for (size_t i = 0; i < count; i++) cap += items[i].len + 2;
    char *out = rob_arena_alloc(arena, cap);
    if (!out) return (rob_str){0};
    for (size_t i = 0; i < count; i++) {
        if (once && i && rob_str_eq(items[i], items[i - 1])) continue;
        if (len) memcpy(out + len, ", ", 2);
        if (len) len += 2;
        memcpy(out + len, items[i].ptr, items[i].len);
        len += items[i].len;
    }
    return (rob_str){out, len};
}

/* The displays of the code points outside a class; NULL for all. */
static rob_str *displays(rob_arena *arena, rob_str text, rob_char_class *inside, size_t *count)
{
    rob_str *items = rob_arena_alloc(arena, (rob_utf8_count(text) + 1) * sizeof *items);
    *count = 0;
    for (size_t i = 0, len; items && i < text.len; i += len) {
        uint32_t c;
        len = rob_utf8_decode((rob_str){text.ptr + i, text.len - i}, &c);
        if (!len) break;
        if (inside && inside(c, i == 0)) continue;
        items[*count] = display(arena, c);
        if (!items[(*count)++].ptr) return NULL;
    }
    return items;
}

rob_str rob_email_outside(rob_arena *arena, rob_str text, rob_char_class *inside)
{
    size_t count;
    rob_str *items = displays(arena, text, inside, &count);
    if (!items) return (rob_str){0};
    qsort(items, count, sizeof *items, compare);
    return join(arena, items, count, true);
}

rob_str rob_email_display(rob_arena *arena, rob_str text)
{
    size_t count;
    rob_str *items = displays(arena, text, NULL, &count);
    return items ? join(arena, items, count, false) : (rob_str){0};
}
