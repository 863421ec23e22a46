#include "shop.h"

#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

rob_status store_startup(rob_process *process)
{
    shop *shop = calloc(1, sizeof *shop);
    if (!shop) return ROB_NO_MEMORY;
    pthread_mutex_init(&shop->lock, NULL);
    process->state = shop;
    return ROB_OK;
}

void store_shutdown(rob_process *process)
{
    shop *shop = process->state;
    for (size_t i = 0; i < shop->user_count; i++) free_user(shop->users[i]);
    for (size_t i = 0; i < shop->product_count; i++) free_product(shop->products[i]);
    pthread_mutex_destroy(&shop->lock);
    free(shop);
}

shop *shop_enter(rob_ctx *ctx)
{
    shop *shop = rob_process_state(ctx);
    pthread_mutex_lock(&shop->lock);
    return shop;
}

void shop_leave(shop *shop)
{
    pthread_mutex_unlock(&shop->lock);
}

user_row *user_by_id(shop *shop, int64_t id)
{
    for (size_t i = 0; i < shop->user_count; i++) {
        if (shop->users[i]->user.id == id) return shop->users[i];
    }
    return NULL;
}

user_row *user_by_name(shop *shop, rob_str name)
{
    for (size_t i = 0; i < shop->user_count; i++) {
        if (rob_str_eq(shop->users[i]->user.name, name)) return shop->users[i];
    }
    return NULL;
}

product_row *product_by_sku(shop *shop, rob_str sku)
{
    for (size_t i = 0; i < shop->product_count; i++) {
        if (rob_str_eq(shop->products[i]->product.sku, sku)) return shop->products[i];
    }
    return NULL;
}

void free_user(user_row *row)
{
    memory_free(&row->memory);
    free(row);
}

void free_product(product_row *row)
{
    memory_free(&row->memory);
    free(row);
}

rob_datetime now(void)
{
    time_t seconds = time(NULL);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    return (rob_datetime){
        .date = {.year = (int16_t)(utc.tm_year + 1900), .month = (uint8_t)(utc.tm_mon + 1), .day = (uint8_t)utc.tm_mday},
        .time = {.hour = (uint8_t)utc.tm_hour, .minute = (uint8_t)utc.tm_min, .second = (uint8_t)utc.tm_sec, .has_offset = true},
    };
}

bool random_bytes(void *bytes, size_t count)
{
    return getrandom(bytes, count, 0) == (ssize_t)count;
}
