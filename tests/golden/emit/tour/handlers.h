/* tour/handlers.h: the functions that you write for Tour 1.0.0. Written by robync from tour.api;
 * change that instead.
 *
 * A handler reads `in`, which is valid as the spec has it, and returns one of its route's outcomes, made
 * by the constructor of that name. `..._invalid` answers 422, `..._failed` 500. */
#ifndef TOUR_HANDLERS_H
#define TOUR_HANDLERS_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Two optional hooks: make what all requests share (see rob_process_state), and destroy it. */
rob_status tour_startup(rob_process *process);
void tour_shutdown(rob_process *process);

/* GET /v1/users/{id}   tour.api:34
 * Fetch one user.
 * Answers 304 when nothing has changed.
 *   id    path    int(ge=1)  required
 *   etag  header  str        optional  "If-None-Match"
 * Answers: 200 User with ETag, cookie seen, 304, 404 NotFound, 503 Busy with Retry-After. */
typedef struct tour_users_get_in {
    int64_t id;
    rob_str etag;
    bool has_etag;
} tour_users_get_in;

typedef struct tour_users_get_ok_with {
    rob_str etag;
    rob_datetime seen; /* may be absent */
    bool has_seen;
} tour_users_get_ok_with;

typedef struct tour_users_get_busy_with {
    int64_t retry;
} tour_users_get_busy_with;

typedef enum tour_users_get_status {
    TOUR_USERS_GET_FAILED, /* 0: so an outcome that nobody set is a 500 */
    TOUR_USERS_GET_INVALID,
    TOUR_USERS_GET_OK, /* 200 User with ETag, cookie seen */
    TOUR_USERS_GET_304, /* 304 */
    TOUR_USERS_GET_NOT_FOUND, /* 404 NotFound */
    TOUR_USERS_GET_BUSY /* 503 Busy with Retry-After */
} tour_users_get_status;

typedef struct tour_users_get_out {
    tour_users_get_status status;
    union {
        tour_user user;
        tour_not_found not_found;
        tour_busy busy;
        rob_invalid invalid;
        rob_str failed;
    };
    union {
        tour_users_get_ok_with ok;
        tour_users_get_busy_with busy;
    } with;
} tour_users_get_out;

/* You write this one. */
tour_users_get_out tour_users_get(rob_ctx *ctx, const tour_users_get_in *in);

/* 200 User with ETag, cookie seen */
static inline tour_users_get_out tour_users_get_ok(const tour_user *user, tour_users_get_ok_with with)
{
    tour_users_get_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_GET_OK;
    out.user = *user;
    out.with.ok = with;
    return out;
}

/* 304 */
static inline tour_users_get_out tour_users_get_304(void)
{
    tour_users_get_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_GET_304;
    return out;
}

/* 404 NotFound */
static inline tour_users_get_out tour_users_get_not_found(tour_not_found not_found)
{
    tour_users_get_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_GET_NOT_FOUND;
    out.not_found = not_found;
    return out;
}

/* 503 Busy with Retry-After */
static inline tour_users_get_out tour_users_get_busy(tour_busy busy, tour_users_get_busy_with with)
{
    tour_users_get_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_GET_BUSY;
    out.busy = busy;
    out.with.busy = with;
    return out;
}

/* 422 with one error: loc is dotted, "body.items.0.name" */
static inline tour_users_get_out tour_users_get_invalid(const char *loc, const char *type, const char *msg)
{
    tour_users_get_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_GET_INVALID;
    out.invalid.loc = rob_str_of(loc);
    out.invalid.type = rob_str_of(type);
    out.invalid.msg = rob_str_of(msg);
    return out;
}

/* 500: why goes to the log only */
static inline tour_users_get_out tour_users_get_failed(const char *why)
{
    tour_users_get_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_GET_FAILED;
    out.failed = rob_str_of(why);
    return out;
}

/* GET /v1/users/me   tour.api:39
 * Answers: 200 User. */
typedef struct tour_users_me_in {
    char no_members; /* C structs have one at least */
} tour_users_me_in;

typedef enum tour_users_me_status {
    TOUR_USERS_ME_FAILED, /* 0: so an outcome that nobody set is a 500 */
    TOUR_USERS_ME_INVALID,
    TOUR_USERS_ME_OK /* 200 User */
} tour_users_me_status;

typedef struct tour_users_me_out {
    tour_users_me_status status;
    union {
        tour_user user;
        rob_invalid invalid;
        rob_str failed;
    };
} tour_users_me_out;

/* You write this one. */
tour_users_me_out tour_users_me(rob_ctx *ctx, const tour_users_me_in *in);

