/* c_fast.c: fast.c, a reader for each model and list that JSON bodies are made of, and a decoder for each
 * route with such a body. */
#include "c_fast.h"

typedef struct fast_file {
    c_emitter *e;
    template t;
    text readers, decoders;
    bool *added; /* by ir_type.id */
} fast_file;

/* ------------------------------------------------------------------ what there is */

/* prefix_base_ending, or with a number behind it. */
static rob_str derive(c_emitter *e, rob_str base, const char *ending)
{
    return names_derive(&e->names, c_format(e, "%.*s_%s", ROB_STR_ARG(base), ending), (span){0});
}

/* "store_str_2_list" of the table "store_str_2_list_type". */
static rob_str reader_base(c_emitter *e, const ir_type *type)
{
    rob_str table = e->tables[type->id];
    bool says_type = table.len > 5 && memcmp(table.ptr + table.len - 5, "_type", 5) == 0;
    return says_type ? (rob_str){table.ptr, table.len - 5} : table;
}

static void name_readers(c_emitter *e, const ir_type *type)
{
    if (e->readers[type->id].len || !e->read_depths[type->id]) return;
    if (type->table.kind != ROB_KIND_MODEL && type->table.kind != ROB_KIND_LIST) return;
    e->readers[type->id] = derive(e, reader_base(e, type), "read");
    if (type->table.kind == ROB_KIND_LIST) name_readers(e, type->item);
    for (uint32_t i = 0; type->model && i < type->model->field_count; i++) {
        if (c_fast_takes(e, &type->model->fields[i])) name_readers(e, type->model->fields[i].type);
    }
}

bool c_has_fast(const c_emitter *e)
{
    const ir_api *api = e->api;
    for (uint32_t i = 0; i < api->route_count; i++) {
        if (c_is_handled(api->routes[i]) && c_fast_body(e, api->routes[i])) return true;
    }
    return false;
}

void c_fast_plan(c_emitter *e)
{
    const ir_api *api = e->api;
    e->readers = arena_need(e->arena, (api->type_count + 1) * sizeof *e->readers);
    e->decoders = arena_need(e->arena, (api->route_count + 1) * sizeof *e->decoders);
    for (uint32_t i = 0; i < api->route_count; i++) {
        const ir_route *route = api->routes[i];
        const ir_param *body = c_is_handled(route) ? c_fast_body(e, route) : NULL;
        if (!body) continue;
        name_readers(e, body->field.type);
        e->decoders[i] = derive(e, route->c_function, "decode");
    }
}

/* ------------------------------------------------------------------ fields */

/* What reads a field of *v, has_ member included. */
static rob_str field_value(fast_file *f, const ir_field *field)
{
    c_emitter *e = f->e;
    text out = text_new(e->arena);
    rob_str test = c_fast_test(e, field->type, c_format(e, "v->%.*s", ROB_STR_ARG(field->c_name)));
    unsigned flags = field->table.flags;
    rob_str present = flags & ROB_FIELD_TRISTATE ? ROB_STR("ROB_PRESENT") : ROB_STR("true");
    if (!field->c_has.len) FILL(&f->t, "value", &out, {"test", test});
    else if (!(flags & ROB_FIELD_NULLABLE))
        FILL(&f->t, "present", &out, {"test", test}, {"has", field->c_has}, {"present", present});
    else if (flags & ROB_FIELD_TRISTATE) FILL(&f->t, "tristate", &out, {"test", test}, {"has", field->c_has});
    else FILL(&f->t, "nullable", &out, {"test", test}, {"has", field->c_has});
    return text_done(&out);
}

/* The next field of the input at or behind `index`; field_count when there is none. */
static uint32_t next_input(const ir_model *model, uint32_t index)
{
    while (index < model->field_count && !c_fast_is_input(&model->fields[index])) index++;
    return index;
}

/* `"age":` with what comes before it, as a C literal. */
static rob_str key_literal(c_emitter *e, const char *before, const ir_field *field)
{
    text out = text_new(e->arena);
    text_add(&out, rob_str_of(before));
    text_json_string(&out, field->table.name);
    text_char(&out, ':');
    return c_string(e, text_done(&out));
}

/* The same for a member of a type that is left to the tables. */
static rob_str member_value(fast_file *f, const ir_type *type, uint32_t index)
{
    const ir_field *field = &type->model->fields[index];
    if (c_fast_takes(f->e, field)) return field_value(f, field);
    text out = text_new(f->e->arena);
    FILL(&f->t, "by_table", &out, {"type", f->e->tables[type->id]}, {"number", c_number(f->e, index)});
    return text_done(&out);
}

static rob_str members(fast_file *f, const ir_type *type)
{
    c_emitter *e = f->e;
    const ir_model *model = type->model;
    text out = text_new(e->arena);
    for (uint32_t i = next_input(model, 0), next; i < model->field_count; i = next) {
        const ir_field *field = &model->fields[i];
        text step = text_new(e->arena);
        next = next_input(model, i + 1);
        if (next == model->field_count) text_add(&step, ROB_STR("break;\n"));
        else FILL(&f->t, "next", &step, {"literal", key_literal(e, ",", &model->fields[next])});
        rob_str what = c_format(e, "%.*s: %.*s", ROB_STR_ARG(field->table.name), ROB_STR_ARG(field->type->text));
        FILL(&f->t, "member", &out, {"number", c_number(e, i)}, {"what", c_comment_line(e, what)},
             {"value", member_value(f, type, i)}, {"next", text_done(&step)});
    }
    return text_done(&out);
}

