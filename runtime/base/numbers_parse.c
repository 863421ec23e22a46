#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "base/numbers.h"
#include "base/utf8.h"

/* A decimal number taken apart: (-1)^negative * digits * 10^exponent. */
typedef struct parts {
    bool negative;
    rob_str whole, fraction; /* digits, perhaps none */
    int64_t exponent;        /* as written, held within ±EXPONENT_CAP */
} parts;

enum {
    EXPONENT_CAP = 1000000000, /* beyond any document's digits, and far from overflow */
    UNDERSCORED_MOST = 512,    /* bytes of a float with underscores; longer ones are refused */
    DIGITS_KEPT = 800          /* 767 decide the rounding of any double; one more stands for the rest */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(rob_str text, size_t at)
{
    size_t end = at;
    while (end < text.len && is_digit(text.ptr[end])) end++;
    return end - at;
}

static bool starts_sign(rob_str text, size_t at)
{
    return at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+');
}

/* The exponent after its `e`; false without digits. */
static bool split_exponent(rob_str text, size_t at, int64_t *exponent)
{
    bool negative = at < text.len && text.ptr[at] == '-';
    at += starts_sign(text, at);
    if (at == text.len || at + digits_at(text, at) != text.len) return false;
    int64_t value = 0;
    for (; at < text.len; at++)
        if (value < EXPONENT_CAP) value = value * 10 + (text.ptr[at] - '0');
    if (value > EXPONENT_CAP) value = EXPONENT_CAP;
    *exponent = negative ? -value : value;
    return true;
}

/* [sign] digits [. digits] [e [sign] digits], with a digit on at least one side of the point. JSON's
 * grammar is narrower. */
static bool split(rob_str text, parts *out)
{
    if (!text.len) return false;
    *out = (parts){.negative = text.ptr[0] == '-'};
    size_t at = starts_sign(text, 0);
    out->whole = (rob_str){text.ptr + at, digits_at(text, at)};
    at += out->whole.len;
    if (at < text.len && text.ptr[at] == '.') {
        out->fraction = (rob_str){text.ptr + at + 1, digits_at(text, at + 1)};
        at += 1 + out->fraction.len;
    }
    if (out->whole.len + out->fraction.len == 0) return false;
    if (at == text.len) return true;
    return (text.ptr[at] == 'e' || text.ptr[at] == 'E') && split_exponent(text, at + 1, &out->exponent);
}

/* ------------------------------------------------------------------ integers */

/* Append digits to a magnitude. False beyond 64 bits. */
static bool push_digits(uint64_t *value, rob_str digits)
{
    for (size_t i = 0; i < digits.len; i++)
        if (__builtin_mul_overflow(*value, UINT64_C(10), value) ||
            __builtin_add_overflow(*value, (uint64_t)(digits.ptr[i] - '0'), value))
            return false;
    return true;
}

static rob_number signed_of(uint64_t magnitude, bool negative, int64_t *out)
{
    uint64_t limit = (uint64_t)INT64_MAX + negative;
    if (magnitude > limit) return ROB_NUMBER_TOO_BIG;
    *out = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return ROB_NUMBER_OK;
}

bool rob_u64_from_digits(rob_str text, uint64_t *out)
{
    *out = 0;
    return text.len && digits_at(text, 0) == text.len && push_digits(out, text);
}

bool rob_json_number_is_int(rob_str number)
{
    for (size_t i = 0; i < number.len; i++)
        if (!is_digit(number.ptr[i]) && number.ptr[i] != '-') return false;
    return true;
}

static rob_str drop_leading_zeros(rob_str digits)
{
    while (digits.len && digits.ptr[0] == '0') {
        digits.ptr++;
        digits.len--;
    }
    return digits;
}

static rob_str drop_trailing_zeros(rob_str digits)
{
    while (digits.len && digits.ptr[digits.len - 1] == '0') digits.len--;
    return digits;
}

/* Move the point right (or, for an exponent below zero, left) without ever rounding. */
static rob_number scale_int(const parts *n, int64_t *out)
{
    rob_str whole = drop_leading_zeros(n->whole), fraction = drop_trailing_zeros(n->fraction);
    if (!whole.len && !fraction.len) return signed_of(0, false, out);
    uint64_t value = 0;
    if (n->exponent < 0) {
        rob_str kept = drop_trailing_zeros(whole);
        if (fraction.len || (int64_t)(whole.len - kept.len) < -n->exponent) return ROB_NUMBER_FRACTION;
        whole.len -= (size_t)-n->exponent;
        return push_digits(&value, whole) ? signed_of(value, n->negative, out) : ROB_NUMBER_TOO_BIG;
    }
    if ((int64_t)fraction.len > n->exponent) return ROB_NUMBER_FRACTION;
    if (!push_digits(&value, whole) || !push_digits(&value, fraction)) return ROB_NUMBER_TOO_BIG;
    for (int64_t zeros = n->exponent - (int64_t)fraction.len; zeros > 0; zeros--)
        if (!push_digits(&value, ROB_STR("0"))) return ROB_NUMBER_TOO_BIG;
    return signed_of(value, n->negative, out);
}

rob_number rob_int_from_json(rob_str number, int64_t *out)
{
    parts n;
    return split(number, &n) ? scale_int(&n, out) : ROB_NUMBER_BAD;
}

/* Pydantic drops zeros at the front with any underscores among them, even two together, and takes what
 * follows as if it had come first. (It takes "0-1" for -1, which we do not.) Zeros alone leave one. */
static rob_str drop_zeros_and_underscores(rob_str text)
{
    size_t at = 0;
    if (!text.len || text.ptr[0] != '0') return text;
    while (at < text.len && (text.ptr[at] == '0' || text.ptr[at] == '_')) at++;
    if (at == text.len || text.ptr[at] == '.') at--; /* may be an underscore, which is refused later */
    return (rob_str){text.ptr + at, text.len - at};
}

/* Digits with single underscores between them. */
static rob_number push_underscored(uint64_t *value, rob_str text)
{
    bool after_digit = false, too_big = false;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = is_digit(text.ptr[i]);
        if (!digit && (text.ptr[i] != '_' || !after_digit)) return ROB_NUMBER_BAD;
        if (digit && !too_big) too_big = !push_digits(value, (rob_str){text.ptr + i, 1});
        after_digit = digit;
    }
    if (!after_digit) return ROB_NUMBER_BAD;
    return too_big ? ROB_NUMBER_TOO_BIG : ROB_NUMBER_OK;
}

