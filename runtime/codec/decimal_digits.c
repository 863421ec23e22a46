#include "codec/decimal_digits.h"

static const int64_t most_adjusted = 999999999999999999, least_exponent = -1999999999999999997;

static size_t digits_at(rob_str text, size_t at)
{
    size_t end = at;
    while (end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9') end++;
    return end - at;
}

static bool sign_at(rob_str text, size_t at)
{
    return at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+');
}

/* The exponent after its `e`, to the end of text. Beyond 64 bits it does not fit. */
static bool exponent_at(rob_str text, size_t at, int64_t *out)
{
    bool negative = at < text.len && text.ptr[at] == '-';
    at += sign_at(text, at);
    if (!digits_at(text, at) || at + digits_at(text, at) != text.len) return false;
    for (*out = 0; at < text.len; at++)
        if (__builtin_mul_overflow(*out, INT64_C(10), out) || *out > INT64_MAX / 2) return false;
        else *out += text.ptr[at] - '0';
    if (negative) *out = -*out;
    return true;
}

static char raw_digit(const rob_digits *d, size_t i)
{
    if (i < d->whole.len) return d->whole.ptr[i];
    i -= d->whole.len;
    return i < d->fraction.len ? d->fraction.ptr[i] : '0';
}

bool rob_digits_split(rob_str text, rob_digits *out)
{
    if (!text.len) return false;
    size_t at = sign_at(text, 0);
    *out = (rob_digits){.negative = text.ptr[0] == '-'};
    out->whole = (rob_str){text.ptr + at, digits_at(text, at)};
    at += out->whole.len;
    if (at < text.len && text.ptr[at] == '.') {
        out->fraction = (rob_str){text.ptr + at + 1, digits_at(text, at + 1)};
        at += 1 + out->fraction.len;
    }
    size_t total = out->whole.len + out->fraction.len;
    if (!total) return false;
    if (at < text.len && (text.ptr[at] | 0x20) != 'e') return false;
    if (at < text.len && !exponent_at(text, at + 1, &out->exponent)) return false;
    out->exponent -= (int64_t)out->fraction.len;
    while (out->skip + 1 < total && raw_digit(out, out->skip) == '0') out->skip++;
    out->count = total - out->skip;
    return rob_digits_adjusted(out) <= most_adjusted && out->exponent >= least_exponent;
}

char rob_digit_at(const rob_digits *d, size_t i)
{
    return raw_digit(d, d->skip + i);
}

int64_t rob_digits_adjusted(const rob_digits *d)
{
    return d->exponent + (int64_t)d->count - 1;
}

bool rob_digits_zero(const rob_digits *d)
{
    return rob_digit_at(d, 0) == '0';
}

static int compare_magnitudes(const rob_digits *a, const rob_digits *b)
{
    if (rob_digits_zero(a) || rob_digits_zero(b)) return (int)rob_digits_zero(b) - (int)rob_digits_zero(a);
    int64_t high_a = rob_digits_adjusted(a), high_b = rob_digits_adjusted(b);
    if (high_a != high_b) return high_a < high_b ? -1 : 1;
    size_t count = a->count > b->count ? a->count : b->count;
    for (size_t i = 0; i < count; i++)
        if (rob_digit_at(a, i) != rob_digit_at(b, i)) return rob_digit_at(a, i) < rob_digit_at(b, i) ? -1 : 1;
    return 0;
}

int rob_digits_compare(const rob_digits *a, const rob_digits *b)
{
    bool minus_a = a->negative && !rob_digits_zero(a), minus_b = b->negative && !rob_digits_zero(b);
    if (minus_a != minus_b) return minus_a ? -1 : 1;
    int order = compare_magnitudes(a, b);
    return minus_a ? -order : order;
}