/* ------------------------------------------------------------------ names */

static rob_str names_of_len(fast_file *f, const ir_model *model, size_t len)
{
    c_emitter *e = f->e;
    text out = text_new(e->arena);
    for (uint32_t i = 0; i < model->field_count; i++) {
        const ir_field *field = &model->fields[i];
        if (!c_fast_is_input(field) || field->table.name.len != len) continue;
        FILL(&f->t, "name", &out, {"text", c_string(e, field->table.name)}, {"len", c_number(e, len)},
             {"number", c_number(e, i)});
    }
    return text_done(&out);
}

static size_t longest_name(const ir_model *model)
{
    size_t longest = 0;
    for (uint32_t i = 0; i < model->field_count; i++) {
        if (model->fields[i].table.name.len > longest) longest = model->fields[i].table.name.len;
    }
    return longest;
}

static rob_str lengths(fast_file *f, const ir_model *model)
{
    text out = text_new(f->e->arena);
    for (size_t len = 0, longest = longest_name(model); len <= longest; len++) {
        rob_str names = names_of_len(f, model, len);
        if (names.len) FILL(&f->t, "length", &out, {"len", c_number(f->e, len)}, {"names", names});
    }
    return text_done(&out);
}

/* ------------------------------------------------------------------ readers */

static void add_reader(fast_file *f, const ir_type *type);

static void add_list(fast_file *f, const ir_type *type)
{
    c_emitter *e = f->e;
    add_reader(f, type->item);
    FILL(&f->t, "list", &f->readers, {"what", c_comment_line(e, type->text)}, {"name", e->readers[type->id]},
         {"c_type", type->c_type}, {"test", c_fast_test(e, type->item, ROB_STR("v->items[v->count]"))},
         {"check", c_fast_list_check(e, type)});
}

/* `seen == 0x7 || `: all members came, and nothing is to be filled in. */
static rob_str all_came(c_emitter *e, const ir_model *model)
{
    uint64_t mask = 0;
    for (uint32_t i = 0; i < model->field_count; i++) {
        if (c_fast_is_input(&model->fields[i])) mask |= UINT64_C(1) << i;
        else if (model->fields[i].table.fallback) return ROB_STR("");
    }
    return c_format(e, "seen == UINT64_C(0x%llx) || ", (unsigned long long)mask);
}

static void add_model(fast_file *f, const ir_type *type)
{
    c_emitter *e = f->e;
    const ir_model *model = type->model;
    for (uint32_t i = 0; i < model->field_count; i++) {
        if (c_fast_takes(e, &model->fields[i])) add_reader(f, model->fields[i].type);
    }
    uint32_t first = next_input(model, 0);
    FILL(&f->t, "model", &f->readers, {"what", c_comment_line(e, type->text)}, {"name", e->readers[type->id]},
         {"c_type", type->c_type}, {"lengths", lengths(f, model)}, {"first", key_literal(e, "", &model->fields[first])},
         {"number", c_number(e, first)}, {"members", members(f, type)}, {"all", all_came(e, model)},
         {"type", e->tables[type->id]});
}

/* Parts come before what they are parts of. */
static void add_reader(fast_file *f, const ir_type *type)
{
    if (!f->e->readers[type->id].len || f->added[type->id]) return;
    f->added[type->id] = true;
    if (type->table.kind == ROB_KIND_LIST) add_list(f, type);
    else add_model(f, type);
}

/* ------------------------------------------------------------------ the file */

static void add_decoder(fast_file *f, uint32_t index)
{
    c_emitter *e = f->e;
    const ir_route *route = e->api->routes[index];
    ir_field body = c_fast_body(e, route)->field;
    body.table.flags &= (uint16_t)~ROB_FIELD_NULLABLE; /* a null is for the tables */
    add_reader(f, body.type);
    if (f->decoders.len) text_char(&f->decoders, '\n');
    FILL(&f->t, "decoder", &f->decoders, {"route", c_comment_line(e, route->text)},
         {"read", c_format(e, "%.*s_read", ROB_STR_ARG(e->decoders[index]))}, {"function", route->c_function},
         {"value", field_value(f, &body)}, {"name", e->decoders[index]});
}

rob_str c_fast(c_emitter *e)
{
    fast_file f = {.e = e, .t = template_open(e->arena, "fast.c.in"), .readers = text_new(e->arena),
                   .decoders = text_new(e->arena)};
    text out = text_new(e->arena);
    f.added = arena_need(e->arena, e->api->type_count + 1);
    for (uint32_t i = 0; i < e->api->route_count; i++) {
        if (e->decoders[i].len) add_decoder(&f, i);
    }
    FILL(&f.t, "file", &out, {"prefix", e->api->prefix}, {"title", e->title}, {"spec", e->spec},
         {"readers", text_done(&f.readers)}, {"decoders", text_done(&f.decoders)});
    return text_done(&out);
}
