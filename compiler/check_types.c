/* Types: from what is written to interned ir_types. */
#include "checker.h"

typedef struct scalar_facts {
    const char *name, *c_type, *label, *base;
    uint32_t size, align;
} scalar_facts;

#define FACTS(name, type, label, base) {name, #type, label, base, sizeof(type), _Alignof(type)}

/* In the order of rob_kind. Labels are Pydantic's, as its error locations show them. */
static const scalar_facts scalars[] = {
    FACTS("int", int64_t, "int", "int"),
    FACTS("float", double, "float", "float"),
    FACTS("bool", bool, "bool", "bool"),
    FACTS("str", rob_str, "str", "str"),
    FACTS("bytes", rob_str, "function-after[decode(), bytes]", "str"),
    FACTS("uuid", rob_uuid, "uuid", "uuid"),
    FACTS("datetime", rob_datetime, "datetime", "datetime"),
    FACTS("date", rob_date, "date", "date"),
    FACTS("time", rob_time, "time", "time"),
    FACTS("duration", rob_duration, "timedelta", "duration"),
    FACTS("decimal", rob_decimal, "decimal", "decimal"),
    FACTS("email", rob_str, "function-after[_validate(), str]", "str"),
    FACTS("url", rob_str, "function-wrap[wrap_val()]", "str"),
    FACTS("uri", rob_str, "function-wrap[wrap_val()]", "str"),
    FACTS("json", rob_json, "any", "json"),
};

#define SCALAR_COUNT (int)(sizeof scalars / sizeof *scalars)

const char *kind_name(rob_kind kind)
{
    return (int)kind < SCALAR_COUNT ? scalars[kind].name : "value";
}

bool type_is_scalar(const ir_type *type)
{
    return type->table.kind < ROB_KIND_JSON || type->table.kind == ROB_KIND_ENUM;
}

/* ------------------------------------------------------------------ interning */

ir_type *too_large(checker *c, span at)
{
    report(c, at, "RB0119", "this type is too large; give parts of it to a model");
    return c->poison;
}

ir_type *intern_type(checker *c, rob_str key, const ir_type *draft)
{
    ir_type *before = map_get(&c->types, key);
    if (before) return before;
    if (draft->text.len > MOST_TYPE_TEXT) return too_large(c, draft->at);
    ir_type *type = arena_new(c->arena, ir_type);
    *type = *draft;
    type->id = c->serial++;
    map_add(c->arena, &c->types, key, type);
    return type;
}

ir_type *scalar_type(checker *c, rob_kind kind)
{
    const scalar_facts *facts = &scalars[kind];
    ir_type draft = {
        .table = {.kind = (uint8_t)kind, .size = facts->size},
        .align = facts->align,
        .text = rob_str_of(facts->name),
        .label = rob_str_of(facts->label),
        .c_type = rob_str_of(facts->c_type),
    };
    if (c->api->settings.strict && kind != ROB_KIND_JSON) draft.table.rules |= ROB_STRICT;
    return intern_type(c, draft.text, &draft);
}

void types_init(checker *c)
{
    c->poison = arena_new(c->arena, ir_type);
    *c->poison = *scalar_type(c, ROB_KIND_JSON);
    c->poison->text = ROB_STR("?");
    c->poison->id = c->serial++;
}

rob_str type_base_name(checker *c, const ir_type *type)
{
    if (type->table.kind < SCALAR_COUNT) return rob_str_of(scalars[type->table.kind].base);
    size_t prefix = c->names.prefix.len + 1;
    return (rob_str){type->c_type.ptr + prefix, type->c_type.len - prefix};
}

/* Lists of int and of int(ge=1) are one C type; so the name is made once for what it holds. */
rob_str shared_c_name(checker *c, rob_str base, const char *suffix, span at)
{
    rob_str wanted = arena_format(c->arena, "%.*s_%.*s%s", ROB_STR_ARG(c->names.prefix), ROB_STR_ARG(base), suffix);
    rob_str *before = map_get(&c->shared, wanted);
    if (before) return *before;
    rob_str *made = arena_new(c->arena, rob_str);
    *made = names_derive(&c->names, wanted, at);
    map_add(c->arena, &c->shared, wanted, made);
    return *made;
}

/* ------------------------------------------------------------------ containers */