/* 200 User */
static inline tour_users_me_out tour_users_me_ok(const tour_user *user)
{
    tour_users_me_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_ME_OK;
    out.user = *user;
    return out;
}

/* 422 with one error: loc is dotted, "body.items.0.name" */
static inline tour_users_me_out tour_users_me_invalid(const char *loc, const char *type, const char *msg)
{
    tour_users_me_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_ME_INVALID;
    out.invalid.loc = rob_str_of(loc);
    out.invalid.type = rob_str_of(type);
    out.invalid.msg = rob_str_of(msg);
    return out;
}

/* 500: why goes to the log only */
static inline tour_users_me_out tour_users_me_failed(const char *why)
{
    tour_users_me_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_ME_FAILED;
    out.failed = rob_str_of(why);
    return out;
}

/* GET /v1/users   tour.api:40
 *   role   query  list[Role]         default []
 *   limit  query  int(ge=1, le=100)  default 20
 * Answers: 200 list[User]. */
typedef struct tour_users_list_in {
    tour_role_list role;
    int64_t limit;
} tour_users_list_in;

typedef enum tour_users_list_status {
    TOUR_USERS_LIST_FAILED, /* 0: so an outcome that nobody set is a 500 */
    TOUR_USERS_LIST_INVALID,
    TOUR_USERS_LIST_OK /* 200 list[User] */
} tour_users_list_status;

typedef struct tour_users_list_out {
    tour_users_list_status status;
    union {
        tour_user_list ok;
        rob_invalid invalid;
        rob_str failed;
    };
} tour_users_list_out;

/* You write this one. */
tour_users_list_out tour_users_list(rob_ctx *ctx, const tour_users_list_in *in);

/* 200 list[User] */
static inline tour_users_list_out tour_users_list_ok(tour_user_list ok)
{
    tour_users_list_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_LIST_OK;
    out.ok = ok;
    return out;
}

/* 422 with one error: loc is dotted, "body.items.0.name" */
static inline tour_users_list_out tour_users_list_invalid(const char *loc, const char *type, const char *msg)
{
    tour_users_list_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_LIST_INVALID;
    out.invalid.loc = rob_str_of(loc);
    out.invalid.type = rob_str_of(type);
    out.invalid.msg = rob_str_of(msg);
    return out;
}

/* 500: why goes to the log only */
static inline tour_users_list_out tour_users_list_failed(const char *why)
{
    tour_users_list_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_USERS_LIST_FAILED;
    out.failed = rob_str_of(why);
    return out;
}

/* POST /v1/users/{id}/pay   tour.api:43
 *   id         path    int      required
 *   signature  header  str      required  "X-Signature"
 *   body       body    Payment  required
 * Answers: 202 Payment. */
typedef struct tour_pay_in {
    int64_t id;
    rob_str signature;
    tour_payment body;
} tour_pay_in;

typedef enum tour_pay_status {
    TOUR_PAY_FAILED, /* 0: so an outcome that nobody set is a 500 */
    TOUR_PAY_INVALID,
    TOUR_PAY_ACCEPTED /* 202 Payment */
} tour_pay_status;

typedef struct tour_pay_out {
    tour_pay_status status;
    union {
        tour_payment accepted;
        rob_invalid invalid;
        rob_str failed;
    };
} tour_pay_out;

/* You write this one. */
tour_pay_out tour_pay(rob_ctx *ctx, const tour_pay_in *in);

/* 202 Payment */
static inline tour_pay_out tour_pay_accepted(const tour_payment *accepted)
{
    tour_pay_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_PAY_ACCEPTED;
    out.accepted = *accepted;
    return out;
}

/* 422 with one error: loc is dotted, "body.items.0.name" */
static inline tour_pay_out tour_pay_invalid(const char *loc, const char *type, const char *msg)
{
    tour_pay_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_PAY_INVALID;
    out.invalid.loc = rob_str_of(loc);
    out.invalid.type = rob_str_of(type);
    out.invalid.msg = rob_str_of(msg);
    return out;
}

/* 500: why goes to the log only */
static inline tour_pay_out tour_pay_failed(const char *why)
{
    tour_pay_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_PAY_FAILED;
    out.failed = rob_str_of(why);
    return out;
}

/* GET /v1/points   tour.api:44
 * Answers: 200 list[Point]. */
typedef struct tour_points_in {
    char no_members; /* C structs have one at least */
} tour_points_in;

typedef enum tour_points_status {
    TOUR_POINTS_FAILED, /* 0: so an outcome that nobody set is a 500 */
    TOUR_POINTS_INVALID,
    TOUR_POINTS_OK /* 200 list[Point] */
} tour_points_status;

