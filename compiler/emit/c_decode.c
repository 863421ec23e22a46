/* c_decode.c: decode.c, the tables that the runtime's decoder walks. */
#include "c.h"

typedef struct decode_file {
    c_emitter *e;
    template t;
    map printed;  /* C names of enums, unions and models that have their tables */
    map patterns; /* address of a rob_dfa to its name */
    text pattern, enums, unions, models, types, params;
} decode_file;

static bool first_time(decode_file *f, rob_str name)
{
    return !map_add(f->e->arena, &f->printed, name, f);
}

/* `A | B` of those names whose bit is set. */
static rob_str flag_names(c_emitter *e, unsigned bits, const char *const *names)
{
    text out = text_new(e->arena);
    for (unsigned bit = 0; bits >> bit; bit++) {
        if (!(bits >> bit & 1)) continue;
        if (out.len) text_add(&out, ROB_STR(" | "));
        text_add(&out, rob_str_of(names[bit]));
    }
    return text_done(&out);
}

/* ------------------------------------------------------------------ patterns */

static void add_number(text *out, size_t index, unsigned number)
{
    if (index) text_add(out, index % 16 ? ROB_STR(" ") : ROB_STR("\n"));
    char digits[8];
    size_t len = 0;
    do digits[sizeof digits - ++len] = (char)('0' + number % 10);
    while ((number /= 10) && len < sizeof digits);
    text_add(out, (rob_str){digits + sizeof digits - len, len});
    text_char(out, ',');
}

static rob_str bytes_table(c_emitter *e, const uint8_t *items, size_t count)
{
    text out = text_new(e->arena);
    for (size_t i = 0; i < count; i++) add_number(&out, i, items[i]);
    return text_done(&out);
}

static rob_str states_table(c_emitter *e, const uint16_t *items, size_t count)
{
    text out = text_new(e->arena);
    for (size_t i = 0; i < count; i++) add_number(&out, i, items[i]);
    return text_done(&out);
}

/* The name of a type's pattern; its table is printed once, whoever else has the same. */
static rob_str pattern_name(decode_file *f, const ir_type *type)
{
    c_emitter *e = f->e;
    const rob_dfa *dfa = type->table.text.pattern;
    rob_str key = arena_text(e->arena, (rob_str){(const char *)&dfa, sizeof dfa});
    rob_str *known = map_get(&f->patterns, key);
    if (known) return *known;
    rob_str *name = arena_new(e->arena, rob_str);
    rob_str table = c_local(e, e->tables[type->id]); /* "str_2_type" */
    *name = c_format(e, "%.*s_pattern", ROB_STR_ARG(table));
    map_add(e->arena, &f->patterns, key, name);
    FILL(&f->t, "pattern", &f->pattern, {"pattern", c_comment_line(e, type->table.text.pattern_text)},
         {"name", *name}, {"states", c_number(e, dfa->states)}, {"classes", c_number(e, dfa->classes)},
         {"class_of", bytes_table(e, dfa->class_of, 256)},
         {"next", states_table(e, dfa->next, (size_t)dfa->states * dfa->classes)},
         {"accept", bytes_table(e, dfa->accept_at_end, dfa->states)});
    return *name;
}

/* ------------------------------------------------------------------ enums and unions */

static void add_choice(decode_file *f, const rob_choice *choice, text *out)
{
    switch (choice->kind) {
    case ROB_CHOICE_STR: FILL(&f->t, "text_choice", out, {"text", c_string(f->e, choice->text)}); return;
    case ROB_CHOICE_INT: FILL(&f->t, "int_choice", out, {"number", c_int64(f->e, choice->number)}); return;
    case ROB_CHOICE_BOOL: FILL(&f->t, "bool_choice", out, {"number", c_int64(f->e, choice->number)}); return;
    }
}

static void add_enum(decode_file *f, const ir_enum *enumeration)
{
    if (!first_time(f, enumeration->c_name)) return;
    text choices = text_new(f->e->arena);
    for (uint32_t i = 0; i < enumeration->table.count; i++) add_choice(f, &enumeration->table.choices[i], &choices);
    FILL(&f->t, "enum", &f->enums, {"name", c_local(f->e, enumeration->c_name)}, {"choices", text_done(&choices)},
         {"count", c_number(f->e, enumeration->table.count)},
         {"literal", enumeration->table.literal ? ROB_STR("true") : ROB_STR("false")},
         {"expected", c_string(f->e, enumeration->table.expected)});
}

