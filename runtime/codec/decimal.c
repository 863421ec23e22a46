#include "codec/decimal.h"

#include "base/numbers.h"
#include "base/utf8.h"
#include "codec/decimal_digits.h"

/* Zeros of Unicode's decimal digits beyond ASCII (general category Nd, Unicode 14), each followed by its
 * nine fellows: Decimal() reads them all. */
static const uint32_t digit_zeros[] = {
    0x660,   0x6F0,   0x7C0,   0x966,   0x9E6,   0xA66,   0xAE6,   0xB66,   0xBE6,   0xC66,   0xCE6,
    0xD66,   0xDE6,   0xE50,   0xED0,   0xF20,   0x1040,  0x1090,  0x17E0,  0x1810,  0x1946,  0x19D0,
    0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,  0xA900,  0xA9D0,  0xA9F0,
    0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450,
    0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0,
    0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0};

static int ascii_digit(uint32_t c)
{
    for (size_t i = 0; i < sizeof digit_zeros / sizeof *digit_zeros; i++)
        if (c >= digit_zeros[i] && c < digit_zeros[i] + 10) return '0' + (int)(c - digit_zeros[i]);
    return -1;
}

/* Without underscores, digits in ASCII. What is no digit stays, and will not fit the grammar. */
static bool to_ascii(rob_arena *arena, rob_str *text)
{
    char *out = rob_arena_alloc(arena, text->len);
    size_t len = 0, step;
    if (!out) return false;
    for (size_t i = 0; i < text->len; i += step) {
        uint32_t c = (unsigned char)text->ptr[i];
        step = c < 0x80 ? 1 : rob_utf8_decode((rob_str){text->ptr + i, text->len - i}, &c);
        int digit = c < 0x80 ? (int)c : ascii_digit(c);
        if (!step) step = 1;
        if (digit != '_') out[len++] = digit > 0 ? (char)digit : '?';
    }
    *text = (rob_str){out, len};
    return true;
}

static bool is_plain(rob_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80 || text.ptr[i] == '_') return false;
    return true;
}

static bool same_word(rob_str text, const char *word)
{
    size_t i = 0;
    while (i < text.len && word[i] && (text.ptr[i] | 0x20) == word[i]) i++;
    return i == text.len && !word[i];
}

/* Python's words for what is not finite: inf, infinity, nan and snan with digits. */
static bool names_no_number(rob_str text)
{
    if (text.len && (text.ptr[0] == '-' || text.ptr[0] == '+')) {
        text.ptr++;
        text.len--;
    }
    if (same_word(text, "inf") || same_word(text, "infinity")) return true;
    while (text.len && text.ptr[text.len - 1] >= '0' && text.ptr[text.len - 1] <= '9') text.len--;
    return same_word(text, "nan") || same_word(text, "snan");
}

/* ------------------------------------------------------------------ printing */

static size_t put_digits(char *out, const rob_digits *d, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) out[i - from] = rob_digit_at(d, i);
    return to - from;
}

/* 12.50 or 0.0125: the exponent is at most 0, and the first digit not further than six places behind. */
static size_t print_plain(char *out, const rob_digits *d)
{
    size_t len = 0, places = (size_t)-d->exponent;
    if (places < d->count) {
        len += put_digits(out, d, 0, d->count - places);
        if (!places) return len;
        out[len++] = '.';
        return len + put_digits(out + len, d, d->count - places, d->count);
    }
    out[len++] = '0';
    out[len++] = '.';
    for (size_t zeros = places - d->count; zeros; zeros--) out[len++] = '0';
    return len + put_digits(out + len, d, 0, d->count);
}

static size_t print_scientific(char *out, const rob_digits *d)
{
    int64_t adjusted = rob_digits_adjusted(d);
    size_t len = put_digits(out, d, 0, 1);
    if (d->count > 1) out[len++] = '.';
    len += put_digits(out + len, d, 1, d->count);
    out[len++] = 'E';
    if (adjusted >= 0) out[len++] = '+';
    return len + rob_print_i64(out + len, adjusted);
}

/* str(Decimal): the General Decimal Arithmetic Specification's to-scientific-string. */
static rob_status print(rob_arena *arena, const rob_digits *d, rob_str *out)
{
    char *text = rob_arena_alloc(arena, d->count + 40);
    size_t len = 0;
    if (!text) return ROB_NO_MEMORY;
    if (d->negative) text[len++] = '-';
    bool plain = d->exponent <= 0 && rob_digits_adjusted(d) >= -6;
    len += plain ? print_plain(text + len, d) : print_scientific(text + len, d);
    *out = (rob_str){text, len};
    return ROB_OK;
}

/* ------------------------------------------------------------------ reading */

rob_status rob_decimal_from_text(rob_arena *arena, rob_str text, rob_decimal *out, rob_scalar_error *error)
{
    rob_digits d;
    text = rob_utf8_trim_python(text);
    if (!is_plain(text) && !to_ascii(arena, &text)) return ROB_NO_MEMORY;
    if (rob_digits_split(text, &d)) return print(arena, &d, &out->text);
    if (names_no_number(text))
        return rob_scalar_refuse(error, "finite_number", ROB_STR("Input should be a finite number"));
    return rob_scalar_refuse(error, "decimal_parsing", ROB_STR("Input should be a valid decimal"));
}

rob_status rob_decimal_from_number(rob_arena *arena, rob_str number, rob_decimal *out, rob_scalar_error *error)
{
    char text[ROB_FLOAT_TEXT];
    double value;
    if (rob_str_eq(number, ROB_STR("-0"))) number = ROB_STR("0"); /* an integer, and those have no -0 */
    if (rob_json_number_is_int(number)) return rob_decimal_from_text(arena, number, out, error);
    if (rob_float_from_json(number, &value) != ROB_NUMBER_OK)
        return rob_scalar_refuse(error, "finite_number", ROB_STR("Input should be a finite number"));
    return rob_decimal_from_text(arena, (rob_str){text, rob_print_float_repr(text, value)}, out, error);
}

bool rob_decimal_valid(rob_str text)
{
    rob_digits d;
    return rob_digits_split(text, &d);
}

int rob_decimal_compare(rob_str a, rob_str b)
{
    rob_digits left, right;
    if (!rob_digits_split(a, &left) || !rob_digits_split(b, &right)) return 0;
    return rob_digits_compare(&left, &right);
}
