/* The table-driven parameter decoder: rob_decode_params of robync/generated.h. */
#include "base/utf8.h"
#include "decode.h"
#include "params_body.h"
#include "params_spread.h"

enum { SOURCES = ROB_FROM_FORM + 1 };

typedef struct params {
    rob_request *req;
    char *in;
    rob_param_source sources[SOURCES]; /* by rob_source; query to form are used */
    rob_body_doc body;
} params;

static const rob_scalar_error missing = {.type = "missing", .msg = ROB_STR_INIT("Field required")};

static rob_decoder decoder_of(const params *p, const rob_json_doc *doc, bool texts)
{
    return (rob_decoder){.doc = doc, .arena = p->req->arena, .errors = &p->req->errors, .params = texts};
}

static rob_status add_missing(params *p, const rob_loc *loc)
{
    rob_request *req = p->req;
    return rob_errors_add(&req->errors, req->arena, loc, &missing, ROB_STR("null")) ? ROB_OK : ROB_NO_MEMORY;
}

/* What a parameter holds that did not come: its default, nothing, or an error. */
static rob_status leave_absent(params *p, const rob_field *field, const rob_loc *loc)
{
    rob_decoder d = decoder_of(p, NULL, false);
    bool allowed = rob_decode_absent(&d, field, p->in);
    return d.status != ROB_OK || allowed ? d.status : add_missing(p, loc);
}

/* ------------------------------------------------------------------ from texts */

/* JSON that params_spread.h has written. */
static rob_status decode_written(params *p, const rob_field *field, const rob_writer *w, bool headers,
                                 const rob_loc *loc)
{
    rob_json_doc doc;
    rob_json_stop stop;
    if (w->status != ROB_OK) return w->status;
    rob_status status = rob_json_read(p->req->arena, (rob_str){w->ptr, w->len}, &doc, &stop);
    if (status != ROB_OK) return status;
    rob_decoder d = decoder_of(p, &doc, true);
    d.headers = headers;
    rob_decode_field(&d, field, 0, loc, p->in);
    return d.status;
}

/* One text is a document of one node. Only a `json` parameter needs it with quotes around it. */
static rob_status decode_text(params *p, const rob_field *field, rob_str text, const rob_loc *loc)
{
    if (field->type->kind == ROB_KIND_JSON) {
        rob_writer w = {.arena = p->req->arena};
        rob_write_str(&w, text);
        return decode_written(p, field, &w, false, loc);
    }
    if (text.len > UINT32_MAX) return ROB_NO_MEMORY;
    rob_json_node node = {.len = (uint32_t)text.len, .next = 1, .kind = ROB_JSON_STR};
    rob_json_doc doc = {text.ptr, &node, 1};
    rob_decoder d = decoder_of(p, &doc, true);
    rob_decode_field(&d, field, 0, loc, p->in);
    return d.status;
}

/* In a capture a slash that was percent-encoded stands as NUL (rob_match). */
static rob_status decode_capture(params *p, const rob_param *param, const rob_loc *loc)
{
    rob_str text = p->req->match.captures[param->path_index];
    if (text.len && memchr(text.ptr, '\0', text.len)) {
        text = rob_arena_copy(p->req->arena, text);
        if (!text.ptr) return ROB_NO_MEMORY;
        char *bytes = (char *)text.ptr;
        for (size_t i = 0; i < text.len; i++) {
            if (!bytes[i]) bytes[i] = '/';
        }
    }
    return decode_text(p, &param->field, text.len ? text : ROB_STR(""), loc);
}

static rob_status decode_list(params *p, const rob_param_source *source, const rob_field *field, const rob_loc *loc)
{
    rob_writer w = {.arena = p->req->arena};
    if (!rob_spread_list(&w, source, field->name)) return leave_absent(p, field, loc);
    return decode_written(p, field, &w, false, loc);
}

/* An optional model of which nothing was sent is absent, not empty. */
static rob_status decode_spread(params *p, const rob_param_source *source, const rob_field *field, const rob_loc *root)
{
    const rob_model *model = field->type->model;
    rob_writer w = {.arena = p->req->arena};
    size_t sent = rob_spread_model(&w, source, model);
    bool nothing = !sent && (model->extra == ROB_EXTRA_IGNORE || !source->pairs.count);
    bool optional = field->fallback || field->flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_DEFAULT_NULL);
    if (nothing && optional) return leave_absent(p, field, root);
    return decode_written(p, field, &w, source->from == ROB_FROM_HEADER, root);
}

static rob_status decode_from_source(params *p, const rob_param *param, const rob_loc *root, const rob_loc *loc)
{
    rob_param_source *source = &p->sources[param->source];
    const rob_field *field = &param->field;
    source->from = param->source;
    rob_status status = rob_source_load(p->req, source);
    if (status != ROB_OK) return status;
    if (param->spread && field->type->kind == ROB_KIND_MODEL) return decode_spread(p, source, field, root);
    if (rob_takes_list(source, field->type)) return decode_list(p, source, field, loc);
    const rob_pair *pair = rob_source_find(source, field->name);
    if (!pair) return leave_absent(p, field, loc);
    rob_str text = rob_source_text(source, pair, p->req->arena);
    return text.ptr ? decode_text(p, field, text, loc) : ROB_NO_MEMORY;
}

/* ------------------------------------------------------------------ from the body */

/* `body?: T` is FastAPI's `T | None = None`: null says the same as nothing. */
static bool is_null_for_absent(const params *p, const rob_field *field, uint32_t node)
{
    unsigned flags = field->flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_NULLABLE);
    return flags == ROB_FIELD_OPTIONAL && p->body.doc.nodes[node].kind == ROB_JSON_NULL;
}

