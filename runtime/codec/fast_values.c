#include <robync/fast.h>

#include "base/dfa.h"
#include "base/numbers.h"
#include "base/utf8.h"
#include "decode_check.h"
#include "fast_text.h"
#include "scalars.h"

/* ------------------------------------------------------------------ numbers */

/* Not inlined, as most numbers are short and do without its constants. */
static __attribute__((noinline)) const char *read_eights(const char *at, const char *end, uint64_t *value)
{
    return rob_read_eights(at, end, value);
}

/* Append the digits at `at` to *value, which wraps beyond 19 of them. Returns past the last. */
static inline const char *read_digits(const char *at, const char *end, uint64_t *value)
{
    if (end - at >= 8 && rob_is_digit_at(at + 7, end)) at = read_eights(at, end, value);
    for (; rob_is_digit_at(at, end); at++) *value = *value * 10 + (uint64_t)(*at - '0');
    return at;
}

/* A JSON number, taken apart. */
typedef struct number {
    rob_str text;
    uint64_t digits;       /* all digits as one integer, when there are few */
    size_t whole, fraction; /* how many digits */
    bool negative, exponent;
} number;

enum {
    EXACT_DIGITS = 18,      /* as many always fit int64_t */
    NUMBER_TEXT_MOST = 4300 /* longer integers are refused: json_reader.c */
};

/* Past an exponent; NULL when it has no digits. */
static const char *skip_exponent(const char *at, const char *end)
{
    at++;
    if (at < end && (*at == '+' || *at == '-')) at++;
    if (!rob_is_digit_at(at, end)) return NULL;
    while (rob_is_digit_at(at, end)) at++;
    return at;
}

static bool read_number(rob_fast *f, number *n)
{
    const char *from = rob_skip_blanks(f->at, f->end), *end = f->end, *at = from;
    *n = (number){.negative = at < end && *at == '-'};
    const char *digits = at + n->negative;
    at = read_digits(digits, end, &n->digits);
    n->whole = (size_t)(at - digits);
    if (n->whole == 0 || (n->whole > 1 && *digits == '0')) return false;
    if (at < end && *at == '.') {
        const char *point = at;
        at = read_digits(at + 1, end, &n->digits);
        n->fraction = (size_t)(at - point - 1);
        if (n->fraction == 0) return false;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        n->exponent = true;
        at = skip_exponent(at, end);
        if (!at) return false;
    }
    n->text = (rob_str){from, (size_t)(at - from)};
    f->at = at;
    return n->text.len <= NUMBER_TEXT_MOST;
}

static bool read_long_int(rob_fast *f, int64_t *out)
{
    number n;
    return read_number(f, &n) && !n.fraction && !n.exponent && rob_int_from_json(n.text, out) == ROB_NUMBER_OK;
}

bool rob_fast_int(rob_fast *f, int64_t *out)
{
    const char *at = f->at, *end = f->end;
    if (at < end && *at <= ' ') at = rob_skip_blanks(at, end);
    bool negative = at < end && *at == '-';
    const char *digits = at + negative;
    uint64_t value = 0;
    at = read_digits(digits, end, &value);
    size_t count = (size_t)(at - digits);
    if (count == 0 || (count > 1 && *digits == '0')) return false;
    if (at < end && (*at == '.' || *at == 'e' || *at == 'E')) return false;
    if (count > EXACT_DIGITS) return read_long_int(f, out);
    *out = negative ? -(int64_t)value : (int64_t)value;
    f->at = at;
    return true;
}

/* Clinger's fast path, as in numbers_parse.c: two numbers that doubles hold exactly need one rounding. An
 * integer has no -0. */
bool rob_fast_float(rob_fast *f, double *out)
{
    static const double ten_to[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    number n;
    if (!read_number(f, &n)) return false;
    bool exact = !n.exponent && n.whole + n.fraction <= EXACT_DIGITS && n.digits <= UINT64_C(1) << 53;
    if (!exact && rob_float_from_json(n.text, out) != ROB_NUMBER_OK) return false;
    if (exact) *out = (double)n.digits / ten_to[n.fraction];
    if (exact && n.negative && (n.fraction || n.digits)) *out = -*out;
    return true;
}

/* ------------------------------------------------------------------ words */

static inline bool take_word(rob_fast *f, const char *word, size_t len)
{
    f->at = rob_skip_blanks(f->at, f->end);
    return rob_fast_is(f, word, len);
}

bool rob_fast_null(rob_fast *f)
{
    return take_word(f, "null", 4);
}

bool rob_fast_bool(rob_fast *f, bool *out)
{
    *out = take_word(f, "true", 4);
    return *out || take_word(f, "false", 5);
}

/* ------------------------------------------------------------------ texts */

/* The one look at each byte of a string: for its end, for what needs the full decoder, and for bytes
 * beyond ASCII, which must be well-formed. */
static inline bool read_text(rob_fast *f, rob_str *out, bool *ascii)
{
    const char *from = rob_skip_blanks(f->at, f->end), *end = f->end;
    *ascii = true;
    if (from == end || *from != '"') return false;
    const char *at = rob_skip_plain(++from, end);
    while (at < end && (unsigned char)*at >= 0x80) {
        *ascii = false;
        at = rob_skip_sequence(at, end);
        if (!at) return false;
        at = rob_skip_plain(at, end);
    }
    if (at == end || *at != '"') return false;
    *out = (rob_str){from, (size_t)(at - from)};
    f->at = at + 1;
    return true;
}

bool rob_fast_str(rob_fast *f, rob_str *out)
{
    bool ascii;
    return read_text(f, out, &ascii);
}

bool rob_fast_text(rob_fast *f, uint32_t least, uint32_t most, rob_str *out)
{
    bool ascii;
    if (!read_text(f, out, &ascii)) return false;
    size_t count = ascii ? out->len : rob_utf8_count(*out);
    return count >= least && count <= most;
}

bool rob_fast_matches(const rob_type *type, rob_str text)
{
    return rob_dfa_matches(type->text.pattern, text);
}

bool rob_fast_enum(rob_fast *f, const rob_type *type, void *out)
{
    const rob_enum *e = type->choice;
    rob_str text;
    if (!rob_fast_str(f, &text)) return false;
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->choices[i].kind != ROB_CHOICE_STR || !rob_str_eq(e->choices[i].text, text)) continue;
        memcpy(out, &i, sizeof i);
        return true;
    }
    return false;
}

static bool read_input(rob_fast *f, rob_kind kind, rob_input *input)
{
    number n;
    *input = (rob_input){.kind = ROB_INPUT_STRING};
    if (rob_fast_str(f, &input->text)) return true;
    if (kind != ROB_KIND_DECIMAL || !read_number(f, &n)) return false;
    *input = (rob_input){.kind = ROB_INPUT_NUMBER, .text = n.text};
    return true;
}

bool rob_fast_scalar(rob_fast *f, const rob_type *type, void *out)
{
    rob_input input;
    rob_scalar_error error;
    bool strict = type->rules & ROB_STRICT;
    if (!read_input(f, (rob_kind)type->kind, &input)) return false;
    if (rob_scalar_decode((rob_kind)type->kind, input, strict, f->arena, out, &error) != ROB_OK) return false;
    return !(type->rules & ~ROB_STRICT) || rob_check_scalar(type, out, f->arena, &error) == ROB_OK;
}
