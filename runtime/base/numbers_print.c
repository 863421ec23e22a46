#include <math.h>

#include "base/numbers.h"

static size_t print_digits(char *out, uint64_t value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    char digits[ROB_INT_TEXT];
    size_t at = sizeof digits;
    for (; value >= 100; value /= 100) memcpy(digits + (at -= 2), pairs + value % 100 * 2, 2);
    if (value >= 10) memcpy(digits + (at -= 2), pairs + value * 2, 2);
    else digits[--at] = (char)('0' + value);
    memcpy(out, digits + at, sizeof digits - at);
    return sizeof digits - at;
}

size_t rob_print_u64(char out[ROB_INT_TEXT], uint64_t value)
{
    return print_digits(out, value);
}

size_t rob_print_i64(char out[ROB_INT_TEXT], int64_t value)
{
    if (value >= 0) return print_digits(out, (uint64_t)value);
    out[0] = '-';
    return 1 + print_digits(out + 1, 0 - (uint64_t)value);
}

/* ------------------------------------------------------------------ shortest digits of a double */

/* A value is 0.d1d2d3… * 10^point; no trailing zeros. */
typedef struct shortest {
    char digits[20];
    int count, point;
} shortest;

static void set_digits(shortest *s, uint64_t mantissa, int exponent)
{
    while (mantissa % 10 == 0) {
        mantissa /= 10;
        exponent++;
    }
    s->count = (int)print_digits(s->digits, mantissa);
    s->point = s->count + exponent;
}

/* Prices, ratios, counts: a decimal of at most 15 digits. Two decimals of 15 digits never read as the
 * same double, so the one with the fewest places that reads back is the shortest; and up to 1e15 the
 * product below is off by less than a half, so that rounding finds it. */
static bool digits_fast(double value, shortest *s)
{
    static const double ten_to[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,
                                    1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16};
    for (int places = 0; places < (int)(sizeof ten_to / sizeof *ten_to); places++) {
        double scaled = value * ten_to[places];
        if (scaled >= 1e15) return false;
        uint64_t mantissa = (uint64_t)(scaled + 0.5);
        if ((double)mantissa / ten_to[places] != value || !mantissa) continue;
        set_digits(s, mantissa, -places);
        return true;
    }
    return false;
}

/* Natural numbers of up to 1,152 bits, least significant word first: 2^1074 * 10^17 needs no more. */
enum { WORDS = 36 };
typedef struct big {
    uint32_t words[WORDS];
    int count;
} big;

static void big_set(big *b, uint64_t value)
{
    *b = (big){.words = {(uint32_t)value, (uint32_t)(value >> 32)}, .count = 2};
}

static void big_multiply(big *b, uint32_t factor)
{
    uint64_t carry = 0;
    for (int i = 0; i < b->count; i++) {
        carry += (uint64_t)b->words[i] * factor;
        b->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry) b->words[b->count++] = (uint32_t)carry;
}

static void big_multiply_power(big *b, uint32_t base, int exponent)
{
    for (; exponent > 0; exponent--) big_multiply(b, base);
}

static void big_shift(big *b, int bits)
{
    for (; bits >= 31; bits -= 31) big_multiply(b, UINT32_C(1) << 31);
    big_multiply(b, UINT32_C(1) << bits);
}

static int big_compare(const big *a, const big *b)
{
    int count = a->count > b->count ? a->count : b->count;
    for (int i = count - 1; i >= 0; i--)
        if (a->words[i] != b->words[i]) return a->words[i] < b->words[i] ? -1 : 1;
    return 0;
}

static big big_sum(const big *a, const big *b)
{
    big sum = {.count = a->count > b->count ? a->count : b->count};
    uint64_t carry = 0;
    for (int i = 0; i < sum.count; i++) {
        carry += (uint64_t)a->words[i] + b->words[i];
        sum.words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry) sum.words[sum.count++] = (uint32_t)carry;
    return sum;
}

