/* openapi_components.h: components.schemas: what the routes reach, and nothing else. */
#ifndef ROBYNC_OPENAPI_COMPONENTS_H
#define ROBYNC_OPENAPI_COMPONENTS_H

#include <cjson/cJSON.h>

#include "ir.h"

/* A new tree that the caller owns. validates: some route may answer FastAPI's 422. */
cJSON *openapi_schemas(const ir_api *api, bool validates, rob_arena *arena);

#endif
