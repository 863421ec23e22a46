/* Handlers of Tour 1.0.0. What each receives and may answer stands in tour/handlers.h. */
#include "tour/handlers.h"

/* GET /v1/users/{id}   tour.api:34
 * Fetch one user.
 * Answers 304 when nothing has changed.
 *   id    path    int(ge=1)  required
 *   etag  header  str        optional  "If-None-Match"
 * Answers: 200 User with ETag, cookie seen, 304, 404 NotFound, 503 Busy with Retry-After. */
tour_users_get_out tour_users_get(rob_ctx *ctx, const tour_users_get_in *in)
{
    (void)ctx;
    (void)in;
    return tour_users_get_failed("not written yet");
}

/* GET /v1/users/me   tour.api:39
 * Answers: 200 User. */
tour_users_me_out tour_users_me(rob_ctx *ctx, const tour_users_me_in *in)
{
    (void)ctx;
    (void)in;
    return tour_users_me_failed("not written yet");
}

/* GET /v1/users   tour.api:40
 *   role   query  list[Role]         default []
 *   limit  query  int(ge=1, le=100)  default 20
 * Answers: 200 list[User]. */
tour_users_list_out tour_users_list(rob_ctx *ctx, const tour_users_list_in *in)
{
    (void)ctx;
    (void)in;
    return tour_users_list_failed("not written yet");
}

/* POST /v1/users/{id}/pay   tour.api:43
 *   id         path    int      required
 *   signature  header  str      required  "X-Signature"
 *   body       body    Payment  required
 * Answers: 202 Payment. */
tour_pay_out tour_pay(rob_ctx *ctx, const tour_pay_in *in)
{
    (void)ctx;
    (void)in;
    return tour_pay_failed("not written yet");
}

/* GET /v1/points   tour.api:44
 * Answers: 200 list[Point]. */
tour_points_out tour_points(rob_ctx *ctx, const tour_points_in *in)
{
    (void)ctx;
    (void)in;
    return tour_points_failed("not written yet");
}

/* PUT /v1/points   tour.api:45
 *   etag  header  str                          optional  "If-Match"
 *   body  body    list[Point](max_length=100)  required
 * Answers: 204. */
tour_points_put_out tour_points_put(rob_ctx *ctx, const tour_points_put_in *in)
{
    (void)ctx;
    (void)in;
    return tour_points_put_failed("not written yet");
}

/* POST /v1/points   tour.api:46
 *   body  body  Point  required
 * Answers: 201 Point. */
tour_points_add_out tour_points_add(rob_ctx *ctx, const tour_points_add_in *in)
{
    (void)ctx;
    (void)in;
    return tour_points_add_failed("not written yet");
}

/* GET /v1/folders   tour.api:47
 * Answers: 200 Folder. */
tour_folders_out tour_folders(rob_ctx *ctx, const tour_folders_in *in)
{
    (void)ctx;
    (void)in;
    return tour_folders_failed("not written yet");
}

/* GET /v1/ping   tour.api:48
 * Answers: 200 text. */
tour_ping_out tour_ping(rob_ctx *ctx, const tour_ping_in *in)
{
    (void)ctx;
    (void)in;
    return tour_ping_failed("not written yet");
}

/* GET /v1/either   tour.api:49
 * Answers: 200 int | str | Point. */
tour_either_out tour_either(rob_ctx *ctx, const tour_either_in *in)
{
    (void)ctx;
    (void)in;
    return tour_either_failed("not written yet");
}
