/* emit.h: one emitter per artifact. Each is a pure function of the IR: same IR, same bytes. */
#ifndef ROBYNC_EMIT_H
#define ROBYNC_EMIT_H

#include "ir.h"
#include "output.h"

/* types.h, handlers.h, router.c, decode.c, encode.c, endpoints.c, main.c below <prefix>/. */
void emit_c(const ir_api *api, output *out);

/* The OpenAPI 3.1 document, indented; and the compact form that is linked into the server. */
rob_str emit_openapi(const ir_api *api, rob_arena *arena, bool indented);

/* CMakeLists.txt of the emitted folder, which builds it without robync. */
void emit_project(const ir_api *api, output *out);

/* C stubs for the given routes, to be appended to or written as a handlers file. */
rob_str emit_stubs(const ir_api *api, const ir_route *const *routes, size_t count, rob_arena *arena);

#endif
