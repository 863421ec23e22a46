/* openapi.c: the document as FastAPI would write it for the same API (wire.md, The OpenAPI document). */
#include <stdlib.h>

#include "emit/emit.h"
#include "emit/openapi_components.h"
#include "emit/openapi_schema.h"
#include "memory.h"

static const char *phrase_of(unsigned status)
{
    static const struct {
        unsigned status;
        const char *phrase;
    } phrases[] = { /* RFC 9110 section 15, in the words of Python's http module */
        {200, "OK"}, {201, "Created"}, {202, "Accepted"}, {203, "Non-Authoritative Information"},
        {204, "No Content"}, {205, "Reset Content"}, {206, "Partial Content"}, {300, "Multiple Choices"},
        {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"}, {304, "Not Modified"},
        {307, "Temporary Redirect"}, {308, "Permanent Redirect"}, {400, "Bad Request"}, {401, "Unauthorized"},
        {402, "Payment Required"}, {403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"},
        {406, "Not Acceptable"}, {407, "Proxy Authentication Required"}, {408, "Request Timeout"},
        {409, "Conflict"}, {410, "Gone"}, {411, "Length Required"}, {412, "Precondition Failed"},
        {413, "Request Entity Too Large"}, {414, "Request-URI Too Long"}, {415, "Unsupported Media Type"},
        {416, "Requested Range Not Satisfiable"}, {417, "Expectation Failed"}, {418, "I'm a Teapot"},
        {421, "Misdirected Request"}, {422, "Unprocessable Entity"}, {423, "Locked"}, {424, "Failed Dependency"},
        {425, "Too Early"}, {426, "Upgrade Required"}, {428, "Precondition Required"}, {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"}, {451, "Unavailable For Legal Reasons"},
        {500, "Internal Server Error"}, {501, "Not Implemented"}, {502, "Bad Gateway"},
        {503, "Service Unavailable"}, {504, "Gateway Timeout"}, {505, "HTTP Version Not Supported"},
    };
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        if (phrases[i].status == status) return phrases[i].phrase;
    }
    return "Additional Response";
}

/* ------------------------------------------------------------------ parameters */

static bool field_required(const ir_field *field)
{
    return !(field->table.flags & ROB_FIELD_OPTIONAL) && !field->fallback_json.len;
}

/* Outside a JSON document, what may be absent is FastAPI's `T | None = None`. */
static cJSON *parameter_schema(const ir_field *field, rob_arena *arena)
{
    rob_str title = openapi_title(field->table.name, arena);
    cJSON *schema = openapi_top(field->type, title, OPENAPI_INPUT, arena);
    if (!(field->table.flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_NULLABLE))) return schema;
    if (!cJSON_HasObjectItem(schema, "anyOf")) {
        cJSON *wrapped = cJSON_CreateObject(), *arms = cJSON_AddArrayToObject(wrapped, "anyOf");
        cJSON_DeleteItemFromObject(schema, "title");
        cJSON_AddItemToArray(arms, schema);
        openapi_add_text(wrapped, "title", title, arena);
        schema = wrapped;
    }
    cJSON *null = cJSON_CreateObject();
    cJSON_AddStringToObject(null, "type", "null");
    cJSON_AddItemToArray(cJSON_GetObjectItem(schema, "anyOf"), null);
    return schema;
}

static void add_parameter(cJSON *list, const ir_field *field, rob_source source, rob_arena *arena)
{
    static const char *const places[] = {"path", "query", "header", "cookie"};
    cJSON *item = cJSON_CreateObject();
    openapi_add_text(item, "name", field->table.name, arena);
    cJSON_AddStringToObject(item, "in", places[source]);
    cJSON_AddBoolToObject(item, "required", field_required(field));
    cJSON *schema = parameter_schema(field, arena);
    openapi_default(schema, field, arena);
    openapi_describe(schema, &field->meta, arena);
    cJSON_AddItemToObject(item, "schema", schema);
    openapi_add_text(item, "description", field->meta.doc, arena);
    if (field->meta.deprecated) cJSON_AddTrueToObject(item, "deprecated");
    cJSON_AddItemToArray(list, item);
}

static void add_parameters(cJSON *operation, const ir_route *route, rob_arena *arena)
{
    cJSON *list = cJSON_CreateArray();
    for (uint32_t i = 0; i < route->param_count; i++) {
        const ir_param *p = &route->params[i];
        if (p->source > ROB_FROM_COOKIE) continue;
        if (!p->spread) {
            add_parameter(list, &p->field, p->source, arena);
            continue;
        }
        const ir_model *model = p->field.type->model;
        for (uint32_t k = 0; k < model->field_count; k++) add_parameter(list, &model->fields[k], p->source, arena);
    }
    if (list->child) cJSON_AddItemToObject(operation, "parameters", list);
    else cJSON_Delete(list);
}

/* ------------------------------------------------------------------ bodies */

static const ir_param *first_of(const ir_route *route, rob_source source)
{
    for (uint32_t i = 0; i < route->param_count; i++) {
        if (route->params[i].source == source) return &route->params[i];
    }
    return NULL;
}

static cJSON *raw_schema(void)
{
    cJSON *schema = cJSON_CreateObject();
    cJSON_AddStringToObject(schema, "type", "string");
    return schema;
}

static cJSON *body_schema(const ir_route *route, rob_arena *arena)
{
    const ir_param *form = first_of(route, ROB_FROM_FORM), *whole = first_of(route, ROB_FROM_BODY);
    if (route->body == ROB_BODY_WHOLE) {
        cJSON *schema = parameter_schema(&whole->field, arena);
        openapi_default(schema, &whole->field, arena);
        openapi_describe(schema, &whole->field.meta, arena);
        return schema;
    }
    if (form && form->spread) return openapi_ref(openapi_component(form->field.type->model, OPENAPI_INPUT, arena), arena);
    return openapi_ref(route->body_component, arena);
}

/* No bytes at all are a body that did not come. */
static cJSON *raw_body_schema(bool required)
{
    cJSON *schema = raw_schema();
    if (required) cJSON_AddNumberToObject(schema, "minLength", 1);
    return schema;
}

static void add_body(cJSON *operation, const ir_route *route, rob_arena *arena)
{
    const ir_param *raw = first_of(route, ROB_FROM_RAW);
    const char *media = "application/json";
    if (route->body == ROB_BODY_NONE) return;
    if (route->body == ROB_BODY_FORM) media = "application/x-www-form-urlencoded";
    if (route->body == ROB_BODY_RAW) media = raw->media_type.len ? arena_text(arena, raw->media_type).ptr : "text/plain";
    cJSON *body = cJSON_AddObjectToObject(operation, "requestBody");
    cJSON *content = cJSON_AddObjectToObject(cJSON_AddObjectToObject(body, "content"), media);
    bool is_raw = route->body == ROB_BODY_RAW;
    cJSON_AddItemToObject(content, "schema", is_raw ? raw_body_schema(route->body_required) : body_schema(route, arena));
    if (route->body_required) cJSON_AddTrueToObject(body, "required");
}

/* FastAPI's Body_<operation id>: an object made of the embedded or form parameters. */
static void add_body_component(cJSON *schemas, const ir_route *route, rob_arena *arena)
{
    const ir_param *form = first_of(route, ROB_FROM_FORM);
    bool made_here = route->body == ROB_BODY_EMBEDDED || (route->body == ROB_BODY_FORM && form && !form->spread);
    if (!made_here || route->hidden) return;
    ir_field *fields = arena_need(arena, (route->param_count + 1) * sizeof *fields);
    ir_model model = {.fields = fields, .name = route->body_component, .component = route->body_component};
    for (uint32_t i = 0; i < route->param_count; i++) {
        const ir_param *p = &route->params[i];
        if (p->source != ROB_FROM_BODY && p->source != ROB_FROM_FORM) continue;
        fields[model.field_count] = p->field;
        if (p->field.table.flags & ROB_FIELD_OPTIONAL) fields[model.field_count].table.flags |= ROB_FIELD_NULLABLE;
        model.field_count++;
    }
    cJSON_AddItemToObject(schemas, arena_text(arena, route->body_component).ptr, openapi_model(&model, OPENAPI_INPUT, NULL, NULL, arena));
}

/* ------------------------------------------------------------------ responses */

static void add_headers(cJSON *response, const ir_outcome *outcome, rob_arena *arena)
{
    if (!outcome->header_count) return;
    cJSON *headers = cJSON_AddObjectToObject(response, "headers");
    for (uint32_t i = 0; i < outcome->header_count; i++) {
        const ir_header *h = &outcome->headers[i];
        const char *name = h->cookie ? "Set-Cookie" : arena_text(arena, h->field.table.name).ptr;
        if (cJSON_HasObjectItem(headers, name)) continue; /* several cookies share the name of the header */
        cJSON *header = cJSON_AddObjectToObject(headers, name);
        openapi_add_text(header, "description", h->field.meta.doc, arena);
        if (!(h->field.table.flags & ROB_FIELD_OPTIONAL)) cJSON_AddTrueToObject(header, "required");
        cJSON *schema = h->cookie ? raw_schema() : openapi_type(h->field.type, OPENAPI_OUTPUT, arena);
        if (!h->cookie) openapi_default(schema, &h->field, arena);
        cJSON_AddItemToObject(header, "schema", schema);
    }
}

static cJSON *media_of(cJSON *response, const ir_outcome *outcome, rob_arena *arena)
{
    cJSON *content = cJSON_GetObjectItem(response, "content");
    if (!content) content = cJSON_AddObjectToObject(response, "content");
    rob_str media = outcome->media == IR_MEDIA_JSON ? ROB_STR("application/json") : outcome->media_type;
    const char *end = media.len ? memchr(media.ptr, ';', media.len) : NULL; /* the charset is not part of the key */
    if (end) media.len = (size_t)(end - media.ptr);
    const char *key = arena_text(arena, media).ptr;
    cJSON *old = cJSON_GetObjectItemCaseSensitive(content, key);
    return old ? old : cJSON_AddObjectToObject(content, key);
}

static void add_response(cJSON *responses, const ir_route *route, const ir_outcome *outcome, rob_arena *arena)
{
    const char *key = arena_format(arena, "%u", outcome->status).ptr;
    bool first = outcome == &route->outcomes[0];
    cJSON *response = cJSON_GetObjectItem(responses, key);
    if (!response) {
        response = cJSON_AddObjectToObject(responses, key);
        rob_str usual = rob_str_of(first ? "Successful Response" : phrase_of(outcome->status));
        openapi_add_text(response, "description", outcome->description.len ? outcome->description : usual, arena);
    }
    add_headers(response, outcome, arena);
    if (outcome->media == IR_MEDIA_NONE) return;
    cJSON *media = media_of(response, outcome, arena);
    rob_str title = arena_format(arena, "Response %s%.*s", first ? "" : arena_format(arena, "%u ", outcome->status).ptr,
                                 ROB_STR_ARG(openapi_title(route->operation_id, arena)));
    cJSON *schema = outcome->type ? openapi_top(outcome->type, title, OPENAPI_OUTPUT, arena) : raw_schema();
    cJSON *old = cJSON_GetObjectItem(media, "schema");
    if (!old) {
        cJSON_AddItemToObject(media, "schema", schema);
        return;
    }
    /* Two errors of one status: either body may come. */
    cJSON *arms = cJSON_GetObjectItem(old, "anyOf");
    if (!arms) {
        cJSON *both = cJSON_CreateObject();
        arms = cJSON_AddArrayToObject(both, "anyOf");
        cJSON_AddItemToArray(arms, cJSON_Duplicate(old, true));
        cJSON_ReplaceItemInObject(media, "schema", both);
    }
    cJSON_AddItemToArray(arms, schema);
}

static bool may_be_invalid(const ir_route *route)
{
    return route->param_count > 0;
}

static void add_validation_response(cJSON *responses)
{
    if (cJSON_HasObjectItem(responses, "422")) return;
    cJSON *response = cJSON_AddObjectToObject(responses, "422");
    cJSON_AddStringToObject(response, "description", "Validation Error");
    cJSON *content = cJSON_AddObjectToObject(response, "content");
    cJSON *media = cJSON_AddObjectToObject(content, "application/json");
    cJSON *schema = cJSON_AddObjectToObject(media, "schema");
    cJSON_AddStringToObject(schema, "$ref", "#/components/schemas/HTTPValidationError");
}

/* ------------------------------------------------------------------ operations */

static const char *method_key(rob_method method)
{
    static const char *const keys[] = {"get", "post", "put", "patch", "delete", "head", "options"};
    return keys[method];
}

static cJSON *operation(const ir_route *route, rob_arena *arena)
{
    cJSON *op = cJSON_CreateObject();
    if (route->tag_count) {
        cJSON *tags = cJSON_AddArrayToObject(op, "tags");
        for (uint32_t i = 0; i < route->tag_count; i++) cJSON_AddItemToArray(tags, openapi_text(route->tags[i], arena));
    }
    openapi_add_text(op, "summary", route->summary, arena);
    openapi_add_text(op, "description", route->meta.doc, arena);
    openapi_add_text(op, "operationId", route->operation_id, arena);
    if (route->meta.deprecated) cJSON_AddTrueToObject(op, "deprecated");
    add_parameters(op, route, arena);
    add_body(op, route, arena);
    cJSON *responses = cJSON_AddObjectToObject(op, "responses");
    for (uint32_t i = 0; i < route->outcome_count; i++) add_response(responses, route, &route->outcomes[i], arena);
    if (may_be_invalid(route)) add_validation_response(responses);
    openapi_merge(op, route->meta.openapi, arena);
    return op;
}

static void add_paths(cJSON *document, const ir_api *api, rob_arena *arena)
{
    cJSON *paths = cJSON_AddObjectToObject(document, "paths");
    for (uint32_t i = 0; i < api->route_count; i++) {
        const ir_route *route = api->routes[i];
        if (route->hidden) continue;
        const char *key = arena_text(arena, route->path).ptr;
        cJSON *path = cJSON_GetObjectItemCaseSensitive(paths, key);
        if (!path) path = cJSON_AddObjectToObject(paths, key);
        cJSON_AddItemToObject(path, method_key(route->method), operation(route, arena));
    }
}

static void add_info(cJSON *document, const ir_api *api, rob_arena *arena)
{
    cJSON *info = cJSON_AddObjectToObject(document, "info");
    openapi_add_text(info, "title", api->name, arena);
    openapi_add_text(info, "version", api->version, arena);
    openapi_add_text(info, "description", api->meta.doc, arena);
    openapi_merge(info, api->info, arena);
}

static bool validates(const ir_api *api)
{
    for (uint32_t i = 0; i < api->route_count; i++) {
        if (!api->routes[i]->hidden && may_be_invalid(api->routes[i])) return true;
    }
    return false;
}

static cJSON *document_of(const ir_api *api, rob_arena *arena)
{
    cJSON *document = cJSON_CreateObject();
    cJSON_AddStringToObject(document, "openapi", "3.1.0");
    add_info(document, api, arena);
    if (api->servers.len) cJSON_AddItemToObject(document, "servers", cJSON_Parse(arena_text(arena, api->servers).ptr));
    add_paths(document, api, arena);
    cJSON *schemas = openapi_schemas(api, validates(api), arena);
    for (uint32_t i = 0; i < api->route_count; i++) add_body_component(schemas, api->routes[i], arena);
    if (schemas->child) cJSON_AddItemToObject(cJSON_AddObjectToObject(document, "components"), "schemas", schemas);
    else cJSON_Delete(schemas);
    if (api->tags.len) cJSON_AddItemToObject(document, "tags", cJSON_Parse(arena_text(arena, api->tags).ptr));
    openapi_merge(document, api->meta.openapi, arena);
    return document;
}

rob_str emit_openapi(const ir_api *api, rob_arena *arena, bool indented)
{
    cJSON *document = document_of(api, arena);
    char *text = indented ? cJSON_Print(document) : cJSON_PrintUnformatted(document);
    rob_str result = arena_format(arena, "%s%s", text ? text : "{}", indented ? "\n" : "");
    free(text);
    cJSON_Delete(document);
    return result;
}
