/* session.c: /session. A demonstration keeps no passwords: everybody's is "sesame". */
#include "shop.h"

/* The newest session takes the place of the oldest. False when there are no random bytes. */
static bool open_session(shop *shop, int64_t user_id, char sid[SID_LEN])
{
    uint8_t bytes[SID_LEN / 2];
    if (!random_bytes(bytes, sizeof bytes)) return false;
    for (size_t i = 0; i < SID_LEN; i++) sid[i] = "0123456789abcdef"[bytes[i / 2] >> (i % 2 ? 0 : 4) & 15];
    session_row *row = &shop->sessions[shop->session_count++ % SESSIONS_MAX];
    row->user_id = user_id;
    memcpy(row->sid, sid, SID_LEN);
    return true;
}

store_session_open_out store_session_open(rob_ctx *ctx, const store_session_open_in *in)
{
    char sid[SID_LEN];
    bool opened = false;
    shop *shop = shop_enter(ctx);
    const user_row *row = user_by_name(shop, in->name);
    bool known = row && rob_str_eq(in->password, ROB_STR("sesame"));
    if (known) opened = open_session(shop, row->user.id, sid);
    shop_leave(shop);

    if (!known) {
        return store_session_open_unauthorized(
            (store_unauthorized){.detail = ROB_STR("Wrong name or password")},
            (store_session_open_unauthorized_with){.challenge = ROB_STR("Bearer")});
    }
    if (!opened) return store_session_open_failed("no random bytes");
    return store_session_open_204((store_session_open_204_with){.sid = rob_copy(ctx, (rob_str){sid, SID_LEN})});
}

static const user_row *user_of_session(shop *shop, rob_str sid)
{
    if (sid.len != SID_LEN) return NULL;
    for (size_t i = 0; i < shop->session_count && i < SESSIONS_MAX; i++) {
        const session_row *row = &shop->sessions[i];
        if (memcmp(row->sid, sid.ptr, SID_LEN) == 0) return user_by_id(shop, row->user_id);
    }
    return NULL;
}

store_session_user_out store_session_user(rob_ctx *ctx, const store_session_user_in *in)
{
    memory request = {.ctx = ctx};
    store_user user;
    shop *shop = shop_enter(ctx);
    const user_row *row = in->has_sid ? user_of_session(shop, in->sid) : NULL;
    if (row) user = copy_user(&request, &row->user);
    shop_leave(shop);

    if (request.failed) return store_session_user_failed("out of memory");
    if (row) return store_session_user_ok(&user);
    return store_session_user_unauthorized(
        (store_unauthorized){.detail = ROB_STR("Not authenticated")},
        (store_session_user_unauthorized_with){.challenge = ROB_STR("Bearer")});
}
