#include "base/numbers.h"
#include "decode.h"
#include "decode_check.h"

static bool is_strict(const rob_decoder *d, const rob_type *type)
{
    return type->rules & ROB_STRICT && !d->params;
}

static bool input_of(rob_decoder *d, uint32_t node, rob_input *input)
{
    const rob_json_node *n = &d->doc->nodes[node];
    *input = (rob_input){.kind = ROB_INPUT_OTHER};
    switch ((rob_json_kind)n->kind) {
    case ROB_JSON_NULL: input->kind = ROB_INPUT_NULL; break;
    case ROB_JSON_FALSE: case ROB_JSON_TRUE:
        input->kind = ROB_INPUT_BOOL;
        input->flag = n->kind == ROB_JSON_TRUE;
        break;
    case ROB_JSON_INT: case ROB_JSON_FLOAT:
        input->kind = ROB_INPUT_NUMBER;
        input->text = rob_json_raw(d->doc, n);
        break;
    case ROB_JSON_STR:
        input->kind = d->params ? ROB_INPUT_PARAM : ROB_INPUT_STRING;
        input->text = rob_json_text(d->doc, n, d->arena);
        return input->text.ptr ? true : rob_decode_abort(d, ROB_NO_MEMORY);
    case ROB_JSON_ARRAY: case ROB_JSON_OBJECT: break;
    }
    return true;
}

/* ------------------------------------------------------------------ the common case, without a detour */

/* An integer of up to 18 digits, as it stands in most documents. */
static inline bool read_short_int(const rob_json_doc *doc, const rob_json_node *n, int64_t *out)
{
    const char *at = doc->text + n->at, *end = at + n->len;
    if (n->kind != ROB_JSON_INT || n->len > 18) return false;
    bool negative = *at == '-';
    int64_t value = 0;
    for (at += negative; at < end; at++) value = value * 10 + (*at - '0');
    *out = negative ? -value : value;
    return true;
}

/* True when the JSON type is the documented one and *out is converted without further ado. */
static inline bool convert_directly(const rob_decoder *d, const rob_type *type, const rob_json_node *n, void *out)
{
    if (type->kind == ROB_KIND_STR && n->kind == ROB_JSON_STR && !n->escaped) {
        *(rob_str *)out = (rob_str){d->doc->text + n->at, n->len};
        return true;
    }
    if (type->kind == ROB_KIND_INT) return read_short_int(d->doc, n, out);
    if (type->kind == ROB_KIND_BOOL && (n->kind == ROB_JSON_TRUE || n->kind == ROB_JSON_FALSE)) {
        *(bool *)out = n->kind == ROB_JSON_TRUE;
        return true;
    }
    return false;
}

static rob_status convert(rob_decoder *d, const rob_type *type, uint32_t node, void *out, rob_scalar_error *error)
{
    rob_input input;
    if (!input_of(d, node, &input)) return d->status;
    return rob_scalar_decode((rob_kind)type->kind, input, is_strict(d, type), d->arena, out, error);
}

bool rob_decode_scalar(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out)
{
    rob_scalar_error error;
    rob_status status = ROB_OK;
    if (!convert_directly(d, type, &d->doc->nodes[node], out)) status = convert(d, type, node, out, &error);
    if (status == ROB_OK && type->rules & ~ROB_STRICT) status = rob_check_scalar(type, out, d->arena, &error);
    if (status == ROB_OK) return true;
    return status == ROB_INVALID ? rob_decode_fail(d, node, loc, &error) : rob_decode_abort(d, status);
}

/* ------------------------------------------------------------------ enums and literals */

static bool find_text(const rob_enum *e, rob_str text, uint32_t *out)
{
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->choices[i].kind != ROB_CHOICE_STR || !rob_str_eq(e->choices[i].text, text)) continue;
        *out = i;
        return true;
    }
    return false;
}

/* As Python compares: True is 1 and 1.0 is 1, but a choice of the very kind comes first. strict: only
 * that one will do. */
static bool find_number(const rob_enum *e, int64_t number, rob_choice_kind kind, bool strict, uint32_t *out)
{
    bool found = false;
    for (uint32_t i = 0; i < e->count; i++) {
        const rob_choice *c = &e->choices[i];
        bool same_kind = c->kind == kind;
        if (c->kind == ROB_CHOICE_STR || c->number != number || (!same_kind && (strict || found))) continue;
        *out = i;
        found = true;
        if (same_kind) return true;
    }
    return found;
}

static bool all_ints(const rob_enum *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->choices[i].kind != ROB_CHOICE_INT) return false;
    }
    return true;
}

/* An enum of integers takes what an int takes, texts included; other enums and literals only the equal
 * value. */
static bool find_choice(rob_decoder *d, const rob_type *type, const rob_input *input, uint32_t *out)
{
    const rob_enum *e = type->choice;
    int64_t number;
    bool strict = is_strict(d, type);
    switch (input->kind) {
    case ROB_INPUT_STRING: case ROB_INPUT_PARAM:
        if (find_text(e, input->text, out)) return true;
        return !e->literal && !strict && all_ints(e) && rob_int_from_text(input->text, &number) == ROB_NUMBER_OK &&
               find_number(e, number, ROB_CHOICE_INT, strict, out);
    case ROB_INPUT_BOOL: return find_number(e, input->flag, ROB_CHOICE_BOOL, strict, out);
    case ROB_INPUT_NUMBER:
        return rob_int_from_json(input->text, &number) == ROB_NUMBER_OK &&
               find_number(e, number, ROB_CHOICE_INT, strict, out);
    case ROB_INPUT_NULL: case ROB_INPUT_OTHER:
        return false;
    }
    return false;
}

bool rob_decode_enum(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out)
{
    const rob_enum *e = type->choice;
    rob_input input;
    if (!input_of(d, node, &input)) return false;
    if (find_choice(d, type, &input, out)) return true;
    if (rob_decode_stopped(d)) return false;
    rob_scalar_error error = {.type = e->literal ? "literal_error" : "enum", .ctx_key = "expected",
                              .ctx_text = e->expected};
    error.msg = rob_arena_format(d->arena, "Input should be %.*s", ROB_STR_ARG(e->expected));
    if (!error.msg.ptr) return rob_decode_abort(d, ROB_NO_MEMORY);
    return rob_decode_fail(d, node, loc, &error);
}
