/* tour/endpoints.c: each route of Tour 1.0.0, as data and the two functions that depend on its types.
 * Written by robync from tour.api. */
#include "tables.h"

/* GET /healthz   tour.api:28
 * Answers: 200 { … }. */
static const rob_constant healthz_get_constant = {
    .status = 200,
    .index = 0,
    .content_type = ROB_STR_INIT("application/json"),
    .body = ROB_STR_INIT("{\"status\":\"ok\"}"),
};

const rob_endpoint tour_healthz_get_endpoint = {
    .name = "healthz_get",
    .route = "GET /healthz",
    .constant = &healthz_get_constant,
};

/* GET /old/{rest}   tour.api:29
 *   rest  path  str  may be empty
 * Answers: 308.
 * Redirects to /v1/{rest}. */
static const rob_redirect_part old_rest_get_parts[] = {
    { .literal = ROB_STR_INIT("/v1/"), .capture = 0, .slashes_stay = true },
};

static const rob_redirect old_rest_get_redirect = {
    .status = 308,
    .parts = old_rest_get_parts,
    .count = 1,
};

const rob_endpoint tour_old_rest_get_endpoint = {
    .name = "old_rest_get",
    .route = "GET /old/{rest}",
    .redirect = &old_rest_get_redirect,
};

/* GET /v1/users/{id}   tour.api:34
 * Fetch one user.
 * Answers 304 when nothing has changed.
 *   id    path    int(ge=1)  required
 *   etag  header  str        optional  "If-None-Match"
 * Answers: 200 User with ETag, cookie seen, 304, 404 NotFound, 503 Busy with Retry-After.
 * You write tour_users_get(), declared in handlers.h. */
static void users_get_call(rob_ctx *ctx, const void *in, void *out)
{
    *(tour_users_get_out *)out = tour_users_get(ctx, in);
}

static void users_get_encode(const void *result, rob_reply *reply)
{
    const tour_users_get_out *out = result;

    switch (out->status) {
    case TOUR_USERS_GET_OK:
        rob_reply_json(reply, 200, tour_user_encode, &out->user);
        rob_reply_header(reply, "ETag", &tour_str_3_type, &out->with.ok.etag);
        if (out->with.ok.has_seen) rob_reply_cookie(reply, "seen", &tour_datetime_type, &out->with.ok.seen);
        return;
    case TOUR_USERS_GET_304: rob_reply_empty(reply, 304); return;
    case TOUR_USERS_GET_NOT_FOUND: rob_reply_json(reply, 404, tour_not_found_encode, &out->not_found); return;
    case TOUR_USERS_GET_BUSY:
        rob_reply_json(reply, 503, tour_busy_encode, &out->busy);
        rob_reply_header(reply, "Retry-After", &tour_int_type, &out->with.busy.retry);
        return;
    case TOUR_USERS_GET_INVALID: rob_reply_invalid(reply, &out->invalid); return;
    case TOUR_USERS_GET_FAILED: rob_reply_failed(reply, out->failed); return;
    }
    rob_reply_failed(reply, ROB_STR("tour_users_get() returned no outcome"));
}

const rob_endpoint tour_users_get_endpoint = {
    .name = "users_get",
    .route = "GET /v1/users/{id}",
    .params = &tour_users_get_params,
    .runs = ROB_RUNS_INLINE,
    .in_size = sizeof(tour_users_get_in),
    .out_size = sizeof(tour_users_get_out),
    .decode = rob_decode_params,
    .call = users_get_call,
    .encode = users_get_encode,
};

/* GET /v1/users/me   tour.api:39
 * Answers: 200 User.
 * You write tour_users_me(), declared in handlers.h. */
static void users_me_call(rob_ctx *ctx, const void *in, void *out)
{
    *(tour_users_me_out *)out = tour_users_me(ctx, in);
}

static void users_me_encode(const void *result, rob_reply *reply)
{
    const tour_users_me_out *out = result;

    switch (out->status) {
    case TOUR_USERS_ME_OK: rob_reply_json(reply, 200, tour_user_encode, &out->user); return;
    case TOUR_USERS_ME_INVALID: rob_reply_invalid(reply, &out->invalid); return;
    case TOUR_USERS_ME_FAILED: rob_reply_failed(reply, out->failed); return;
    }
    rob_reply_failed(reply, ROB_STR("tour_users_me() returned no outcome"));
}

const rob_endpoint tour_users_me_endpoint = {
    .name = "users_me",
    .route = "GET /v1/users/me",
    .runs = ROB_RUNS_INLINE,
    .in_size = sizeof(tour_users_me_in),
    .out_size = sizeof(tour_users_me_out),
    .call = users_me_call,
    .encode = users_me_encode,
};

/* GET /v1/users   tour.api:40
 *   role   query  list[Role]         default []
 *   limit  query  int(ge=1, le=100)  default 20
 * Answers: 200 list[User].
 * You write tour_users_list(), declared in handlers.h. */
static void users_list_call(rob_ctx *ctx, const void *in, void *out)
{
    *(tour_users_list_out *)out = tour_users_list(ctx, in);
}

