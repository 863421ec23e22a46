#include "emit/openapi_schema.h"

#include <ctype.h>
#include <stdlib.h>

#include "memory.h"

cJSON *openapi_text(rob_str text, rob_arena *arena)
{
    return cJSON_CreateString(text.len ? arena_text(arena, text).ptr : "");
}

void openapi_add_text(cJSON *object, const char *key, rob_str text, rob_arena *arena)
{
    if (text.len) cJSON_AddItemToObject(object, key, openapi_text(text, arena));
}

/* A JSON text goes in as it is: parsing would take integers through a double. */
static void add_json(cJSON *object, const char *key, rob_str json, rob_arena *arena)
{
    if (json.len) cJSON_AddItemToObject(object, key, cJSON_CreateRaw(arena_text(arena, json).ptr));
}

static void add_number(cJSON *object, const char *key, unsigned long number)
{
    cJSON_AddItemToObject(object, key, cJSON_CreateNumber((double)number));
}

cJSON *openapi_ref(rob_str component, rob_arena *arena)
{
    cJSON *schema = cJSON_CreateObject();
    openapi_add_text(schema, "$ref", arena_format(arena, "#/components/schemas/%.*s", ROB_STR_ARG(component)), arena);
    return schema;
}

rob_str openapi_title(rob_str name, rob_arena *arena)
{
    rob_str title = arena_text(arena, name);
    char *text = (char *)title.ptr;
    bool in_word = false;
    for (size_t i = 0; i < title.len; i++) {
        bool letter = isalpha((unsigned char)text[i]);
        if (letter) text[i] = (char)(in_word ? tolower((unsigned char)text[i]) : toupper((unsigned char)text[i]));
        if (text[i] == '_') text[i] = ' ';
        in_word = letter;
    }
    return title;
}

rob_str openapi_component(const ir_model *model, openapi_side side, rob_arena *arena)
{
    if (!model->shapes_differ || !model->used_in || !model->used_out) return model->component;
    return arena_format(arena, "%.*s-%s", ROB_STR_ARG(model->component), side == OPENAPI_INPUT ? "Input" : "Output");
}

rob_str openapi_arm_component(const ir_arm *arm, openapi_side side, rob_arena *arena)
{
    const ir_model *model = arm->type->model;
    if (!model->shapes_differ || !model->used_in || !model->used_out) return arm->component;
    return arena_format(arena, "%.*s-%s", ROB_STR_ARG(arm->component), side == OPENAPI_INPUT ? "Input" : "Output");
}

/* ------------------------------------------------------------------ scalars */

/* JSON has no leading +, and 1_000 was read already: the bounds stand as JSON numbers. */
static void add_bounds(cJSON *schema, const ir_type *type, rob_arena *arena)
{
    add_json(schema, "minimum", type->ge, arena);
    add_json(schema, "exclusiveMinimum", type->gt, arena);
    add_json(schema, "maximum", type->le, arena);
    add_json(schema, "exclusiveMaximum", type->lt, arena);
    add_json(schema, "multipleOf", type->multiple_of, arena);
}

static cJSON *named_type(const char *name, const char *format)
{
    cJSON *schema = cJSON_CreateObject();
    cJSON_AddStringToObject(schema, "type", name);
    if (format) cJSON_AddStringToObject(schema, "format", format);
    return schema;
}

static cJSON *bounded(const char *name, const ir_type *type, rob_arena *arena)
{
    cJSON *schema = named_type(name, NULL);
    add_bounds(schema, type, arena);
    return schema;
}

static cJSON *text_type(const ir_type *type, const char *format, unsigned least, unsigned most, rob_arena *arena)
{
    const rob_type *t = &type->table;
    cJSON *schema = named_type("string", format);
    if (t->rules & ROB_MIN_LENGTH) least = t->text.min_length;
    if (t->rules & ROB_MAX_LENGTH) most = t->text.max_length;
    if (least || (t->rules & ROB_MIN_LENGTH)) add_number(schema, "minLength", least);
    if (most || (t->rules & ROB_MAX_LENGTH)) add_number(schema, "maxLength", most);
    if (t->rules & ROB_PATTERN) openapi_add_text(schema, "pattern", t->text.pattern_text, arena);
    return schema;
}

static cJSON *any_of(cJSON *first, cJSON *second)
{
    cJSON *schema = cJSON_CreateObject(), *arms = cJSON_AddArrayToObject(schema, "anyOf");
    cJSON_AddItemToArray(arms, first);
    if (second) cJSON_AddItemToArray(arms, second);
    return schema;
}

static cJSON *decimal_type(const ir_type *type, openapi_side side, rob_arena *arena)
{
    if (side == OPENAPI_OUTPUT) return named_type("string", NULL);
    return any_of(bounded("number", type, arena), named_type("string", NULL));
}