static rob_status decode_node(params *p, const rob_field *field, uint32_t node, const rob_loc *loc)
{
    if (is_null_for_absent(p, field, node)) return leave_absent(p, field, loc);
    rob_decoder d = decoder_of(p, &p->body.doc, false);
    rob_decode_field(&d, field, node, loc, p->in);
    return d.status == ROB_OK ? ROB_OK : rob_decode_finish(&d, p->body.text, false);
}

/* The member of that name, or 0. Twice is an error, as in any model. */
static rob_status find_member(params *p, rob_str name, uint32_t *found)
{
    const rob_json_doc *doc = &p->body.doc;
    uint32_t at = 1;
    *found = 0;
    for (uint32_t left = doc->nodes[0].count; left; left--, at = doc->nodes[at + 1].next) {
        rob_str key = rob_json_text(doc, &doc->nodes[at], p->req->arena);
        if (!key.ptr) return ROB_NO_MEMORY;
        if (!rob_str_eq(key, name)) continue;
        if (*found) {
            rob_decoder d = decoder_of(p, doc, false);
            rob_decode_duplicate(&d, at);
            return rob_decode_finish(&d, p->body.text, false);
        }
        *found = at + 1;
    }
    return ROB_OK;
}

/* As FastAPI has it: a body that is no object lacks all members, those with a default included; a body
 * that is not JSON, or none at all, lets defaults apply. */
static rob_status decode_member(params *p, const rob_field *field, const rob_loc *loc)
{
    uint32_t node;
    if (!p->body.present || !p->body.is_json) return leave_absent(p, field, loc);
    if (p->body.doc.nodes[0].kind != ROB_JSON_OBJECT) return add_missing(p, loc);
    rob_status status = find_member(p, field->name, &node);
    if (status != ROB_OK) return status;
    return node ? decode_node(p, field, node, loc) : leave_absent(p, field, loc);
}

/* An empty body is one that did not come, here as in FastAPI. */
static rob_status decode_raw(params *p, const rob_field *field, const rob_loc *root)
{
    rob_str body = p->req->body;
    if (field->type->kind == ROB_KIND_STR && !rob_utf8_valid(body)) return ROB_UNREADABLE;
    if (!body.len) return leave_absent(p, field, root);
    memcpy(p->in + field->offset, &body, sizeof body);
    if (field->has_offset != ROB_NO_OFFSET) *(bool *)(p->in + field->has_offset) = true;
    return ROB_OK;
}

static rob_status decode_from_body(params *p, const rob_param *param, const rob_loc *root, const rob_loc *loc)
{
    if (p->req->endpoint->params->body == ROB_BODY_EMBEDDED) return decode_member(p, &param->field, loc);
    if (!p->body.present) return leave_absent(p, &param->field, root);
    return decode_node(p, &param->field, 0, root);
}

/* ------------------------------------------------------------------ all of them */

/* A body that cannot be read is all there is to say, so it is read before the parameters. */
static rob_status read_body(params *p)
{
    switch ((rob_body_mode)p->req->endpoint->params->body) {
    case ROB_BODY_WHOLE: case ROB_BODY_EMBEDDED: return rob_body_read(p->req, &p->body);
    case ROB_BODY_FORM:
        p->sources[ROB_FROM_FORM].from = ROB_FROM_FORM;
        return rob_source_load(p->req, &p->sources[ROB_FROM_FORM]);
    case ROB_BODY_NONE: case ROB_BODY_RAW: break;
    }
    return ROB_OK;
}

static rob_status decode_param(params *p, const rob_param *param)
{
    rob_loc root = {.name = rob_source_name((rob_source)param->source)};
    rob_loc loc = {.parent = &root, .name = param->field.name};
    switch ((rob_source)param->source) {
    case ROB_FROM_PATH: return decode_capture(p, param, &loc);
    case ROB_FROM_QUERY: case ROB_FROM_HEADER: case ROB_FROM_COOKIE: case ROB_FROM_FORM:
        return decode_from_source(p, param, &root, &loc);
    case ROB_FROM_BODY: return decode_from_body(p, param, &root, &loc);
    case ROB_FROM_RAW: return decode_raw(p, &param->field, &root);
    }
    return ROB_FAILED;
}

/* The first `count` of them. */
static rob_status decode_all(params *p, uint16_t count)
{
    rob_request *req = p->req;
    const rob_param *items = req->endpoint->params->items;
    rob_status status = ROB_OK;
    for (uint16_t i = 0; status == ROB_OK && i < count && !req->errors.full; i++) {
        status = decode_param(p, &items[i]);
    }
    if (status != ROB_OK) return status;
    return req->errors.count ? ROB_INVALID : ROB_OK;
}

rob_status rob_decode_params(rob_request *req, void *in)
{
    const rob_params *all = req->endpoint->params;
    if (!all) return ROB_OK;
    params p;
    p.req = req;
    p.in = in;
    memset(p.sources, 0, sizeof p.sources);
    rob_status status = read_body(&p);
    return status == ROB_OK ? decode_all(&p, all->count) : status;
}

rob_status rob_decode_beside_body(rob_request *req, void *in)
{
    const rob_params *all = req->endpoint->params;
    uint16_t count = all->count;
    while (count > 0 && all->items[count - 1].source == ROB_FROM_BODY) count--;
    if (count == 0) return ROB_OK;
    params p;
    p.req = req;
    p.in = in;
    memset(p.sources, 0, sizeof p.sources);
    return decode_all(&p, count);
}
