/* c_main.c: the files around the others: tables.h, main.c, openapi.c. */
#include "c.h"

/* ------------------------------------------------------------------ tables.h */

static void declare(const template *t, const char *part, rob_str name, text *out)
{
    if (name.len) FILL(t, part, out, {"name", name});
}

/* Bytes of the document's array, its NUL included. */
static rob_str document_size(c_emitter *e)
{
    return c_number(e, e->document.len + 1);
}

/* Structs that no handler in C sees. */
static rob_str python_inputs(c_emitter *e)
{
    text out = text_new(e->arena);
    if (!e->python.len) return text_done(&out);
    template t = template_open(e->arena, "python.c.in");
    for (uint32_t i = 0; i < e->api->route_count; i++) {
        const ir_route *route = e->api->routes[i];
        if (!c_is_python(route) || c_is_native(route)) continue;
        FILL(&t, "input", &out, {"route", c_comment_line(e, route->text)}, {"function", route->c_function},
             {"members", c_param_members(e, route)});
    }
    return text_done(&out);
}

/* Other parts of tables.h and main.c, only there when a route runs in Python. */
static rob_str python_part(c_emitter *e, const template *t)
{
    text out = text_new(e->arena);
    declare(t, "python", e->python, &out);
    return text_done(&out);
}

rob_str c_tables(c_emitter *e)
{
    const ir_api *api = e->api;
    template t = template_open(e->arena, "tables.h.in");
    text types = text_new(e->arena), params = text_new(e->arena), encoders = text_new(e->arena);
    text endpoints = text_new(e->arena), out = text_new(e->arena);
    text names = text_new(e->arena), decoders = text_new(e->arena);
    for (uint32_t i = 0; i < api->type_count; i++) {
        declare(&t, "type", e->tables[i], &types);
        if (e->is_answer[i]) declare(&t, "encoder", e->encoders[i], &encoders);
    }
    for (uint32_t i = 0; i < api->route_count; i++) {
        declare(&t, "params", e->params[i], &params);
        declare(&t, "decoder", e->decoders[i], &names);
        declare(&t, "endpoint", e->endpoints[i], &endpoints);
    }
    if (names.len) FILL(&t, "decoders", &decoders, {"names", text_done(&names)});
    FILL(&t, "file", &out, {"prefix", api->prefix}, {"title", e->title}, {"spec", e->spec}, {"guard", e->guard},
         {"decoders", text_done(&decoders)},
         {"route", e->route}, {"allowed", e->allowed}, {"types", text_done(&types)}, {"params", text_done(&params)},
         {"encoders", text_done(&encoders)}, {"endpoints", text_done(&endpoints)}, {"list", e->endpoint_list},
         {"openapi", e->openapi}, {"openapi_size", document_size(e)}, {"inputs", python_inputs(e)},
         {"python", python_part(e, &t)});
    return text_done(&out);
}

/* ------------------------------------------------------------------ openapi.c */

/* Bytes of the next line: about 100, and whole code points. */
static size_t line_len(rob_str rest)
{
    enum { LINE = 100 };
    size_t len = rest.len < LINE ? rest.len : LINE;
    while (len < rest.len && ((unsigned char)rest.ptr[len] & 0xC0) == 0x80) len++;
    return len;
}

rob_str c_openapi(c_emitter *e)
{
    template t = template_open(e->arena, "openapi.c.in");
    text lines = text_new(e->arena), out = text_new(e->arena);
    for (rob_str rest = e->document; rest.len;) {
        size_t len = line_len(rest);
        text_add(&lines, c_string(e, (rob_str){rest.ptr, len}));
        text_char(&lines, '\n');
        rest = (rob_str){rest.ptr + len, rest.len - len};
    }
    FILL(&t, "file", &out, {"prefix", e->api->prefix}, {"title", e->title}, {"spec", e->spec},
         {"openapi", e->openapi}, {"openapi_size", document_size(e)}, {"lines", text_done(&lines)});
    return text_done(&out);
}