static void add_union(decode_file *f, const ir_union *arms)
{
    c_emitter *e = f->e;
    if (!first_time(f, arms->c_name)) return;
    text out = text_new(e->arena);
    for (uint32_t i = 0; i < arms->count; i++)
        FILL(&f->t, "arm", &out, {"label", c_string(e, arms->arms[i].label)},
             {"type", e->tables[arms->arms[i].type->id]});
    FILL(&f->t, "union", &f->unions, {"name", c_local(e, arms->c_name)}, {"arms", text_done(&out)},
         {"count", c_number(e, arms->count)}, {"c_name", arms->c_name}, {"first", c_arm_member(&arms->arms[0])},
         {"tag", c_string(e, arms->table.tag_name)}, {"expected", c_string(e, arms->table.expected)});
}

/* ------------------------------------------------------------------ fields and models */

static rob_str field_flags(decode_file *f, uint16_t flags)
{
    static const char *const names[] = {
        "ROB_FIELD_OPTIONAL", "ROB_FIELD_NULLABLE", "ROB_FIELD_READONLY", "ROB_FIELD_WRITEONLY",
        "ROB_FIELD_INDIRECT", "ROB_FIELD_DEFAULT_NULL", "ROB_FIELD_TRISTATE",
    };
    text out = text_new(f->e->arena);
    if (flags) FILL(&f->t, "flags", &out, {"flags", flag_names(f->e, flags, names)});
    return text_done(&out);
}

static rob_str field_fallback(decode_file *f, const ir_field *field)
{
    text out = text_new(f->e->arena);
    if (!field->table.fallback) return text_done(&out);
    rob_str value = c_value(f->e, field->type, field->table.fallback);
    bool braced = *value.ptr == '{' || (value.len > 13 && memcmp(value.ptr, "ROB_STR_INIT(", 13) == 0);
    if (!braced) value = c_format(f->e, "{ %.*s }", ROB_STR_ARG(value));
    FILL(&f->t, "fallback", &out, {"type", field->type->c_type}, {"value", value});
    return text_done(&out);
}

/* The initializer of a rob_field whose struct is c_name. */
static rob_str field_members(decode_file *f, rob_str c_name, const ir_field *field)
{
    c_emitter *e = f->e;
    text out = text_new(e->arena);
    rob_str has = field->c_has.len
        ? c_format(e, "offsetof(%.*s, %.*s)", ROB_STR_ARG(c_name), ROB_STR_ARG(field->c_has))
        : ROB_STR("ROB_NO_OFFSET");
    FILL(&f->t, "field_members", &out, {"name", c_string(e, field->table.name)},
         {"type", e->tables[field->type->id]}, {"c_name", c_name}, {"member", field->c_name},
         {"has_offset", has}, {"flags", field_flags(f, field->table.flags)}, {"fallback", field_fallback(f, field)});
    return text_done(&out);
}

static rob_str add_fields(decode_file *f, const ir_model *model, rob_str name)
{
    if (!model->field_count) return ROB_STR("NULL");
    text fields = text_new(f->e->arena);
    for (uint32_t i = 0; i < model->field_count; i++)
        FILL(&f->t, "field", &fields, {"members", field_members(f, model->c_name, &model->fields[i])});
    FILL(&f->t, "fields", &f->models, {"name", name}, {"fields", text_done(&fields)});
    return c_format(f->e, "%.*s_fields", ROB_STR_ARG(name));
}

