/* Unions: by tag, and inline ones, which must be provably disjoint (see check_disjoint.c). */
#include "check_union.h"

static ir_type *new_union(checker *c, checked_union *u, rob_kind kind, rob_str text, rob_str label, span at)
{
    ir_type *type = arena_new(c->arena, ir_type);
    *type = (ir_type){
        .table = {.kind = (uint8_t)kind, .arms = &u->ir.table},
        .id = c->serial++, .text = text, .label = label, .c_type = u->ir.c_name, .arms = &u->ir, .at = at,
    };
    u->type = type;
    list_push(c->arena, &c->unions, u);
    return type;
}

/* The runtime's table of the arms. */
static void set_table(checker *c, checked_union *u)
{
    rob_arm *arms = arena_need(c->arena, sizeof(rob_arm) * (u->ir.count + 1));
    for (uint32_t i = 0; i < u->ir.count; i++)
        arms[i] = (rob_arm){.label = u->ir.arms[i].label, .type = &u->ir.arms[i].type->table};
    u->ir.table.arms = arms;
    u->ir.table.count = u->ir.count;
    u->ir.table.tag_name = u->ir.tag_name;
}

static rob_str arm_constant(checker *c, const checked_union *u, rob_str word, span at)
{
    rob_str upper = names_upper(c->arena, u->ir.c_name), part = names_upper(c->arena, word);
    return names_derive(&c->names, arena_format(c->arena, "%.*s_%.*s", ROB_STR_ARG(upper), ROB_STR_ARG(part)), at);
}

/* ------------------------------------------------------------------ by tag */

static uint32_t count_arms(const ast_arm *arm)
{
    uint32_t count = 0;
    for (; arm; arm = arm->next) count++;
    return count;
}

/* Beside the arms stands the member `tag`. */
static rob_str arm_name(checker *c, rob_str tag)
{
    return rob_str_eq(tag, ROB_STR("tag")) ? (rob_str)ROB_STR("tag_") : names_member(c->arena, tag);
}

static void add_arm(checker *c, checked_union *u, symbol *s, const ast_arm *written, map *seen)
{
    const ast_arm *before = map_add(c->arena, seen, written->tag.text, (void *)written);
    if (before) {
        diag_item *item = report(c, written->tag.at, "RB0150", "arm `%.*s` is there twice",
                                 ROB_STR_ARG(written->tag.text));
        diag_also(c->d, item, before->tag.at, "first here");
        return;
    }
    rob_str part = names_pascal(c->arena, written->tag.text);
    rob_str place = arena_format(c->arena, "%.*s%.*s", ROB_STR_ARG(u->ir.name), ROB_STR_ARG(part));
    context at = {.scope = s->home, .place = place};
    ir_type *type = type_of(c, &at, written->type);
    if (type == c->poison) return;
    if (type->table.kind != ROB_KIND_MODEL) {
        report(c, written->type->at, "RB0151", "an arm of a tagged union is a model, not `%.*s`",
               ROB_STR_ARG(type->text));
        return;
    }
    u->ir.arms[u->ir.count++] = (ir_arm){
        .label = written->tag.text,
        .c_name = arm_name(c, written->tag.text),
        .c_tag = arm_constant(c, u, written->tag.text, written->tag.at),
        .type = type,
        .doc = written->doc,
    };
}

/* "'card', 'iban'", for messages of union_tag_invalid. */
static rob_str expected_tags(checker *c, const ir_union *u)
{
    text t = text_new(c->arena);
    for (uint32_t i = 0; i < u->count; i++) {
        if (i) text_add(&t, ROB_STR(", "));
        text_python_string(&t, u->arms[i].label);
    }
    return text_done(&t);
}

static rob_str tagged_label(checker *c, const ir_union *u)
{
    text t = text_new(c->arena);
    text_add(&t, ROB_STR("tagged-union["));
    for (uint32_t i = 0; i < u->count; i++) {
        if (i) text_char(&t, ',');
        text_add(&t, u->arms[i].type->label);
    }
    text_char(&t, ']');
    return text_done(&t);
}

