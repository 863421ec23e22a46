/* A value of the spec as JSON, guided by its type. */
#include "check_value.h"

#include <stdlib.h>

#include "base/utf8.h"

const char *value_words(const ast_value *v)
{
    switch (v->kind) {
    case AST_NULL: return "null";
    case AST_BOOL: return "a boolean";
    case AST_INT: return "an integer";
    case AST_FLOAT: return "a number with a fraction";
    case AST_STR: return "a string";
    case AST_LIST: return "a list";
    case AST_OBJECT: return "an object";
    case AST_MEMBER: return "a bare name";
    case AST_SIZE: return "a size";
    case AST_DURATION: return "a time";
    case AST_RATE: return "a rate";
    case AST_ENV: return "env(...)";
    }
    return "a value";
}

static bool wrong_kind(value_check *check, const ir_type *type, const ast_value *v)
{
    diag_item *item;
    checker *c = check->c;
    if (check->root == v && check->name.len)
        item = report(c, v->at, "RB0201", "`%.*s` %s %s, but its type is `%.*s`", ROB_STR_ARG(check->name),
                      check->what, value_words(v), ROB_STR_ARG(type->text));
    else
        item = report(c, v->at, "RB0201", "expected `%.*s`, found %s", ROB_STR_ARG(type->text), value_words(v));
    if (v->kind == AST_MEMBER && type->table.kind == ROB_KIND_STR)
        diag_hint(c->d, item, "write it with quotes: \"%.*s\"", ROB_STR_ARG(v->text));
    return false;
}

/* ------------------------------------------------------------------ scalars */

/* Whether a value is written as this kind of scalar. */
static bool scalar_takes(rob_kind kind, const ast_value *v)
{
    bool number = v->kind == AST_INT || v->kind == AST_FLOAT;
    if (kind == ROB_KIND_INT) return v->kind == AST_INT;
    if (kind == ROB_KIND_FLOAT) return number;
    if (kind == ROB_KIND_BOOL) return v->kind == AST_BOOL;
    if (kind == ROB_KIND_DECIMAL) return number || v->kind == AST_STR;
    return v->kind == AST_STR;
}

static bool add_scalar(value_check *check, text *t, const ir_type *type, const ast_value *v)
{
    if (!scalar_takes((rob_kind)type->table.kind, v)) return wrong_kind(check, type, v);
    rob_str json = plain_json(check->c, v);
    text_add(t, json);
    return judge(check, v, type, json);
}

static bool unknown_member(value_check *check, const ir_type *type, const ast_value *v)
{
    const ir_enum *e = type->choice;
    checker *c = check->c;
    rob_str wrong = v->kind == AST_MEMBER || v->kind == AST_STR ? v->text : plain_json(c, v);
    diag_item *item = report(c, v->at, "RB0207", "`%.*s` is no member of `%.*s`", ROB_STR_ARG(wrong),
                             ROB_STR_ARG(type->text));
    rob_str *names = arena_need(c->arena, sizeof(rob_str) * (e->count + 1));
    for (uint32_t i = 0; i < e->count; i++) names[i] = e->choices[i].name;
    diag_suggest(c->d, item, wrong, names, e->count);
    if (!item->hint.len) diag_hint(c->d, item, "its values are %.*s", ROB_STR_ARG(e->table.expected));
    return false;
}

static bool add_choice(value_check *check, text *t, const ir_type *type, const ast_value *v)
{
    const ir_enum *e = type->choice;
    bool bare = v->kind == AST_MEMBER && e->name.len;
    bool value = v->kind == AST_STR || v->kind == AST_INT || v->kind == AST_BOOL;
    if (!bare && !value) return v->kind == AST_MEMBER ? unknown_member(check, type, v) : wrong_kind(check, type, v);
    rob_str json = bare ? v->text : plain_json(check->c, v);
    for (uint32_t i = 0; i < e->count; i++)
        if (rob_str_eq(bare ? e->choices[i].name : e->choices[i].json, json)) {
            text_add(t, e->choices[i].json);
            return true;
        }
    return unknown_member(check, type, v);
}

/* ------------------------------------------------------------------ containers */

static bool add_list(value_check *check, text *t, const ir_type *type, const ast_value *v)
{
    if (v->kind != AST_LIST) return wrong_kind(check, type, v);
    bool ok = true;
    text_char(t, '[');
    for (const ast_value *item = v->items; item; item = item->next) {
        if (item != v->items) text_char(t, ',');
        ok = add_typed_json(check, t, type->item, item) && ok;
    }
    text_char(t, ']');
    return ok;
}

static bool add_dict(value_check *check, text *t, const ir_type *type, const ast_value *v)
{
    if (v->kind != AST_OBJECT) return wrong_kind(check, type, v);
    bool ok = true;
    text_char(t, '{');
    for (const ast_value *item = v->items; item; item = item->next) {
        if (item != v->items) text_char(t, ',');
        text_json_string(t, item->key);
        text_char(t, ':');
        ok = add_typed_json(check, t, type->item, item) && ok;
    }
    text_char(t, '}');
    return ok;
}