/* Without a fraction of zeros; a fraction of anything else, or of nothing, is left to be refused. */
static rob_str drop_zero_fraction(rob_str text)
{
    const char *point = text.len ? memchr(text.ptr, '.', text.len) : NULL;
    if (!point) return text;
    rob_str after = {point + 1, (size_t)(text.ptr + text.len - point - 1)};
    if (!after.len || drop_leading_zeros(after).len) return text;
    return (rob_str){text.ptr, (size_t)(point - text.ptr)};
}

static bool take(rob_str *text, char c)
{
    if (!text->len || text->ptr[0] != c) return false;
    text->ptr++;
    text->len--;
    return true;
}

rob_number rob_int_from_text(rob_str text, int64_t *out)
{
    text = rob_utf8_trim(text);
    if (!text.len) return ROB_NUMBER_BAD;
    bool plus = take(&text, '+');
    if (plus && text.len && text.ptr[0] == '-') return ROB_NUMBER_BAD;
    bool negative = take(&text, '-');
    text = drop_zeros_and_underscores(text);
    uint64_t value = 0;
    rob_number status = push_underscored(&value, drop_zero_fraction(text));
    return status ? status : signed_of(value, negative, out);
}

/* ------------------------------------------------------------------ floats */

/* Clinger's fast path: a mantissa and a power of ten that doubles hold exactly need one rounding. */
static bool float_fast(const parts *n, double *out)
{
    static const double ten_to[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    uint64_t mantissa = 0;
    int64_t exponent = n->exponent - (int64_t)n->fraction.len;
    if (exponent < -22 || exponent > 22) return false;
    if (!push_digits(&mantissa, n->whole) || !push_digits(&mantissa, n->fraction)) return false;
    if (mantissa > UINT64_C(1) << 53) return false;
    double value = (double)mantissa;
    value = exponent < 0 ? value / ten_to[-exponent] : value * ten_to[exponent];
    *out = n->negative ? -value : value;
    return true;
}

/* Copy at most DIGITS_KEPT significant digits; a digit that is cut off and not zero leaves a 1 behind,
 * which rounds the same way. Returns the digits cut. */
static size_t copy_digits(char *out, size_t *len, rob_str digits)
{
    size_t cut = 0;
    bool sticky = false;
    for (size_t i = 0; i < digits.len; i++) {
        if (*len == 0 && digits.ptr[i] == '0') continue;
        if (*len < DIGITS_KEPT) {
            out[(*len)++] = digits.ptr[i];
            continue;
        }
        cut++;
        sticky |= digits.ptr[i] != '0';
    }
    if (sticky) out[DIGITS_KEPT - 1] |= 1; /* '0' to '1'; an odd digit before a cut is no midpoint either */
    return cut;
}

/* libc's correctly rounded conversion, in the C locale whatever setlocale() says. */
static double float_slow(const parts *n)
{
    char text[DIGITS_KEPT + 32];
    size_t len = 0;
    size_t cut = copy_digits(text, &len, n->whole);
    cut += copy_digits(text, &len, n->fraction);
    if (!len) return n->negative ? -0.0 : 0.0;
    int64_t exponent = n->exponent - (int64_t)n->fraction.len + (int64_t)cut;
    text[len++] = 'e';
    if (exponent < 0) text[len++] = '-';
    len += rob_print_u64(text + len, (uint64_t)(exponent < 0 ? -exponent : exponent));
    text[len] = '\0';
    /* glibc and musl answer newlocale("C") with a static object: nothing is allocated. */
    double value = strtod_l(text, NULL, newlocale(LC_ALL_MASK, "C", (locale_t)0));
    return n->negative ? -value : value;
}

static rob_number float_of(const parts *n, double *out)
{
    if (!float_fast(n, out)) *out = float_slow(n);
    return isfinite(*out) ? ROB_NUMBER_OK : ROB_NUMBER_NOT_FINITE;
}

rob_number rob_float_from_json(rob_str number, double *out)
{
    parts n;
    return split(number, &n) ? float_of(&n, out) : ROB_NUMBER_BAD;
}

/* Rust's words for what is not finite, which Pydantic reads and we refuse. */
static bool names_no_number(rob_str text)
{
    static const char *const names[] = {"inf", "infinity", "nan"};
    size_t sign = starts_sign(text, 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t len = strlen(names[i]), same = 0;
        if (text.len - sign != len) continue;
        while (same < len && (text.ptr[sign + same] | 0x20) == names[i][same]) same++;
        if (same == len) return true;
    }
    return false;
}

/* Copy text without its underscores, which must be single ones and stand inside. */
static bool drop_underscores(char out[UNDERSCORED_MOST], rob_str *text)
{
    size_t len = 0;
    if (text->len > UNDERSCORED_MOST || text->ptr[0] == '_' || text->ptr[text->len - 1] == '_') return false;
    for (size_t i = 0; i < text->len; i++) {
        if (text->ptr[i] != '_') out[len++] = text->ptr[i];
        else if (text->ptr[i - 1] == '_') return false;
    }
    *text = (rob_str){out, len};
    return true;
}

rob_number rob_float_from_text(rob_str text, double *out)
{
    char clean[UNDERSCORED_MOST];
    parts n;
    if (text.len && memchr(text.ptr, '_', text.len)) {
        if (!drop_underscores(clean, &text)) return ROB_NUMBER_BAD;
    } else {
        text = rob_utf8_trim(text);
    }
    if (split(text, &n)) return float_of(&n, out);
    return names_no_number(text) ? ROB_NUMBER_NOT_FINITE : ROB_NUMBER_BAD;
}