ir_type *type_of_nullable(checker *c, ir_type *inner, span at)
{
    if (inner == c->poison || inner->table.kind == ROB_KIND_NULLABLE) return inner;
    rob_str key = arena_format(c->arena, "nullable #%u", inner->id);
    ir_type *before = map_get(&c->types, key);
    if (before) return before;
    ir_type draft = {
        .table = {.kind = ROB_KIND_NULLABLE, .nullable.inner = &inner->table},
        .text = arena_format(c->arena, "%.*s?", ROB_STR_ARG(inner->text)),
        .label = arena_format(c->arena, "nullable[%.*s]", ROB_STR_ARG(inner->label)),
        .c_type = shared_c_name(c, type_base_name(c, inner), "_or_null", at),
        .item = inner,
        .at = at,
    };
    return intern_type(c, key, &draft);
}

static ir_type *list_of(checker *c, ir_type *item, span at)
{
    if (item == c->poison) return item;
    rob_str key = arena_format(c->arena, "list #%u", item->id);
    ir_type *before = map_get(&c->types, key);
    if (before) return before;
    ir_type draft = {
        .table = {.kind = ROB_KIND_LIST, .list.item = &item->table},
        .text = arena_format(c->arena, "list[%.*s]", ROB_STR_ARG(item->text)),
        .label = arena_format(c->arena, "list[%.*s]", ROB_STR_ARG(item->label)),
        .c_type = shared_c_name(c, type_base_name(c, item), "_list", at),
        .item = item,
        .at = at,
    };
    return intern_type(c, key, &draft);
}

static bool is_text_enum(const ir_type *type)
{
    if (type->table.kind != ROB_KIND_ENUM) return false;
    for (uint32_t i = 0; i < type->choice->count; i++)
        if (type->choice->table.choices[i].kind != ROB_CHOICE_STR) return false;
    return true;
}

static ir_type *dict_of(checker *c, ir_type *key_type, ir_type *value, span at)
{
    if (key_type == c->poison || value == c->poison) return c->poison;
    if (key_type->table.kind != ROB_KIND_STR && !is_text_enum(key_type)) {
        diag_item *item = report(c, at, "RB0110", "a dict's keys are strings, not `%.*s`",
                                 ROB_STR_ARG(key_type->text));
        diag_hint(c->d, item, "use `str`, a constrained `str`, or an enum of strings");
        return c->poison;
    }
    rob_str key = arena_format(c->arena, "dict #%u #%u", key_type->id, value->id);
    ir_type *before = map_get(&c->types, key);
    if (before) return before;
    bool plain = key_type->table.kind == ROB_KIND_STR && !(key_type->table.rules & ~ROB_STRICT);
    ir_type draft = {
        .table = {.kind = ROB_KIND_DICT, .list.item = &value->table, .list.key = plain ? NULL : &key_type->table},
        .text = arena_format(c->arena, "dict[%.*s, %.*s]", ROB_STR_ARG(key_type->text), ROB_STR_ARG(value->text)),
        .label = arena_format(c->arena, "dict[%.*s,%.*s]", ROB_STR_ARG(key_type->label), ROB_STR_ARG(value->label)),
        .c_type = shared_c_name(c, type_base_name(c, value), "_dict", at),
        .c_item = shared_c_name(c, type_base_name(c, value), "_dict_item", at),
        .item = value,
        .key = plain ? NULL : key_type,
        .at = at,
    };
    return intern_type(c, key, &draft);
}

/* ------------------------------------------------------------------ names */

static size_t count_types(const ast_type *t)
{
    size_t count = 0;
    for (; t; t = t->next) count++;
    return count;
}

/* False after a message when `name[...]` has another number of arguments. */
static bool takes(checker *c, const ast_type *t, size_t wanted)
{
    size_t count = count_types(t->args);
    if (count == wanted) return true;
    if (wanted == 0) {
        report(c, t->at, "RB0111", "`%.*s` takes no type arguments", ROB_STR_ARG(t->name.text));
        return false;
    }
    diag_item *item = report(c, t->at, "RB0111", "`%.*s` takes %zu type argument%s, %zu given",
                             ROB_STR_ARG(t->name.text), wanted, wanted == 1 ? "" : "s", count);
    if (rob_str_eq(t->name.text, ROB_STR("list"))) diag_hint(c->d, item, "write `list[str]`");
    if (rob_str_eq(t->name.text, ROB_STR("dict"))) diag_hint(c->d, item, "write `dict[str, int]`");
    return false;
}

static context inside(checker *c, const context *at, const char *what)
{
    context deeper = *at;
    deeper.place = arena_format(c->arena, "%.*s%s", ROB_STR_ARG(at->place), what);
    return deeper;
}

static ir_type *container_type(checker *c, const context *at, const ast_type *t)
{
    bool is_list = rob_str_eq(t->name.text, ROB_STR("list"));
    if (!takes(c, t, is_list ? 1 : 2)) return c->poison;
    context deeper = inside(c, at, is_list ? "Item" : "Value");
    if (is_list) return list_of(c, type_of(c, &deeper, t->args), t->at);
    ir_type *key = type_of(c, at, t->args);
    return dict_of(c, key, type_of(c, &deeper, t->args->next), t->args->at);
}