/* ------------------------------------------------------------------ main.c */

static rob_str flag(bool on)
{
    return on ? ROB_STR("true") : ROB_STR("false");
}

static rob_str text_setting(c_emitter *e, const char *value)
{
    return value ? c_string(e, rob_str_of(value)) : ROB_STR("NULL");
}

static rob_str settings(c_emitter *e, const template *t)
{
    static const char *const errors[] = {"ROB_ERRORS_FASTAPI", "ROB_ERRORS_PROBLEM"};
    static const char *const logs[] = {"ROB_LOG_OFF", "ROB_LOG_TEXT", "ROB_LOG_JSON"};
    const rob_settings *s = &e->api->settings;
    const struct { const char *name; rob_str value; } all[] = {
        {"host", text_setting(e, s->host)},
        {"port", c_number(e, s->port)},
        {"threads", c_number(e, s->threads)},
        {"workers", c_number(e, s->workers)},
        {"body_limit", c_number(e, s->body_limit)},
        {"head_limit", c_number(e, s->head_limit)},
        {"timeout", c_number(e, s->timeout)},
        {"head_timeout", c_number(e, s->head_timeout)},
        {"body_timeout", c_number(e, s->body_timeout)},
        {"idle_timeout", c_number(e, s->idle_timeout)},
        {"max_connections", c_number(e, s->max_connections)},
        {"max_connections_per_address", c_number(e, s->max_connections_per_address)},
        {"docs", text_setting(e, s->docs)},
        {"openapi", text_setting(e, s->openapi)},
        {"strict", flag(s->strict)},
        {"errors", rob_str_of(errors[s->errors])},
        {"access_log", rob_str_of(logs[s->access_log])},
        {"admin", text_setting(e, s->admin)},
        {"trusted_proxies", text_setting(e, s->trusted_proxies)},
    };
    text out = text_new(e->arena);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        FILL(t, "setting", &out, {"name", rob_str_of(all[i].name)}, {"value", all[i].value});
    return text_done(&out);
}

static rob_str env_settings(c_emitter *e, const template *t)
{
    text items = text_new(e->arena), out = text_new(e->arena);
    for (uint32_t i = 0; i < e->api->env_setting_count; i++) {
        const rob_env_setting *setting = &e->api->env_settings[i];
        FILL(t, "env_setting", &items, {"setting", c_string(e, rob_str_of(setting->setting))},
             {"variable", c_string(e, rob_str_of(setting->variable))});
    }
    if (items.len) FILL(t, "env", &out, {"settings", text_done(&items)});
    return text_done(&out);
}

static rob_str env_members(c_emitter *e, const template *t)
{
    text out = text_new(e->arena);
    uint32_t count = e->api->env_setting_count;
    if (count) FILL(t, "env_members", &out, {"count", c_number(e, count)});
    return text_done(&out);
}

rob_str c_main(c_emitter *e)
{
    const ir_api *api = e->api;
    template t = template_open(e->arena, "main.c.in");
    text out = text_new(e->arena);
    FILL(&t, "file", &out, {"prefix", api->prefix}, {"spec", e->spec}, {"env", env_settings(e, &t)},
         {"name", c_string(e, api->name)}, {"version", c_string(e, api->version)},
         {"prefix_text", c_string(e, api->prefix)}, {"settings", settings(e, &t)},
         {"env_members", env_members(e, &t)}, {"route", e->route}, {"allowed", e->allowed},
         {"list", e->endpoint_list}, {"endpoint_count", c_number(e, api->route_count)},
         {"constant_count", c_number(e, api->constant_count)}, {"openapi", e->openapi},
         {"assets", api->has_docs ? ROB_STR(".assets = &rob_swagger_ui,") : ROB_STR("")},
         {"python", python_part(e, &t)});
    return text_done(&out);
}
