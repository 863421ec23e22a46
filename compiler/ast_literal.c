/* Literals and names: the text of a token becomes a value. */
#include <errno.h>
#include <stdlib.h>

#include "ast_build.h"
#include "memory.h"

span token_span(const parser *p, token t)
{
    return (span){p->src->index, t.start, t.end};
}

rob_str token_text(const parser *p, token t)
{
    return (rob_str){p->src->text.ptr + t.start, t.end - t.start};
}

ast_name no_name(void)
{
    return (ast_name){0};
}

ast_name build_name(parser *p, token t)
{
    return (ast_name){.text = token_text(p, t), .at = token_span(p, t)};
}

ast_name string_name(parser *p, token string)
{
    return (ast_name){.text = string_text(p, string), .at = token_span(p, string)};
}

/* ------------------------------------------------------------------ strings */

typedef struct reader {
    parser *p;
    const char *at, *end; /* what is left of the string token, without its quotes */
    char *out;
} reader;

static void bad_escape(reader *r, const char *start, const char *end, const char *hint)
{
    uint32_t from = (uint32_t)(start - r->p->src->text.ptr);
    span at = {r->p->src->index, from, from + (uint32_t)(end - start)};
    diag_item *item = diag_error(r->p->diag, at, "RB0005", "`%.*s` is not an escape sequence", (int)(end - start), start);
    diag_hint(r->p->diag, item, "%s", hint);
}

static void put_utf8(reader *r, uint32_t point)
{
    if (point < 0x80) {
        *r->out++ = (char)point;
    } else if (point < 0x800) {
        *r->out++ = (char)(0xC0 | point >> 6);
        *r->out++ = (char)(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        *r->out++ = (char)(0xE0 | point >> 12);
        *r->out++ = (char)(0x80 | (point >> 6 & 0x3F));
        *r->out++ = (char)(0x80 | (point & 0x3F));
    } else {
        *r->out++ = (char)(0xF0 | point >> 18);
        *r->out++ = (char)(0x80 | (point >> 12 & 0x3F));
        *r->out++ = (char)(0x80 | (point >> 6 & 0x3F));
        *r->out++ = (char)(0x80 | (point & 0x3F));
    }
}

/* Four hexadecimal digits behind \u. */
static bool read_hex(const char *at, const char *end, uint32_t *unit)
{
    if (end - at < 4) return false;
    *unit = 0;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0')
            : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
            : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10) : 16;
        if (digit == 16) return false;
        *unit = *unit << 4 | digit;
    }
    return true;
}

/* At the digits of \uXXXX; a pair of surrogates is one character (RFC 8259 section 7). */
static void unicode_escape(reader *r)
{
    const char *start = r->at - 2;
    uint32_t unit, low;
    if (!read_hex(r->at, r->end, &unit)) {
        bad_escape(r, start, r->at, "`\\u` takes four hexadecimal digits: `\\u00e9`");
        return;
    }
    r->at += 4;
    bool high = unit >= 0xD800 && unit <= 0xDBFF;
    if (high && r->end - r->at >= 6 && r->at[0] == '\\' && r->at[1] == 'u' &&
        read_hex(r->at + 2, r->end, &low) && low >= 0xDC00 && low <= 0xDFFF) {
        r->at += 6;
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    } else if (unit >= 0xD800 && unit <= 0xDFFF) {
        bad_escape(r, start, r->at, "half of a surrogate pair is not a character; write the character itself");
        return;
    }
    put_utf8(r, unit);
}

static void escape(reader *r)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *start = r->at++;
    char c = *r->at++;
    const char *known = strchr(from, c);
    if (c && known) {
        *r->out++ = to[known - from];
    } else if (c == 'u') {
        unicode_escape(r);
    } else {
        while (r->at < r->end && ((unsigned char)*r->at & 0xC0) == 0x80) r->at++;
        bad_escape(r, start, r->at, "a backslash itself is written `\\\\`, in patterns too: `\"\\\\d+\"`");
        *r->out++ = '\\'; /* what was most likely meant */
        if (c) *r->out++ = c;
    }
}

static void control_character(reader *r)
{
    uint32_t from = (uint32_t)(r->at - r->p->src->text.ptr);
    span at = {r->p->src->index, from, from + 1};
    unsigned char c = (unsigned char)*r->at++;
    diag_error(r->p->diag, at, "RB0005", "a string cannot hold the control character 0x%02X as it is; write `\\u%04x`",
               c, c);
}

