/* products.c: /v1/products. */
#include <stdio.h>
#include <stdlib.h>

#include "shop.h"

/* ------------------------------------------------------------------ writing */

/* The row that keeps a copy of `product` from now on. NULL: out of memory. */
static product_row *new_row(const store_product *product)
{
    product_row *row = calloc(1, sizeof *row);
    if (!row) return NULL;
    row->product = copy_product(&row->memory, product);
    if (!row->memory.failed) return row;
    free_product(row);
    return NULL;
}

typedef enum put_result { CREATED, REPLACED, FULL, NO_MEMORY } put_result;

static put_result put(shop *shop, const store_product *product)
{
    product_row *old = product_by_sku(shop, product->sku);
    if (!old && shop->product_count == PRODUCTS_MAX) return FULL;
    product_row *row = new_row(product);
    if (!row) return NO_MEMORY;
    if (!old) {
        shop->products[shop->product_count++] = row;
        return CREATED;
    }
    product_row swapped = *old;
    *old = *row;
    *row = swapped;
    free_product(row);
    return REPLACED;
}

static store_conflict conflict(const char *hint)
{
    return (store_conflict){.field = ROB_STR("sku"), .hint = rob_str_of(hint), .has_hint = true};
}

store_products_put_out store_products_put(rob_ctx *ctx, const store_products_put_in *in)
{
    if (!rob_str_eq(in->sku, in->body.sku)) return store_products_put_conflict(conflict("Path and body name different products"));
    shop *shop = shop_enter(ctx);
    put_result result = put(shop, &in->body);
    shop_leave(shop);

    switch (result) {
    case CREATED: return store_products_put_created(&in->body);
    case REPLACED: return store_products_put_ok(&in->body);
    case FULL: return store_products_put_conflict(conflict("The shelf is full"));
    case NO_MEMORY: break;
    }
    return store_products_put_failed("out of memory");
}

/* ------------------------------------------------------------------ reading */

store_products_get_out store_products_get(rob_ctx *ctx, const store_products_get_in *in)
{
    memory request = {.ctx = ctx};
    store_product product;
    shop *shop = shop_enter(ctx);
    const product_row *row = product_by_sku(shop, in->sku);
    if (row) product = copy_product(&request, &row->product);
    shop_leave(shop);

    if (!row) return store_products_get_not_found((store_not_found){.detail = ROB_STR("No such product")});
    return request.failed ? store_products_get_failed("out of memory") : store_products_get_ok(&product);
}

static bool contains(rob_str text, rob_str part)
{
    for (size_t i = 0; i + part.len <= text.len; i++) {
        if (memcmp(text.ptr + i, part.ptr, part.len) == 0) return true;
    }
    return false;
}

/* Exact enough to compare with: a Price has ten digits, a double keeps fifteen. */
static double amount(rob_decimal price)
{
    char text[64];
    snprintf(text, sizeof text, "%.*s", ROB_STR_ARG(price.text));
    return strtod(text, NULL);
}

static bool wanted(const store_product *product, const store_products_list_in *in)
{
    if (in->has_q && in->q.len && !contains(product->title, in->q)) return false;
    return !in->has_max_price || amount(product->price) <= amount(in->max_price);
}

store_products_list_out store_products_list(rob_ctx *ctx, const store_products_list_in *in)
{
    memory request = {.ctx = ctx};
    store_page_product page = {.items.items = rob_alloc(ctx, (size_t)in->page.limit * sizeof(store_product))};
    if (!page.items.items) return store_products_list_failed("out of memory");

    shop *shop = shop_enter(ctx);
    for (size_t i = 0; i < shop->product_count; i++) {
        const store_product *product = &shop->products[i]->product;
        if (!wanted(product, in)) continue;
        int64_t place = page.total++ - in->page.offset;
        if (place >= 0 && place < in->page.limit) page.items.items[page.items.count++] = copy_product(&request, product);
    }
    shop_leave(shop);

    page.has_next = page.total - in->page.offset > in->page.limit;
    if (page.has_next) page.next = in->page.offset + in->page.limit;
    return request.failed ? store_products_list_failed("out of memory") : store_products_list_ok(&page);
}

/* ------------------------------------------------------------------ the price list */

/* RFC 4180: always quoted, quotes doubled. */
static void write_quoted(FILE *file, rob_str text)
{
    putc('"', file);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"') putc('"', file);
        putc(text.ptr[i], file);
    }
    putc('"', file);
}

static void write_row(FILE *file, const store_product *product)
{
    fprintf(file, "%.*s,", ROB_STR_ARG(product->sku));
    write_quoted(file, product->title);
    fprintf(file, ",%.*s\r\n", ROB_STR_ARG(product->price.text));
}

store_products_csv_out store_products_csv(rob_ctx *ctx, const store_products_csv_in *in)
{
    (void)in;
    char *text = NULL;
    size_t len = 0;
    FILE *file = open_memstream(&text, &len);
    if (!file) return store_products_csv_failed("out of memory");
    fputs("sku,title,price\r\n", file);
    shop *shop = shop_enter(ctx);
    for (size_t i = 0; i < shop->product_count; i++) write_row(file, &shop->products[i]->product);
    shop_leave(shop);

    bool written = fclose(file) == 0;
    rob_str copy = written ? rob_copy(ctx, (rob_str){text, len}) : ROB_STR("");
    free(text);
    return copy.len ? store_products_csv_ok(copy) : store_products_csv_failed("out of memory");
}
