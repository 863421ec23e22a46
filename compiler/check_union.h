/* check_union.h: between the files that check unions. */
#ifndef ROBYNC_CHECK_UNION_H
#define ROBYNC_CHECK_UNION_H

#include "checker.h"

/* Two arms of an inline union are disjoint when their JSON types differ, or when both are objects and a
 * required field has different Literals in them. Types count by what they are documented to take: int,
 * float and decimal are numbers (decimal also a string), str, bytes, uuid, dates, email and URLs are
 * strings, a Literal or enum is what its values are; so `int | str` and `float | bool` are fine, `int |
 * float` and `str | uuid` are not. Reports the first pair that is not, with a value that fits both. */
void check_disjoint(checker *c, const checked_union *u);

/* Some JSON value that fits the type, as small as possible; ptr NULL when none was found. */
rob_str sample_value(checker *c, const ir_type *type);

#endif