rob_str string_text(parser *p, token string)
{
    if (string.kind != TOKEN_STRING) return (rob_str){0};
    rob_str text = token_text(p, string);
    size_t quotes = text.len >= 6 && memcmp(text.ptr, "\"\"\"", 3) == 0 ? 3 : 1;
    char *out = arena_need(p->arena, text.len);
    reader r = {.p = p, .at = text.ptr + quotes, .end = text.ptr + text.len - quotes, .out = out};
    while (r.at < r.end) {
        unsigned char c = (unsigned char)*r.at;
        if (c == '\\') escape(&r);
        else if (c == '\r' && r.at + 1 < r.end && r.at[1] == '\n') r.at++;
        else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F) control_character(&r);
        else *r.out++ = *r.at++;
    }
    return (rob_str){out, (size_t)(r.out - out)};
}

/* ------------------------------------------------------------------ numbers */

static ast_value *new_value(parser *p, ast_value_kind kind, span at)
{
    ast_value *value = arena_new(p->arena, ast_value);
    value->kind = kind;
    value->at = at;
    return value;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits without _, NUL-terminated. */
static rob_str plain_digits(parser *p, rob_str text)
{
    char *out = arena_need(p->arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '_') out[len++] = text.ptr[i];
    }
    return (rob_str){out, len};
}

static void check_zeros(parser *p, token t, rob_str digits)
{
    const char *first = digits.ptr + (digits.ptr[0] == '-');
    if (first[0] != '0' || !is_digit(first[1])) return;
    diag_item *item = diag_error(p->diag, token_span(p, t), "RB0007", "a number does not begin with 0");
    diag_hint(p->diag, item, "numbers are decimal here; leave the zeros out");
}

/* False, with the greatest number of that sign, when 64 bits do not hold it. */
static bool parse_int(rob_str digits, int64_t *out)
{
    errno = 0;
    *out = strtoll(digits.ptr, NULL, 10);
    return errno != ERANGE;
}

ast_value *int_value(parser *p, token t)
{
    ast_value *value = new_value(p, AST_INT, token_span(p, t));
    value->text = plain_digits(p, token_text(p, t));
    check_zeros(p, t, value->text);
    value->too_large = !parse_int(value->text, &value->number);
    if (value->too_large) {
        diag_error(p->diag, value->at, "RB0006", "`%.*s` does not fit in 64 bits; integers end at %lld",
                   ROB_STR_ARG(value->text), (long long)value->number);
    }
    return value;
}

ast_value *float_value(parser *p, token t)
{
    ast_value *value = new_value(p, AST_FLOAT, token_span(p, t));
    value->text = plain_digits(p, token_text(p, t));
    check_zeros(p, t, value->text);
    value->real = strtod(value->text.ptr, NULL);
    if (value->real > 1.7976931348623157e308 || value->real < -1.7976931348623157e308) {
        diag_error(p->diag, value->at, "RB0006", "`%.*s` is beyond the largest float, about 1.8e308",
                   ROB_STR_ARG(value->text));
        value->real = 0;
    }
    return value;
}

typedef struct unit {
    const char *name;
    ast_value_kind kind;
    int64_t factor; /* bytes or milliseconds */
} unit;

static const unit units[] = {
    {"b", AST_SIZE, 1},           {"kb", AST_SIZE, 1 << 10}, {"mb", AST_SIZE, 1 << 20},
    {"gb", AST_SIZE, 1 << 30},    {"ms", AST_DURATION, 1},   {"s", AST_DURATION, 1000},
    {"min", AST_DURATION, 60000}, {"h", AST_DURATION, 3600000},
};
enum { UNIT_COUNT = sizeof units / sizeof *units };

static const unit *find_unit(rob_str name)
{
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        if (rob_str_eq(rob_str_of(units[i].name), name)) return &units[i];
    }
    return NULL;
}

static void unknown_unit(parser *p, token t, rob_str name)
{
    if (name.ptr[0] == '_') {
        diag_item *item = diag_error(p->diag, token_span(p, t), "RB0007", "`%.*s` is not a number",
                                     ROB_STR_ARG(token_text(p, t)));
        diag_hint(p->diag, item, "`_` stands between two digits: `1_000`");
        return;
    }
    span at = {p->src->index, t.end - (uint32_t)name.len, t.end};
    diag_item *item = diag_error(p->diag, at, "RB0008", "unknown unit `%.*s`", ROB_STR_ARG(name));
    rob_str names[UNIT_COUNT];
    for (size_t i = 0; i < UNIT_COUNT; i++) names[i] = rob_str_of(units[i].name);
    diag_hint(p->diag, item, "sizes are `b`, `kb`, `mb`, `gb`; times are `ms`, `s`, `min`, `h`");
    if (name.len > 1) diag_suggest(p->diag, item, name, names, UNIT_COUNT);
}

