/* python_names.c: names, hints and defaults in Python. */
#include "python.h"

/* Keywords, soft ones included where they cannot name a class, and the builtins that hints use. */
static const char *const reserved[] = {
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
};
static const char *const builtins[] = {
    "bool", "bytes", "dict", "float", "frozenset", "int", "list", "str", "super", "tuple",
};

static bool is_one_of(rob_str name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rob_str_eq(name, rob_str_of(words[i]))) return true;
    return false;
}

rob_str python_name(rob_arena *arena, rob_str name)
{
    bool is_reserved = is_one_of(name, reserved, sizeof reserved / sizeof *reserved);
    return is_reserved ? arena_format(arena, "%.*s_", ROB_STR_ARG(name)) : name;
}

rob_str python_models_name(c_emitter *c)
{
    return c_format(c, "%.*s_models", ROB_STR_ARG(c->api->prefix));
}

/* "Page[User]" gives "PageUser". */
static rob_str class_name(python_emitter *p, rob_str name, void *by)
{
    text out = text_new(p->arena);
    bool upper = false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        bool digit = c >= '0' && c <= '9' && out.len;
        if (letter || digit) text_char(&out, upper && c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
        upper = !letter && !digit;
    }
    rob_str wanted = python_name(p->arena, out.len ? text_done(&out) : ROB_STR("Unnamed"));
    if (is_one_of(wanted, builtins, sizeof builtins / sizeof *builtins) || wanted.ptr[0] == '_')
        wanted = arena_format(p->arena, "Own%.*s", ROB_STR_ARG(wanted));
    return names_free(p->arena, &p->taken, &p->numbers, wanted, by);
}

static void name_arms(python_emitter *p, const ir_type *type)
{
    const ir_union *u = type->arms;
    p->arms[type->id] = arena_need(p->arena, (u->count + 1) * sizeof(rob_str));
    for (uint32_t i = 0; i < u->count; i++) {
        const ir_arm *arm = &u->arms[i];
        rob_str label = names_pascal(p->arena, arm->label);
        p->arms[type->id][i] = arm->declares_tag
            ? p->classes[arm->type->id]
            : class_name(p, arena_format(p->arena, "%.*s%.*s", ROB_STR_ARG(u->name), ROB_STR_ARG(label)), (void *)arm);
    }
}

static void find_errors(python_emitter *p)
{
    const ir_api *api = p->c->api;
    for (uint32_t r = 0; r < api->route_count; r++) {
        const ir_route *route = api->routes[r];
        for (uint32_t i = 0; i < route->outcome_count && c_is_python(route); i++)
            if (route->outcomes[i].error) p->errors[route->outcomes[i].type->id] = &route->outcomes[i];
    }
}

python_emitter python_emitter_new(c_emitter *c)
{
    const ir_api *api = c->api;
    python_emitter p = {.c = c, .arena = c->arena, .t = template_open(c->arena, "models.py.in")};
    p.classes = arena_need(p.arena, (api->type_count + 1) * sizeof *p.classes);
    p.arms = arena_need(p.arena, (api->type_count + 1) * sizeof *p.arms);
    p.errors = arena_need(p.arena, (api->type_count + 1) * sizeof *p.errors);
    find_errors(&p);
    for (uint32_t i = 0; i < api->type_count; i++) {
        const ir_type *type = api->types[i];
        if (!c->in_python[i]) continue;
        if (type->model) p.classes[i] = class_name(&p, type->model->name, (void *)type->model);
        else if (type->choice && type->choice->name.len) p.classes[i] = class_name(&p, type->choice->name, (void *)type->choice);
        else if (type->table.kind == ROB_KIND_TAGGED) p.classes[i] = class_name(&p, type->arms->name, (void *)type->arms);
    }
    for (uint32_t i = 0; i < api->type_count; i++)
        if (c->in_python[i] && api->types[i]->table.kind == ROB_KIND_TAGGED) name_arms(&p, api->types[i]);
    return p;
}

/* ------------------------------------------------------------------ hints */

static const char *scalar_type(rob_kind kind)
{
    switch (kind) {
    case ROB_KIND_INT: return "int";
    case ROB_KIND_FLOAT: return "float";
    case ROB_KIND_BOOL: return "bool";
    case ROB_KIND_STR: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: return "str";
    case ROB_KIND_BYTES: return "bytes";
    case ROB_KIND_UUID: return "_uuid.UUID";
    case ROB_KIND_DATETIME: return "_datetime.datetime";
    case ROB_KIND_DATE: return "_datetime.date";
    case ROB_KIND_TIME: return "_datetime.time";
    case ROB_KIND_DURATION: return "_datetime.timedelta";
    case ROB_KIND_DECIMAL: return "_decimal.Decimal";
    case ROB_KIND_JSON: case ROB_KIND_LIST: case ROB_KIND_DICT: case ROB_KIND_ENUM: case ROB_KIND_MODEL:
    case ROB_KIND_TAGGED: case ROB_KIND_UNION: case ROB_KIND_NULLABLE: break;
    }
    return "_t.Any";
}

