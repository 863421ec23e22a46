/* copy.h: deep copies of what the shop keeps.
 *
 * A handler's input ends with its request and a row may change while a reply is written, so values are
 * copied on their way in and on their way out. */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include "store/handlers.h"

/* Where copies go. {.ctx = ctx} is memory of that request. {0} is memory of its own: blocks that
 * memory_free() gives back. */
typedef struct memory {
    rob_ctx *ctx;
    struct block *blocks;
    bool failed; /* stays: a copy is not whole, because memory ran out */
} memory;

rob_str copy_text(memory *to, rob_str text);
store_user copy_user(memory *to, const store_user *user);
store_product copy_product(memory *to, const store_product *product);

void memory_free(memory *m);

#endif
