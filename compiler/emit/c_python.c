/* c_python.c: python.c, and the endpoints of routes that Python serves. */
#include "python.h"

/* ------------------------------------------------------------------ endpoints */

typedef struct python_endpoint {
    c_emitter *e;
    template t; /* python.c.in */
    const ir_route *route;
    rob_str name; /* of its variables */
} python_endpoint;

static rob_str quoted_list(c_emitter *e, const rob_str *names, uint32_t count)
{
    text out = text_new(e->arena);
    for (uint32_t i = 0; i < count; i++) {
        if (i) text_add(&out, ROB_STR(", "));
        text_add(&out, c_string(e, names[i]));
    }
    return text_done(&out);
}

static rob_str filled(python_endpoint *f, bool there, const char *part, const hole *holes, size_t count)
{
    text out = text_new(f->e->arena);
    if (there) template_fill(&f->t, part, &out, holes, count);
    return text_done(&out);
}

static rob_str parameter_names(python_endpoint *f)
{
    c_emitter *e = f->e;
    uint32_t count = f->route->param_count;
    rob_str *names = arena_need(e->arena, (count + 1) * sizeof *names);
    for (uint32_t i = 0; i < count; i++) names[i] = python_name(e->arena, f->route->params[i].field.name);
    const hole holes[] = {{"name", f->name}, {"names", quoted_list(e, names, count)}};
    return filled(f, count, "names", holes, 2);
}

static void add_headers(python_endpoint *f, uint32_t index, text *out)
{
    c_emitter *e = f->e;
    const ir_outcome *outcome = &f->route->outcomes[index];
    text items = text_new(e->arena);
    for (uint32_t i = 0; i < outcome->header_count; i++) {
        const ir_header *header = &outcome->headers[i];
        bool optional = header->field.table.flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_NULLABLE);
        FILL(&f->t, "header", &items, {"wire", c_string(e, header->field.table.name)},
             {"parameter", c_string(e, python_name(e->arena, header->field.name))},
             {"type", e->tables[header->field.type->id]},
             {"cookie", header->cookie ? ROB_STR(", .cookie = true") : ROB_STR("")},
             {"optional", optional ? ROB_STR(", .optional = true") : ROB_STR("")});
    }
    if (items.len)
        FILL(&f->t, "headers", out, {"name", f->name}, {"index", c_number(e, index)}, {"items", text_done(&items)});
}

/* errors hold class names of declared errors, which the models module has under the same name. */
static void add_outcome(python_endpoint *f, const python_emitter *p, uint32_t index, text *out)
{
    c_emitter *e = f->e;
    const ir_outcome *outcome = &f->route->outcomes[index];
    bool json = outcome->media == IR_MEDIA_JSON, plain = outcome->media != IR_MEDIA_NONE && !json;
    rob_str class = outcome->error ? p->classes[outcome->type->id] : (rob_str){0};
    FILL(&f->t, "outcome", out, {"status", c_number(e, outcome->status)},
         {"error", filled(f, class.len, "error", (const hole[]){{"name", c_string(e, class)}}, 1)},
         {"media_type", filled(f, plain, "media_type", (const hole[]){{"media_type", c_string(e, outcome->media_type)}}, 1)},
         {"json", filled(f, json, "json", (const hole[]){
             {"type", json ? e->tables[outcome->type->id] : class}, {"encoder", json ? e->encoders[outcome->type->id] : class}}, 2)},
         {"headers", filled(f, outcome->header_count, "headers_member", (const hole[]){
             {"name", f->name}, {"index", c_number(e, index)}, {"count", c_number(e, outcome->header_count)}}, 3)});
}

static uint32_t function_index(const c_emitter *e, uint32_t route)
{
    uint32_t index = 0;
    for (uint32_t i = 0; i < route; i++) index += c_is_python(e->api->routes[i]);
    return index;
}

