/* tools.c: handlers that remember nothing. */
#include <inttypes.h>

#include "store/handlers.h"

static int64_t count_nodes(const store_category *category)
{
    int64_t count = 1;
    for (size_t i = 0; i < category->children.count; i++) count += count_nodes(&category->children.items[i]);
    return count;
}

store_categories_count_out store_categories_count(rob_ctx *ctx, const store_categories_count_in *in)
{
    (void)ctx;
    return store_categories_count_ok(&(store_categories_count_response){.count = count_nodes(&in->body)});
}

/* FNV-1a, 64 bits: RFC 9923. */
store_fingerprint_out store_fingerprint(rob_ctx *ctx, const store_fingerprint_in *in)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < in->body.len; i++) hash = (hash ^ (uint8_t)in->body.ptr[i]) * 0x100000001b3;
    return store_fingerprint_ok(&(store_fingerprint_response){
        .bytes = (int64_t)in->body.len, .fnv1a = rob_format(ctx, "%016" PRIx64, hash)});
}

store_hello_out store_hello(rob_ctx *ctx, const store_hello_in *in)
{
    return store_hello_ok(rob_format(ctx, "Hello, %.*s!\n", ROB_STR_ARG(in->name)));
}

store_front_page_out store_front_page(rob_ctx *ctx, const store_front_page_in *in)
{
    (void)ctx, (void)in;
    return store_front_page_ok(ROB_STR("<!doctype html>\n<title>Store</title>\n<p>See <a href=\"/docs\">the documentation</a>.\n"));
}
