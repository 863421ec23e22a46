/* c_endpoints.c: endpoints.c, each route in the order decode, call, encode. */
#include "python.h"

typedef struct endpoints_file {
    c_emitter *e;
    template t;
} endpoints_file;

/* ------------------------------------------------------------------ native routes */

static rob_str reply(endpoints_file *f, const ir_outcome *outcome)
{
    c_emitter *e = f->e;
    text out = text_new(e->arena);
    rob_str member = outcome->c_member, status = c_number(e, outcome->status);
    switch (outcome->media) {
    case IR_MEDIA_NONE: FILL(&f->t, "reply_empty", &out, {"status", status}); break;
    case IR_MEDIA_JSON:
        FILL(&f->t, "reply_json", &out, {"status", status}, {"encoder", e->encoders[outcome->type->id]},
             {"member", member});
        break;
    case IR_MEDIA_TEXT: case IR_MEDIA_HTML: case IR_MEDIA_RAW:
        FILL(&f->t, "reply_bytes", &out, {"status", status}, {"media_type", c_string(e, outcome->media_type)},
             {"member", member});
        break;
    }
    return c_inline(&out);
}

static void add_header(endpoints_file *f, const ir_outcome *outcome, const ir_header *header, text *out)
{
    c_emitter *e = f->e;
    rob_str with = c_with_member(e, outcome), has = header->field.c_has;
    const char *part = has.len ? (header->cookie ? "optional_cookie" : "optional_header")
                               : (header->cookie ? "cookie" : "header");
    rob_str present = header->field.table.flags & ROB_FIELD_TRISTATE ? ROB_STR(" == ROB_PRESENT") : ROB_STR("");
    FILL(&f->t, part, out, {"name", c_string(e, header->field.table.name)},
         {"type", e->tables[header->field.type->id]},
         {"path", c_format(e, "with.%.*s.%.*s", ROB_STR_ARG(with), ROB_STR_ARG(header->field.c_name))},
         {"has", c_format(e, "out->with.%.*s.%.*s%.*s", ROB_STR_ARG(with), ROB_STR_ARG(has), ROB_STR_ARG(present))});
}

static rob_str cases(endpoints_file *f, const ir_route *route)
{
    text out = text_new(f->e->arena);
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        const ir_outcome *outcome = &route->outcomes[i];
        text headers = text_new(f->e->arena);
        for (uint32_t h = 0; h < outcome->header_count; h++) add_header(f, outcome, &outcome->headers[h], &headers);
        FILL(&f->t, headers.len ? "case_with_headers" : "case", &out, {"tag", outcome->c_tag},
             {"reply", reply(f, outcome)}, {"headers", text_done(&headers)});
    }
    return text_done(&out);
}

static rob_str optional_line(endpoints_file *f, bool there, const char *part, const char *name, rob_str value)
{
    text out = text_new(f->e->arena);
    if (there) FILL(&f->t, part, &out, {name, value});
    return text_done(&out);
}

static void add_native(endpoints_file *f, uint32_t index, text *out)
{
    c_emitter *e = f->e;
    const ir_route *route = e->api->routes[index];
    rob_str head = c_format(e, "%.*sYou write %.*s(), declared in handlers.h.\n",
                            ROB_STR_ARG(e->heads[index]), ROB_STR_ARG(route->c_function));
    rob_str params = e->params[index];
    rob_str decoder = e->decoders[index].len ? e->decoders[index] : ROB_STR("rob_decode_params");
    FILL(&f->t, "native", out, {"head", c_block_comment(e, head)}, {"name", c_local(e, route->c_function)},
         {"function", route->c_function}, {"failed", e->failed[index]}, {"invalid", e->invalid[index]}, {"cases", cases(f, route)},
         {"endpoint", e->endpoints[index]}, {"id", c_string(e, route->operation_id)},
         {"route", c_string(e, route->text)},
         {"params", optional_line(f, params.len, "params", "params", params)},
         {"runs", route->runs == ROB_RUNS_ON_POOL ? ROB_STR("ROB_RUNS_ON_POOL") : ROB_STR("ROB_RUNS_INLINE")},
         {"body_limit", optional_line(f, route->body_limit, "body_limit", "bytes", c_number(e, route->body_limit))},
         {"decode", optional_line(f, params.len, "decode", "function", decoder)});
}

