/* decimal.h: exact decimals as Python's decimal.Decimal has them: the value is its canonical text.
 *
 * Digits are never dropped: `1.50` stays `1.50`. Infinities and NaN are refused (finite_number). */
#ifndef ROB_CODEC_DECIMAL_H
#define ROB_CODEC_DECIMAL_H

#include "codec/scalars.h"

/* A text as Decimal(text) takes it: white space around it, underscores, exponents. out->text is what
 * str(Decimal) prints, in the arena or borrowed. */
ROB_NODISCARD rob_status rob_decimal_from_text(rob_arena *arena, rob_str text, rob_decimal *out,
                                               rob_scalar_error *error);

/* A JSON number: integers as they are, others through the repr of their double, as Pydantic does
 * (`1e2` is 100.0). */
ROB_NODISCARD rob_status rob_decimal_from_number(rob_arena *arena, rob_str number, rob_decimal *out,
                                                 rob_scalar_error *error);

/* Whether text is what str(Decimal) may print for a finite value: for values that handlers return. */
bool rob_decimal_valid(rob_str text);

/* Less than 0, 0, more than 0 as a < b, a = b, a > b. Exact; texts must be valid decimals. */
int rob_decimal_compare(rob_str a, rob_str b);

#endif
