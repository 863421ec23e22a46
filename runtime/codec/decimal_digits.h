/* decimal_digits.h: a decimal taken apart: (-1)^negative * coefficient * 10^exponent. Private to the
 * decimal*.c files.
 *
 * The digits stay in the text; nothing is copied. */
#ifndef ROB_CODEC_DECIMAL_DIGITS_H
#define ROB_CODEC_DECIMAL_DIGITS_H

#include <robync/types.h>

typedef struct rob_digits {
    bool negative;
    rob_str whole, fraction; /* as written, around the point; borrowed */
    size_t skip;             /* leading zeros among them that are not part of the coefficient */
    size_t count;            /* digits of the coefficient, at least 1 */
    int64_t exponent;        /* of the coefficient's last digit */
} rob_digits;

/* [sign] digits [. digits] [e [sign] digits]. False when text is none, or beyond Python's limits of an
 * exponent (±10^18). */
bool rob_digits_split(rob_str text, rob_digits *out);

/* The coefficient's digit i, from the front. '0' beyond its end. */
char rob_digit_at(const rob_digits *d, size_t i);

/* The exponent of the first digit. */
int64_t rob_digits_adjusted(const rob_digits *d);

bool rob_digits_zero(const rob_digits *d);

/* Less than 0, 0, more than 0 as a < b, a = b, a > b. Exact. */
int rob_digits_compare(const rob_digits *a, const rob_digits *b);

#endif