/* By its name in the spec or on the wire. */
static const ir_field *field_of(const ir_model *m, rob_str key)
{
    for (uint32_t i = 0; i < m->field_count; i++)
        if (rob_str_eq(m->fields[i].table.name, key)) return &m->fields[i];
    for (uint32_t i = 0; i < m->field_count; i++)
        if (rob_str_eq(m->fields[i].name, key)) return &m->fields[i];
    return NULL;
}

static bool unknown_field(value_check *check, const ir_model *m, const ast_value *item)
{
    diag_item *said = report(check->c, item->key_at, "RB0208", "`%.*s` has no field `%.*s`", ROB_STR_ARG(m->name),
                             ROB_STR_ARG(item->key));
    rob_str *names = arena_need(check->c->arena, sizeof(rob_str) * (m->field_count + 1));
    for (uint32_t i = 0; i < m->field_count; i++) names[i] = m->fields[i].table.name;
    diag_suggest(check->c->d, said, item->key, names, m->field_count);
    return false;
}

/* A default counts as written, so that a wrong one is not reported twice. */
static bool required(const checked_model *m, uint32_t index)
{
    uint16_t absent = ROB_FIELD_OPTIONAL | ROB_FIELD_DEFAULT_NULL | ROB_FIELD_READONLY;
    return !m->written[index]->fallback && !(m->ir.fields[index].table.flags & absent);
}

static bool nothing_missing(value_check *check, const ir_model *m, const ast_value *v, const map *given)
{
    bool ok = true;
    for (uint32_t i = 0; i < m->field_count; i++) {
        const ir_field *f = &m->fields[i];
        if (!required((const checked_model *)m, i) || map_get(given, f->table.name)) continue;
        report(check->c, v->at, "RB0209", "`%.*s` needs a field `%.*s`", ROB_STR_ARG(m->name),
               ROB_STR_ARG(f->table.name));
        ok = false;
    }
    return ok;
}

static bool add_field(value_check *check, text *t, const ir_field *f, const ast_value *item)
{
    text_json_string(t, f->table.name);
    text_char(t, ':');
    if (item->kind == AST_NULL && f->table.flags & ROB_FIELD_NULLABLE) {
        text_add(t, ROB_STR("null"));
        return true;
    }
    return add_typed_json(check, t, f->type, item);
}

/* The members of a model's object; tag: one that belongs to the union around it, or empty. */
static bool add_fields(value_check *check, text *t, const ir_model *m, const ast_value *v, rob_str tag, bool first)
{
    map given = {0};
    bool ok = true;
    for (const ast_value *item = v->items; item; item = item->next) {
        const ir_field *f = field_of(m, item->key);
        if (tag.len && rob_str_eq(item->key, tag)) {
            if (f) map_add(check->c->arena, &given, f->table.name, (void *)item);
            continue;
        }
        bool extra = !f && m->table.extra == ROB_EXTRA_ALLOW;
        if (!f && !extra) {
            ok = unknown_field(check, m, item);
            continue;
        }
        if (map_add(check->c->arena, &given, f ? f->table.name : item->key, (void *)item)) {
            report(check->c, item->key_at, "RB0208", "`%.*s` is given twice", ROB_STR_ARG(item->key));
            ok = false;
            continue;
        }
        if (!first) text_char(t, ',');
        first = false;
        if (f) ok = add_field(check, t, f, item) && ok;
        else {
            text_json_string(t, item->key);
            text_char(t, ':');
            text_add(t, plain_json(check->c, item));
        }
    }
    return nothing_missing(check, m, v, &given) && ok;
}

static bool add_model(value_check *check, text *t, const ir_type *type, const ast_value *v)
{
    if (v->kind != AST_OBJECT) return wrong_kind(check, type, v);
    text_char(t, '{');
    bool ok = add_fields(check, t, type->model, v, (rob_str){0}, true);
    text_char(t, '}');
    return ok;
}

/* ------------------------------------------------------------------ unions */

static bool add_tagged(value_check *check, text *t, const ir_type *type, const ast_value *v)
{
    if (v->kind != AST_OBJECT) return wrong_kind(check, type, v);
    const ir_union *u = type->arms;
    const ast_value *tag = v->items;
    while (tag && !rob_str_eq(tag->key, u->tag_name)) tag = tag->next;
    if (!tag) {
        report(check->c, v->at, "RB0209", "`%.*s` needs its tag `%.*s`", ROB_STR_ARG(u->name),
               ROB_STR_ARG(u->tag_name));
        return false;
    }
    for (uint32_t i = 0; i < u->count; i++) {
        bool word = tag->kind == AST_STR || tag->kind == AST_MEMBER;
        if (!word || !rob_str_eq(u->arms[i].label, tag->text)) continue;
        text_char(t, '{');
        text_json_string(t, u->tag_name);
        text_char(t, ':');
        text_json_string(t, tag->text);
        bool ok = add_fields(check, t, u->arms[i].type->model, v, u->tag_name, false);
        text_char(t, '}');
        return ok;
    }
    report(check->c, tag->at, "RB0207", "`%.*s` has no arm of this tag; it has %.*s", ROB_STR_ARG(u->name),
           ROB_STR_ARG(u->table.expected));
    return false;
}

