/* UTF-8, percent-encoding, the calendar, and values that handlers may return. */
#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "base/utf8.h"
#include "codec/base64.h"
#include "codec/datetime.h"
#include "codec/decimal.h"
#include "codec/percent.h"

static long wrong;

static void expect(bool ok, const char *what)
{
    if (ok) return;
    wrong++;
    printf("%s\n", what);
}

static void expect_text(rob_str got, const char *expected, size_t len, const char *what)
{
    if (rob_str_eq(got, (rob_str){expected, len})) return;
    wrong++;
    printf("%s: got `%.*s`, expected `%s`\n", what, ROB_STR_ARG(got), expected);
}
#define EXPECT_TEXT(got, expected, what) expect_text((got), expected, sizeof(expected) - 1, (what))

/* ------------------------------------------------------------------ UTF-8 */

static const rob_str ill_formed[] = {
    ROB_STR_INIT("\x80"),             /* a lone continuation */
    ROB_STR_INIT("\xC0\xAF"),         /* overlong */
    ROB_STR_INIT("\xC1\xBF"),         ROB_STR_INIT("\xE0\x9F\xBF"),     ROB_STR_INIT("\xF0\x8F\xBF\xBF"),
    ROB_STR_INIT("\xED\xA0\x80"),     /* a surrogate */
    ROB_STR_INIT("\xF4\x90\x80\x80"), /* above U+10FFFF */
    ROB_STR_INIT("\xF5\x80\x80\x80"), ROB_STR_INIT("\xFF"),
    ROB_STR_INIT("\xC3"),             /* cut off */
    ROB_STR_INIT("\xE2\x82"),         ROB_STR_INIT("\xF0\x9F\x98"),
    ROB_STR_INIT("12345678abcdefg\xE9"), /* after a stretch that goes eight bytes at a time */
};

static void check_validity(rob_arena *arena)
{
    for (size_t i = 0; i < sizeof ill_formed / sizeof *ill_formed; i++)
        expect(!rob_utf8_valid(ill_formed[i]), "an ill-formed text is valid");
    rob_str good = ROB_STR(
        "ascii and \xC3\xA9 and \xE2\x82\xAC and \xF0\x9F\x98\x80 and \xF4\x8F\xBF\xBF and a zero \0");
    expect(rob_utf8_valid(good), "a well-formed text is not valid");
    expect(rob_utf8_count(good) == good.len - 1 - 2 - 3 - 3, "code points are counted wrong");
    expect(rob_utf8_valid_len(ROB_STR("abc\xFFxyz")) == 3, "the first ill-formed byte is not found");
    expect(rob_utf8_replace(arena, good).ptr == good.ptr, "valid text is copied");
}

/* Each code point, there and back; surrogates do not decode. */
static void check_code_points(void)
{
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        uint32_t back = 0;
        size_t len = rob_utf8_encode(bytes, c), used = rob_utf8_decode((rob_str){bytes, len}, &back);
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (surrogate ? used != 0 : used != len || back != c) {
            expect(false, "a code point does not survive");
            return;
        }
    }
}

/* As Python's decode("utf-8", "replace"). */
static void check_replacing(rob_arena *arena)
{
#define R "\xEF\xBF\xBD"
    EXPECT_TEXT(rob_utf8_replace(arena, ROB_STR("a\xFF\xFE" "b")), "a" R R "b", "two bad bytes");
    EXPECT_TEXT(rob_utf8_replace(arena, ROB_STR("\xF0\x9F\x98" "x")), R "x", "one cut sequence is one part");
    EXPECT_TEXT(rob_utf8_replace(arena, ROB_STR("\xED\xA0\x80")), R R R, "a surrogate is three parts");
    EXPECT_TEXT(rob_utf8_replace(arena, ROB_STR("\xE2\x82\xE2\x82\xAC")), R "\xE2\x82\xAC",
                "a cut one before a whole one");
    EXPECT_TEXT(rob_utf8_from_latin1(arena, ROB_STR("caf\xE9\xFF")), "caf\xC3\xA9\xC3\xBF", "Latin-1");
    EXPECT_TEXT(rob_utf8_trim(ROB_STR(" \t\xC2\xA0x y\xE3\x80\x80\n")), "x y", "white space");
    EXPECT_TEXT(rob_utf8_trim(ROB_STR("\x1Cx")), "\x1Cx", "Rust does not trim U+001C");
    EXPECT_TEXT(rob_utf8_trim_python(ROB_STR("\x1Cx\x1F")), "x", "Python does");
    EXPECT_TEXT(rob_utf8_trim(ROB_STR("  ")), "", "nothing but white space");
#undef R
}

/* ------------------------------------------------------------------ percent-encoding */

static rob_str decode_path(rob_arena *arena, rob_str path, bool *ok)
{
    rob_str out = {0};
    *ok = rob_percent_decode_path(arena, path, &out) == ROB_OK;
    return out;
}

