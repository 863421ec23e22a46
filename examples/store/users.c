/* users.c: /v1/users. */
#include <stdlib.h>

#include "shop.h"

static const store_not_found no_user = {.detail = ROB_STR_INIT("No such user")};

/* ------------------------------------------------------------------ reading */

static bool has_role(const store_user *user, store_role_list roles)
{
    for (size_t i = 0; i < roles.count; i++) {
        if (roles.items[i] == user->role) return true;
    }
    return roles.count == 0;
}

store_users_list_out store_users_list(rob_ctx *ctx, const store_users_list_in *in)
{
    memory request = {.ctx = ctx};
    store_page_user page = {.items.items = rob_alloc(ctx, (size_t)in->page.limit * sizeof(store_user))};
    if (!page.items.items) return store_users_list_failed("out of memory");

    shop *shop = shop_enter(ctx);
    for (size_t i = 0; i < shop->user_count; i++) {
        const store_user *user = &shop->users[i]->user;
        if (!has_role(user, in->role)) continue;
        int64_t place = page.total++ - in->page.offset;
        if (place >= 0 && place < in->page.limit) page.items.items[page.items.count++] = copy_user(&request, user);
    }
    shop_leave(shop);

    page.has_next = page.total - in->page.offset > in->page.limit;
    if (page.has_next) page.next = in->page.offset + in->page.limit;
    return request.failed ? store_users_list_failed("out of memory") : store_users_list_ok(&page);
}

/* A copy for this request, and its version. */
static bool find(memory *request, int64_t id, store_user *user, int64_t *version)
{
    shop *shop = shop_enter(request->ctx);
    const user_row *row = user_by_id(shop, id);
    if (row) {
        *user = copy_user(request, &row->user);
        *version = row->version;
    }
    shop_leave(shop);
    return row;
}

store_users_get_out store_users_get(rob_ctx *ctx, const store_users_get_in *in)
{
    memory request = {.ctx = ctx};
    store_user user;
    int64_t version;
    if (!find(&request, in->id, &user, &version)) return store_users_get_not_found(no_user);
    if (request.failed) return store_users_get_failed("out of memory");

    rob_str etag = rob_format(ctx, "\"%lld-%lld\"", (long long)user.id, (long long)version);
    if (in->has_etag && rob_str_eq(in->etag, etag)) return store_users_get_304((store_users_get_304_with){.etag = etag});
    return store_users_get_ok(&user, (store_users_get_ok_with){.etag = etag});
}

/* ------------------------------------------------------------------ writing */

/* A row with a copy of `user` in memory of its own. NULL: out of memory. */
static user_row *new_row(const store_user *user)
{
    user_row *row = calloc(1, sizeof *row);
    if (!row) return NULL;
    row->version = 1;
    row->user = copy_user(&row->memory, user);
    if (!row->memory.failed) return row;
    free_user(row);
    return NULL;
}

typedef enum added { ADDED, NAME_TAKEN, FULL, NO_MEMORY } added;

/* Gives the new user its id. */
static added add(shop *shop, store_user *user)
{
    if (user_by_name(shop, user->name)) return NAME_TAKEN;
    if (shop->user_count == USERS_MAX) return FULL;
    user->id = shop->last_user_id + 1;
    user_row *row = new_row(user);
    if (!row) return NO_MEMORY;
    shop->last_user_id = user->id;
    shop->users[shop->user_count++] = row;
    return ADDED;
}

store_users_create_out store_users_create(rob_ctx *ctx, const store_users_create_in *in)
{
    const store_user_in *body = &in->body;
    store_user user = {
        .name = body->name, .email = body->email, .role = body->role, .age = body->age, .has_age = body->has_age,
        .bio = body->bio, .has_bio = body->has_bio, .tags = body->tags, .created = now(),
    };
    shop *shop = shop_enter(ctx);
    added result = add(shop, &user);
    shop_leave(shop);

    switch (result) {
    case NAME_TAKEN: return store_users_create_conflict((store_conflict){.field = ROB_STR("name")});
    case FULL: return store_users_create_conflict((store_conflict){
        .field = ROB_STR("id"), .hint = ROB_STR("The shop is full"), .has_hint = true});
    case NO_MEMORY: return store_users_create_failed("out of memory");
    case ADDED: break;
    }
    rob_str location = rob_format(ctx, "/v1/users/%lld", (long long)user.id);
    return store_users_create_created(&user, (store_users_create_created_with){.location = location});
}

/* What the patch does not name stays as it was. */
static store_user patched(store_user user, const store_user_patch *patch)
{
    if (patch->has_role) user.role = patch->role;
    if (patch->has_age != ROB_ABSENT) {
        user.has_age = patch->has_age == ROB_PRESENT; /* null: no age any more */
        user.age = patch->age;
    }
    if (patch->has_bio != ROB_ABSENT) {
        user.has_bio = patch->has_bio == ROB_PRESENT;
        user.bio = patch->bio;
    }
    return user;
}

/* A changed user is a new row in the old one's place, since its texts have other lengths. */
static bool change(shop *shop, int64_t id, const store_user_patch *patch)
{
    for (size_t i = 0; i < shop->user_count; i++) {
        user_row *old = shop->users[i];
        if (old->user.id != id) continue;
        store_user user = patched(old->user, patch);
        user_row *row = new_row(&user);
        if (!row) return false;
        row->version = old->version + 1;
        shop->users[i] = row;
        free_user(old);
    }
    return true;
}

store_users_patch_out store_users_patch(rob_ctx *ctx, const store_users_patch_in *in)
{
    shop *shop = shop_enter(ctx);
    bool changed = change(shop, in->id, &in->body);
    shop_leave(shop);

    memory request = {.ctx = ctx};
    store_user user;
    int64_t version;
    if (!find(&request, in->id, &user, &version)) return store_users_patch_not_found(no_user);
    return !changed || request.failed ? store_users_patch_failed("out of memory") : store_users_patch_ok(&user);
}

static bool forget(shop *shop, int64_t id)
{
    for (size_t i = 0; i < shop->user_count; i++) {
        if (shop->users[i]->user.id != id) continue;
        free_user(shop->users[i]);
        shop->user_count--;
        memmove(&shop->users[i], &shop->users[i + 1], (shop->user_count - i) * sizeof *shop->users);
        return true;
    }
    return false;
}

store_users_delete_out store_users_delete(rob_ctx *ctx, const store_users_delete_in *in)
{
    shop *shop = shop_enter(ctx);
    bool found = forget(shop, in->id);
    shop_leave(shop);
    return found ? store_users_delete_204() : store_users_delete_not_found(no_user);
}

/* ------------------------------------------------------------------ paying */

store_pay_out store_pay(rob_ctx *ctx, const store_pay_in *in)
{
    shop *shop = shop_enter(ctx);
    bool found = user_by_id(shop, in->id);
    shop_leave(shop);
    if (!found) return store_pay_not_found(no_user);

    store_receipt receipt = {.user = in->id, .amount = in->amount, .payment = in->payment, .paid = now()};
    if (!random_bytes(receipt.id.bytes, sizeof receipt.id.bytes)) return store_pay_failed("no random bytes");
    receipt.id.bytes[6] = (receipt.id.bytes[6] & 0x0f) | 0x40; /* version 4, RFC 9562 section 5.4 */
    receipt.id.bytes[8] = (receipt.id.bytes[8] & 0x3f) | 0x80;
    return store_pay_accepted(&receipt);
}
