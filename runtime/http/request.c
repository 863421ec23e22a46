/* What handlers and decoders ask of a request (robync.h, request.h). */
#include "http/request.h"

#include <robync/bridge.h>

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <strings.h>
#include <sys/random.h>

bool rob_request_header(const rob_request *req, rob_str name, rob_str *value)
{
    for (size_t i = 0; i < req->header_count; i++) {
        const rob_header_line *line = &req->headers[i];
        if (line->name.len != name.len || strncasecmp(line->name.ptr, name.ptr, name.len) != 0) continue;
        *value = line->value;
        return true;
    }
    return false;
}

bool rob_request_cleanup(rob_request *req, void (*run)(void *what), void *what)
{
    rob_cleanup *cleanup = rob_arena_new(req->arena, rob_cleanup);
    if (!cleanup) return false;
    *cleanup = (rob_cleanup){.next = req->cleanups, .run = run, .what = what};
    req->cleanups = cleanup;
    return true;
}

/* Eight random bytes for the process and a count: unique, and nothing that a client could guess from
 * another request's id without having seen one. */
rob_str rob_request_id(rob_request *req)
{
    static _Atomic uint64_t seed, count;
    if (req->id.ptr) return req->id;
    if (atomic_load(&seed) == 0) {
        uint64_t expected = 0, random;
        if (getrandom(&random, sizeof random, 0) != sizeof random) random = (uintptr_t)req;
        atomic_compare_exchange_strong(&seed, &expected, random | 1);
    }
    uint64_t id = (atomic_load(&seed) + atomic_fetch_add(&count, 1)) * 0x9E3779B97F4A7C15u;
    req->id = rob_arena_format(req->arena, "%016llx", (unsigned long long)id);
    if (!req->id.ptr) req->id = ROB_STR("");
    return req->id;
}

/* ------------------------------------------------------------------ robync.h */

void *rob_alloc(rob_ctx *ctx, size_t size)
{
    return rob_arena_alloc(ctx->arena, size);
}

rob_str rob_format(rob_ctx *ctx, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len < 0 ? NULL : rob_arena_alloc(ctx->arena, (size_t)len + 1);
    if (text) vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text ? (rob_str){text, (size_t)len} : ROB_STR("");
}

rob_str rob_copy(rob_ctx *ctx, rob_str text)
{
    return rob_arena_copy(ctx->arena, text);
}

void *rob_process_state(rob_ctx *ctx)
{
    return ctx->process_state;
}

rob_str rob_method_name(const rob_ctx *ctx)
{
    return ctx->method_name;
}

rob_str rob_path(const rob_ctx *ctx)
{
    return ctx->path;
}

bool rob_header(const rob_ctx *ctx, const char *name, rob_str *value)
{
    return rob_request_header(ctx, rob_str_of(name), value);
}

rob_str rob_client(const rob_ctx *ctx)
{
    return ctx->client;
}

/* ------------------------------------------------------------------ robync/bridge.h */

rob_str rob_query_text(const rob_ctx *ctx)
{
    return ctx->query;
}

bool rob_header_at(const rob_ctx *ctx, size_t index, rob_str *name, rob_str *value)
{
    if (index >= ctx->header_count) return false;
    *name = ctx->headers[index].name;
    *value = ctx->headers[index].value;
    return true;
}

rob_str rob_body_bytes(const rob_ctx *ctx)
{
    return ctx->body;
}

rob_str rob_log_id(rob_ctx *ctx)
{
    return rob_request_id(ctx);
}