/* The first arm that takes the value; arms are disjoint, so at most one does. */
static bool add_union(value_check *check, text *t, const ir_type *type, const ast_value *v)
{
    checker *c = check->c;
    for (uint32_t i = 0; i < type->arms->count; i++) {
        text attempt = text_new(c->arena);
        c->mute++;
        bool fits = add_typed_json(check, &attempt, type->arms->arms[i].type, v);
        c->mute--;
        if (!fits) continue;
        text_add(t, text_done(&attempt));
        return true;
    }
    return wrong_kind(check, type, v);
}

static bool add_nullable(value_check *check, text *t, const ir_type *type, const ast_value *v)
{
    if (v->kind != AST_NULL) return add_typed_json(check, t, type->item, v);
    text_add(t, ROB_STR("null"));
    return true;
}

static bool add_by_kind(value_check *check, text *t, const ir_type *type, const ast_value *v)
{
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_LIST: return add_list(check, t, type, v);
    case ROB_KIND_DICT: return add_dict(check, t, type, v);
    case ROB_KIND_MODEL: return add_model(check, t, type, v);
    case ROB_KIND_TAGGED: return add_tagged(check, t, type, v);
    case ROB_KIND_UNION: return add_union(check, t, type, v);
    case ROB_KIND_NULLABLE: return add_nullable(check, t, type, v);
    case ROB_KIND_ENUM: return add_choice(check, t, type, v);
    case ROB_KIND_JSON: text_add(t, plain_json(check->c, v)); return true;
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES:
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
        return add_scalar(check, t, type, v);
    }
    return false;
}

bool add_typed_json(value_check *check, text *t, const ir_type *type, const ast_value *v)
{
    checker *c = check->c;
    if (type == c->poison) return false;
    size_t start = t->len;
    if (!add_by_kind(check, t, type, v)) return false;
    bool container = type->table.kind == ROB_KIND_LIST || type->table.kind == ROB_KIND_DICT;
    if (!container) return true;
    rob_str json = arena_text(c->arena, (rob_str){t->ptr + start, t->len - start});
    return judge(check, v, type, json);
}

/* ------------------------------------------------------------------ hints */

static double value_of(const ast_value *v)
{
    return v->kind == AST_INT ? (double)v->number : v->real;
}

static double bound_of(const ir_type *type, rob_str text)
{
    (void)type;
    return text.len ? strtod(text.ptr, NULL) : 0;
}

static void hint_number(checker *c, diag_item *item, const ast_value *v, const ir_type *type, const char *noun)
{
    double value = value_of(v);
    uint16_t rules = type->table.rules;
    if (rules & ROB_LE && value > bound_of(type, type->le))
        diag_hint(c->d, item, "raise `le`, or choose %s of at most %.*s", noun, ROB_STR_ARG(type->le));
    else if (rules & ROB_LT && value >= bound_of(type, type->lt))
        diag_hint(c->d, item, "raise `lt`, or choose %s below %.*s", noun, ROB_STR_ARG(type->lt));
    else if (rules & ROB_GE && value < bound_of(type, type->ge))
        diag_hint(c->d, item, "lower `ge`, or choose %s of at least %.*s", noun, ROB_STR_ARG(type->ge));
    else if (rules & ROB_GT && value <= bound_of(type, type->gt))
        diag_hint(c->d, item, "lower `gt`, or choose %s above %.*s", noun, ROB_STR_ARG(type->gt));
    else if (rules & ROB_MULTIPLE_OF)
        diag_hint(c->d, item, "choose %s that is a multiple of %.*s", noun, ROB_STR_ARG(type->multiple_of));
}

static void hint_length(checker *c, diag_item *item, size_t length, const ir_type *type, uint32_t least,
                        uint32_t most)
{
    if (type->table.rules & ROB_MAX_LENGTH && length > most)
        diag_hint(c->d, item, "its length is %zu, at most %u is allowed", length, most);
    else if (type->table.rules & ROB_MIN_LENGTH && length < least)
        diag_hint(c->d, item, "its length is %zu, at least %u is needed", length, least);
    else if (type->table.rules & ROB_PATTERN)
        diag_hint(c->d, item, "it does not match the pattern");
    else if (type->table.rules & ROB_UNIQUE)
        diag_hint(c->d, item, "its items are not unique");
}

void hint_bound(checker *c, diag_item *item, const ast_value *v, const ir_type *type, const char *noun)
{
    rob_kind kind = (rob_kind)type->table.kind;
    bool number = v->kind == AST_INT || v->kind == AST_FLOAT;
    if (number && kind <= ROB_KIND_DECIMAL) hint_number(c, item, v, type, noun);
    if (v->kind == AST_STR && kind == ROB_KIND_STR)
        hint_length(c, item, rob_utf8_count(v->text), type, type->table.text.min_length,
                    type->table.text.max_length);
    if (v->kind != AST_LIST) return;
    size_t count = 0;
    for (const ast_value *each = v->items; each; each = each->next) count++;
    hint_length(c, item, count, type, type->table.list.min_length, type->table.list.max_length);
}
