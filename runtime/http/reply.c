#include "http/reply.h"

void rob_reply_init(rob_reply *reply, rob_request *request)
{
    *reply = (rob_reply){.request = request};
    reply->last = &reply->lines;
}

void rob_reply_clear(rob_reply *reply)
{
    rob_reply_init(reply, reply->request);
}

void rob_reply_line_add(rob_reply *reply, const char *name, const char *value)
{
    if (reply->failed) return;
    rob_reply_line *line = rob_arena_new(reply->request->arena, rob_reply_line);
    if (!line || !value) {
        rob_reply_failed(reply, ROB_STR("out of memory for a response header"));
        return;
    }
    *line = (rob_reply_line){.name = name, .value = value};
    *reply->last = line;
    reply->last = &line->next;
}

/* Headers set before the body stay: encoders name them in either order. */
static void set_body(rob_reply *reply, unsigned status, const char *content_type, rob_str body)
{
    if (reply->failed) return;
    reply->status = (uint16_t)status;
    reply->constant = NULL;
    reply->content_type = content_type;
    reply->body = body;
}

void rob_reply_json(rob_reply *reply, unsigned status, rob_encode_fn *encode, const void *value)
{
    rob_writer w = {.arena = reply->request->arena};
    encode(&w, value);
    switch (w.status) {
    case ROB_OK: set_body(reply, status, "application/json", (rob_str){w.ptr, w.len}); return;
    case ROB_NO_MEMORY: rob_reply_failed(reply, ROB_STR("out of memory for the response")); return;
    case ROB_INVALID:
    case ROB_BAD_SYNTAX:
    case ROB_UNREADABLE:
    case ROB_UNENCODABLE:
    case ROB_FAILED: break;
    }
    rob_str why = rob_arena_format(reply->request->arena, "the answer does not fit its type: `%.*s`: %s",
                                   ROB_STR_ARG(w.where), w.why ? w.why : "");
    rob_reply_failed(reply, why.ptr ? why : rob_str_of(w.why));
}

void rob_reply_empty(rob_reply *reply, unsigned status)
{
    set_body(reply, status, NULL, (rob_str){0});
}

void rob_reply_bytes(rob_reply *reply, unsigned status, const char *content_type, rob_str body)
{
    set_body(reply, status, content_type, body);
}

void rob_reply_constant(rob_reply *reply, const rob_constant *constant)
{
    if (reply->failed) return;
    rob_reply_clear(reply);
    reply->constant = constant;
    reply->status = constant->status;
}

/* The id is the only thing that the client and the log share about a failure. */
void rob_reply_failed(rob_reply *reply, rob_str why)
{
    if (reply->failed) return;
    rob_reply_clear(reply);
    set_body(reply, 500, "text/plain; charset=utf-8", ROB_STR("Internal Server Error"));
    reply->failed = true;
    reply->why = why;
    rob_reply_line *line = rob_arena_new(reply->request->arena, rob_reply_line);
    if (!line) return;
    *line = (rob_reply_line){.name = "X-Request-Id", .value = rob_request_id(reply->request).ptr};
    reply->lines = line;
}
