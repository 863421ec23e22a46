/* In an object file of its own: a server whose handlers never ask for a tree does not link cJSON. */
#include <cjson/cJSON.h>

#include "http/request.h"

static void delete_tree(void *tree)
{
    cJSON_Delete(tree);
}

cJSON *rob_json_tree(rob_ctx *ctx, rob_json value)
{
    cJSON *tree = cJSON_ParseWithLength(value.text.ptr, value.text.len);
    if (!tree) return NULL;
    if (rob_request_cleanup(ctx, delete_tree, tree)) return tree;
    cJSON_Delete(tree);
    return NULL;
}
