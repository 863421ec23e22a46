#include "http/exchange.h"

/* A length that a client only promised gets this much memory at once; the rest comes as bytes do. */
enum { TRUSTED_LENGTH = 64 * 1024, FIRST_PIECE = 1024 };

static size_t next_cap(const rob_exchange *x, size_t needed)
{
    size_t cap = x->body_cap ? x->body_cap * 2 : FIRST_PIECE;
    if (x->expected >= needed && (x->expected <= TRUSTED_LENGTH || cap > x->expected)) cap = (size_t)x->expected;
    return cap < needed ? needed : cap;
}

/* A body that comes in one piece, and whole, is copied once into memory of its size. */
rob_status rob_body_collect(rob_exchange *x, const char *bytes, size_t len)
{
    rob_str *body = &x->request.body;
    size_t needed = body->len + len;
    if (needed > x->body_cap) {
        size_t cap = next_cap(x, needed);
        char *grown = rob_arena_grow(&x->memory, (void *)(uintptr_t)body->ptr, x->body_cap, cap);
        if (!grown) return ROB_NO_MEMORY;
        body->ptr = grown;
        x->body_cap = cap;
    }
    memcpy((char *)(uintptr_t)body->ptr + body->len, bytes, len);
    body->len = needed;
    return ROB_OK;
}

rob_status rob_body_discard(rob_exchange *x, const char *bytes, size_t len)
{
    (void)x;
    (void)bytes;
    (void)len;
    return ROB_OK;
}