ir_type *type_of_tagged(checker *c, symbol *s)
{
    const ast_decl *decl = s->decl;
    checked_union *u = arena_new(c->arena, checked_union);
    u->declared = s;
    u->ir.name = decl->name.text;
    u->ir.c_name = claim_declared(c, s);
    u->ir.tag_name = decl->tagged.tag.text;
    s->type = new_union(c, u, ROB_KIND_TAGGED, decl->name.text, decl->name.text, decl->name.at);
    attributes said;
    read_attributes(c, decl->attributes, ON_UNION, &said);
    u->ir.meta = make_meta(c, decl->doc, &said, decl->name.at);
    example_later(c, &said, s->type, &u->ir.meta);
    u->ir.arms = arena_need(c->arena, sizeof(ir_arm) * (count_arms(decl->tagged.arms) + 1));
    map seen = {0};
    for (const ast_arm *arm = decl->tagged.arms; arm; arm = arm->next) add_arm(c, u, s, arm, &seen);
    if (!decl->tagged.arms) report(c, decl->name.at, "RB0122", "union `%.*s` has no arms", ROB_STR_ARG(u->ir.name));
    u->ir.table.expected = expected_tags(c, &u->ir);
    s->type->label = tagged_label(c, &u->ir);
    set_table(c, u);
    return s->type;
}

/* ------------------------------------------------------------------ inline */

/* `A | B | None`: nested unions are flattened, and null moves outside. */
typedef struct arms {
    list types; /* ir_type *, distinct */
    list places; /* const ast_type * */
    bool nullable, poisoned;
} arms;

static void collect(checker *c, ir_type *type, const ast_type *written, arms *out)
{
    if (type == c->poison) {
        out->poisoned = true;
        return;
    }
    if (type->table.kind == ROB_KIND_NULLABLE) {
        out->nullable = true;
        collect(c, (ir_type *)type->item, written, out);
        return;
    }
    if (type->table.kind == ROB_KIND_UNION) {
        for (uint32_t i = 0; i < type->arms->count; i++)
            collect(c, (ir_type *)type->arms->arms[i].type, written, out);
        return;
    }
    for (size_t i = 0; i < out->types.count; i++)
        if (out->types.items[i] == type) return;
    list_push(c->arena, &out->types, type);
    list_push(c->arena, &out->places, (void *)written);
}

static bool is_none(const ast_type *t)
{
    return t->kind == AST_TYPE_NAME && rob_str_eq(t->name.text, ROB_STR("None"));
}

static rob_str join(checker *c, const arms *a, const char *between, bool ids)
{
    text t = text_new(c->arena);
    for (size_t i = 0; i < a->types.count; i++) {
        const ir_type *type = a->types.items[i];
        if (i) text_add(&t, rob_str_of(between));
        if (ids) text_format(&t, "#%u", type->id);
        else text_add(&t, type->text);
    }
    return text_done(&t);
}

static rob_str union_c_name(checker *c, const arms *a)
{
    text t = text_new(c->arena);
    text_format(&t, "%.*s", ROB_STR_ARG(c->names.prefix));
    for (size_t i = 0; i < a->types.count; i++) {
        rob_str base = type_base_name(c, a->types.items[i]);
        text_format(&t, "%s%.*s", i ? "_or_" : "_", ROB_STR_ARG(base));
    }
    return text_done(&t);
}

/* as_int, as_user; two arms of one C type get a number. */
static rob_str arm_member(checker *c, const checked_union *u, rob_str base)
{
    rob_str name = arena_format(c->arena, "as_%.*s", ROB_STR_ARG(base));
    unsigned twins = 1;
    for (uint32_t i = 0; i < u->ir.count; i++) {
        rob_str before = u->ir.arms[i].c_name;
        if (before.len >= name.len && memcmp(before.ptr, name.ptr, name.len) == 0 &&
            (before.len == name.len || before.ptr[name.len] == '_')) twins++;
    }
    return twins == 1 ? name : arena_format(c->arena, "%.*s_%u", ROB_STR_ARG(name), twins);
}

