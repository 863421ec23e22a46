#include "bench/request.h"

#include "bench/example.h"
#include "codec/json_reader.h"
#include "codec/percent.h"
#include "text.h"

/* One request in the making. */
typedef struct writer {
    rob_arena *arena;
    const ir_route *route;
    const bench_values *values;
    uint32_t index;
    rob_str captures[ROB_MAX_CAPTURES];
    text query, headers, cookie, form, body;
    rob_str media_type; /* of the body; empty: none */
    bool raw;           /* the body is a ROB_FROM_RAW parameter's */
    uint32_t members;   /* of an embedded body, so far */
} writer;

/* ------------------------------------------------------------------ values */

static bench_value *given_for(const bench_values *values, const ir_field *field)
{
    for (uint32_t i = 0; i < values->count; i++) {
        if (rob_str_eq(values->items[i].name, field->name)) return &values->items[i];
    }
    return NULL;
}

uint32_t bench_request_count(const ir_route *route, const bench_values *values)
{
    uint32_t most = 1;
    for (uint32_t i = 0; i < route->param_count; i++) {
        const ir_field *field = &route->params[i].field;
        const bench_value *given = given_for(values, field);
        uint32_t count = given ? given->count : field->meta.more_example_count + 1;
        if (count > most) most = count;
    }
    return most;
}

/* A value as a person types it on a command line: JSON, or a text without quotes. */
static rob_str typed(writer *w, const ir_type *type, rob_str given)
{
    if (example_fits(w->arena, type, given)) return given;
    text quoted = text_new(w->arena);
    text_json_string(&quoted, given);
    rob_str json = text_done(&quoted);
    return example_fits(w->arena, type, json) ? json : (rob_str){0};
}

static rob_str value_of(writer *w, const ir_field *field)
{
    bench_value *given = given_for(w->values, field);
    if (!given) return example_of_field(w->arena, field, w->index);
    given->used = true;
    return typed(w, field->type, given->texts[w->index % given->count]);
}

/* A scalar's JSON as the text that stands in a target or header. */
static rob_str plain(writer *w, const rob_json_doc *doc, const rob_json_node *node)
{
    return node->kind == ROB_JSON_STR ? rob_json_text(doc, node, w->arena) : rob_json_raw(doc, node);
}

/* ------------------------------------------------------------------ places */

static void add_pair(text *to, const char *between, rob_str name, rob_str value, rob_arena *arena)
{
    if (to->len) text_add(to, rob_str_of(between));
    text_add(to, rob_percent_encode(arena, name, false));
    text_char(to, '=');
    text_add(to, rob_percent_encode(arena, value, false));
}

/* An underscore in a declared name stands for a hyphen. */
static void add_header(writer *w, rob_str name, rob_str value)
{
    for (size_t i = 0; i < name.len; i++) text_char(&w->headers, name.ptr[i] == '_' ? '-' : name.ptr[i]);
    text_format(&w->headers, ": %.*s\r\n", ROB_STR_ARG(value));
}

static void add_scalar(writer *w, const ir_param *p, rob_str name, rob_str value)
{
    switch (p->source) {
    case ROB_FROM_PATH: w->captures[p->path_index] = rob_percent_encode(w->arena, value, p->takes_slashes); return;
    case ROB_FROM_QUERY: add_pair(&w->query, "&", name, value, w->arena); return;
    case ROB_FROM_HEADER: add_header(w, name, value); return;
    case ROB_FROM_COOKIE:
        text_format(&w->cookie, "%s%.*s=%.*s", w->cookie.len ? "; " : "", ROB_STR_ARG(name), ROB_STR_ARG(value));
        return;
    case ROB_FROM_FORM: add_pair(&w->form, "&", name, value, w->arena); return;
    case ROB_FROM_BODY:
    case ROB_FROM_RAW: return;
    }
}

/* A list is its items, each under the same name; null is nothing. */
static bool add_texts(writer *w, const ir_param *p, rob_str name, rob_str json)
{
    rob_json_doc doc;
    rob_json_stop stop;
    if (rob_json_read(w->arena, json, &doc, &stop) != ROB_OK) return false;
    if (doc.nodes[0].kind == ROB_JSON_NULL) return true;
    if (doc.nodes[0].kind != ROB_JSON_ARRAY) {
        add_scalar(w, p, name, plain(w, &doc, &doc.nodes[0]));
        return true;
    }
    for (uint32_t i = 1; i < doc.count; i = doc.nodes[i].next) add_scalar(w, p, name, plain(w, &doc, &doc.nodes[i]));
    return true;
}