static cJSON *bytes_type(const ir_type *type, rob_arena *arena)
{
    cJSON *schema = text_type(type, "base64", 0, 0, arena);
    cJSON_AddStringToObject(schema, "contentMediaType", "application/octet-stream");
    return schema;
}

/* ------------------------------------------------------------------ enums */

static const char *choices_type(const ir_enum *choice)
{
    static const char *const names[] = {"string", "integer", "boolean"};
    rob_choice_kind kind = choice->table.choices[0].kind;
    for (uint32_t i = 1; i < choice->count; i++) {
        if (choice->table.choices[i].kind != kind) return NULL;
    }
    return names[kind];
}

static cJSON *choices(const ir_enum *choice, rob_arena *arena)
{
    cJSON *schema = cJSON_CreateObject();
    const char *type = choices_type(choice);
    if (type) cJSON_AddStringToObject(schema, "type", type);
    if (choice->table.literal && choice->count == 1) {
        add_json(schema, "const", choice->choices[0].json, arena);
        return schema;
    }
    cJSON *values = cJSON_AddArrayToObject(schema, "enum");
    for (uint32_t i = 0; i < choice->count; i++) {
        cJSON_AddItemToArray(values, cJSON_CreateRaw(arena_text(arena, choice->choices[i].json).ptr));
    }
    return schema;
}

cJSON *openapi_enum(const ir_enum *choice, rob_arena *arena)
{
    cJSON *schema = choices(choice, arena);
    openapi_add_text(schema, "title", choice->name, arena);
    openapi_describe(schema, &choice->meta, arena);
    return schema;
}

static cJSON *enum_type(const ir_enum *choice, rob_arena *arena)
{
    return choice->table.literal ? choices(choice, arena) : openapi_ref(choice->name, arena);
}

/* ------------------------------------------------------------------ containers and unions */

static void add_lengths(cJSON *schema, const rob_type *t, const char *least, const char *most)
{
    if (t->rules & ROB_MIN_LENGTH) add_number(schema, least, t->list.min_length);
    if (t->rules & ROB_MAX_LENGTH) add_number(schema, most, t->list.max_length);
}

static cJSON *list_type(const ir_type *type, openapi_side side, rob_arena *arena)
{
    cJSON *schema = named_type("array", NULL);
    cJSON_AddItemToObject(schema, "items", openapi_type(type->item, side, arena));
    add_lengths(schema, &type->table, "minItems", "maxItems");
    if (type->table.rules & ROB_UNIQUE) cJSON_AddTrueToObject(schema, "uniqueItems");
    return schema;
}

/* Pydantic keeps what a key must be apart from what it may be called: a pattern becomes
 * patternProperties, the rest of a key's schema propertyNames. */
static cJSON *dict_type(const ir_type *type, openapi_side side, rob_arena *arena)
{
    cJSON *schema = named_type("object", NULL), *names = NULL;
    cJSON *values = type->item->table.kind == ROB_KIND_JSON ? cJSON_CreateTrue() : openapi_type(type->item, side, arena);
    const ir_type *key = type->key;
    if (key && key->table.kind == ROB_KIND_STR && (key->table.rules & ROB_PATTERN)) {
        cJSON *patterns = cJSON_AddObjectToObject(schema, "patternProperties");
        cJSON_AddItemToObject(patterns, arena_text(arena, key->table.text.pattern_text).ptr, values);
    } else {
        cJSON_AddItemToObject(schema, "additionalProperties", values);
    }
    if (key) {
        names = openapi_type(key, side, arena);
        cJSON_DeleteItemFromObject(names, "type");
        cJSON_DeleteItemFromObject(names, "pattern");
        if (names->child) cJSON_AddItemToObject(schema, "propertyNames", names);
        else cJSON_Delete(names);
    }
    add_lengths(schema, &type->table, "minProperties", "maxProperties");
    return schema;
}

static cJSON *nullable_type(const ir_type *inner, openapi_side side, rob_arena *arena)
{
    cJSON *schema = openapi_type(inner, side, arena);
    if (inner->table.kind != ROB_KIND_UNION && inner->table.kind != ROB_KIND_DECIMAL) schema = any_of(schema, NULL);
    if (inner->table.kind == ROB_KIND_DECIMAL && side == OPENAPI_OUTPUT) schema = any_of(schema, NULL);
    cJSON_AddItemToArray(cJSON_GetObjectItem(schema, "anyOf"), named_type("null", NULL));
    return schema;
}

