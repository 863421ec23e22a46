#include "http/exchange.h"

#include <stdlib.h>

enum {
    KEPT = 64,              /* exchanges in a pool */
    KEPT_MEMORY = 16 * 1024 /* bytes of each one's arena */
};

rob_exchange *rob_exchange_take(rob_exchange_pool *pool)
{
    rob_exchange *x = pool->first;
    if (x) {
        pool->first = x->next;
        pool->count--;
    } else {
        if (!(x = malloc(sizeof *x))) return NULL;
        rob_arena_init(&x->memory, 0);
    }
    memset(x, 0, offsetof(rob_request, match));
    memset(&x->reply, 0, offsetof(rob_exchange, memory) - offsetof(rob_exchange, reply));
    x->memory.cap = 0;
    x->owners = 1;
    x->take = rob_body_discard;
    x->request.arena = &x->memory;
    x->request.headers = x->headers;
    rob_reply_init(&x->reply, &x->request);
    return x;
}

static void destroy(rob_exchange *x)
{
    rob_arena_free(&x->memory);
    free(x);
}

void rob_exchange_let_go(rob_exchange_pool *pool, rob_exchange *x)
{
    if (--x->owners) return;
    for (rob_cleanup *each = x->request.cleanups; each; each = each->next) each->run(each->what);
    if (pool->count >= KEPT) {
        destroy(x);
        return;
    }
    rob_arena_reset(&x->memory);
    if (x->memory.used > KEPT_MEMORY) rob_arena_free(&x->memory);
    x->next = pool->first;
    pool->first = x;
    pool->count++;
}

void rob_exchange_pool_free(rob_exchange_pool *pool)
{
    while (pool->first) {
        rob_exchange *x = pool->first;
        pool->first = x->next;
        destroy(x);
    }
}