static void big_subtract(big *a, const big *b)
{
    int64_t borrow = 0;
    for (int i = 0; i < a->count; i++) {
        borrow += (int64_t)a->words[i] - b->words[i];
        a->words[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
}

/* value = over / under; half the gaps to its neighbours are low / under and high / under. */
typedef struct ratio {
    big over, under, low, high;
    bool even; /* reading back rounds ties to even: an even mantissa owns the ends of its interval */
} ratio;

static ratio ratio_of(double value)
{
    int exponent;
    uint64_t mantissa = (uint64_t)ldexp(frexp(value, &exponent), 53);
    exponent -= 53;
    if (exponent < -1074) { /* subnormal: the last bit is worth 2^-1074 */
        mantissa >>= -1074 - exponent;
        exponent = -1074;
    }
    bool narrow_below = mantissa == UINT64_C(1) << 52 && exponent > -1074;
    ratio r = {.even = mantissa % 2 == 0};
    big_set(&r.over, mantissa);
    big_set(&r.under, 1);
    big_set(&r.low, 1);
    big_shift(&r.over, (exponent > 0 ? exponent : 0) + 1 + narrow_below);
    big_shift(&r.under, (exponent < 0 ? -exponent : 0) + 1 + narrow_below);
    if (exponent > 0) big_shift(&r.low, exponent);
    r.high = r.low;
    if (narrow_below) big_multiply(&r.high, 2);
    return r;
}

static bool reaches_top(const ratio *r)
{
    big sum = big_sum(&r->over, &r->high);
    int order = big_compare(&sum, &r->under);
    return r->even ? order >= 0 : order > 0;
}

/* Bring the value into [0.1, 1) and say by which power of ten. */
static int ratio_scale(ratio *r, double value)
{
    int point = (int)ceil(log10(value) - 1e-9);
    if (point > 0) big_multiply_power(&r->under, 10, point);
    if (point < 0) {
        big_multiply_power(&r->over, 10, -point);
        big_multiply_power(&r->low, 10, -point);
        big_multiply_power(&r->high, 10, -point);
    }
    if (reaches_top(r)) { /* the estimate was one too small */
        big_multiply(&r->under, 10);
        point++;
    }
    return point;
}

/* The free-format algorithm of Burger and Dybvig (1996), with exact arithmetic: any double, slowly. */
static void digits_exact(double value, shortest *s)
{
    ratio r = ratio_of(value);
    s->point = ratio_scale(&r, value);
    s->count = 0;
    for (;;) {
        int digit = 0;
        big_multiply(&r.over, 10);
        big_multiply(&r.low, 10);
        big_multiply(&r.high, 10);
        for (; big_compare(&r.over, &r.under) >= 0; digit++) big_subtract(&r.over, &r.under);
        int below = big_compare(&r.over, &r.low);
        bool low_enough = r.even ? below <= 0 : below < 0, high_enough = reaches_top(&r);
        s->digits[s->count++] = (char)('0' + digit);
        if (!low_enough && !high_enough) continue;
        big twice = big_sum(&r.over, &r.over);
        int half = big_compare(&twice, &r.under); /* a tie goes to the even digit */
        bool up = high_enough && (!low_enough || half > 0 || (half == 0 && digit % 2));
        if (up) s->digits[s->count - 1]++;
        return;
    }
}

static shortest shortest_of(double value)
{
    shortest s = {.digits = "0", .count = 1, .point = 1};
    if (value != 0 && !digits_fast(value, &s)) digits_exact(value, &s);
    return s;
}

/* ------------------------------------------------------------------ notations */

static size_t put(char *out, const char *text, int count)
{
    memcpy(out, text, (size_t)count);
    return (size_t)count;
}

static size_t put_zeros(char *out, int count)
{
    if (count <= 0) return 0;
    memset(out, '0', (size_t)count);
    return (size_t)count;
}

/* ddd, ddd.ddd or 0.00ddd. */
static size_t print_fixed(char *out, const shortest *s)
{
    size_t len = 0;
    int whole = s->point < s->count ? s->point : s->count;
    if (s->point <= 0) {
        len += put(out, "0.", 2);
        len += put_zeros(out + len, -s->point);
        return len + put(out + len, s->digits, s->count);
    }
    len += put(out, s->digits, whole);
    len += put_zeros(out + len, s->point - s->count);
    if (whole == s->count) return len;
    out[len++] = '.';
    return len + put(out + len, s->digits + whole, s->count - whole);
}

/* d.ddde±x, with at least `least` digits of exponent. */
static size_t print_exponent(char *out, const shortest *s, int least)
{
    int exponent = s->point - 1, size = exponent < 0 ? -exponent : exponent;
    size_t len = put(out, s->digits, 1);
    if (s->count > 1) out[len++] = '.';
    len += put(out + len, s->digits + 1, s->count - 1);
    out[len++] = 'e';
    out[len++] = exponent < 0 ? '-' : '+';
    if (least > 1 && size < 10) out[len++] = '0';
    return len + print_digits(out + len, (uint64_t)size);
}

/* Fixed notation while the first digit's exponent is at least `from`, and below 16. */
static size_t print_style(char *out, double value, int from, int least)
{
    shortest s = shortest_of(fabs(value));
    size_t len = 0;
    if (signbit(value)) out[len++] = '-';
    if (s.point - 1 < from || s.point - 1 >= 16) return len + print_exponent(out + len, &s, least);
    len += print_fixed(out + len, &s);
    return s.point >= s.count ? len + put(out + len, ".0", 2) : len;
}

size_t rob_print_float(char out[ROB_FLOAT_TEXT], double value)
{
    return print_style(out, value, -5, 1);
}

size_t rob_print_float_repr(char out[ROB_FLOAT_TEXT], double value)
{
    return print_style(out, value, -4, 2);
}

size_t rob_print_float_plain(char out[ROB_FLOAT_PLAIN_TEXT], double value)
{
    shortest s = shortest_of(fabs(value));
    if (signbit(value)) *out = '-';
    return (signbit(value) ? 1 : 0) + print_fixed(out + (signbit(value) ? 1 : 0), &s);
}
