/* openapi_schema.h: the JSON Schema of a type in Pydantic's dialect, which FastAPI's documents use.
 *
 * All functions return a new cJSON tree that the caller owns. */
#ifndef ROBYNC_OPENAPI_SCHEMA_H
#define ROBYNC_OPENAPI_SCHEMA_H

#include <cjson/cJSON.h>

#include "ir.h"

/* A model that holds readonly fields, decimals, itself … looks different from each side. */
typedef enum openapi_side { OPENAPI_INPUT, OPENAPI_OUTPUT } openapi_side;

cJSON *openapi_type(const ir_type *type, openapi_side side, rob_arena *arena);

/* A field of a model. */
cJSON *openapi_field(const ir_field *field, openapi_side side, rob_arena *arena);

/* A value at the top: a parameter, a whole body, a response. It has a title unless it is a $ref. */
cJSON *openapi_top(const ir_type *type, rob_str title, openapi_side side, rob_arena *arena);

/* Title, description, examples, deprecated and @openapi of what stands in front of a declaration. */
void openapi_describe(cJSON *schema, const ir_meta *meta, rob_arena *arena);

/* The default of a parameter or field, where it has one. FastAPI leaves `= null` out. */
void openapi_default(cJSON *schema, const ir_field *field, rob_arena *arena);

/* "item_id" to "Item Id", as Python's str.title() with underscores made spaces. */
rob_str openapi_title(rob_str name, rob_arena *arena);

/* The key of a model below components.schemas. */
rob_str openapi_component(const ir_model *model, openapi_side side, rob_arena *arena);

/* The schema itself, for components.schemas. tag: added in front for a union's arm; else NULL. */
cJSON *openapi_model(const ir_model *model, openapi_side side, const ir_union *tagged, const ir_arm *arm, rob_arena *arena);
cJSON *openapi_enum(const ir_enum *choice, rob_arena *arena);

/* The name of a tagged union's arm as a component, when the union adds the tag. */
rob_str openapi_arm_component(const ir_arm *arm, openapi_side side, rob_arena *arena);

cJSON *openapi_ref(rob_str component, rob_arena *arena);
cJSON *openapi_text(rob_str text, rob_arena *arena);
void openapi_add_text(cJSON *object, const char *key, rob_str text, rob_arena *arena);

/* Merge a JSON object into target: objects into objects, anything else replaces. */
void openapi_merge(cJSON *target, rob_str json, rob_arena *arena);

#endif