static void users_list_encode(const void *result, rob_reply *reply)
{
    const tour_users_list_out *out = result;

    switch (out->status) {
    case TOUR_USERS_LIST_OK: rob_reply_json(reply, 200, tour_user_list_encode, &out->ok); return;
    case TOUR_USERS_LIST_INVALID: rob_reply_invalid(reply, &out->invalid); return;
    case TOUR_USERS_LIST_FAILED: rob_reply_failed(reply, out->failed); return;
    }
    rob_reply_failed(reply, ROB_STR("tour_users_list() returned no outcome"));
}

const rob_endpoint tour_users_list_endpoint = {
    .name = "users_list",
    .route = "GET /v1/users",
    .params = &tour_users_list_params,
    .runs = ROB_RUNS_INLINE,
    .in_size = sizeof(tour_users_list_in),
    .out_size = sizeof(tour_users_list_out),
    .decode = rob_decode_params,
    .call = users_list_call,
    .encode = users_list_encode,
};

/* POST /v1/users/{id}/pay   tour.api:43
 *   id         path    int      required
 *   signature  header  str      required  "X-Signature"
 *   body       body    Payment  required
 * Answers: 202 Payment.
 * You write tour_pay(), declared in handlers.h. */
static void pay_call(rob_ctx *ctx, const void *in, void *out)
{
    *(tour_pay_out *)out = tour_pay(ctx, in);
}

static void pay_encode(const void *result, rob_reply *reply)
{
    const tour_pay_out *out = result;

    switch (out->status) {
    case TOUR_PAY_ACCEPTED: rob_reply_json(reply, 202, tour_payment_encode, &out->accepted); return;
    case TOUR_PAY_INVALID: rob_reply_invalid(reply, &out->invalid); return;
    case TOUR_PAY_FAILED: rob_reply_failed(reply, out->failed); return;
    }
    rob_reply_failed(reply, ROB_STR("tour_pay() returned no outcome"));
}

const rob_endpoint tour_pay_endpoint = {
    .name = "pay",
    .route = "POST /v1/users/{id}/pay",
    .params = &tour_pay_params,
    .runs = ROB_RUNS_ON_POOL,
    .in_size = sizeof(tour_pay_in),
    .out_size = sizeof(tour_pay_out),
    .body_limit = 2097152,
    .decode = rob_decode_params,
    .call = pay_call,
    .encode = pay_encode,
};

/* GET /v1/points   tour.api:44
 * Answers: 200 list[Point].
 * You write tour_points(), declared in handlers.h. */
static void points_call(rob_ctx *ctx, const void *in, void *out)
{
    *(tour_points_out *)out = tour_points(ctx, in);
}

static void points_encode(const void *result, rob_reply *reply)
{
    const tour_points_out *out = result;

    switch (out->status) {
    case TOUR_POINTS_OK: rob_reply_json(reply, 200, tour_point_list_encode, &out->ok); return;
    case TOUR_POINTS_INVALID: rob_reply_invalid(reply, &out->invalid); return;
    case TOUR_POINTS_FAILED: rob_reply_failed(reply, out->failed); return;
    }
    rob_reply_failed(reply, ROB_STR("tour_points() returned no outcome"));
}

const rob_endpoint tour_points_endpoint = {
    .name = "points",
    .route = "GET /v1/points",
    .runs = ROB_RUNS_INLINE,
    .in_size = sizeof(tour_points_in),
    .out_size = sizeof(tour_points_out),
    .call = points_call,
    .encode = points_encode,
};

/* PUT /v1/points   tour.api:45
 *   etag  header  str                          optional  "If-Match"
 *   body  body    list[Point](max_length=100)  required
 * Answers: 204.
 * You write tour_points_put(), declared in handlers.h. */
static void points_put_call(rob_ctx *ctx, const void *in, void *out)
{
    *(tour_points_put_out *)out = tour_points_put(ctx, in);
}

static void points_put_encode(const void *result, rob_reply *reply)
{
    const tour_points_put_out *out = result;

    switch (out->status) {
    case TOUR_POINTS_PUT_204: rob_reply_empty(reply, 204); return;
    case TOUR_POINTS_PUT_INVALID: rob_reply_invalid(reply, &out->invalid); return;
    case TOUR_POINTS_PUT_FAILED: rob_reply_failed(reply, out->failed); return;
    }
    rob_reply_failed(reply, ROB_STR("tour_points_put() returned no outcome"));
}

const rob_endpoint tour_points_put_endpoint = {
    .name = "points_put",
    .route = "PUT /v1/points",
    .params = &tour_points_put_params,
    .runs = ROB_RUNS_INLINE,
    .in_size = sizeof(tour_points_put_in),
    .out_size = sizeof(tour_points_put_out),
    .decode = tour_points_put_decode,
    .call = points_put_call,
    .encode = points_put_encode,
};

/* POST /v1/points   tour.api:46
 *   body  body  Point  required
 * Answers: 201 Point.
 * You write tour_points_add(), declared in handlers.h. */