void c_python_endpoint(c_emitter *e, uint32_t index, text *out)
{
    const ir_route *route = e->api->routes[index];
    const ir_impl *impl = &route->impls[0];
    python_endpoint f = {e, template_open(e->arena, "python.c.in"), route, c_local(e, route->c_function)};
    python_emitter p = python_emitter_new(e);
    rob_str params = e->params[index];
    rob_str decoder = e->decoders[index].len ? e->decoders[index] : ROB_STR("rob_decode_params");
    text headers = text_new(e->arena), outcomes = text_new(e->arena);
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        add_headers(&f, i, &headers);
        add_outcome(&f, &p, i, &outcomes);
    }
    if (!route->outcome_count) text_add(&outcomes, ROB_STR("{ .status = 204 },"));
    rob_str head = c_format(e, "%.*sPython: %.*s:%.*s\n", ROB_STR_ARG(e->heads[index]), ROB_STR_ARG(c_comment_line(e, impl->module)),
                            ROB_STR_ARG(c_comment_line(e, impl->callable)));
    FILL(&f.t, "endpoint", out, {"head", c_block_comment(e, head)}, {"names", parameter_names(&f)},
         {"headers", text_done(&headers)}, {"name", f.name}, {"function", route->c_function},
         {"outcomes", text_done(&outcomes)}, {"module", c_string(e, impl->module)},
         {"callable", c_string(e, impl->callable)}, {"place", c_string(e, c_place(e, impl->at))},
         {"names_member", filled(&f, params.len, "names_member", (const hole[]){{"name", f.name}}, 1)},
         {"outcome_count", c_number(e, route->outcome_count ? route->outcome_count : 1)},
         {"index", c_number(e, function_index(e, index))}, {"endpoint", e->endpoints[index]},
         {"id", c_string(e, route->operation_id)}, {"route", c_string(e, route->text)},
         {"params", params.len ? c_format(e, ".params = &%.*s,", ROB_STR_ARG(params)) : params},
         {"body_limit", route->body_limit ? c_format(e, ".body_limit = %llu,", (unsigned long long)route->body_limit)
                                          : (rob_str){0}},
         {"decode", params.len ? c_format(e, ".decode = %.*s,", ROB_STR_ARG(decoder)) : params});
}

/* ------------------------------------------------------------------ python.c */

/* Of a class: its name, and those of its attributes; of a tagged union: those of its arms. */
static rob_str names_of(const python_emitter *p, const ir_type *type)
{
    const ir_model *model = type->model;
    uint32_t most = 1 + (model ? model->field_count : type->arms ? type->arms->count : 0), count = 0;
    rob_str *names = arena_need(p->arena, most * sizeof *names);
    if (type->arms)
        while (count < type->arms->count) names[count] = p->arms[type->id][count], count++;
    else
        names[count++] = p->classes[type->id];
    for (uint32_t i = 0; model && i < model->field_count; i++)
        names[count++] = python_name(p->arena, model->fields[i].name);
    return quoted_list(p->c, names, count);
}

static rob_str source_lines(c_emitter *e, rob_str source)
{
    text out = text_new(e->arena);
    while (source.len) {
        const char *newline = memchr(source.ptr, '\n', source.len);
        size_t len = newline ? (size_t)(newline - source.ptr) + 1 : source.len;
        text_add(&out, c_string(e, (rob_str){source.ptr, len}));
        text_char(&out, '\n');
        source = (rob_str){source.ptr + len, source.len - len};
    }
    return text_done(&out);
}

rob_str c_python(c_emitter *e, python_emitter *p)
{
    template t = template_open(e->arena, "python.c.in");
    text classes = text_new(e->arena), entries = text_new(e->arena), out = text_new(e->arena);
    uint32_t count = 0;
    for (uint32_t i = 0; i < e->api->type_count; i++) {
        if (!p->classes[i].len) continue;
        FILL(&t, "class", &classes, {"index", c_number(e, count)}, {"names", names_of(p, e->api->types[i])});
        FILL(&t, "entry", &entries, {"type", e->tables[i]}, {"index", c_number(e, count++)});
    }
    if (!count) template_fill(&t, "no_entry", &entries, NULL, 0);
    FILL(&t, "file", &out, {"prefix", e->api->prefix}, {"title", e->title}, {"spec", e->spec},
         {"classes", text_done(&classes)}, {"entries", text_done(&entries)},
         {"lines", source_lines(e, python_models(p))}, {"python", e->python},
         {"models", c_string(e, python_models_name(e))}, {"class_count", c_number(e, count)},
         {"function_count", c_number(e, function_index(e, e->api->route_count))});
    return text_done(&out);
}