static void add_model(decode_file *f, const ir_model *model)
{
    static const char *const extras[] = {"ROB_EXTRA_IGNORE", "ROB_EXTRA_FORBID", "ROB_EXTRA_ALLOW"};
    if (!first_time(f, model->c_name)) return;
    rob_str name = c_local(f->e, model->c_name), fields = add_fields(f, model, name);
    text extra = text_new(f->e->arena);
    if (model->c_extra.len)
        FILL(&f->t, "extra_offset", &extra, {"c_name", model->c_name}, {"member", model->c_extra});
    FILL(&f->t, "model", &f->models, {"name", name}, {"text", c_string(f->e, model->table.name)},
         {"fields", fields}, {"count", c_number(f->e, model->field_count)},
         {"extra", rob_str_of(extras[model->table.extra])}, {"extra_offset", text_done(&extra)});
}

/* ------------------------------------------------------------------ types */

/* `.name = { .a = 1, .b = 2 }`, while it is being written. */
typedef struct facts {
    c_emitter *e;
    text out;
    size_t empty;
} facts;

static facts facts_of(c_emitter *e, const char *name)
{
    facts f = {.e = e, .out = text_new(e->arena)};
    text_format(&f.out, ".%s = { ", name);
    f.empty = f.out.len;
    return f;
}

static void fact(facts *f, bool there, const char *name, rob_str value)
{
    if (!there) return;
    text_format(&f->out, "%s.%s = ", f->out.len > f->empty ? ", " : "", name);
    text_add(&f->out, value);
}

static rob_str facts_done(facts *f)
{
    if (f->out.len == f->empty) return (rob_str){0};
    text_add(&f->out, ROB_STR(" },"));
    return text_done(&f->out);
}

static rob_str int_facts(c_emitter *e, const rob_type *t)
{
    facts f = facts_of(e, "integer");
    fact(&f, t->rules & ROB_GE, "ge", c_int64(e, t->integer.ge));
    fact(&f, t->rules & ROB_GT, "gt", c_int64(e, t->integer.gt));
    fact(&f, t->rules & ROB_LE, "le", c_int64(e, t->integer.le));
    fact(&f, t->rules & ROB_LT, "lt", c_int64(e, t->integer.lt));
    fact(&f, t->rules & ROB_MULTIPLE_OF, "multiple_of", c_int64(e, t->integer.multiple_of));
    return facts_done(&f);
}

static rob_str float_facts(c_emitter *e, const rob_type *t)
{
    facts f = facts_of(e, "number");
    fact(&f, t->rules & ROB_GE, "ge", c_double(e, t->number.ge));
    fact(&f, t->rules & ROB_GT, "gt", c_double(e, t->number.gt));
    fact(&f, t->rules & ROB_LE, "le", c_double(e, t->number.le));
    fact(&f, t->rules & ROB_LT, "lt", c_double(e, t->number.lt));
    fact(&f, t->rules & ROB_MULTIPLE_OF, "multiple_of", c_double(e, t->number.multiple_of));
    return facts_done(&f);
}

static void decimal_bound(facts *f, const char *name, const char *bound)
{
    if (bound) fact(f, true, name, c_string(f->e, rob_str_of(bound)));
}

static rob_str decimal_facts(c_emitter *e, const rob_type *t)
{
    facts f = facts_of(e, "decimal");
    if (t->rules & ROB_GE) decimal_bound(&f, "ge", t->decimal.ge);
    if (t->rules & ROB_GT) decimal_bound(&f, "gt", t->decimal.gt);
    if (t->rules & ROB_LE) decimal_bound(&f, "le", t->decimal.le);
    if (t->rules & ROB_LT) decimal_bound(&f, "lt", t->decimal.lt);
    if (t->rules & ROB_MULTIPLE_OF) decimal_bound(&f, "multiple_of", t->decimal.multiple_of);
    fact(&f, t->rules & ROB_MAX_DIGITS, "max_digits", c_number(e, t->decimal.max_digits));
    fact(&f, t->rules & ROB_DECIMAL_PLACES, "decimal_places", c_number(e, t->decimal.decimal_places));
    return facts_done(&f);
}

