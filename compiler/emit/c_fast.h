/* c_fast.h: what c_fast.c knows of a value: whether it can be read fast, and the C that reads it. */
#ifndef ROBYNC_EMIT_C_FAST_H
#define ROBYNC_EMIT_C_FAST_H

#include "c.h"

/* Whether a field of a model is part of its input. */
static inline bool c_fast_is_input(const ir_field *field)
{
    return !(field->table.flags & ROB_FIELD_READONLY);
}

/* Whether emitted code reads a field. Unions, dicts, `json`, recursive types and rare constraints are left to
 * the tables. */
bool c_fast_takes(const c_emitter *e, const ir_field *field);

/* The parameter that a route's fast decoder reads; NULL when the route has none. */
const ir_param *c_fast_body(const c_emitter *e, const ir_route *route);

/* C that is true when the value does not fit, or is not sure to: `!rob_fast_int(f, &v->age) || v->age < 0`.
 * value: an lvalue. */
rob_str c_fast_test(c_emitter *e, const ir_type *type, rob_str value);

/* What a list that has been read must meet: ` && v->count <= 10`; empty without constraints. */
rob_str c_fast_list_check(c_emitter *e, const ir_type *type);

#endif
