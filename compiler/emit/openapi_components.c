#include "emit/openapi_components.h"

#include <stdlib.h>

#include "emit/openapi_schema.h"
#include "memory.h"

/* What the routes reach. A model has a bit for each side. */
typedef struct reach {
    const ir_api *api;
    rob_arena *arena;
    uint8_t *models;   /* by id */
    uint8_t *arms;     /* by union id: sides on which its arms need components of their own */
    const ir_enum **enums;
    uint32_t enum_count;
} reach;

static void reach_type(reach *r, const ir_type *type, openapi_side side);

static void reach_enum(reach *r, const ir_enum *choice)
{
    if (choice->table.literal) return;
    for (uint32_t i = 0; i < r->enum_count; i++) {
        if (r->enums[i] == choice) return;
    }
    r->enums[r->enum_count++] = choice;
}

static void reach_fields(reach *r, const ir_model *model, openapi_side side)
{
    uint16_t not_here = side == OPENAPI_INPUT ? ROB_FIELD_READONLY : ROB_FIELD_WRITEONLY;
    for (uint32_t i = 0; i < model->field_count; i++) {
        if (!(model->fields[i].table.flags & not_here)) reach_type(r, model->fields[i].type, side);
    }
}

static void reach_model(reach *r, const ir_model *model, openapi_side side)
{
    uint8_t bit = (uint8_t)(1 << side);
    if (r->models[model->id] & bit) return;
    r->models[model->id] |= bit;
    reach_fields(r, model, side);
}

/* An arm whose tag the union adds is a component of its own; its model alone need not be one. */
static void reach_union(reach *r, const ir_union *u, openapi_side side)
{
    uint8_t bit = (uint8_t)(1 << side);
    if (r->arms[u->id] & bit) return;
    r->arms[u->id] |= bit;
    for (uint32_t i = 0; i < u->count; i++) {
        const ir_arm *arm = &u->arms[i];
        if (arm->component.len && !arm->declares_tag) reach_fields(r, arm->type->model, side);
        else reach_type(r, arm->type, side);
    }
}

static void reach_type(reach *r, const ir_type *type, openapi_side side)
{
    if (type->key) reach_type(r, type->key, side);
    if (type->item) reach_type(r, type->item, side);
    if (type->choice) reach_enum(r, type->choice);
    if (type->model) reach_model(r, type->model, side);
    if (type->arms) reach_union(r, type->arms, side);
}

static void reach_route(reach *r, const ir_route *route)
{
    if (route->hidden) return;
    for (uint32_t i = 0; i < route->param_count; i++) {
        const ir_param *p = &route->params[i];
        if (!p->field.type) continue;
        if (p->spread && p->source != ROB_FROM_FORM) reach_fields(r, p->field.type->model, OPENAPI_INPUT);
        else reach_type(r, p->field.type, OPENAPI_INPUT);
    }
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        const ir_outcome *o = &route->outcomes[i];
        if (o->type) reach_type(r, o->type, OPENAPI_OUTPUT);
        for (uint32_t k = 0; k < o->header_count; k++) reach_type(r, o->headers[k].field.type, OPENAPI_OUTPUT);
    }
}

static void add_schema(cJSON *schemas, rob_str name, cJSON *schema, rob_arena *arena)
{
    const char *key = arena_text(arena, name).ptr;
    if (cJSON_HasObjectItem(schemas, key)) cJSON_Delete(schema);
    else cJSON_AddItemToObject(schemas, key, schema);
}

static void add_arms(cJSON *schemas, const ir_union *u, openapi_side side, rob_arena *arena)
{
    for (uint32_t i = 0; i < u->count; i++) {
        const ir_arm *arm = &u->arms[i];
        if (!arm->component.len || arm->declares_tag) continue;
        add_schema(schemas, openapi_arm_component(arm, side, arena), openapi_model(arm->type->model, side, u, arm, arena), arena);
    }
}

/* What FastAPI adds for every 422, to the letter. */
static void add_validation_errors(cJSON *schemas)
{
    static const char error[] =
        "{\"properties\":{\"loc\":{\"items\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]},\"type\":\"array\","
        "\"title\":\"Location\"},\"msg\":{\"type\":\"string\",\"title\":\"Message\"},\"type\":{\"type\":\"string\","
        "\"title\":\"Error Type\"},\"input\":{\"title\":\"Input\"},\"ctx\":{\"type\":\"object\",\"title\":\"Context\"}},"
        "\"type\":\"object\",\"required\":[\"loc\",\"msg\",\"type\"],\"title\":\"ValidationError\"}";
    static const char list[] =
        "{\"properties\":{\"detail\":{\"items\":{\"$ref\":\"#/components/schemas/ValidationError\"},\"type\":\"array\","
        "\"title\":\"Detail\"}},\"type\":\"object\",\"title\":\"HTTPValidationError\"}";
    cJSON_AddItemToObject(schemas, "HTTPValidationError", cJSON_Parse(list));
    cJSON_AddItemToObject(schemas, "ValidationError", cJSON_Parse(error));
}

cJSON *openapi_schemas(const ir_api *api, bool validates, rob_arena *arena)
{
    cJSON *schemas = cJSON_CreateObject();
    reach r = {.api = api, .arena = arena};
    r.models = arena_need(arena, api->model_count + 1);
    r.arms = arena_need(arena, api->union_count + 1);
    r.enums = arena_need(arena, (api->enum_count + 1) * sizeof *r.enums);
    for (uint32_t i = 0; i < api->route_count; i++) reach_route(&r, api->routes[i]);
    for (uint32_t i = 0; i < r.enum_count; i++) add_schema(schemas, r.enums[i]->name, openapi_enum(r.enums[i], arena), arena);
    for (int side = OPENAPI_INPUT; side <= OPENAPI_OUTPUT; side++) {
        for (uint32_t i = 0; i < api->model_count; i++) {
            if (!(r.models[i] & (1 << side))) continue;
            const ir_model *model = api->models[i];
            add_schema(schemas, openapi_component(model, side, arena), openapi_model(model, side, NULL, NULL, arena), arena);
        }
        for (uint32_t i = 0; i < api->union_count; i++) {
            if (r.arms[i] & (1 << side)) add_arms(schemas, api->unions[i], side, arena);
        }
    }
    if (validates) add_validation_errors(schemas);
    return schemas;
}