static ir_type *make_union(checker *c, const arms *a, span at)
{
    checked_union *u = arena_new(c->arena, checked_union);
    rob_str tag;
    do {
        u->ir.c_name = names_derive(&c->names, union_c_name(c, a), at);
        tag = arena_format(c->arena, "%.*s_tag", ROB_STR_ARG(u->ir.c_name));
    } while (!names_claim(&c->names, tag, at, NULL));
    u->ir.meta.at = at;
    u->ir.arms = arena_need(c->arena, sizeof(ir_arm) * a->types.count);
    for (size_t i = 0; i < a->types.count; i++) {
        ir_type *type = a->types.items[i];
        rob_str base = type_base_name(c, type);
        u->ir.arms[i] = (ir_arm){.label = type->label, .c_name = arm_member(c, u, base),
                                 .c_tag = arm_constant(c, u, base, at), .type = type};
        u->ir.count++;
    }
    set_table(c, u);
    rob_str text = join(c, a, " | ", false);
    if (text.len > MOST_TYPE_TEXT) return too_large(c, at);
    return new_union(c, u, ROB_KIND_UNION, text, text, at);
}

ir_type *type_of_union(checker *c, const context *at, const ast_type *t)
{
    arms a = {0};
    for (const ast_type *arm = t->args; arm; arm = arm->next) {
        if (is_none(arm)) a.nullable = true;
        else collect(c, type_of(c, at, arm), arm, &a);
    }
    if (a.poisoned) return c->poison;
    if (!a.types.count) {
        report(c, t->at, "RB0114", "a union needs a type beside `None`");
        return c->poison;
    }
    ir_type *type = a.types.items[0];
    if (a.types.count > 1) {
        rob_str key = join(c, &a, " | ", true);
        type = map_get(&c->types, key);
        if (!type) {
            type = make_union(c, &a, t->at);
            map_add(c->arena, &c->types, key, type);
        }
    }
    return a.nullable ? type_of_nullable(c, type, t->at) : type;
}

/* ------------------------------------------------------------------ once models are filled */

static const ir_field *tag_field(const ir_model *m, rob_str tag)
{
    for (uint32_t i = 0; i < m->field_count; i++)
        if (rob_str_eq(m->fields[i].table.name, tag)) return &m->fields[i];
    return NULL;
}

static bool is_literal_of(const ir_type *type, rob_str word)
{
    if (type->table.kind != ROB_KIND_ENUM || !type->choice->table.literal || type->choice->count != 1) return false;
    const rob_choice *only = &type->choice->table.choices[0];
    return only->kind == ROB_CHOICE_STR && rob_str_eq(only->text, word);
}

static void check_tag(checker *c, const checked_union *u, ir_arm *arm)
{
    const ir_field *f = tag_field(arm->type->model, u->ir.tag_name);
    if (!f) {
        rob_str part = names_pascal(c->arena, arm->label);
        arm->component = arena_format(c->arena, "%.*s%.*s", ROB_STR_ARG(u->ir.name), ROB_STR_ARG(part));
        return;
    }
    arm->declares_tag = true;
    if (is_literal_of(f->type, arm->label)) return;
    diag_item *item = report(c, f->meta.at, "RB0152",
                             "`%.*s` is the tag of union `%.*s`; here it can only be `Literal[\"%.*s\"]`",
                             ROB_STR_ARG(f->name), ROB_STR_ARG(u->ir.name), ROB_STR_ARG(arm->label));
    diag_also(c->d, item, u->ir.meta.at, "the union");
    diag_hint(c->d, item, "leave the field out: the union adds it");
}

void check_unions(checker *c)
{
    for (size_t i = 0; i < c->unions.count; i++) {
        checked_union *u = c->unions.items[i];
        for (uint32_t a = 0; u->declared && a < u->ir.count; a++) check_tag(c, u, &u->ir.arms[a]);
    }
}

void check_ambiguity(checker *c)
{
    for (size_t i = 0; i < c->unions.count; i++) {
        checked_union *u = c->unions.items[i];
        if (!u->declared) check_disjoint(c, u);
    }
}
