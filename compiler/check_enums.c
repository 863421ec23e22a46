/* Enums and Literals: ordinals in C, strings or numbers on the wire. */
#include "checker.h"

#include <inttypes.h>

static rob_str choice_json(checker *c, const rob_choice *choice)
{
    text t = text_new(c->arena);
    switch (choice->kind) {
    case ROB_CHOICE_STR: text_json_string(&t, choice->text); break;
    case ROB_CHOICE_INT: text_format(&t, "%" PRId64, choice->number); break;
    case ROB_CHOICE_BOOL: text_add(&t, choice->number ? ROB_STR("true") : ROB_STR("false")); break;
    }
    return text_done(&t);
}

static void python_repr(text *t, const rob_choice *choice)
{
    switch (choice->kind) {
    case ROB_CHOICE_STR: text_python_string(t, choice->text); return;
    case ROB_CHOICE_INT: text_format(t, "%" PRId64, choice->number); return;
    case ROB_CHOICE_BOOL: text_add(t, choice->number ? ROB_STR("True") : ROB_STR("False")); return;
    }
}

/* "'a', 'b' or 1", as pydantic-core words it. */
static rob_str expected_text(checker *c, const rob_choice *choices, uint32_t count)
{
    text t = text_new(c->arena);
    for (uint32_t i = 0; i < count; i++) {
        if (i) text_add(&t, i + 1 == count ? ROB_STR(" or ") : ROB_STR(", "));
        python_repr(&t, &choices[i]);
    }
    return text_done(&t);
}

/* False when v is no value of an enum. */
static bool choice_of(const ast_value *v, rob_choice *out)
{
    *out = (rob_choice){0};
    if (v->kind == AST_STR) *out = (rob_choice){.kind = ROB_CHOICE_STR, .text = v->text};
    else if (v->kind == AST_INT && !v->too_large) *out = (rob_choice){.kind = ROB_CHOICE_INT, .number = v->number};
    else if (v->kind == AST_BOOL) *out = (rob_choice){.kind = ROB_CHOICE_BOOL, .number = v->boolean};
    else return false;
    return true;
}

static ir_type *new_enum_type(checker *c, ir_enum *e, rob_str text, rob_str label, span at)
{
    list_push(c->arena, &c->enums, e);
    ir_type draft = {
        .table = {.kind = ROB_KIND_ENUM, .size = sizeof(int), .choice = &e->table},
        .align = _Alignof(int),
        .text = text,
        .label = label,
        .c_type = e->c_name,
        .choice = e,
        .at = at,
    };
    ir_type *type = arena_new(c->arena, ir_type);
    *type = draft;
    type->id = c->serial++;
    return type;
}

static void name_choice(checker *c, ir_enum *e, uint32_t index, rob_str word, span at)
{
    rob_str upper = names_upper(c->arena, e->c_name), part = names_upper(c->arena, word);
    if (word.len && word.ptr[0] >= '0' && word.ptr[0] <= '9') part = word;
    rob_str wanted = arena_format(c->arena, "%.*s_%.*s", ROB_STR_ARG(upper), ROB_STR_ARG(part));
    e->choices[index].c_name = names_derive(&c->names, wanted, at);
}

/* ------------------------------------------------------------------ enum */

static uint32_t count_members(const ast_member *m)
{
    uint32_t count = 0;
    for (; m; m = m->next) count++;
    return count;
}

static void clash(checker *c, span at, span before, const char *what, rob_str text)
{
    diag_item *item = report(c, at, "RB0120", "%s `%.*s` is there twice", what, ROB_STR_ARG(text));
    diag_also(c->d, item, before, "first here");
}

static void read_member(checker *c, const ast_member *m, rob_choice *choice)
{
    *choice = (rob_choice){.kind = ROB_CHOICE_STR, .text = m->name.text};
    if (!m->value) return;
    if (!choice_of(m->value, choice) || choice->kind == ROB_CHOICE_BOOL)
        report(c, m->value->at, "RB0121", "a member of an enum is a string or an integer of 64 bits");
}

/* All strings or all integers, no name and no value twice. */
static void check_members(checker *c, const ast_member *first, const rob_choice *choices)
{
    map names = {0}, values = {0};
    uint32_t i = 0;
    for (const ast_member *m = first; m; m = m->next, i++) {
        const ast_member *before = map_add(c->arena, &names, m->name.text, (void *)m);
        if (before) {
            clash(c, m->name.at, before->name.at, "member", m->name.text);
            continue;
        }
        rob_str json = choice_json(c, &choices[i]);
        before = map_add(c->arena, &values, json, (void *)m);
        if (before) clash(c, m->value ? m->value->at : m->name.at, before->name.at, "value", json);
        if (choices[i].kind != choices[0].kind)
            report(c, m->value ? m->value->at : m->name.at, "RB0121",
                   "the members of an enum are all strings or all integers");
    }
}