static cJSON *union_type(const ir_union *u, openapi_side side, rob_arena *arena)
{
    cJSON *schema = cJSON_CreateObject(), *arms = cJSON_AddArrayToObject(schema, "anyOf");
    for (uint32_t i = 0; i < u->count; i++) {
        cJSON *arm = openapi_type(u->arms[i].type, side, arena);
        cJSON *inner = cJSON_GetObjectItem(arm, "anyOf"); /* a decimal: its arms join the union's */
        while (inner && inner->child) cJSON_AddItemToArray(arms, cJSON_DetachItemFromArray(inner, 0));
        if (inner) cJSON_Delete(arm);
        else cJSON_AddItemToArray(arms, arm);
    }
    return schema;
}

static cJSON *tagged_type(const ir_union *u, openapi_side side, rob_arena *arena)
{
    cJSON *schema = cJSON_CreateObject(), *arms = cJSON_AddArrayToObject(schema, "oneOf");
    cJSON *discriminator = cJSON_AddObjectToObject(schema, "discriminator");
    openapi_add_text(discriminator, "propertyName", u->tag_name, arena);
    cJSON *mapping = cJSON_AddObjectToObject(discriminator, "mapping");
    for (uint32_t i = 0; i < u->count; i++) {
        const ir_arm *arm = &u->arms[i];
        rob_str name = arm->declares_tag ? openapi_component(arm->type->model, side, arena)
                                         : openapi_arm_component(arm, side, arena);
        cJSON_AddItemToArray(arms, openapi_ref(name, arena));
        rob_str target = arena_format(arena, "#/components/schemas/%.*s", ROB_STR_ARG(name));
        openapi_add_text(mapping, arena_text(arena, arm->label).ptr, target, arena);
    }
    return schema;
}

cJSON *openapi_type(const ir_type *type, openapi_side side, rob_arena *arena)
{
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: return bounded("integer", type, arena);
    case ROB_KIND_FLOAT: return bounded("number", type, arena);
    case ROB_KIND_BOOL: return named_type("boolean", NULL);
    case ROB_KIND_STR: return text_type(type, NULL, 0, 0, arena);
    case ROB_KIND_BYTES: return bytes_type(type, arena);
    case ROB_KIND_UUID: return named_type("string", "uuid");
    case ROB_KIND_DATETIME: return named_type("string", "date-time");
    case ROB_KIND_DATE: return named_type("string", "date");
    case ROB_KIND_TIME: return named_type("string", "time");
    case ROB_KIND_DURATION: return named_type("string", "duration");
    case ROB_KIND_DECIMAL: return decimal_type(type, side, arena);
    case ROB_KIND_EMAIL: return text_type(type, "email", 0, 0, arena);
    case ROB_KIND_URL: return text_type(type, "uri", 1, 2083, arena);
    case ROB_KIND_URI: return text_type(type, "uri", 1, 0, arena);
    case ROB_KIND_JSON: return cJSON_CreateObject();
    case ROB_KIND_LIST: return list_type(type, side, arena);
    case ROB_KIND_DICT: return dict_type(type, side, arena);
    case ROB_KIND_ENUM: return enum_type(type->choice, arena);
    case ROB_KIND_MODEL: return openapi_ref(openapi_component(type->model, side, arena), arena);
    case ROB_KIND_TAGGED: return tagged_type(type->arms, side, arena);
    case ROB_KIND_UNION: return union_type(type->arms, side, arena);
    case ROB_KIND_NULLABLE: return nullable_type(type->item, side, arena);
    }
    return cJSON_CreateObject();
}

/* ------------------------------------------------------------------ models */

void openapi_merge(cJSON *target, rob_str json, rob_arena *arena)
{
    if (!json.len) return;
    cJSON *more = cJSON_Parse(arena_text(arena, json).ptr);
    for (cJSON *item = more ? more->child : NULL, *next; item; item = next) {
        next = item->next;
        cJSON *old = cJSON_GetObjectItemCaseSensitive(target, item->string);
        if (cJSON_IsObject(old) && cJSON_IsObject(item)) {
            char *text = cJSON_PrintUnformatted(item);
            openapi_merge(old, arena_text(arena, rob_str_of(text)), arena);
            free(text);
            continue;
        }
        const char *name = arena_text(arena, rob_str_of(item->string)).ptr; /* both calls free the item's own */
        cJSON_DetachItemViaPointer(more, item);
        if (old) cJSON_ReplaceItemInObjectCaseSensitive(target, name, item);
        else cJSON_AddItemToObject(target, name, item);
    }
    cJSON_Delete(more);
}

