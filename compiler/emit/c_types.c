/* c_types.c: types.h, the C types of a spec's declarations. */
#include "c.h"

/* The comment above a declaration: what it is, where it stands, its doc. */
static rob_str head(c_emitter *e, rob_str what, const ir_meta *meta)
{
    text out = text_new(e->arena);
    rob_str place = c_place(e, meta->at);
    FILL(&e->types_template, "head", &out, {"what", c_comment_line(e, what)}, {"blanks", place.len ? ROB_STR("   ") : place},
         {"place", place}, {"doc", c_comment(e, meta->doc)});
    return c_block_comment(e, text_done(&out));
}

/* ------------------------------------------------------------------ enums */

/* What a member is on the wire, when its C name does not tell, and its doc. */
static rob_str choice_note(c_emitter *e, const ir_choice *choice)
{
    rob_str plain = c_format(e, "\"%.*s\"", ROB_STR_ARG(choice->name));
    if (rob_str_eq(plain, choice->json)) return choice->doc;
    if (!choice->doc.len) return choice->json;
    return c_format(e, "%.*s: %.*s", ROB_STR_ARG(choice->json), ROB_STR_ARG(choice->doc));
}

static void add_enum(c_emitter *e, const ir_enum *enumeration, text *out)
{
    text members = text_new(e->arena);
    for (uint32_t i = 0; i < enumeration->count; i++) {
        const ir_choice *choice = &enumeration->choices[i];
        FILL(&e->types_template, "enum_member", &members, {"name", choice->c_name},
             {"comma", i + 1 < enumeration->count ? ROB_STR(",") : ROB_STR("")},
             {"note", c_side_note(e, choice_note(e, choice))});
    }
    rob_str what = enumeration->name.len ? c_format(e, "enum %.*s", ROB_STR_ARG(enumeration->name)) : ROB_STR("Literal");
    FILL(&e->types_template, "enum", out, {"head", head(e, what, &enumeration->meta)}, {"name", enumeration->c_name},
         {"members", text_done(&members)});
}

/* The arms of a union as an enum: which of them is set. */
static void add_tag(c_emitter *e, const ir_union *arms, text *out)
{
    text members = text_new(e->arena);
    for (uint32_t i = 0; i < arms->count; i++) {
        const ir_arm *arm = &arms->arms[i];
        FILL(&e->types_template, "enum_member", &members, {"name", arm->c_tag},
             {"comma", i + 1 < arms->count ? ROB_STR(",") : ROB_STR("")},
             {"note", c_side_note(e, arm->type->text)});
    }
    rob_str name = c_format(e, "%.*s_tag", ROB_STR_ARG(arms->c_name));
    FILL(&e->types_template, "enum", out, {"head", ROB_STR("")}, {"name", name}, {"members", text_done(&members)});
}

/* ------------------------------------------------------------------ structs */

/* Whether the C type of a member says all that its type in the spec does. */
static bool is_told(const ir_type *type)
{
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_UUID:
    case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION: case ROB_KIND_DECIMAL:
    case ROB_KIND_JSON: return !(type->table.rules & ~ROB_STRICT);
    case ROB_KIND_ENUM: return type->choice->name.len;
    case ROB_KIND_MODEL: case ROB_KIND_TAGGED: return true;
    case ROB_KIND_BYTES: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: case ROB_KIND_LIST:
    case ROB_KIND_DICT: case ROB_KIND_UNION: case ROB_KIND_NULLABLE: break;
    }
    return false;
}

static const char *presence(uint16_t flags)
{
    if (flags & ROB_FIELD_TRISTATE) return "may be absent or null";
    if (flags & ROB_FIELD_OPTIONAL) return "may be absent";
    return flags & ROB_FIELD_NULLABLE ? "may be null" : "";
}

/* "str(max_length=500), may be null: What it is about." */
static rob_str member_note(c_emitter *e, const ir_field *field)
{
    text note = text_new(e->arena);
    if (!is_told(field->type)) text_add(&note, field->type->text);
    const char *state = presence(field->table.flags);
    if (*state && note.len) text_add(&note, ROB_STR(", "));
    text_add(&note, rob_str_of(state));
    if (field->meta.doc.len && note.len) text_add(&note, ROB_STR(": "));
    text_add(&note, field->meta.doc);
    return c_side_note(e, text_done(&note));
}

static void add_member(c_emitter *e, const ir_field *field, rob_str note, text *out)
{
    const char *part = field->table.flags & ROB_FIELD_INDIRECT ? "pointer" : "member";
    FILL(&e->types_template, part, out, {"type", field->type->c_type}, {"name", field->c_name}, {"note", note});
    const char *has = field->table.flags & ROB_FIELD_TRISTATE ? "has_any" : "has";
    if (field->c_has.len) FILL(&e->types_template, has, out, {"name", field->c_has});
}

