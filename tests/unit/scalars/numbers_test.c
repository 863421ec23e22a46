/* Integers and floats to text and back. The fast paths are compared with libc's plain ones for as many
 * random values as half a second allows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/numbers.h"

static long wrong;

static void expect(bool ok, const char *what, const char *input)
{
    if (ok) return;
    wrong++;
    printf("%s: `%s`\n", what, input);
}

/* ------------------------------------------------------------------ integers */

typedef rob_number int_parser(rob_str text, int64_t *out);

static const struct {
    int_parser *parse;
    const char *text;
    rob_number result;
    int64_t value;
} int_rows[] = {
    {rob_int_from_text, "3", ROB_NUMBER_OK, 3},
    {rob_int_from_text, " +01_0 ", ROB_NUMBER_OK, 10},
    {rob_int_from_text, "-1.00", ROB_NUMBER_OK, -1},
    {rob_int_from_text, "9223372036854775807", ROB_NUMBER_OK, INT64_MAX},
    {rob_int_from_text, "-9223372036854775808", ROB_NUMBER_OK, INT64_MIN},
    {rob_int_from_text, "9223372036854775808", ROB_NUMBER_TOO_BIG, 0},
    {rob_int_from_text, "-9223372036854775809", ROB_NUMBER_TOO_BIG, 0},
    {rob_int_from_text, "99999999999999999999999", ROB_NUMBER_TOO_BIG, 0},
    {rob_int_from_text, "99999999999999999999999x", ROB_NUMBER_BAD, 0},
    {rob_int_from_text, "0-1", ROB_NUMBER_BAD, 0}, /* Pydantic reads -1 */
    {rob_int_from_text, "", ROB_NUMBER_BAD, 0},
    {rob_int_from_json, "9007199254740993.0", ROB_NUMBER_OK, 9007199254740993},
    {rob_int_from_json, "1e2", ROB_NUMBER_OK, 100},
    {rob_int_from_json, "1.25e2", ROB_NUMBER_OK, 125},
    {rob_int_from_json, "12500e-2", ROB_NUMBER_OK, 125},
    {rob_int_from_json, "-0.0", ROB_NUMBER_OK, 0},
    {rob_int_from_json, "0e999999999999", ROB_NUMBER_OK, 0},
    {rob_int_from_json, "1.5", ROB_NUMBER_FRACTION, 0},
    {rob_int_from_json, "125e-2", ROB_NUMBER_FRACTION, 0},
    {rob_int_from_json, "1e-999999999999", ROB_NUMBER_FRACTION, 0},
    {rob_int_from_json, "253402300799.9999999", ROB_NUMBER_FRACTION, 0}, /* a double would round it up */
    {rob_int_from_json, "1e19", ROB_NUMBER_TOO_BIG, 0},
    {rob_int_from_json, "1e999999999999", ROB_NUMBER_TOO_BIG, 0},
    {rob_int_from_json, "9223372036854775807.0", ROB_NUMBER_OK, INT64_MAX},
    {rob_int_from_json, "-9223372036854775808e0", ROB_NUMBER_OK, INT64_MIN},
};

static void check_ints(void)
{
    for (size_t i = 0; i < sizeof int_rows / sizeof *int_rows; i++) {
        int64_t value = 0;
        rob_number result = int_rows[i].parse(rob_str_of(int_rows[i].text), &value);
        expect(result == int_rows[i].result && (result || value == int_rows[i].value), "integer", int_rows[i].text);
    }
    uint64_t digits;
    expect(rob_u64_from_digits(ROB_STR("18446744073709551615"), &digits) && digits == UINT64_MAX, "digits", "2^64 - 1");
    expect(!rob_u64_from_digits(ROB_STR("18446744073709551616"), &digits), "digits", "2^64");
    expect(!rob_u64_from_digits(ROB_STR("+1"), &digits) && !rob_u64_from_digits(ROB_STR(""), &digits), "digits", "+1");
}

static void check_int_printing(int64_t value)
{
    char got[ROB_INT_TEXT], expected[32], back[ROB_INT_TEXT + 1] = "";
    size_t len = rob_print_i64(got, value);
    int expected_len = sprintf(expected, "%lld", (long long)value);
    memcpy(back, got, len);
    expect((int)len == expected_len && !memcmp(got, expected, len), "printed integer", back);
}

/* ------------------------------------------------------------------ floats */

static const struct {
    double value;
    const char *json, *repr, *plain;
} float_rows[] = {
    {1, "1.0", "1.0", "1"},
    {-0.0, "-0.0", "-0.0", "-0"},
    {0.5, "0.5", "0.5", "0.5"},
    {0.1, "0.1", "0.1", "0.1"},
    {0.0001, "0.0001", "0.0001", "0.0001"},
    {0.00001, "0.00001", "1e-05", "0.00001"},
    {1e-6, "1e-6", "1e-06", "0.000001"},
    {1e-7, "1e-7", "1e-07", "0.0000001"},
    {1.5e-10, "1.5e-10", "1.5e-10", "0.00000000015"},
    {1e15, "1000000000000000.0", "1000000000000000.0", "1000000000000000"},
    {1e16, "1e+16", "1e+16", "10000000000000000"},
    {9999999999999998, "9999999999999998.0", "9999999999999998.0", "9999999999999998"},
    {1.7976931348623157e308, "1.7976931348623157e+308", "1.7976931348623157e+308", NULL},
    {5e-324, "5e-324", "5e-324", NULL},
    {2.2250738585072014e-308, "2.2250738585072014e-308", "2.2250738585072014e-308", NULL},
    {0x1p-25, "2.9802322387695312e-8", "2.9802322387695312e-08", "0.000000029802322387695312"}, /* ends in a tie */
    {9007199254740993.0, "9007199254740992.0", "9007199254740992.0", "9007199254740992"},
};

