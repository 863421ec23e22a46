/* numbers.h: text to numbers and back, exact in both directions, without a locale.
 *
 * Pure functions; nothing allocates but what says so. Parsers never wrap and never round an integer
 * through a double. Printers write no NUL and return the bytes written. */
#ifndef ROB_BASE_NUMBERS_H
#define ROB_BASE_NUMBERS_H

#include <robync/types.h>

/* Why a text gave no number. */
typedef enum rob_number {
    ROB_NUMBER_OK = 0,
    ROB_NUMBER_BAD,       /* not in the grammar */
    ROB_NUMBER_TOO_BIG,   /* an integer beyond 64 bits */
    ROB_NUMBER_FRACTION,  /* asked for an integer, the number has a fractional part */
    ROB_NUMBER_NOT_FINITE /* inf, nan, or a magnitude that no double holds */
} rob_number;

/* ------------------------------------------------------------------ integers */

/* An integer written as text, as Pydantic's lax mode takes it: white space around it, a sign, leading
 * zeros, single underscores between digits, a fraction of zeros ("1.0", "1_0", " +01 "). OK, BAD or
 * TOO_BIG. */
ROB_NODISCARD rob_number rob_int_from_text(rob_str text, int64_t *out);

/* A JSON number (already checked to be one) as an integer, exactly: `1e2`, `1.0` and
 * `9007199254740993.0` are integers, `0.5` is FRACTION, `1e30` TOO_BIG. */
ROB_NODISCARD rob_number rob_int_from_json(rob_str number, int64_t *out);

/* Whether a JSON number is written as an integer: no fraction, no exponent. */
bool rob_json_number_is_int(rob_str number);

/* Plain decimal digits only, at least one; for settings, ports, lengths. False beyond 64 bits. */
ROB_NODISCARD bool rob_u64_from_digits(rob_str text, uint64_t *out);

/* ------------------------------------------------------------------ floats */

/* A JSON number, correctly rounded. OK or NOT_FINITE (`1e400`). Of a text that is not known to be one: BAD
 * when it is not [sign] digits [. digits] [exponent]. */
ROB_NODISCARD rob_number rob_float_from_json(rob_str number, double *out);

/* A float written as text, as Pydantic's lax mode takes it: white space around it, a sign, `1.`, `.5`,
 * exponents, or single underscores anywhere inside and no white space (at most 512 bytes then). `inf`, `nan`, `1e400` are NOT_FINITE. */
ROB_NODISCARD rob_number rob_float_from_text(rob_str text, double *out);

/* ------------------------------------------------------------------ printing */

enum {
    ROB_INT_TEXT = 20,         /* most bytes of an integer */
    ROB_FLOAT_TEXT = 25,       /* of a float in the shortest forms */
    ROB_FLOAT_PLAIN_TEXT = 344 /* of a float without exponent */
};

size_t rob_print_i64(char out[ROB_INT_TEXT], int64_t value);
size_t rob_print_u64(char out[ROB_INT_TEXT], uint64_t value);

/* The shortest text that reads back as value, which must be finite. */

/* As FastAPI's response models print it: 1.0, 0.00001, 1e-7, 1e+16. */
size_t rob_print_float(char out[ROB_FLOAT_TEXT], double value);

/* As Python's repr(): 1.0, 1e-05, 1e-07, 1e+16. For `input` and `ctx`. */
size_t rob_print_float_repr(char out[ROB_FLOAT_TEXT], double value);

/* Without exponent, and without ".0": 1, 0.5, 10000000000000000. For `msg`. */
size_t rob_print_float_plain(char out[ROB_FLOAT_PLAIN_TEXT], double value);

#endif