/* Bytes before the unit; of 1_ and 1__0 the first digit only. */
static size_t number_len(rob_str text)
{
    size_t len = 0;
    while (len < text.len) {
        bool between = text.ptr[len] == '_' && len + 1 < text.len && is_digit(text.ptr[len + 1]);
        if (!is_digit(text.ptr[len]) && text.ptr[len] != '-' && text.ptr[len] != '.' && !between) break;
        len++;
    }
    return len;
}

ast_value *quantity_value(parser *p, token t)
{
    rob_str text = token_text(p, t);
    size_t len = number_len(text);
    rob_str name = {text.ptr + len, text.len - len};
    const unit *found = find_unit(name);
    ast_value *value = new_value(p, found ? found->kind : AST_INT, token_span(p, t));
    value->text = plain_digits(p, (rob_str){text.ptr, len});
    if (!found) {
        unknown_unit(p, t, name);
        return value;
    }
    if (value->text.ptr[0] == '-' || memchr(value->text.ptr, '.', value->text.len)) {
        diag_item *item = diag_error(p->diag, value->at, "RB0007", "a %s is a whole number from 0",
                                     found->kind == AST_SIZE ? "size" : "time");
        diag_hint(p->diag, item, "use a smaller unit: `1500ms`, `1536kb`");
        return value;
    }
    check_zeros(p, t, value->text);
    if (!parse_int(value->text, &value->number) || __builtin_mul_overflow(value->number, found->factor, &value->number)) {
        value->too_large = true;
        value->number = INT64_MAX;
        diag_error(p->diag, value->at, "RB0006", "`%.*s` does not fit in 64 bits", ROB_STR_ARG(text));
    }
    return value;
}

ast_value *rate_value(parser *p, token t)
{
    rob_str text = token_text(p, t);
    const char *slash = memchr(text.ptr, '/', text.len);
    ast_value *value = new_value(p, AST_RATE, token_span(p, t));
    value->text = (rob_str){slash + 1, (size_t)(text.ptr + text.len - slash - 1)};
    rob_str digits = plain_digits(p, (rob_str){text.ptr, (size_t)(slash - text.ptr)});
    check_zeros(p, t, digits);
    if (!parse_int(digits, &value->number)) {
        value->too_large = true;
        diag_error(p->diag, value->at, "RB0006", "`%.*s` does not fit in 64 bits", ROB_STR_ARG(text));
    }
    const unit *per = find_unit(value->text);
    if (per && per->kind == AST_DURATION && per->factor > 1) return value;
    span at = {p->src->index, t.end - (uint32_t)value->text.len, t.end};
    diag_item *item = diag_error(p->diag, at, "RB0008", "unknown unit `%.*s`", ROB_STR_ARG(value->text));
    diag_hint(p->diag, item, "a rate is per `s`, `min` or `h`: `600/min`");
    return value;
}

/* ------------------------------------------------------------------ other values */

ast_value *string_value(parser *p, token t)
{
    ast_value *value = new_value(p, AST_STR, token_span(p, t));
    value->text = string_text(p, t);
    return value;
}

ast_value *bool_value(parser *p, token t, bool truth)
{
    ast_value *value = new_value(p, AST_BOOL, token_span(p, t));
    value->boolean = truth;
    return value;
}

ast_value *null_value(parser *p, token t)
{
    return new_value(p, AST_NULL, token_span(p, t));
}

ast_value *word_value(parser *p, token t)
{
    ast_value *value = new_value(p, AST_MEMBER, token_span(p, t));
    value->text = token_text(p, t);
    return value;
}

ast_value *env_value(parser *p, token word, token name, token close)
{
    ast_value *value = new_value(p, AST_ENV, span_join(token_span(p, word), token_span(p, close)));
    value->text = string_text(p, name);
    return value;
}

ast_value *list_value(parser *p, token open, value_list items, token close)
{
    ast_value *value = new_value(p, AST_LIST, span_join(token_span(p, open), token_span(p, close)));
    value->items = items.first;
    return value;
}

ast_value *object_value(parser *p, token open, value_list items, token close)
{
    ast_value *value = new_value(p, AST_OBJECT, span_join(token_span(p, open), token_span(p, close)));
    value->items = items.first;
    return value;
}

ast_value *key_value(ast_value *value, ast_name key)
{
    value->key = key.text;
    value->key_at = key.at;
    return value;
}