static void check_text(const char *what, const char *got, size_t len, const char *expected)
{
    expect(!expected || (strlen(expected) == len && !memcmp(got, expected, len)), what, expected);
}

static void check_float_printing(void)
{
    char got[ROB_FLOAT_PLAIN_TEXT];
    for (size_t i = 0; i < sizeof float_rows / sizeof *float_rows; i++) {
        double value = float_rows[i].value;
        check_text("float", got, rob_print_float(got, value), float_rows[i].json);
        check_text("float as repr", got, rob_print_float_repr(got, value), float_rows[i].repr);
        check_text("float without exponent", got, rob_print_float_plain(got, value), float_rows[i].plain);
    }
    expect(rob_print_float_plain(got, -5e-324) <= ROB_FLOAT_PLAIN_TEXT, "longest float", "-5e-324");
    expect(rob_print_float(got, -2.2250738585072014e-308) <= ROB_FLOAT_TEXT, "longest short float", "-2.2e-308");
}

static void check_float_reading(const char *text)
{
    double got, expected = strtod(text, NULL);
    rob_number result = rob_float_from_json(rob_str_of(text), &got);
    expect(isfinite(expected) ? result == ROB_NUMBER_OK && got == expected : result == ROB_NUMBER_NOT_FINITE,
           "read float", text);
}

/* 800 digits are kept; the ones beyond still decide a tie. */
static void check_long_float(void)
{
    static char text[2000];
    size_t len = (size_t)sprintf(text, "9007199254740993.");
    memset(text + len, '0', 1500);
    text[len + 1500] = '\0';
    check_float_reading(text);
    text[len + 1499] = '1';
    check_float_reading(text);
    memset(text, '1', 400);
    text[400] = '\0';
    check_float_reading(text);
}

static void check_float_texts(void)
{
    double value;
    static const char *const good[] = {"1.", ".5", " 1 ", "+1e3", "1_0", "1_.5"};
    static const double values[] = {1, 0.5, 1, 1000, 10, 1.5};
    static const char *const infinite[] = {"inf", "-Infinity", "NaN", "1e400", "-1e400"};
    static const char *const bad[] = {"", ".", "e5", "1e", "_1", "1_", "1__0", " 1_0", "0x10", "1 0", "--1", "i"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        expect(rob_float_from_text(rob_str_of(good[i]), &value) == ROB_NUMBER_OK && value == values[i],
               "float text", good[i]);
    for (size_t i = 0; i < sizeof infinite / sizeof *infinite; i++)
        expect(rob_float_from_text(rob_str_of(infinite[i]), &value) == ROB_NUMBER_NOT_FINITE, "infinite text",
               infinite[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect(rob_float_from_text(rob_str_of(bad[i]), &value) == ROB_NUMBER_BAD, "bad float text", bad[i]);
}

/* ------------------------------------------------------------------ fast against plain */

static uint64_t seed = 88172645463325252;

static uint64_t random_bits(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

/* Decimals of few digits, neighbours of powers of two, and any bits. */
static double random_double(int kind)
{
    double value;
    uint64_t bits = random_bits();
    if (kind == 0) return (double)(bits % 1000000000) / 100;
    if (kind == 1) return ldexp(1, (int)(bits % 2098) - 1074);
    if (kind == 2) return (double)(bits >> 11) * pow(10, (int)(bits % 40) - 20);
    memcpy(&value, &bits, sizeof value);
    return isfinite(value) ? value : 0;
}

static int significant_digits(const char *text)
{
    int count = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (*text == '0' && !count)) continue;
        zeros = *text == '0' ? zeros + 1 : 0;
        count++;
    }
    return count - zeros;
}

/* Reads back as the same, and no rounding of the value to fewer digits does. */
static void check_shortest(double value)
{
    char text[ROB_FLOAT_TEXT + 1], shorter[40];
    double back;
    text[rob_print_float(text, value)] = '\0';
    expect(rob_float_from_json(rob_str_of(text), &back) == ROB_NUMBER_OK && back == value, "reads back", text);
    expect(strtod(text, NULL) == value, "libc reads it back", text);
    int digits = significant_digits(text);
    if (digits < 2) return;
    snprintf(shorter, sizeof shorter, "%.*e", digits - 2, value);
    expect(strtod(shorter, NULL) != value, "is not the shortest", text);
}

static void check_random(void)
{
    char text[64];
    clock_t end = clock() + CLOCKS_PER_SEC / 2;
    for (int i = 0; i % 64 || clock() < end; i++) {
        double value = random_double(i % 4);
        check_shortest(value);
        snprintf(text, sizeof text, "%.*g", 1 + i % 25, value);
        if (text[0] != '-' || value != 0) check_float_reading(text);
        check_int_printing((int64_t)(random_bits() >> i % 64));
        check_int_printing(-(int64_t)(random_bits() >> (1 + i % 63)));
    }
}

int main(void)
{
    check_ints();
    check_int_printing(INT64_MIN);
    check_int_printing(0);
    check_float_printing();
    check_long_float();
    check_float_texts();
    check_random();
    printf("%ld wrong\n", wrong);
    return wrong != 0;
}
