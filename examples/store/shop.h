/* shop.h: what all requests share. Handlers run on several threads, so whoever touches a row holds the
 * lock; nobody holds it longer than a copy takes. */
#ifndef STORE_SHOP_H
#define STORE_SHOP_H

#include <pthread.h>

#include "copy.h"

enum { USERS_MAX = 1000, PRODUCTS_MAX = 1000, SESSIONS_MAX = 100, SID_LEN = 32 };

typedef struct user_row {
    memory memory; /* of the user's texts and lists */
    store_user user;
    int64_t version; /* 1, then one more with each change */
} user_row;

typedef struct product_row {
    memory memory;
    store_product product;
} product_row;

typedef struct session_row {
    char sid[SID_LEN];
    int64_t user_id;
} session_row;

typedef struct shop {
    pthread_mutex_t lock;
    user_row *users[USERS_MAX]; /* as they came, so by id */
    product_row *products[PRODUCTS_MAX];
    session_row sessions[SESSIONS_MAX]; /* a ring: the oldest gives way */
    size_t user_count, product_count, session_count;
    int64_t last_user_id;
} shop;

/* The shop, locked; shop_leave() unlocks it. */
shop *shop_enter(rob_ctx *ctx);
void shop_leave(shop *shop);

/* Only between the two. NULL: no such row. */
user_row *user_by_id(shop *shop, int64_t id);
user_row *user_by_name(shop *shop, rob_str name);
product_row *product_by_sku(shop *shop, rob_str sku);

void free_user(user_row *row);
void free_product(product_row *row);

rob_datetime now(void);                       /* in UTC */
bool random_bytes(void *bytes, size_t count); /* fit for secrets; false when the system has none */

#endif
