/* tour/types.h: the types of Tour 1.0.0. Written by robync from tour.api; change that instead.
 *
 * Texts, lists and pointers borrow. What a handler receives lives until its request ends; what it
 * returns must live until the reply is encoded, which happens right after it returns. `has_x` tells
 * whether `x` holds a value; where x may be absent or null, it is ROB_ABSENT, ROB_PRESENT or ROB_NULL. */
#ifndef TOUR_TYPES_H
#define TOUR_TYPES_H

#include <robync/robync.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tour_str_list tour_str_list;
typedef struct tour_float_dict tour_float_dict;
typedef struct tour_float_dict_item tour_float_dict_item;
typedef struct tour_user tour_user;
typedef struct tour_folder_list tour_folder_list;
typedef struct tour_folder tour_folder;
typedef struct tour_point tour_point;
typedef struct tour_card tour_card;
typedef struct tour_cash tour_cash;
typedef struct tour_payment tour_payment;
typedef struct tour_not_found tour_not_found;
typedef struct tour_busy tour_busy;
typedef struct tour_healthz_get_response tour_healthz_get_response;
typedef struct tour_role_list tour_role_list;
typedef struct tour_user_list tour_user_list;
typedef struct tour_point_list tour_point_list;
typedef struct tour_int_or_str_or_point tour_int_or_str_or_point;

/* enum Role   tour.api:6 */
typedef enum tour_role {
    TOUR_ROLE_ADMIN,
    TOUR_ROLE_VIEWER /* "read-only" */
} tour_role;

/* list[str](max_length=10) */
struct tour_str_list {
    rob_str *items;
    size_t count;
};

/* dict[str, float(ge=0)] */
struct tour_float_dict {
    tour_float_dict_item *items;
    size_t count;
};

/* model User   tour.api:9
 * A person who can sign in. */
struct tour_user {
    int64_t id;
    rob_str name; /* str(min_length=3, max_length=40, pattern="^[a-z0-9-]+$") */
    tour_role role;
    int64_t age; /* int(ge=0, le=150), may be absent */
    bool has_age;
    rob_str bio; /* str(max_length=500), may be null */
    bool has_bio;
    rob_str nick; /* may be absent or null */
    rob_has has_nick;
    tour_str_list tags; /* list[str](max_length=10) */
    tour_float_dict scores; /* dict[str, float(ge=0)] */
};

/* list[Folder] */
struct tour_folder_list {
    tour_folder *items;
    size_t count;
};

/* model Folder   tour.api:19 */
struct tour_folder {
    rob_str name;
    tour_folder_list inside; /* list[Folder] */
    tour_folder *above; /* may be absent */
    bool has_above;
};

/* model Point   tour.api:20 */
struct tour_point {
    int64_t x;
    double y; /* float(gt=-180, le=180) */
    bool on;
};

/* model Card   tour.api:21 */
struct tour_card {
    rob_str last4;
};

/* model Cash   tour.api:22 */
struct tour_cash {
    char no_members; /* C structs have one at least */
};

typedef enum tour_payment_tag {
    TOUR_PAYMENT_CARD, /* Card */
    TOUR_PAYMENT_CASH /* Cash */
} tour_payment_tag;

/* union Payment by kind   tour.api:23 */
struct tour_payment {
    tour_payment_tag tag; /* which member is set */
    union {
        tour_card card;
        tour_cash cash;
    };
};

/* model NotFound   tour.api:25 */
struct tour_not_found {
    rob_str detail;
};

/* model Busy   tour.api:26 */
struct tour_busy {
    rob_str detail;
};

/* { … }   tour.api:28 */
struct tour_healthz_get_response {
    rob_str status;
};

/* list[Role] */
struct tour_role_list {
    tour_role *items;
    size_t count;
};

/* list[User] */
struct tour_user_list {
    tour_user *items;
    size_t count;
};

/* list[Point] */
struct tour_point_list {
    tour_point *items;
    size_t count;
};

typedef enum tour_int_or_str_or_point_tag {
    TOUR_INT_OR_STR_OR_POINT_INT, /* int */
    TOUR_INT_OR_STR_OR_POINT_STR, /* str */
    TOUR_INT_OR_STR_OR_POINT_POINT /* Point */
} tour_int_or_str_or_point_tag;

/* int | str | Point   tour.api:49 */
struct tour_int_or_str_or_point {
    tour_int_or_str_or_point_tag tag; /* which member is set */
    union {
        int64_t as_int;
        rob_str as_str;
        tour_point as_point;
    };
};

struct tour_float_dict_item {
    rob_str key;
    double value;
};

#ifdef __cplusplus
}
#endif
#endif
