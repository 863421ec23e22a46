/* The answers that no route declares (wire.md, Other answers). */
#include "http/reply.h"

#include <stdlib.h>

/* `detail` is FastAPI's: the reason phrase as CPython 3.11 has it. */
#define ERRORS(X)                              \
    X(400, "Bad Request")                      \
    X(404, "Not Found")                        \
    X(405, "Method Not Allowed")               \
    X(408, "Request Timeout")                  \
    X(413, "Request Entity Too Large")         \
    X(414, "Request-URI Too Long")             \
    X(415, "Unsupported Media Type")           \
    X(431, "Request Header Fields Too Large")  \
    X(500, "Internal Server Error")            \
    X(501, "Not Implemented")                  \
    X(503, "Service Unavailable")              \
    X(504, "Gateway Timeout")

enum {
#define INDEX(status, text) AT_##status,
    ERRORS(INDEX)
#undef INDEX
    ERROR_COUNT
};
_Static_assert(2 * ERROR_COUNT <= ROB_ERROR_CONSTANT_COUNT, "two styles of each error");

static const rob_constant plain[ERROR_COUNT] = {
#define PLAIN(code, text)                                                                       \
    [AT_##code] = {.status = code, .index = ROB_ERROR_CONSTANTS + AT_##code,                    \
                   .content_type = ROB_STR_INIT("application/json"),                            \
                   .body = ROB_STR_INIT("{\"detail\":\"" text "\"}")},
    ERRORS(PLAIN)
#undef PLAIN
};

/* RFC 9457: type about:blank, title the phrase. */
static const rob_constant problems[ERROR_COUNT] = {
#define PROBLEM(code, text)                                                                     \
    [AT_##code] = {.status = code, .index = ROB_ERROR_CONSTANTS + ERROR_COUNT + AT_##code,      \
                   .content_type = ROB_STR_INIT("application/problem+json"),                    \
                   .body = ROB_STR_INIT("{\"type\":\"about:blank\",\"title\":\"" text           \
                                        "\",\"status\":" #code "}")},
    ERRORS(PROBLEM)
#undef PROBLEM
};

const rob_constant *rob_error_constant(unsigned status, rob_error_style style)
{
    const rob_constant *all = style == ROB_ERRORS_PROBLEM ? problems : plain;
    for (size_t i = 0; i < ERROR_COUNT; i++)
        if (all[i].status == status) return &all[i];
    return &all[AT_500];
}

static const char problem_json[] = "application/problem+json";

static rob_error_style style_of(const rob_reply *reply)
{
    return reply->request->settings->errors;
}

void rob_reply_error(rob_reply *reply, unsigned status)
{
    if (status == 500) rob_reply_failed(reply, (rob_str){0});
    else rob_reply_constant(reply, rob_error_constant(status, style_of(reply)));
}

void rob_reply_error_with_lines(rob_reply *reply, unsigned status)
{
    const rob_constant *error = rob_error_constant(status, style_of(reply));
    rob_reply_clear(reply);
    rob_reply_bytes(reply, status, error->content_type.ptr, error->body); /* a literal: NUL-terminated */
}

static void write_member(rob_writer *w, const char *name, rob_str value)
{
    rob_write_raw(w, name, strlen(name));
    rob_write_str(w, value);
}

static void finish(rob_reply *reply, unsigned status, const rob_writer *w)
{
    bool problem = style_of(reply) == ROB_ERRORS_PROBLEM;
    if (w->status != ROB_OK) rob_reply_failed(reply, ROB_STR("out of memory for an error answer"));
    else rob_reply_bytes(reply, status, problem ? problem_json : "application/json", (rob_str){w->ptr, w->len});
}

void rob_reply_unreadable(rob_reply *reply, const char *detail)
{
    rob_writer w = {.arena = reply->request->arena};
    if (style_of(reply) == ROB_ERRORS_PROBLEM) {
        ROB_WRITE(&w, "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400");
        write_member(&w, ",\"detail\":", rob_str_of(detail));
    } else {
        write_member(&w, "{\"detail\":", rob_str_of(detail));
    }
    ROB_WRITE(&w, "}");
    finish(reply, 400, &w);
}

static void invalid_from_list(rob_reply *reply, unsigned status)
{
    rob_writer w = {.arena = reply->request->arena};
    rob_errors_write(&reply->request->errors, style_of(reply), &w);
    finish(reply, status, &w);
}

void rob_reply_undecoded(rob_reply *reply, rob_status status)
{
    const char *refusal = reply->request->refusal;
    bool problem = style_of(reply) == ROB_ERRORS_PROBLEM;
    rob_reply_clear(reply);
    switch (status) {
    case ROB_INVALID: invalid_from_list(reply, 422); return;
    case ROB_BAD_SYNTAX: invalid_from_list(reply, problem ? 400 : 422); return;
    case ROB_UNREADABLE:
        rob_reply_unreadable(reply, refusal ? refusal : "There was an error parsing the body");
        return;
    case ROB_NO_MEMORY: rob_reply_error(reply, 413); return;
    case ROB_OK:
    case ROB_UNENCODABLE:
    case ROB_FAILED: break;
    }
    rob_reply_failed(reply, ROB_STR("decoding failed"));
}

/* "body.items.0.name": a step of digits only is an index, as Pydantic writes it. */
static void write_loc(rob_writer *w, rob_str loc)
{
    for (size_t start = 0; start <= loc.len && loc.len > 0;) {
        size_t end = start, digits = 0;
        for (; end < loc.len && loc.ptr[end] != '.'; end++) digits += loc.ptr[end] >= '0' && loc.ptr[end] <= '9';
        rob_str step = {loc.ptr + start, end - start};
        if (start > 0) ROB_WRITE(w, ",");
        if (step.len > 0 && digits == step.len) rob_write_raw(w, step.ptr, step.len);
        else rob_write_str(w, step);
        start = end + 1;
    }
}

void rob_reply_invalid(rob_reply *reply, const rob_invalid *invalid)
{
    rob_arena *arena = reply->request->arena;
    rob_writer w = {.arena = arena};
    rob_reply_clear(reply);
    write_member(&w, "{\"type\":", invalid->type);
    ROB_WRITE(&w, ",\"loc\":[");
    write_loc(&w, invalid->loc);
    ROB_WRITE(&w, "]");
    write_member(&w, ",\"msg\":", invalid->msg);
    ROB_WRITE(&w, ",\"input\":null}");
    rob_error *error = rob_arena_new(arena, rob_error);
    if (w.status != ROB_OK || !error) {
        rob_reply_failed(reply, ROB_STR("the error that the handler gave cannot be written"));
        return;
    }
    error->json = (rob_str){w.ptr, w.len};
    reply->request->errors = (rob_errors){.first = error, .last = error, .count = 1, .bytes = w.len};
    invalid_from_list(reply, 422);
}
