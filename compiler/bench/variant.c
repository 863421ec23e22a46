#include "bench/variant.h"

#include "memory.h"

uint32_t variant_count(const ir_api *api)
{
    uint32_t most = 1;
    for (uint32_t i = 0; i < api->route_count; i++) {
        if (api->routes[i]->impl_count > most) most = api->routes[i]->impl_count;
    }
    return most;
}

static ir_route *with_first(rob_arena *arena, const ir_route *route, uint32_t index)
{
    ir_route *copy = arena_new(arena, ir_route);
    *copy = *route;
    if (index >= route->impl_count) return copy;
    copy->impls = arena_need(arena, sizeof(ir_impl) * route->impl_count);
    memcpy(copy->impls, route->impls, sizeof(ir_impl) * route->impl_count);
    copy->impls[0] = route->impls[index];
    copy->impls[index] = route->impls[0];
    return copy;
}

const ir_api *variant_of(rob_arena *arena, const ir_api *api, uint32_t index)
{
    if (!index) return api;
    ir_api *copy = arena_new(arena, ir_api);
    *copy = *api;
    copy->constant_count = 0;
    copy->routes = arena_need(arena, sizeof(ir_route *) * (api->route_count + 1));
    for (uint32_t i = 0; i < api->route_count; i++) {
        ir_route *route = with_first(arena, api->routes[i], index);
        /* Constants are numbered in the order of the routes that they serve. */
        if (route->impls[0].kind == IR_CONST) route->constant_index = copy->constant_count++;
        copy->routes[i] = route;
    }
    return copy;
}

rob_str implementation_label(rob_arena *arena, const ir_impl *impl)
{
    switch (impl->kind) {
    case IR_NATIVE: return arena_format(arena, "native %.*s", ROB_STR_ARG(impl->function));
    case IR_PYTHON:
        return arena_format(arena, "python %.*s:%.*s", ROB_STR_ARG(impl->module), ROB_STR_ARG(impl->callable));
    case IR_CONST: return ROB_STR("const");
    case IR_REDIRECT: return ROB_STR("redirect");
    }
    return ROB_STR("");
}
