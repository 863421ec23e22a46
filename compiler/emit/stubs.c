/* stubs.c: handlers that are still to be written. */
#include "c.h"

rob_str emit_stubs(const ir_api *api, const ir_route *const *routes, size_t count, rob_arena *arena)
{
    c_emitter e = c_emitter_new(api, arena);
    template t = template_open(arena, "stubs.c.in");
    text stubs = text_new(arena), file = text_new(arena);
    for (size_t i = 0; i < count; i++) {
        if (!c_is_native(routes[i])) continue;
        FILL(&t, "stub", &stubs, {"head", c_block_comment(&e, c_route_head(&e, routes[i]))},
             {"function", routes[i]->c_function});
    }
    FILL(&t, "file", &file, {"title", e.title}, {"prefix", api->prefix}, {"stubs", text_done(&stubs)});
    return template_tidy(arena, text_done(&file));
}
