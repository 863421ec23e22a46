/* python_models.c: the models module that Python handlers import. */
#include "python.h"

/* ------------------------------------------------------------------ pieces */

/* A ## comment as a docstring: backslashes and quotes cannot end it. */
static rob_str docstring(const python_emitter *p, rob_str doc)
{
    text out = text_new(p->arena);
    if (!doc.len) return ROB_STR("");
    text_add(&out, ROB_STR("    \"\"\""));
    for (size_t i = 0; i < doc.len; i++) {
        if (doc.ptr[i] == '\\' || doc.ptr[i] == '"') text_char(&out, '\\');
        text_char(&out, doc.ptr[i]);
        if (doc.ptr[i] == '\n') text_add(&out, ROB_STR("    "));
    }
    text_add(&out, ROB_STR("\"\"\"\n\n"));
    return text_done(&out);
}

static bool may_be_none(const ir_field *field)
{
    return field->table.flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_NULLABLE);
}

static rob_str hint(const python_emitter *p, const ir_field *field)
{
    rob_str type = python_type(p, field->type);
    return may_be_none(field) ? arena_format(p->arena, "%.*s | None", ROB_STR_ARG(type)) : type;
}

static rob_str default_of(const python_emitter *p, const ir_field *field)
{
    if (field->table.flags & ROB_FIELD_TRISTATE) return ROB_STR("_UNSET");
    if (field->fallback_json.len) return python_default(p, field->type, field->fallback_json);
    return field->table.flags & ROB_FIELD_OPTIONAL ? ROB_STR("None") : (rob_str){0};
}

static rob_str with_equals(const python_emitter *p, rob_str value)
{
    return value.len ? arena_format(p->arena, " = %.*s", ROB_STR_ARG(value)) : ROB_STR("");
}

/* ------------------------------------------------------------------ enums */

static const char *enum_bases(const ir_enum *choice)
{
    bool all_text = true, all_int = true;
    for (uint32_t i = 0; i < choice->count; i++) {
        rob_choice_kind kind = choice->table.choices[i].kind;
        all_text = all_text && kind == ROB_CHOICE_STR;
        all_int = all_int && kind == ROB_CHOICE_INT;
    }
    return all_text ? "str, _enum.Enum" : all_int ? "int, _enum.Enum" : "_enum.Enum";
}

static void add_enum(python_emitter *p, const ir_type *type, text *out)
{
    const ir_enum *choice = type->choice;
    text members = text_new(p->arena);
    for (uint32_t i = 0; i < choice->count; i++)
        FILL(&p->t, "enum_member", &members, {"name", python_name(p->arena, choice->choices[i].name)},
             {"value", choice->choices[i].json});
    FILL(&p->t, "enum", out, {"name", p->classes[type->id]}, {"bases", rob_str_of(enum_bases(choice))},
         {"doc", docstring(p, choice->meta.doc)}, {"members", text_done(&members)});
}

/* ------------------------------------------------------------------ models */

static rob_str hidden(python_emitter *p, const ir_model *model)
{
    text out = text_new(p->arena), names = text_new(p->arena);
    bool some_optional = false;
    for (uint32_t i = 0; i < model->field_count; i++) {
        uint16_t flags = model->fields[i].table.flags;
        some_optional = some_optional || (flags & ROB_FIELD_OPTIONAL);
        if (!(flags & ROB_FIELD_TRISTATE)) continue;
        text_json_string(&names, python_name(p->arena, model->fields[i].name));
        text_add(&names, ROB_STR(", "));
    }
    if (some_optional) template_fill(&p->t, "presence", &out, NULL, 0);
    if (model->table.extra == ROB_EXTRA_ALLOW) template_fill(&p->t, "extra", &out, NULL, 0);
    if (names.len) FILL(&p->t, "tristate", &out, {"names", text_done(&names)});
    return text_done(&out);
}

static void add_model(python_emitter *p, const ir_type *type, text *out)
{
    const ir_model *model = type->model;
    text members = text_new(p->arena);
    for (uint32_t i = 0; i < model->field_count; i++) {
        const ir_field *field = &model->fields[i];
        rob_str note = field->meta.doc.len ? arena_format(p->arena, "  # %.*s", ROB_STR_ARG(c_comment_line(p->c, field->meta.doc)))
                                           : ROB_STR("");
        FILL(&p->t, "member", &members, {"name", python_name(p->arena, field->name)}, {"type", hint(p, field)},
             {"default", with_equals(p, default_of(p, field))}, {"note", note});
    }
    if (!model->field_count) template_fill(&p->t, "empty", &members, NULL, 0);
    FILL(&p->t, "model", out, {"name", p->classes[type->id]}, {"doc", docstring(p, model->meta.doc)},
         {"members", text_done(&members)}, {"hidden", hidden(p, model)});
}