static bool add_spread(writer *w, const ir_param *p)
{
    const ir_model *model = p->field.type->model;
    for (uint32_t i = 0; i < model->field_count; i++) {
        const ir_field *field = &model->fields[i];
        if (field->table.flags & ROB_FIELD_READONLY) continue;
        rob_str json = value_of(w, field);
        if (!json.ptr || !add_texts(w, p, field->table.name, json)) return false;
    }
    return true;
}

static void add_member(writer *w, rob_str name, rob_str json)
{
    text_char(&w->body, w->members++ ? ',' : '{');
    text_json_string(&w->body, name);
    text_format(&w->body, ":%.*s", ROB_STR_ARG(json));
}

static bool add_raw(writer *w, const ir_param *p)
{
    w->raw = true;
    w->media_type = p->media_type;
    bench_value *given = given_for(w->values, &p->field);
    if (given) given->used = true;
    text_add(&w->body, given ? given->texts[w->index % given->count] : ROB_STR("benchmark"));
    return true;
}

static bool add_param(writer *w, const ir_param *p)
{
    if (p->source == ROB_FROM_RAW) return w->body.len ? true : add_raw(w, p); /* beside a decoded body: its bytes */
    if (p->spread) return add_spread(w, p);
    rob_str json = value_of(w, &p->field);
    if (!json.ptr) return false;
    if (p->source != ROB_FROM_BODY) return add_texts(w, p, p->field.table.name, json);
    w->media_type = ROB_STR("application/json");
    if (w->route->body == ROB_BODY_EMBEDDED) add_member(w, p->field.table.name, json);
    else text_add(&w->body, json);
    return true;
}

static bool add_params(writer *w, rob_str *why)
{
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < w->route->param_count; i++) {
            const ir_param *p = &w->route->params[i];
            if ((p->source == ROB_FROM_RAW) != (pass == 1) || add_param(w, p)) continue;
            *why = arena_format(w->arena, "no value is known for `%.*s`: give it an @example, or use --value",
                                ROB_STR_ARG(p->field.name));
            return false;
        }
    }
    if (w->members) text_char(&w->body, '}');
    if (w->route->body == ROB_BODY_FORM && !w->raw) {
        w->media_type = ROB_STR("application/x-www-form-urlencoded");
        text_add(&w->body, text_done(&w->form));
    }
    return true;
}

/* ------------------------------------------------------------------ together */

static rob_str target_of(writer *w)
{
    text t = text_new(w->arena);
    for (uint32_t i = 0; i < w->route->segment_count; i++) {
        const ir_segment *s = &w->route->segments[i];
        text_char(&t, '/');
        text_add(&t, s->literal.ptr ? rob_percent_encode(w->arena, s->literal, false) : w->captures[s->capture]);
    }
    if (!t.len) text_char(&t, '/');
    if (w->query.len) text_format(&t, "?%.*s", ROB_STR_ARG(text_done(&w->query)));
    return text_done(&t);
}

static rob_str bytes_of(writer *w, const bench_request *r)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    text t = text_new(w->arena);
    text_format(&t, "%s %.*s HTTP/1.1\r\nHost: 127.0.0.1\r\n", methods[w->route->method], ROB_STR_ARG(r->target));
    text_add(&t, text_done(&w->headers));
    if (w->cookie.len) text_format(&t, "Cookie: %.*s\r\n", ROB_STR_ARG(text_done(&w->cookie)));
    if (w->media_type.len) {
        text_format(&t, "Content-Type: %.*s\r\nContent-Length: %zu\r\n", ROB_STR_ARG(w->media_type), r->body.len);
    }
    text_format(&t, "\r\n%.*s", ROB_STR_ARG(r->body));
    return text_done(&t);
}

bool bench_request_make(rob_arena *arena, const ir_route *route, const bench_values *values, uint32_t index,
                        bench_request *out, rob_str *why)
{
    writer w = {.arena = arena, .route = route, .values = values, .index = index,
                .query = text_new(arena), .headers = text_new(arena), .cookie = text_new(arena),
                .form = text_new(arena), .body = text_new(arena)};
    if (!add_params(&w, why)) return false;
    *out = (bench_request){.target = target_of(&w), .body = text_done(&w.body), .to_head = route->method == ROB_HEAD};
    out->bytes = bytes_of(&w, out);
    return true;
}