typedef struct tour_points_out {
    tour_points_status status;
    union {
        tour_point_list ok;
        rob_invalid invalid;
        rob_str failed;
    };
} tour_points_out;

/* You write this one. */
tour_points_out tour_points(rob_ctx *ctx, const tour_points_in *in);

/* 200 list[Point] */
static inline tour_points_out tour_points_ok(tour_point_list ok)
{
    tour_points_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_POINTS_OK;
    out.ok = ok;
    return out;
}

/* 422 with one error: loc is dotted, "body.items.0.name" */
static inline tour_points_out tour_points_invalid(const char *loc, const char *type, const char *msg)
{
    tour_points_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_POINTS_INVALID;
    out.invalid.loc = rob_str_of(loc);
    out.invalid.type = rob_str_of(type);
    out.invalid.msg = rob_str_of(msg);
    return out;
}

/* 500: why goes to the log only */
static inline tour_points_out tour_points_failed(const char *why)
{
    tour_points_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_POINTS_FAILED;
    out.failed = rob_str_of(why);
    return out;
}

/* PUT /v1/points   tour.api:45
 *   etag  header  str                          optional  "If-Match"
 *   body  body    list[Point](max_length=100)  required
 * Answers: 204. */
typedef struct tour_points_put_in {
    rob_str etag;
    bool has_etag;
    tour_point_list body;
} tour_points_put_in;

typedef enum tour_points_put_status {
    TOUR_POINTS_PUT_FAILED, /* 0: so an outcome that nobody set is a 500 */
    TOUR_POINTS_PUT_INVALID,
    TOUR_POINTS_PUT_204 /* 204 */
} tour_points_put_status;

typedef struct tour_points_put_out {
    tour_points_put_status status;
    union {
        rob_invalid invalid;
        rob_str failed;
    };
} tour_points_put_out;

/* You write this one. */
tour_points_put_out tour_points_put(rob_ctx *ctx, const tour_points_put_in *in);

/* 204 */
static inline tour_points_put_out tour_points_put_204(void)
{
    tour_points_put_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_POINTS_PUT_204;
    return out;
}

/* 422 with one error: loc is dotted, "body.items.0.name" */
static inline tour_points_put_out tour_points_put_invalid(const char *loc, const char *type, const char *msg)
{
    tour_points_put_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_POINTS_PUT_INVALID;
    out.invalid.loc = rob_str_of(loc);
    out.invalid.type = rob_str_of(type);
    out.invalid.msg = rob_str_of(msg);
    return out;
}

/* 500: why goes to the log only */
static inline tour_points_put_out tour_points_put_failed(const char *why)
{
    tour_points_put_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_POINTS_PUT_FAILED;
    out.failed = rob_str_of(why);
    return out;
}

/* POST /v1/points   tour.api:46
 *   body  body  Point  required
 * Answers: 201 Point. */
typedef struct tour_points_add_in {
    tour_point body;
} tour_points_add_in;

typedef enum tour_points_add_status {
    TOUR_POINTS_ADD_FAILED, /* 0: so an outcome that nobody set is a 500 */
    TOUR_POINTS_ADD_INVALID,
    TOUR_POINTS_ADD_CREATED /* 201 Point */
} tour_points_add_status;

typedef struct tour_points_add_out {
    tour_points_add_status status;
    union {
        tour_point point;
        rob_invalid invalid;
        rob_str failed;
    };
} tour_points_add_out;

/* You write this one. */
tour_points_add_out tour_points_add(rob_ctx *ctx, const tour_points_add_in *in);

/* 201 Point */
static inline tour_points_add_out tour_points_add_created(const tour_point *point)
{
    tour_points_add_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_POINTS_ADD_CREATED;
    out.point = *point;
    return out;
}

/* 422 with one error: loc is dotted, "body.items.0.name" */
static inline tour_points_add_out tour_points_add_invalid(const char *loc, const char *type, const char *msg)
{
    tour_points_add_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_POINTS_ADD_INVALID;
    out.invalid.loc = rob_str_of(loc);
    out.invalid.type = rob_str_of(type);
    out.invalid.msg = rob_str_of(msg);
    return out;
}

/* 500: why goes to the log only */
static inline tour_points_add_out tour_points_add_failed(const char *why)
{
    tour_points_add_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_POINTS_ADD_FAILED;
    out.failed = rob_str_of(why);
    return out;
}

/* GET /v1/folders   tour.api:47
 * Answers: 200 Folder. */