void openapi_describe(cJSON *schema, const ir_meta *meta, rob_arena *arena)
{
    if (meta->title.len) {
        cJSON_DeleteItemFromObject(schema, "title");
        openapi_add_text(schema, "title", meta->title, arena);
    }
    openapi_add_text(schema, "description", meta->doc, arena);
    if (meta->example.len) {
        cJSON *examples = cJSON_AddArrayToObject(schema, "examples");
        cJSON_AddItemToArray(examples, cJSON_CreateRaw(arena_text(arena, meta->example).ptr));
        for (uint32_t i = 0; i < meta->more_example_count; i++) {
            cJSON_AddItemToArray(examples, cJSON_CreateRaw(arena_text(arena, meta->more_examples[i]).ptr));
        }
    }
    if (meta->deprecated) cJSON_AddTrueToObject(schema, "deprecated");
    openapi_merge(schema, meta->openapi, arena);
}

void openapi_default(cJSON *schema, const ir_field *field, rob_arena *arena)
{
    if (field->fallback_json.len && !rob_str_eq(field->fallback_json, ROB_STR("null"))) {
        add_json(schema, "default", field->fallback_json, arena);
    }
}

/* Pydantic gives a field no title where its schema is a reference, or one that may be null. */
static bool has_title(const ir_type *type)
{
    return type->table.kind != ROB_KIND_MODEL && (type->table.kind != ROB_KIND_ENUM || type->choice->table.literal);
}

cJSON *openapi_field(const ir_field *field, openapi_side side, rob_arena *arena)
{
    bool nullable = field->table.flags & ROB_FIELD_NULLABLE;
    cJSON *schema = nullable ? nullable_type(field->type, side, arena) : openapi_type(field->type, side, arena);
    if (has_title(field->type)) openapi_add_text(schema, "title", openapi_title(field->table.name, arena), arena);
    openapi_default(schema, field, arena);
    if (field->table.flags & ROB_FIELD_READONLY) cJSON_AddTrueToObject(schema, "readOnly");
    if (field->table.flags & ROB_FIELD_WRITEONLY) cJSON_AddTrueToObject(schema, "writeOnly");
    openapi_describe(schema, &field->meta, arena);
    return schema;
}

cJSON *openapi_top(const ir_type *type, rob_str title, openapi_side side, rob_arena *arena)
{
    cJSON *schema = openapi_type(type, side, arena);
    if (!cJSON_GetObjectItem(schema, "$ref")) openapi_add_text(schema, "title", title, arena);
    return schema;
}

static bool on_side(const ir_field *field, openapi_side side)
{
    return !(field->table.flags & (side == OPENAPI_INPUT ? ROB_FIELD_READONLY : ROB_FIELD_WRITEONLY));
}

static bool is_required(const ir_field *field)
{
    return !(field->table.flags & ROB_FIELD_OPTIONAL) && !field->fallback_json.len;
}

static void add_tag(cJSON *properties, cJSON *required, const ir_union *tagged, const ir_arm *arm, rob_arena *arena)
{
    cJSON *tag = named_type("string", NULL);
    openapi_add_text(tag, "const", arm->label, arena);
    openapi_add_text(tag, "title", openapi_title(tagged->tag_name, arena), arena);
    cJSON_AddItemToObject(properties, arena_text(arena, tagged->tag_name).ptr, tag);
    cJSON_AddItemToArray(required, openapi_text(tagged->tag_name, arena));
}

static void add_fields(cJSON *properties, cJSON *required, const ir_model *model, openapi_side side, rob_arena *arena)
{
    for (uint32_t i = 0; i < model->field_count; i++) {
        const ir_field *field = &model->fields[i];
        if (!on_side(field, side)) continue;
        cJSON_AddItemToObject(properties, arena_text(arena, field->table.name).ptr, openapi_field(field, side, arena));
        if (is_required(field)) cJSON_AddItemToArray(required, openapi_text(field->table.name, arena));
    }
}

cJSON *openapi_model(const ir_model *model, openapi_side side, const ir_union *tagged, const ir_arm *arm, rob_arena *arena)
{
    cJSON *schema = cJSON_CreateObject(), *required = cJSON_CreateArray();
    cJSON *properties = cJSON_AddObjectToObject(schema, "properties");
    if (arm) add_tag(properties, required, tagged, arm, arena);
    add_fields(properties, required, model, side, arena);
    if (model->table.extra != ROB_EXTRA_IGNORE) {
        cJSON_AddBoolToObject(schema, "additionalProperties", model->table.extra == ROB_EXTRA_ALLOW);
    }
    cJSON_AddStringToObject(schema, "type", "object");
    if (required->child) cJSON_AddItemToObject(schema, "required", required);
    else cJSON_Delete(required);
    openapi_add_text(schema, "title", arm ? arm->component : model->name, arena);
    openapi_describe(schema, &model->meta, arena);
    return schema;
}