static void points_add_call(rob_ctx *ctx, const void *in, void *out)
{
    *(tour_points_add_out *)out = tour_points_add(ctx, in);
}

static void points_add_encode(const void *result, rob_reply *reply)
{
    const tour_points_add_out *out = result;

    switch (out->status) {
    case TOUR_POINTS_ADD_CREATED: rob_reply_json(reply, 201, tour_point_encode, &out->point); return;
    case TOUR_POINTS_ADD_INVALID: rob_reply_invalid(reply, &out->invalid); return;
    case TOUR_POINTS_ADD_FAILED: rob_reply_failed(reply, out->failed); return;
    }
    rob_reply_failed(reply, ROB_STR("tour_points_add() returned no outcome"));
}

const rob_endpoint tour_points_add_endpoint = {
    .name = "points_add",
    .route = "POST /v1/points",
    .params = &tour_points_add_params,
    .runs = ROB_RUNS_INLINE,
    .in_size = sizeof(tour_points_add_in),
    .out_size = sizeof(tour_points_add_out),
    .decode = tour_points_add_decode,
    .call = points_add_call,
    .encode = points_add_encode,
};

/* GET /v1/folders   tour.api:47
 * Answers: 200 Folder.
 * You write tour_folders(), declared in handlers.h. */
static void folders_call(rob_ctx *ctx, const void *in, void *out)
{
    *(tour_folders_out *)out = tour_folders(ctx, in);
}

static void folders_encode(const void *result, rob_reply *reply)
{
    const tour_folders_out *out = result;

    switch (out->status) {
    case TOUR_FOLDERS_OK: rob_reply_json(reply, 200, tour_folder_encode, &out->folder); return;
    case TOUR_FOLDERS_INVALID: rob_reply_invalid(reply, &out->invalid); return;
    case TOUR_FOLDERS_FAILED: rob_reply_failed(reply, out->failed); return;
    }
    rob_reply_failed(reply, ROB_STR("tour_folders() returned no outcome"));
}

const rob_endpoint tour_folders_endpoint = {
    .name = "folders",
    .route = "GET /v1/folders",
    .runs = ROB_RUNS_INLINE,
    .in_size = sizeof(tour_folders_in),
    .out_size = sizeof(tour_folders_out),
    .call = folders_call,
    .encode = folders_encode,
};

/* GET /v1/ping   tour.api:48
 * Answers: 200 text.
 * You write tour_ping(), declared in handlers.h. */
static void ping_call(rob_ctx *ctx, const void *in, void *out)
{
    *(tour_ping_out *)out = tour_ping(ctx, in);
}

static void ping_encode(const void *result, rob_reply *reply)
{
    const tour_ping_out *out = result;

    switch (out->status) {
    case TOUR_PING_OK: rob_reply_bytes(reply, 200, "text/plain; charset=utf-8", out->ok); return;
    case TOUR_PING_INVALID: rob_reply_invalid(reply, &out->invalid); return;
    case TOUR_PING_FAILED: rob_reply_failed(reply, out->failed); return;
    }
    rob_reply_failed(reply, ROB_STR("tour_ping() returned no outcome"));
}

const rob_endpoint tour_ping_endpoint = {
    .name = "ping",
    .route = "GET /v1/ping",
    .runs = ROB_RUNS_INLINE,
    .in_size = sizeof(tour_ping_in),
    .out_size = sizeof(tour_ping_out),
    .call = ping_call,
    .encode = ping_encode,
};

/* GET /v1/either   tour.api:49
 * Answers: 200 int | str | Point.
 * You write tour_either(), declared in handlers.h. */
static void either_call(rob_ctx *ctx, const void *in, void *out)
{
    *(tour_either_out *)out = tour_either(ctx, in);
}

static void either_encode(const void *result, rob_reply *reply)
{
    const tour_either_out *out = result;

    switch (out->status) {
    case TOUR_EITHER_OK: rob_reply_json(reply, 200, tour_int_or_str_or_point_encode, &out->ok); return;
    case TOUR_EITHER_INVALID: rob_reply_invalid(reply, &out->invalid); return;
    case TOUR_EITHER_FAILED: rob_reply_failed(reply, out->failed); return;
    }
    rob_reply_failed(reply, ROB_STR("tour_either() returned no outcome"));
}

const rob_endpoint tour_either_endpoint = {
    .name = "either",
    .route = "GET /v1/either",
    .runs = ROB_RUNS_INLINE,
    .in_size = sizeof(tour_either_in),
    .out_size = sizeof(tour_either_out),
    .call = either_call,
    .encode = either_encode,
};

const rob_endpoint *const tour_all_endpoints[] = {
    &tour_healthz_get_endpoint,
    &tour_old_rest_get_endpoint,
    &tour_users_get_endpoint,
    &tour_users_me_endpoint,
    &tour_users_list_endpoint,
    &tour_pay_endpoint,
    &tour_points_endpoint,
    &tour_points_put_endpoint,
    &tour_points_add_endpoint,
    &tour_folders_endpoint,
    &tour_ping_endpoint,
    &tour_either_endpoint,
};