static rob_str text_facts(decode_file *file, const ir_type *type)
{
    const rob_type *t = &type->table;
    facts f = facts_of(file->e, "text");
    fact(&f, t->rules & ROB_MIN_LENGTH, "min_length", c_number(file->e, t->text.min_length));
    fact(&f, t->rules & ROB_MAX_LENGTH, "max_length", c_number(file->e, t->text.max_length));
    if (t->rules & ROB_PATTERN) {
        fact(&f, true, "pattern", c_format(file->e, "&%.*s", ROB_STR_ARG(pattern_name(file, type))));
        rob_str pattern = c_string(file->e, t->text.pattern_text);
        fact(&f, true, "pattern_text", c_format(file->e, "ROB_STR_INIT(%.*s)", ROB_STR_ARG(pattern)));
    }
    return facts_done(&f);
}

static rob_str address_of(c_emitter *e, const ir_type *type)
{
    return c_format(e, "&%.*s", ROB_STR_ARG(e->tables[type->id]));
}

static rob_str list_facts(c_emitter *e, const ir_type *type)
{
    bool is_dict = type->table.kind == ROB_KIND_DICT;
    rob_str item = is_dict ? type->c_item : type->item->c_type;
    facts f = facts_of(e, "list");
    fact(&f, true, "item", address_of(e, type->item));
    if (type->key) fact(&f, true, "key", address_of(e, type->key));
    fact(&f, is_dict, "value_offset", c_format(e, "offsetof(%.*s, value)", ROB_STR_ARG(item)));
    fact(&f, true, "item_size", c_format(e, "sizeof(%.*s)", ROB_STR_ARG(item)));
    fact(&f, type->table.rules & ROB_MIN_LENGTH, "min_length", c_number(e, type->table.list.min_length));
    fact(&f, type->table.rules & ROB_MAX_LENGTH, "max_length", c_number(e, type->table.list.max_length));
    return facts_done(&f);
}

static rob_str nullable_facts(c_emitter *e, const ir_type *type)
{
    facts f = facts_of(e, "nullable");
    fact(&f, true, "inner", address_of(e, type->item));
    fact(&f, true, "has_offset", c_format(e, "offsetof(%.*s, has_value)", ROB_STR_ARG(type->c_type)));
    return facts_done(&f);
}

static rob_str table_fact(c_emitter *e, const char *name, rob_str c_name, const char *ending)
{
    return c_format(e, ".%s = &%.*s_%s,", name, ROB_STR_ARG(c_local(e, c_name)), ending);
}

static rob_str type_facts(decode_file *f, const ir_type *type)
{
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: return int_facts(f->e, &type->table);
    case ROB_KIND_FLOAT: return float_facts(f->e, &type->table);
    case ROB_KIND_DECIMAL: return decimal_facts(f->e, &type->table);
    case ROB_KIND_STR: case ROB_KIND_BYTES: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
        return text_facts(f, type);
    case ROB_KIND_LIST: case ROB_KIND_DICT: return list_facts(f->e, type);
    case ROB_KIND_NULLABLE: return nullable_facts(f->e, type);
    case ROB_KIND_ENUM: return table_fact(f->e, "choice", type->choice->c_name, "enum");
    case ROB_KIND_MODEL: return table_fact(f->e, "model", type->model->c_name, "model");
    case ROB_KIND_TAGGED: case ROB_KIND_UNION: return table_fact(f->e, "arms", type->arms->c_name, "union");
    case ROB_KIND_BOOL: case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME:
    case ROB_KIND_DURATION: case ROB_KIND_JSON: break;
    }
    return (rob_str){0};
}

static rob_str kind_constant(uint8_t kind)
{
    static const char *const names[] = {
        "ROB_KIND_INT", "ROB_KIND_FLOAT", "ROB_KIND_BOOL", "ROB_KIND_STR", "ROB_KIND_BYTES", "ROB_KIND_UUID",
        "ROB_KIND_DATETIME", "ROB_KIND_DATE", "ROB_KIND_TIME", "ROB_KIND_DURATION", "ROB_KIND_DECIMAL",
        "ROB_KIND_EMAIL", "ROB_KIND_URL", "ROB_KIND_URI", "ROB_KIND_JSON", "ROB_KIND_LIST", "ROB_KIND_DICT",
        "ROB_KIND_ENUM", "ROB_KIND_MODEL", "ROB_KIND_TAGGED", "ROB_KIND_UNION", "ROB_KIND_NULLABLE",
    };
    return rob_str_of(names[kind]);
}