/* ------------------------------------------------------------------ errors */

static void add_parameter(python_emitter *p, const ir_field *field, text *parameters, text *assignments)
{
    rob_str name = python_name(p->arena, field->name), value = default_of(p, field);
    bool is_made = value.len && value.ptr[0] == '_' && memcmp(value.ptr, "_field", 6 < value.len ? 6 : value.len) == 0;
    text one = text_new(p->arena);
    FILL(&p->t, "parameter", &one, {"star", parameters->len ? ROB_STR("") : ROB_STR("*, ")}, {"name", name},
         {"type", hint(p, field)}, {"default", is_made ? ROB_STR("") : with_equals(p, value)});
    text_add(parameters, c_inline(&one));
    FILL(&p->t, "assignment", assignments, {"name", name});
}

static void add_error(python_emitter *p, const ir_type *type, text *out)
{
    const ir_outcome *outcome = p->errors[type->id];
    text parameters = text_new(p->arena), assignments = text_new(p->arena);
    for (uint32_t i = 0; i < type->model->field_count; i++)
        add_parameter(p, &type->model->fields[i], &parameters, &assignments);
    for (uint32_t i = 0; i < outcome->header_count; i++)
        add_parameter(p, &outcome->headers[i].field, &parameters, &assignments);
    FILL(&p->t, "error", out, {"name", p->classes[type->id]}, {"doc", docstring(p, type->model->meta.doc)},
         {"status", c_number(p->c, outcome->status)}, {"parameters", text_done(&parameters)},
         {"assignments", text_done(&assignments)});
}

/* ------------------------------------------------------------------ tagged unions */

static void add_tagged(python_emitter *p, const ir_type *type, text *out)
{
    const ir_union *u = type->arms;
    text names = text_new(p->arena);
    for (uint32_t i = 0; i < u->count; i++) {
        const ir_arm *arm = &u->arms[i];
        text label = text_new(p->arena);
        text_json_string(&label, arm->label);
        if (i) text_add(&names, ROB_STR(" | "));
        text_add(&names, p->arms[type->id][i]);
        if (arm->declares_tag) continue;
        FILL(&p->t, "arm", out, {"name", p->arms[type->id][i]}, {"model", p->classes[arm->type->id]},
             {"doc", docstring(p, arm->doc)}, {"tag", python_name(p->arena, u->tag_name)}, {"label", text_done(&label)});
    }
    FILL(&p->t, "alias", out, {"name", p->classes[type->id]}, {"arms", text_done(&names)});
}

/* ------------------------------------------------------------------ the file */

static rob_str all_names(const python_emitter *p)
{
    const ir_api *api = p->c->api;
    text out = text_new(p->arena);
    for (uint32_t i = 0; i < api->type_count; i++) {
        if (!p->classes[i].len) continue;
        if (out.len) text_add(&out, ROB_STR(", "));
        text_json_string(&out, p->classes[i]);
        for (uint32_t a = 0; p->arms[i] && a < api->types[i]->arms->count; a++) {
            if (api->types[i]->arms->arms[a].declares_tag) continue;
            text_add(&out, ROB_STR(", "));
            text_json_string(&out, p->arms[i][a]);
        }
    }
    return text_done(&out);
}

/* Enums come first, because defaults name them; then models, then what is made of models. */
rob_str python_models(python_emitter *p)
{
    const ir_api *api = p->c->api;
    text enums = text_new(p->arena), models = text_new(p->arena), others = text_new(p->arena), out = text_new(p->arena);
    for (uint32_t i = 0; i < api->type_count; i++) {
        const ir_type *type = api->types[i];
        if (!p->classes[i].len) continue;
        if (type->choice) add_enum(p, type, &enums);
        else if (type->arms) add_tagged(p, type, &others);
        else if (p->errors[i]) add_error(p, type, &others);
        else add_model(p, type, &models);
    }
    text_add(&enums, text_done(&models));
    text_add(&enums, text_done(&others));
    FILL(&p->t, "file", &out, {"title", p->c->title}, {"spec", p->c->spec}, {"all", all_names(p)},
         {"classes", text_done(&enums)});
    return text_done(&out);
}