static void check_percent(rob_arena *arena)
{
    bool ok;
    EXPECT_TEXT(rob_percent_decode(arena, ROB_STR("a%20b+c%zz%4"), true), "a b c%zz%4", "a bad escape stays");
    EXPECT_TEXT(rob_percent_decode(arena, ROB_STR("a+%2B"), false), "a++", "a plus outside queries");
    EXPECT_TEXT(rob_percent_encode(arena, ROB_STR("a b/\xC3\xA9~"), false), "a%20b%2F%C3%A9~", "encoded");
    EXPECT_TEXT(rob_percent_encode(arena, ROB_STR("a/b"), true), "a/b", "slashes that stay");
    EXPECT_TEXT(decode_path(arena, ROB_STR("/a%2Fb/%C3%A9"), &ok), "/a\0b/\xC3\xA9", "an encoded slash is a NUL");
    static const char *const bad[] = {"/%", "/%4", "/%zz", "/%00", "/%ff", "/%C3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        decode_path(arena, rob_str_of(bad[i]), &ok);
        expect(!ok, bad[i]);
    }
}

/* ------------------------------------------------------------------ the calendar */

static void check_calendar(void)
{
    char text[ROB_HTTP_DATE_TEXT + 1] = "";
    rob_date date = {1, 1, 1};
    int64_t first = rob_days_from_date(date);
    for (int64_t days = first; days <= 2932896; days++) { /* to 9999-12-31 */
        rob_date got = rob_date_from_days(days);
        if (got.year != date.year || got.month != date.month || got.day != date.day ||
            rob_days_from_date(got) != days) {
            expect(false, "the calendar has a hole");
            return;
        }
        if (++date.day > rob_days_in_month(date.year, date.month)) date.day = 1, date.month++;
        if (date.month > 12) date.month = 1, date.year++;
    }
    expect(first == -719162 && date.year == 10000, "the calendar's ends");
    rob_print_http_date(text, 784111777);
    expect(!strcmp(text, "Sun, 06 Nov 1994 08:49:37 GMT"), text);
    rob_print_http_date(text, -1);
    expect(!strcmp(text, "Wed, 31 Dec 1969 23:59:59 GMT"), text);
}

/* ------------------------------------------------------------------ what handlers return */

static void check_printing(void)
{
    char text[64];
    rob_datetime moment = {{2024, 2, 29}, {.hour = 1, .microsecond = 5, .has_offset = true, .offset = -19800}};
    expect_text((rob_str){text, rob_print_datetime(text, moment)}, "2024-02-29T01:00:00.000005-05:30", 32, "datetime");
    expect(rob_datetime_valid(moment), "a datetime is refused");
    moment.date.day = 30;
    expect(!rob_datetime_valid(moment), "2024-02-30 is accepted");
    moment.date = (rob_date){0, 1, 1};
    expect(!rob_datetime_valid(moment), "year 0 is accepted");
    rob_duration longest = {-999999999, 0, 1};
    expect(rob_duration_valid(longest), "a duration is refused");
    expect(rob_print_duration(text, longest) <= ROB_DURATION_TEXT, "the longest duration does not fit");
    expect_text((rob_str){text, rob_print_duration(text, (rob_duration){-1, 86399, 500000})}, "-PT0.5S", 7, "duration");
    expect(!rob_duration_valid((rob_duration){0, 86400, 0}), "a day of seconds is accepted");
}

static void check_decimals(void)
{
    expect(rob_decimal_valid(ROB_STR("1E+5")) && rob_decimal_valid(ROB_STR("-0.00")), "a decimal is refused");
    expect(!rob_decimal_valid(ROB_STR("1_0")) && !rob_decimal_valid(ROB_STR("NaN")) && !rob_decimal_valid(ROB_STR("")),
           "a text is taken for a decimal");
    expect(rob_decimal_compare(ROB_STR("1.50"), ROB_STR("1.5")) == 0, "1.50 is 1.5");
    expect(rob_decimal_compare(ROB_STR("-0"), ROB_STR("0E+9")) == 0, "zeros are equal");
    expect(rob_decimal_compare(ROB_STR("-1E+30"), ROB_STR("1E-30")) < 0, "signs");
    expect(rob_decimal_compare(ROB_STR("-2"), ROB_STR("-10")) > 0, "negative numbers");
    expect(rob_decimal_compare(ROB_STR("1E+999999999"), ROB_STR("9E+999999998")) > 0, "large exponents");
    expect(rob_decimal_compare(ROB_STR("0.1000000000000000000000000000001"), ROB_STR("0.1")) > 0, "many digits");
}

static void check_base64(rob_arena *arena)
{
    char bytes[100], text[200];
    for (size_t len = 0; len < sizeof bytes; len++) {
        rob_str back;
        rob_scalar_error error;
        for (size_t i = 0; i < len; i++) bytes[i] = (char)(i * 37 + len);
        size_t text_len = rob_base64_encode(text, (rob_str){bytes, len});
        bool ok = text_len == rob_base64_len(len) &&
                  rob_base64_decode(arena, (rob_str){text, text_len}, &back, &error) == ROB_OK;
        expect(ok && rob_str_eq(back, (rob_str){bytes, len}), "bytes do not survive base64");
    }
}

int main(void)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    check_validity(&arena);
    check_code_points();
    check_replacing(&arena);
    check_percent(&arena);
    check_calendar();
    check_printing();
    check_decimals();
    check_base64(&arena);
    rob_arena_free(&arena);
    printf("%ld wrong\n", wrong);
    return wrong != 0;
}