static rob_str python_literal(rob_str json)
{
    if (rob_str_eq(json, ROB_STR("true"))) return ROB_STR("True");
    if (rob_str_eq(json, ROB_STR("false"))) return ROB_STR("False");
    if (rob_str_eq(json, ROB_STR("null"))) return ROB_STR("None");
    return json;
}

static rob_str literal_type(const python_emitter *p, const ir_enum *choice)
{
    text out = text_new(p->arena);
    text_add(&out, ROB_STR("_t.Literal["));
    for (uint32_t i = 0; i < choice->count; i++) {
        if (i) text_add(&out, ROB_STR(", "));
        text_add(&out, python_literal(choice->choices[i].json));
    }
    text_char(&out, ']');
    return text_done(&out);
}

static rob_str union_type(const python_emitter *p, const ir_union *arms)
{
    text out = text_new(p->arena);
    for (uint32_t i = 0; i < arms->count; i++) {
        if (i) text_add(&out, ROB_STR(" | "));
        text_add(&out, python_type(p, arms->arms[i].type));
    }
    return text_done(&out);
}

rob_str python_type(const python_emitter *p, const ir_type *type)
{
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_LIST: return arena_format(p->arena, "list[%.*s]", ROB_STR_ARG(python_type(p, type->item)));
    case ROB_KIND_DICT: return arena_format(p->arena, "dict[str, %.*s]", ROB_STR_ARG(python_type(p, type->item)));
    case ROB_KIND_NULLABLE: return arena_format(p->arena, "%.*s | None", ROB_STR_ARG(python_type(p, type->item)));
    case ROB_KIND_ENUM:
        if (!type->choice->name.len) return literal_type(p, type->choice);
        return p->classes[type->id];
    case ROB_KIND_MODEL: case ROB_KIND_TAGGED: return p->classes[type->id];
    case ROB_KIND_UNION: return union_type(p, type->arms);
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES:
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: case ROB_KIND_JSON: break;
    }
    return rob_str_of(scalar_type((rob_kind)type->table.kind));
}

/* ------------------------------------------------------------------ defaults */

static rob_str enum_default(const python_emitter *p, const ir_type *type, rob_str json)
{
    const ir_enum *choice = type->choice;
    if (!choice->name.len) return python_literal(json);
    for (uint32_t i = 0; i < choice->count; i++)
        if (rob_str_eq(choice->choices[i].json, json))
            return arena_format(p->arena, "%.*s.%.*s", ROB_STR_ARG(p->classes[type->id]),
                                ROB_STR_ARG(python_name(p->arena, choice->choices[i].name)));
    return (rob_str){0};
}

rob_str python_default(const python_emitter *p, const ir_type *type, rob_str json)
{
    if (!json.len || rob_str_eq(json, ROB_STR("null"))) return json.len ? ROB_STR("None") : json;
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_EMAIL:
    case ROB_KIND_URL: case ROB_KIND_URI: return python_literal(json);
    case ROB_KIND_UUID: return arena_format(p->arena, "_uuid.UUID(%.*s)", ROB_STR_ARG(json));
    case ROB_KIND_DECIMAL: return arena_format(p->arena, "_decimal.Decimal(%.*s)", ROB_STR_ARG(json));
    case ROB_KIND_DATE: return arena_format(p->arena, "_datetime.date.fromisoformat(%.*s)", ROB_STR_ARG(json));
    case ROB_KIND_ENUM: return enum_default(p, type, json);
    case ROB_KIND_LIST: return rob_str_eq(json, ROB_STR("[]")) ? ROB_STR("_field(default_factory=list)") : (rob_str){0};
    case ROB_KIND_DICT: return rob_str_eq(json, ROB_STR("{}")) ? ROB_STR("_field(default_factory=dict)") : (rob_str){0};
    case ROB_KIND_NULLABLE: return python_default(p, type->item, json);
    case ROB_KIND_BYTES: case ROB_KIND_DATETIME: case ROB_KIND_TIME: case ROB_KIND_DURATION: case ROB_KIND_JSON:
    case ROB_KIND_MODEL: case ROB_KIND_TAGGED: case ROB_KIND_UNION: break;
    }
    return (rob_str){0};
}