static rob_str type_rules(decode_file *f, uint16_t rules)
{
    static const char *const names[] = {
        "ROB_GE", "ROB_GT", "ROB_LE", "ROB_LT", "ROB_MULTIPLE_OF", "ROB_MIN_LENGTH", "ROB_MAX_LENGTH",
        "ROB_PATTERN", "ROB_UNIQUE", "ROB_MAX_DIGITS", "ROB_DECIMAL_PLACES", "ROB_STRICT",
    };
    text out = text_new(f->e->arena);
    if (rules) FILL(&f->t, "rules", &out, {"rules", flag_names(f->e, rules, names)});
    return text_done(&out);
}

static void add_type(decode_file *f, const ir_type *type)
{
    if (type->choice) add_enum(f, type->choice);
    if (type->arms) add_union(f, type->arms);
    if (type->model) add_model(f, type->model);
    FILL(&f->t, "type", &f->types, {"text", c_comment_line(f->e, type->text)}, {"name", f->e->tables[type->id]},
         {"kind", kind_constant(type->table.kind)}, {"rules", type_rules(f, type->table.rules)},
         {"c_type", type->c_type}, {"facts", type_facts(f, type)});
}

/* ------------------------------------------------------------------ parameters */

static rob_str source_constant(rob_source source)
{
    static const char *const names[] = {
        "ROB_FROM_PATH", "ROB_FROM_QUERY", "ROB_FROM_HEADER", "ROB_FROM_COOKIE", "ROB_FROM_FORM", "ROB_FROM_BODY",
        "ROB_FROM_RAW",
    };
    return rob_str_of(names[source]);
}

static rob_str body_constant(rob_body_mode mode)
{
    static const char *const names[] = {
        "ROB_BODY_NONE", "ROB_BODY_WHOLE", "ROB_BODY_EMBEDDED", "ROB_BODY_FORM", "ROB_BODY_RAW",
    };
    return rob_str_of(names[mode]);
}

static void add_param(decode_file *f, rob_str c_name, const ir_param *param, text *out)
{
    text index = text_new(f->e->arena);
    if (param->source == ROB_FROM_PATH) text_format(&index, ".path_index = %u,", param->path_index);
    FILL(&f->t, "param", out, {"source", source_constant(param->source)}, {"path_index", text_done(&index)},
         {"spread", param->spread ? ROB_STR(".spread = true,") : ROB_STR("")},
         {"members", field_members(f, c_name, &param->field)});
}

static void add_params(decode_file *f, const ir_route *route, rob_str params)
{
    text items = text_new(f->e->arena);
    rob_str c_name = c_format(f->e, "%.*s_in", ROB_STR_ARG(route->c_function));
    for (uint32_t i = 0; i < route->param_count; i++) add_param(f, c_name, &route->params[i], &items);
    FILL(&f->t, "params", &f->params, {"name", c_local(f->e, route->c_function)}, {"items", text_done(&items)},
         {"params", params}, {"count", c_number(f->e, route->param_count)}, {"body", body_constant(route->body)});
}

/* ------------------------------------------------------------------ the file */

rob_str c_decode(c_emitter *e)
{
    const ir_api *api = e->api;
    text fresh = text_new(e->arena), out = text_new(e->arena);
    decode_file f = {.e = e, .t = template_open(e->arena, "decode.c.in"), .pattern = fresh, .enums = fresh,
                     .unions = fresh, .models = fresh, .types = fresh, .params = fresh};
    for (uint32_t i = 0; i < api->type_count; i++) {
        if (e->has_table[i]) add_type(&f, api->types[i]);
    }
    for (uint32_t i = 0; i < api->route_count; i++) {
        if (e->params[i].len) add_params(&f, api->routes[i], e->params[i]);
    }
    FILL(&f.t, "file", &out, {"prefix", api->prefix}, {"title", e->title}, {"spec", e->spec},
         {"patterns", text_done(&f.pattern)}, {"enums", text_done(&f.enums)}, {"unions", text_done(&f.unions)},
         {"models", text_done(&f.models)}, {"types", text_done(&f.types)}, {"params", text_done(&f.params)});
    return text_done(&out);
}
