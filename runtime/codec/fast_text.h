/* fast_text.h: what the fast decoder's files share about the bytes of a document. */
#ifndef ROB_CODEC_FAST_TEXT_H
#define ROB_CODEC_FAST_TEXT_H

#include "json_plain.h"

/* To the first byte that is not JSON's white space, or end. */
static inline const char *rob_skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')) at++;
    return at;
}

static inline bool rob_is_digit_at(const char *at, const char *end)
{
    return at < end && (unsigned char)(*at - '0') < 10;
}

/* ------------------------------------------------------------------ eight digits at a time */

static inline bool rob_are_digits(uint64_t word)
{
    const uint64_t high = 0xF0F0F0F0F0F0F0F0u;
    /* '0' to '9' have a 3 in the high half, and still have it with 6 added; ':' to '?' do not. */
    return ((word & high) | ((word + 0x0606060606060606u) & high) >> 4) == 0x3333333333333333u;
}

/* The number that eight digits write, the first in the lowest byte: pairs, then fours, then all. */
static inline uint64_t rob_eight_digits(uint64_t word)
{
    word -= 0x3030303030303030u;
    word = word * 10 + (word >> 8);
    uint64_t outer = (word & 0x000000FF000000FFu) * (100 + (UINT64_C(1000000) << 32));
    uint64_t inner = (word >> 16 & 0x000000FF000000FFu) * (1 + (UINT64_C(10000) << 32));
    return (outer + inner) >> 32;
}

/* Append eights of digits to *value while there are any. */
static inline const char *rob_read_eights(const char *at, const char *end, uint64_t *value)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (uint64_t word; end - at >= 8; at += 8) {
        memcpy(&word, at, 8);
        if (!rob_are_digits(word)) break;
        *value = *value * 100000000 + rob_eight_digits(word);
    }
#endif
    return at;
}

#endif