static void fill_enum(checker *c, const ast_decl *decl, ir_enum *e, rob_choice *choices)
{
    uint32_t i = 0;
    for (const ast_member *m = decl->enumeration.members; m; m = m->next, i++) {
        attributes said;
        read_attributes(c, m->attributes, ON_MEMBER, &said);
        read_member(c, m, &choices[i]);
        e->choices[i] = (ir_choice){.name = m->name.text, .json = choice_json(c, &choices[i]), .doc = m->doc};
        name_choice(c, e, i, m->name.text, m->name.at);
    }
}

ir_type *type_of_enum(checker *c, symbol *s)
{
    const ast_decl *decl = s->decl;
    attributes said;
    read_attributes(c, decl->attributes, ON_ENUM, &said);
    uint32_t count = count_members(decl->enumeration.members);
    if (!count) report(c, decl->name.at, "RB0122", "enum `%.*s` has no members", ROB_STR_ARG(decl->name.text));
    ir_enum *e = arena_new(c->arena, ir_enum);
    rob_choice *choices = arena_need(c->arena, sizeof(rob_choice) * (count + 1));
    e->name = decl->name.text;
    e->c_name = claim_declared(c, s);
    e->choices = arena_need(c->arena, sizeof(ir_choice) * (count + 1));
    e->count = count;
    fill_enum(c, decl, e, choices);
    check_members(c, decl->enumeration.members, choices);
    e->table = (rob_enum){.choices = choices, .count = count, .expected = expected_text(c, choices, count)};
    e->meta = make_meta(c, decl->doc, &said, decl->name.at);
    const char *base = choices[0].kind == ROB_CHOICE_INT ? "int" : "str";
    rob_str label = arena_format(c->arena, "%s-enum[%.*s]", base, ROB_STR_ARG(e->name));
    s->type = new_enum_type(c, e, e->name, label, decl->name.at);
    example_later(c, &said, s->type, &e->meta);
    return s->type;
}

/* ------------------------------------------------------------------ Literal */

static uint32_t count_literals(const ast_value *v)
{
    uint32_t count = 0;
    for (; v; v = v->next) count++;
    return count;
}

/* The distinct values of Literal[...]; false after a report. */
static bool read_literals(checker *c, const ast_type *t, rob_choice *choices, uint32_t *count)
{
    map seen = {0};
    bool ok = true;
    *count = 0;
    for (const ast_value *v = t->literals; v; v = v->next) {
        rob_choice choice;
        if (!choice_of(v, &choice)) {
            report(c, v->at, "RB0123", "a Literal holds strings, integers and booleans");
            ok = false;
            continue;
        }
        const ast_value *before = map_add(c->arena, &seen, choice_json(c, &choice), (void *)v);
        if (before) clash(c, v->at, before->at, "value", choice_json(c, &choice));
        else choices[(*count)++] = choice;
    }
    return ok && *count;
}

static rob_str literal_text(checker *c, const rob_choice *choices, uint32_t count, bool python)
{
    text t = text_new(c->arena);
    text_add(&t, python ? ROB_STR("literal[") : ROB_STR("Literal["));
    for (uint32_t i = 0; i < count; i++) {
        if (i) text_add(&t, python ? ROB_STR(",") : ROB_STR(", "));
        if (python) python_repr(&t, &choices[i]);
        else text_add(&t, choice_json(c, &choices[i]));
    }
    text_char(&t, ']');
    return text_done(&t);
}

static rob_str choice_word(checker *c, const rob_choice *choice)
{
    if (choice->kind == ROB_CHOICE_STR) return choice->text.len ? choice->text : ROB_STR("empty");
    if (choice->kind == ROB_CHOICE_BOOL) return choice->number ? ROB_STR("true") : ROB_STR("false");
    if (choice->number >= 0) return arena_format(c->arena, "%" PRId64, choice->number);
    return arena_format(c->arena, "minus_%" PRIu64, -(uint64_t)choice->number);
}

static ir_enum *make_literal(checker *c, const context *at, const rob_choice *choices, uint32_t count, span where)
{
    ir_enum *e = arena_new(c->arena, ir_enum);
    e->c_name = names_derive(&c->names, names_global(&c->names, at->place), where);
    e->choices = arena_need(c->arena, sizeof(ir_choice) * count);
    e->count = count;
    e->table = (rob_enum){.choices = choices, .count = count, .literal = true,
                          .expected = expected_text(c, choices, count)};
    e->meta.at = where;
    for (uint32_t i = 0; i < count; i++) {
        rob_str word = choice_word(c, &choices[i]);
        e->choices[i] = (ir_choice){.name = word, .json = choice_json(c, &choices[i])};
        name_choice(c, e, i, word, where);
    }
    return e;
}

ir_type *type_of_literal(checker *c, const context *at, const ast_type *t)
{
    rob_choice *choices = arena_need(c->arena, sizeof(rob_choice) * (count_literals(t->literals) + 1));
    uint32_t count;
    if (!read_literals(c, t, choices, &count)) return c->poison;
    rob_str key = literal_text(c, choices, count, false);
    ir_type *before = map_get(&c->types, key);
    if (before) return before;
    ir_enum *e = make_literal(c, at, choices, count, t->at);
    ir_type *type = new_enum_type(c, e, key, literal_text(c, choices, count, true), t->at);
    map_add(c->arena, &c->types, key, type);
    return type;
}