static ir_type *alias_type(checker *c, symbol *s, span at)
{
    if (c->alias_depth > MOST_DEPTH) {
        report(c, at, "RB0119", "types are defined by each other more than %d deep", MOST_DEPTH);
        return c->poison;
    }
    if (s->progress == WORKING) {
        report(c, s->decl->name.at, "RB0112", "type `%.*s` is defined by itself", ROB_STR_ARG(s->decl->name.text));
        return c->poison;
    }
    context home = {.scope = s->home, .place = s->decl->name.text};
    attributes said;
    read_attributes(c, s->decl->attributes, ON_NOTHING, &said);
    s->progress = WORKING;
    c->alias_depth++;
    ir_type *type = type_of(c, &home, s->decl->type.type);
    c->alias_depth--;
    s->progress = DONE;
    return s->type = type;
}

ir_type *type_of_symbol(checker *c, symbol *s, span at)
{
    if (s->type) return s->type;
    switch (s->decl->kind) {
    case AST_TYPE: return alias_type(c, s, at);
    case AST_ENUM: return type_of_enum(c, s);
    case AST_MODEL: return type_of_model(c, s, NULL, s->decl->name.text, false);
    case AST_UNION: return type_of_tagged(c, s);
    case AST_ERROR: {
        diag_item *item = report(c, at, "RB0113", "`%.*s` is an error, not a type",
                                 ROB_STR_ARG(s->decl->name.text));
        diag_hint(c->d, item, "a route answers with it: `raises %.*s`", ROB_STR_ARG(s->decl->name.text));
        return c->poison;
    }
    case AST_API: case AST_SERVER: case AST_GROUP: case AST_ROUTE: case AST_IMPORT: case AST_LINK:
    case AST_SOURCES: case AST_INCLUDE: break;
    }
    return c->poison;
}

static bool is_generic(const symbol *s)
{
    return s->decl->kind == AST_MODEL && s->decl->model.params;
}

static ir_type *declared_type(checker *c, const context *at, const ast_type *t)
{
    symbol *s = find_symbol(at->scope, t->name.text);
    if (!s && was_lost(c, t->name.text)) return c->poison;
    if (!s) {
        diag_item *item = report(c, t->name.at, "RB0102", "unknown type `%.*s`", ROB_STR_ARG(t->name.text));
        suggest_type(c, item, at, t->name.text);
        return c->poison;
    }
    if (is_generic(s)) return type_of_generic(c, at, s, t->args, t->at);
    if (t->args && !takes(c, t, 0)) return c->poison;
    return type_of_symbol(c, s, t->at);
}

static ir_type *unconstrained(checker *c, const context *at, const ast_type *t)
{
    rob_str name = t->name.text;
    for (const binding *b = at->bound; b; b = b->next)
        if (rob_str_eq(b->name, name)) return b->type;
    if (rob_str_eq(name, ROB_STR("list")) || rob_str_eq(name, ROB_STR("dict"))) return container_type(c, at, t);
    for (int kind = 0; kind < SCALAR_COUNT; kind++)
        if (rob_str_eq(name, rob_str_of(scalars[kind].name)))
            return t->args && !takes(c, t, 0) ? c->poison : scalar_type(c, (rob_kind)kind);
    if (rob_str_eq(name, ROB_STR("path"))) {
        report(c, t->at, "RB0114", "`path` is a type of path parameters only: `/files/{rest: path}`");
        return c->poison;
    }
    if (rob_str_eq(name, ROB_STR("None"))) {
        diag_item *item = report(c, t->at, "RB0114", "`None` stands only in a union: `str | None`");
        diag_hint(c->d, item, "a field that may be null is `T?`");
        return c->poison;
    }
    return declared_type(c, at, t);
}

ir_type *type_of(checker *c, const context *at, const ast_type *t)
{
    if (!t) return c->poison;
    switch (t->kind) {
    case AST_TYPE_NAME: {
        ir_type *type = unconstrained(c, at, t);
        if (!type->at.end) type->at = t->at;
        return t->constraints && type != c->poison ? constrain(c, type, t->constraints, t->at) : type;
    }
    case AST_TYPE_LITERAL: return type_of_literal(c, at, t);
    case AST_TYPE_UNION: return type_of_union(c, at, t);
    case AST_TYPE_NULLABLE: return type_of_nullable(c, type_of(c, at, t->args), t->at);
    case AST_TYPE_OBJECT: return type_of_object(c, at, t);
    }
    return c->poison;
}