typedef struct tour_folders_in {
    char no_members; /* C structs have one at least */
} tour_folders_in;

typedef enum tour_folders_status {
    TOUR_FOLDERS_FAILED, /* 0: so an outcome that nobody set is a 500 */
    TOUR_FOLDERS_INVALID,
    TOUR_FOLDERS_OK /* 200 Folder */
} tour_folders_status;

typedef struct tour_folders_out {
    tour_folders_status status;
    union {
        tour_folder folder;
        rob_invalid invalid;
        rob_str failed;
    };
} tour_folders_out;

/* You write this one. */
tour_folders_out tour_folders(rob_ctx *ctx, const tour_folders_in *in);

/* 200 Folder */
static inline tour_folders_out tour_folders_ok(const tour_folder *folder)
{
    tour_folders_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_FOLDERS_OK;
    out.folder = *folder;
    return out;
}

/* 422 with one error: loc is dotted, "body.items.0.name" */
static inline tour_folders_out tour_folders_invalid(const char *loc, const char *type, const char *msg)
{
    tour_folders_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_FOLDERS_INVALID;
    out.invalid.loc = rob_str_of(loc);
    out.invalid.type = rob_str_of(type);
    out.invalid.msg = rob_str_of(msg);
    return out;
}

/* 500: why goes to the log only */
static inline tour_folders_out tour_folders_failed(const char *why)
{
    tour_folders_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_FOLDERS_FAILED;
    out.failed = rob_str_of(why);
    return out;
}

/* GET /v1/ping   tour.api:48
 * Answers: 200 text. */
typedef struct tour_ping_in {
    char no_members; /* C structs have one at least */
} tour_ping_in;

typedef enum tour_ping_status {
    TOUR_PING_FAILED, /* 0: so an outcome that nobody set is a 500 */
    TOUR_PING_INVALID,
    TOUR_PING_OK /* 200 text */
} tour_ping_status;

typedef struct tour_ping_out {
    tour_ping_status status;
    union {
        rob_str ok;
        rob_invalid invalid;
        rob_str failed;
    };
} tour_ping_out;

/* You write this one. */
tour_ping_out tour_ping(rob_ctx *ctx, const tour_ping_in *in);

/* 200 text */
static inline tour_ping_out tour_ping_ok(rob_str ok)
{
    tour_ping_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_PING_OK;
    out.ok = ok;
    return out;
}

/* 422 with one error: loc is dotted, "body.items.0.name" */
static inline tour_ping_out tour_ping_invalid(const char *loc, const char *type, const char *msg)
{
    tour_ping_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_PING_INVALID;
    out.invalid.loc = rob_str_of(loc);
    out.invalid.type = rob_str_of(type);
    out.invalid.msg = rob_str_of(msg);
    return out;
}

/* 500: why goes to the log only */
static inline tour_ping_out tour_ping_failed(const char *why)
{
    tour_ping_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_PING_FAILED;
    out.failed = rob_str_of(why);
    return out;
}

/* GET /v1/either   tour.api:49
 * Answers: 200 int | str | Point. */
typedef struct tour_either_in {
    char no_members; /* C structs have one at least */
} tour_either_in;

typedef enum tour_either_status {
    TOUR_EITHER_FAILED, /* 0: so an outcome that nobody set is a 500 */
    TOUR_EITHER_INVALID,
    TOUR_EITHER_OK /* 200 int | str | Point */
} tour_either_status;

typedef struct tour_either_out {
    tour_either_status status;
    union {
        tour_int_or_str_or_point ok;
        rob_invalid invalid;
        rob_str failed;
    };
} tour_either_out;

/* You write this one. */
tour_either_out tour_either(rob_ctx *ctx, const tour_either_in *in);

/* 200 int | str | Point */
static inline tour_either_out tour_either_ok(const tour_int_or_str_or_point *ok)
{
    tour_either_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_EITHER_OK;
    out.ok = *ok;
    return out;
}

/* 422 with one error: loc is dotted, "body.items.0.name" */
static inline tour_either_out tour_either_invalid(const char *loc, const char *type, const char *msg)
{
    tour_either_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_EITHER_INVALID;
    out.invalid.loc = rob_str_of(loc);
    out.invalid.type = rob_str_of(type);
    out.invalid.msg = rob_str_of(msg);
    return out;
}

/* 500: why goes to the log only */
static inline tour_either_out tour_either_failed(const char *why)
{
    tour_either_out out;
    memset(&out, 0, sizeof out);
    out.status = TOUR_EITHER_FAILED;
    out.failed = rob_str_of(why);
    return out;
}

#ifdef __cplusplus
}
#endif
#endif
