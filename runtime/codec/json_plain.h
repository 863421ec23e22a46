/* json_plain.h: the inner loops that reader and writer of JSON strings share.
 *
 * A plain byte is printable ASCII that needs no escape in a JSON string: it can be skipped or copied
 * without a second look, eight at a time, or sixteen where the processor has SSE2 (all of x86-64). */
#ifndef ROB_CODEC_JSON_PLAIN_H
#define ROB_CODEC_JSON_PLAIN_H

#include <robync/types.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* High bit set in (at least) the first byte of the word that is a quote, a backslash, a control
 * character or not ASCII. Borrows can only mark bytes after a true hit. */
static inline uint64_t rob_special_bytes(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    uint64_t quote = (word ^ (ones * '"')) - ones;
    uint64_t backslash = (word ^ (ones * '\\')) - ones;
    uint64_t control = word - ones * 0x20;
    return (quote | backslash | control | word) & high;
}

static inline bool rob_is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

#ifdef __SSE2__
/* A bit for each of sixteen bytes that is not plain. As signed bytes, control characters and what is not
 * ASCII are both below a space. */
static inline unsigned rob_special_mask(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i odd = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
    odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    return (unsigned)_mm_movemask_epi8(odd);
}
#endif

/* To the first byte that is not plain, or end. */
static inline const char *rob_skip_plain(const char *at, const char *end)
{
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        unsigned odd = rob_special_mask(at);
        if (odd) return at + __builtin_ctz(odd);
    }
#endif
    for (; end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        if (rob_special_bytes(word)) break;
    }
    while (at < end && rob_is_plain((unsigned char)*at)) at++;
    return at;
}

static inline bool rob_is_tail(const char *at, unsigned char low, unsigned char high)
{
    return (unsigned char)*at >= low && (unsigned char)*at <= high;
}

/* Past one well-formed sequence of two to four bytes (Unicode 15, table 3-7), or NULL. */
static inline const char *rob_skip_sequence(const char *at, const char *end)
{
    unsigned char lead = (unsigned char)*at;
    ptrdiff_t left = end - at;
    if (lead >= 0xC2 && lead <= 0xDF) return left >= 2 && rob_is_tail(at + 1, 0x80, 0xBF) ? at + 2 : NULL;
    if (lead >= 0xE0 && lead <= 0xEF) {
        unsigned char low = lead == 0xE0 ? 0xA0 : 0x80, high = lead == 0xED ? 0x9F : 0xBF;
        return left >= 3 && rob_is_tail(at + 1, low, high) && rob_is_tail(at + 2, 0x80, 0xBF) ? at + 3 : NULL;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        unsigned char low = lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xF4 ? 0x8F : 0xBF;
        bool whole = left >= 4 && rob_is_tail(at + 1, low, high) && rob_is_tail(at + 2, 0x80, 0xBF) &&
                     rob_is_tail(at + 3, 0x80, 0xBF);
        return whole ? at + 4 : NULL;
    }
    return NULL;
}

#endif