/* ------------------------------------------------------------------ constants and redirects */

/* The media type of a constant is that of the outcome it stands for. */
static rob_str constant_media(const ir_route *route)
{
    uint16_t status = route->impls[0].status;
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        const ir_outcome *outcome = &route->outcomes[i];
        if (outcome->status != status) continue;
        switch (outcome->media) {
        case IR_MEDIA_NONE: return (rob_str){0};
        case IR_MEDIA_JSON: return ROB_STR("application/json");
        case IR_MEDIA_TEXT: case IR_MEDIA_HTML: case IR_MEDIA_RAW: return outcome->media_type;
        }
    }
    return route->impls[0].constant.len ? ROB_STR("application/json") : (rob_str){0};
}

static void add_constant(endpoints_file *f, uint32_t index, text *out)
{
    c_emitter *e = f->e;
    const ir_route *route = e->api->routes[index];
    const ir_impl *impl = &route->impls[0];
    FILL(&f->t, "constant", out, {"head", c_block_comment(e, e->heads[index])},
         {"name", c_local(e, route->c_function)}, {"status", c_number(e, impl->status)},
         {"index", c_number(e, route->constant_index)}, {"media_type", c_string(e, constant_media(route))},
         {"body", c_string(e, impl->constant)}, {"endpoint", e->endpoints[index]},
         {"id", c_string(e, route->operation_id)}, {"route", c_string(e, route->text)});
}

static void add_redirect(endpoints_file *f, uint32_t index, text *out)
{
    c_emitter *e = f->e;
    const ir_route *route = e->api->routes[index];
    const ir_impl *impl = &route->impls[0];
    text parts = text_new(e->arena);
    for (uint32_t i = 0; i < impl->part_count; i++) {
        const rob_redirect_part *part = &impl->parts[i];
        FILL(&f->t, "redirect_part", &parts, {"literal", c_string(e, part->literal)},
             {"capture", c_int64(e, part->capture)},
             {"slashes", part->slashes_stay ? ROB_STR(", .slashes_stay = true") : ROB_STR("")});
    }
    rob_str target = c_comment_line(e, impl->target);
    rob_str head = c_format(e, "%.*sRedirects to %.*s.\n", ROB_STR_ARG(e->heads[index]), ROB_STR_ARG(target));
    FILL(&f->t, "redirect", out, {"head", c_block_comment(e, head)}, {"name", c_local(e, route->c_function)},
         {"parts", text_done(&parts)}, {"status", c_number(e, impl->status)}, {"count", c_number(e, impl->part_count)},
         {"endpoint", e->endpoints[index]}, {"id", c_string(e, route->operation_id)},
         {"route", c_string(e, route->text)});
}

/* ------------------------------------------------------------------ the file */

static void add_endpoint(endpoints_file *f, uint32_t index, text *out)
{
    switch (f->e->api->routes[index]->impls[0].kind) {
    case IR_NATIVE: add_native(f, index, out); return;
    case IR_CONST: add_constant(f, index, out); return;
    case IR_REDIRECT: add_redirect(f, index, out); return;
    case IR_PYTHON: c_python_endpoint(f->e, index, out); return;
    }
}

rob_str c_endpoints(c_emitter *e)
{
    endpoints_file f = {e, template_open(e->arena, "endpoints.c.in")};
    text endpoints = text_new(e->arena), addresses = text_new(e->arena), out = text_new(e->arena);
    for (uint32_t i = 0; i < e->api->route_count; i++) {
        add_endpoint(&f, i, &endpoints);
        FILL(&f.t, "address", &addresses, {"endpoint", e->endpoints[i]});
    }
    if (!e->api->route_count) text_add(&addresses, ROB_STR("NULL"));
    FILL(&f.t, "file", &out, {"prefix", e->api->prefix}, {"title", e->title}, {"spec", e->spec},
         {"endpoints", text_done(&endpoints)}, {"list", e->endpoint_list}, {"addresses", text_done(&addresses)});
    return text_done(&out);
}
