#include "text_width.h"

typedef struct range {
    uint32_t first, last;
} range;

/* The blocks that terminals draw two columns wide (Unicode East Asian Width W and F, by block) and the
 * marks that take none. Coarse on purpose: a caret one column off is no tragedy. */
static const range wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};
static const range zero[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
};
/* What would reorder the line on a terminal, or is not a character. */
static const range hidden[] = {{0x00, 0x1F}, {0x7F, 0x9F}, {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFFFE, 0xFFFF}};

static bool within(uint32_t point, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (point >= ranges[i].first && point <= ranges[i].last) return true;
    }
    return false;
}

#define WITHIN(point, ranges) within((point), (ranges), sizeof(ranges) / sizeof *(ranges))

/* Bytes of a well-formed sequence (RFC 3629 section 4) and its code point; 0 when there is none. */
static uint32_t sequence(rob_str text, uint32_t *point)
{
    const unsigned char *s = (const unsigned char *)text.ptr;
    if (s[0] < 0x80) {
        *point = s[0];
        return 1;
    }
    uint32_t len = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || text.len < len) return 0;
    *point = s[0] & (0xFFu >> (len + 1));
    for (uint32_t i = 1; i < len; i++) {
        if ((s[i] & 0xC0) != 0x80) return 0;
        *point = *point << 6 | (s[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    bool surrogate = *point >= 0xD800 && *point <= 0xDFFF;
    return *point < least[len] || *point > 0x10FFFF || surrogate ? 0 : len;
}

glyph glyph_at(rob_str text)
{
    uint32_t point = 0, len = sequence(text, &point);
    if (!len) return (glyph){.bytes = 1, .columns = 1};
    if (WITHIN(point, hidden)) return (glyph){.bytes = len, .columns = 1};
    uint32_t columns = point < 0x300 ? 1 : WITHIN(point, zero) ? 0 : WITHIN(point, wide) ? 2 : 1;
    return (glyph){.bytes = len, .columns = columns, .printable = true};
}