static void no_members(c_emitter *e, text *out)
{
    template_fill(&e->types_template, "no_members", out, NULL, 0);
}

rob_str c_param_members(c_emitter *e, const ir_route *route)
{
    text members = text_new(e->arena);
    for (uint32_t i = 0; i < route->param_count; i++)
        add_member(e, &route->params[i].field, ROB_STR(""), &members);
    if (!route->param_count) no_members(e, &members);
    return text_done(&members);
}

rob_str c_header_members(c_emitter *e, const ir_outcome *outcome)
{
    text members = text_new(e->arena);
    for (uint32_t i = 0; i < outcome->header_count; i++) {
        const ir_field *field = &outcome->headers[i].field;
        add_member(e, field, member_note(e, field), &members);
    }
    return text_done(&members);
}

static void add_model(c_emitter *e, const ir_model *model, text *out)
{
    text members = text_new(e->arena);
    for (uint32_t i = 0; i < model->field_count; i++)
        add_member(e, &model->fields[i], member_note(e, &model->fields[i]), &members);
    if (!model->field_count && !model->c_extra.len) no_members(e, &members);
    if (model->c_extra.len) FILL(&e->types_template, "extra", &members, {"name", model->c_extra});
    rob_str what = model->anonymous ? ROB_STR("{ … }") : c_format(e, "model %.*s", ROB_STR_ARG(model->name));
    FILL(&e->types_template, "model", out, {"head", head(e, what, &model->meta)}, {"name", model->c_name},
         {"members", text_done(&members)});
}

static void add_union(c_emitter *e, const ir_type *type, text *out)
{
    const ir_union *arms = type->arms;
    text members = text_new(e->arena);
    for (uint32_t i = 0; i < arms->count; i++) {
        const ir_arm *arm = &arms->arms[i];
        FILL(&e->types_template, "member", &members, {"type", arm->type->c_type}, {"name", c_arm_member(arm)},
             {"note", c_side_note(e, arm->doc)});
    }
    rob_str what = arms->name.len
        ? c_format(e, "union %.*s by %.*s", ROB_STR_ARG(arms->name), ROB_STR_ARG(arms->tag_name))
        : type->text;
    add_tag(e, arms, out);
    FILL(&e->types_template, "union", out, {"head", head(e, what, &arms->meta)}, {"name", arms->c_name},
         {"members", text_done(&members)});
}

static void add_struct(c_emitter *e, const ir_type *type, text *out)
{
    rob_str what = c_comment_line(e, type->text);
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_MODEL: add_model(e, type->model, out); return;
    case ROB_KIND_TAGGED: case ROB_KIND_UNION: add_union(e, type, out); return;
    case ROB_KIND_LIST:
        FILL(&e->types_template, "list", out, {"what", what}, {"name", type->c_type}, {"item", type->item->c_type});
        return;
    case ROB_KIND_DICT:
        FILL(&e->types_template, "list", out, {"what", what}, {"name", type->c_type}, {"item", type->c_item});
        return;
    case ROB_KIND_NULLABLE:
        FILL(&e->types_template, "nullable", out, {"what", what}, {"name", type->c_type}, {"value", type->item->c_type});
        return;
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES:
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: case ROB_KIND_JSON:
    case ROB_KIND_ENUM: return;
    }
}

/* ------------------------------------------------------------------ the file */

rob_str c_types(c_emitter *e)
{
    const ir_api *api = e->api;
    text forward = text_new(e->arena), enums = text_new(e->arena), structs = text_new(e->arena);
    text items = text_new(e->arena), out = text_new(e->arena);
    for (uint32_t i = 0; i < api->enum_count; i++) add_enum(e, api->enums[i], &enums);
    for (uint32_t i = 0; i < api->by_value_count; i++) {
        const ir_type *type = api->by_value[i];
        FILL(&e->types_template, "forward", &forward, {"name", type->c_type});
        add_struct(e, type, &structs);
        /* An item may hold by value what holds the dict by value, so items come last. */
        if (type->table.kind != ROB_KIND_DICT) continue;
        FILL(&e->types_template, "forward", &forward, {"name", type->c_item});
        FILL(&e->types_template, "dict_item", &items, {"name", type->c_item}, {"value", type->item->c_type});
    }
    FILL(&e->types_template, "file", &out, {"prefix", api->prefix}, {"title", e->title}, {"spec", e->spec}, {"guard", e->guard},
         {"forward", text_done(&forward)}, {"enums", text_done(&enums)}, {"structs", text_done(&structs)},
         {"dict_items", text_done(&items)});
    return text_done(&out);
}
