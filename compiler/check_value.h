/* check_value.h: between the two files that check values. */
#ifndef ROBYNC_CHECK_VALUE_H
#define ROBYNC_CHECK_VALUE_H

#include "checker.h"

/* One value being checked. */
typedef struct value_check {
    checker *c;
    const ast_value *root; /* the whole value; parts have messages of their own */
    rob_str name;          /* whose value it is; empty: nobody's */
    const char *what;      /* "defaults to" */
} value_check;

/* "a string", "the name `x`", "a list" */
const char *value_words(const ast_value *v);

/* Write v as the JSON of a value of that type, which it was found to be. False after a report. */
bool add_typed_json(value_check *check, text *t, const ir_type *type, const ast_value *v);

/* Ask the decoder; false after RB0204. */
bool judge(value_check *check, const ast_value *v, const ir_type *type, rob_str json);

/* Whether JSON fits a type; its C value into *out when that is not NULL. */
bool decode_literal(checker *c, const ir_type *type, rob_str json, void **out);

/* "raise `le`, or choose a default of at most 100" */
void hint_bound(checker *c, diag_item *item, const ast_value *v, const ir_type *type, const char *noun);

#endif
