/* Values in a spec (defaults, examples, constants) against their types.
 *
 * A value is first written as JSON under the guidance of its type, which resolves enum members and
 * names the wrong places; then the runtime's decoder judges it on the very tables that the server will
 * use, so that both always agree. Only conversions differ: "3" is no int in a spec. */
#include "check_value.h"
#include "codec/decode.h"

#include <inttypes.h>

/* ------------------------------------------------------------------ without a type */

static void number_json(text *t, const ast_value *v)
{
    if (v->kind == AST_INT && !v->too_large) {
        text_format(t, "%" PRId64, v->number);
        return;
    }
    bool negative = (v->real < 0) && v->text.len && v->text.ptr[0] != '-';
    if (negative) text_char(t, '-');
    text_add(t, v->text);
}

static void add_plain_json(checker *c, text *t, const ast_value *v);

static void add_members(checker *c, text *t, const ast_value *first, bool object)
{
    for (const ast_value *item = first; item; item = item->next) {
        if (item != first) text_char(t, ',');
        if (object) {
            text_json_string(t, item->key);
            text_char(t, ':');
        }
        add_plain_json(c, t, item);
    }
}

static void add_plain_json(checker *c, text *t, const ast_value *v)
{
    switch (v->kind) {
    case AST_NULL: text_add(t, ROB_STR("null")); return;
    case AST_BOOL: text_add(t, v->boolean ? ROB_STR("true") : ROB_STR("false")); return;
    case AST_INT: case AST_FLOAT: number_json(t, v); return;
    case AST_STR: text_json_string(t, v->text); return;
    case AST_LIST:
        text_char(t, '[');
        add_members(c, t, v->items, false);
        text_char(t, ']');
        return;
    case AST_OBJECT:
        text_char(t, '{');
        add_members(c, t, v->items, true);
        text_char(t, '}');
        return;
    case AST_MEMBER: case AST_SIZE: case AST_DURATION: case AST_RATE: case AST_ENV:
        report(c, v->at, "RB0201", "a JSON value is expected here, found %s", value_words(v));
        text_add(t, ROB_STR("null"));
        return;
    }
}

rob_str plain_json(checker *c, const ast_value *v)
{
    text t = text_new(c->arena);
    add_plain_json(c, &t, v);
    return text_done(&t);
}

/* ------------------------------------------------------------------ judging */

bool decode_literal(checker *c, const ir_type *type, rob_str json, void **out)
{
    rob_errors errors = {0};
    void *value = arena_need(c->arena, type->table.size + 1);
    if (rob_decode_text(c->arena, &type->table, json, value, &errors) != ROB_OK) return false;
    if (out) *out = value;
    return true;
}

static void outside(value_check *check, const ast_value *v, const ir_type *type, rob_str json)
{
    checker *c = check->c;
    rob_str shown = json.len <= 60 ? json : (rob_str)ROB_STR("this value");
    bool bounded = type->table.rules & ~ROB_STRICT;
    diag_item *item;
    if (check->root == v && check->name.len)
        item = report(c, v->at, "RB0204", "`%.*s` %s %.*s, %s `%.*s`", ROB_STR_ARG(check->name), check->what,
                      ROB_STR_ARG(shown), bounded ? "outside" : "which is no", ROB_STR_ARG(type->text));
    else
        item = report(c, v->at, "RB0204", "%.*s is %s `%.*s`", ROB_STR_ARG(shown), bounded ? "outside" : "no",
                      ROB_STR_ARG(type->text));
    hint_bound(c, item, v, type, strcmp(check->what, "defaults to") == 0 ? "a default" : "a value");
}

bool judge(value_check *check, const ast_value *v, const ir_type *type, rob_str json)
{
    if (decode_literal(check->c, type, json, NULL)) return true;
    outside(check, v, type, json);
    return false;
}

bool typed_value(checker *c, const ir_type *type, const ast_value *v, rob_str name, const char *what,
                 rob_str *json, void **out)
{
    if (type == c->poison) return false;
    value_check check = {.c = c, .root = v, .name = name, .what = what};
    text t = text_new(c->arena);
    if (!add_typed_json(&check, &t, type, v)) return false;
    rob_str whole = text_done(&t);
    if (json) *json = whole;
    return !out || decode_literal(c, type, whole, out);
}

void field_default(checker *c, const ast_field *written, ir_field *field, rob_field *table)
{
    if (!written->fallback || field->type == c->poison) return;
    if (written->fallback->kind == AST_NULL && (field->table.flags & ROB_FIELD_NULLABLE)) {
        field->fallback_json = ROB_STR("null");
        return;
    }
    if (written->fallback->kind == AST_NULL && field->type->table.kind != ROB_KIND_JSON) {
        diag_item *item = report(c, written->fallback->at, "RB0201",
                                 "`%.*s` defaults to null, but `%.*s` is never null",
                                 ROB_STR_ARG(field->name), ROB_STR_ARG(field->type->text));
        diag_hint(c->d, item, "a type that may be null is `%.*s?`", ROB_STR_ARG(field->type->text));
        return;
    }
    void *value = NULL;
    bool fits = typed_value(c, field->type, written->fallback, field->name, "defaults to", &field->fallback_json, &value);
    if (!fits) return;
    field->table.fallback = value;
    if (table) table->fallback = value;
}

void check_values(checker *c)
{
    for (size_t i = 0; i < c->values.count; i++) {
        pending_value *p = c->values.items[i];
        if (p->value->kind == AST_NULL) *p->json = ROB_STR("null");
        else typed_value(c, p->type, p->value, (rob_str){0}, "is", p->json, NULL);
    }
}

bool constant_body(checker *c, const ir_type *type, const ast_value *v, rob_str *json)
{
    void *value = NULL;
    bool null = v->kind == AST_NULL && type->table.kind == ROB_KIND_NULLABLE;
    if (null) {
        *json = ROB_STR("null");
        return true;
    }
    if (!typed_value(c, type, v, (rob_str){0}, "is", json, &value)) return false;
    rob_writer w = {.arena = c->arena};
    rob_write_value(&w, &type->table, value);
    if (w.status != ROB_OK) {
        report(c, v->at, "RB0204", "the value is outside `%.*s`: %s", ROB_STR_ARG(type->text),
               w.why ? w.why : "not encodable");
        return false;
    }
    *json = (rob_str){w.ptr, w.len};
    return true;
}
