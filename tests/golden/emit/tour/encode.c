/* tour/encode.c: answers of Tour 1.0.0 as JSON. Written by robync from tour.api.
 *
 * Each function writes one value of its type. A value that its type forbids makes the writer fail, which
 * answers 500 and names the member in the log. */
#include "tables.h"

/* Text for which there is room already. */
#define PUT(w, literal) (memcpy((w)->ptr + (w)->len, (literal), sizeof(literal) - 1), (w)->len += sizeof(literal) - 1)

/* Say which member a failure came from, unless a member inside of it has. */
static void in_member(rob_writer *w, const char *name)
{
    if (w->status != ROB_OK && w->where.len == 0) w->where = rob_str_of(name);
}

static rob_encode_fn tour_role_encode;
static rob_encode_fn tour_str_list_encode;
static rob_encode_fn tour_float_dict_encode;

/* Role */
static void tour_role_encode(rob_writer *w, const void *value)
{
    switch (*(const tour_role *)value) {
    case TOUR_ROLE_ADMIN: ROB_WRITE(w, "\"admin\""); return;
    case TOUR_ROLE_VIEWER: ROB_WRITE(w, "\"read-only\""); return;
    }
    rob_writer_fail(w, ROB_UNENCODABLE, ROB_STR(""), "not Role");
}

/* list[str](max_length=10) */
static void tour_str_list_encode(rob_writer *w, const void *value)
{
    const tour_str_list *v = value;

    if (v->count > 10) {
        rob_writer_fail(w, ROB_UNENCODABLE, ROB_STR(""), "not list[str](max_length=10)");
        return;
    }
    ROB_WRITE(w, "[");
    for (size_t i = 0; i < v->count; i++) {
        if (i > 0) ROB_WRITE(w, ",");
        rob_write_str(w, v->items[i]);
    }
    ROB_WRITE(w, "]");
}

/* dict[str, float(ge=0)] */
static void tour_float_dict_encode(rob_writer *w, const void *value)
{
    const tour_float_dict *v = value;

    ROB_WRITE(w, "{");
    for (size_t i = 0; i < v->count; i++) {
        if (i > 0) ROB_WRITE(w, ",");
        rob_write_str(w, v->items[i].key);
        ROB_WRITE(w, ":");
        if (!(v->items[i].value >= 0.0)) {
            rob_writer_fail(w, ROB_UNENCODABLE, ROB_STR(""), "not float(ge=0)");
            return;
        }
        rob_write_float(w, v->items[i].value);
    }
    ROB_WRITE(w, "}");
}

/* User */
void tour_user_encode(rob_writer *w, const void *value)
{
    const tour_user *v = value;

    ROB_WRITE(w, "{\"id\":");
    rob_write_int(w, v->id);
    ROB_WRITE(w, ",\"name\":");
    rob_write_value(w, &tour_str_type, &v->name);
    in_member(w, "name");
    ROB_WRITE(w, ",\"role\":");
    tour_role_encode(w, &v->role);
    in_member(w, "role");
    if (v->has_age) {
        ROB_WRITE(w, ",\"age\":");
        if (v->age < 0 || v->age > 150) {
            rob_writer_fail(w, ROB_UNENCODABLE, ROB_STR("age"), "not int(ge=0, le=150)");
            return;
        }
        rob_write_int(w, v->age);
    }
    ROB_WRITE(w, ",\"bio\":");
    if (v->has_bio) {
        rob_write_value(w, &tour_str_2_type, &v->bio);
        in_member(w, "bio");
    } else {
        rob_write_null(w);
    }
    if (v->has_nick != ROB_ABSENT) {
        ROB_WRITE(w, ",\"nick\":");
        if (v->has_nick == ROB_PRESENT) {
            rob_write_str(w, v->nick);
            in_member(w, "nick");
        } else {
            rob_write_null(w);
        }
    }
    ROB_WRITE(w, ",\"tags\":");
    tour_str_list_encode(w, &v->tags);
    in_member(w, "tags");
    ROB_WRITE(w, ",\"scores\":");
    tour_float_dict_encode(w, &v->scores);
    in_member(w, "scores");
    ROB_WRITE(w, "}");
}

/* Folder */
void tour_folder_encode(rob_writer *w, const void *value)
{
    const tour_folder *v = value;

    rob_write_value(w, &tour_folder_type, v);
}

/* Point */
void tour_point_encode(rob_writer *w, const void *value)
{
    const tour_point *v = value;

    if (!rob_writer_reserve(w, 67)) return; /* the longest it can be */
    PUT(w, "{\"x\":");
    rob_write_int(w, v->x);
    PUT(w, ",\"y\":");
    if (!(v->y > -180.0) || !(v->y <= 180.0)) {
        rob_writer_fail(w, ROB_UNENCODABLE, ROB_STR("y"), "not float(gt=-180, le=180)");
        return;
    }
    rob_write_float(w, v->y);
    in_member(w, "y");
    PUT(w, ",\"on\":");
    rob_write_bool(w, v->on);
    PUT(w, "}");
}

/* Payment */
void tour_payment_encode(rob_writer *w, const void *value)
{
    const tour_payment *v = value;

    switch (v->tag) {
    case TOUR_PAYMENT_CARD: {
        const tour_card *arm = &v->card;

        ROB_WRITE(w, "{\"kind\":\"card\",\"last4\":");
        rob_write_str(w, arm->last4);
        in_member(w, "last4");
        ROB_WRITE(w, "}");
        return;
    }
    case TOUR_PAYMENT_CASH:
        ROB_WRITE(w, "{\"kind\":\"cash\"}");
        return;
    }
    rob_writer_fail(w, ROB_UNENCODABLE, ROB_STR(""), "not Payment");
}

/* NotFound */
void tour_not_found_encode(rob_writer *w, const void *value)
{
    const tour_not_found *v = value;

    ROB_WRITE(w, "{\"detail\":");
    rob_write_str(w, v->detail);
    in_member(w, "detail");
    ROB_WRITE(w, "}");
}

/* Busy */
void tour_busy_encode(rob_writer *w, const void *value)
{
    const tour_busy *v = value;

    ROB_WRITE(w, "{\"detail\":");
    rob_write_str(w, v->detail);
    in_member(w, "detail");
    ROB_WRITE(w, "}");
}

/* list[User] */
void tour_user_list_encode(rob_writer *w, const void *value)
{
    const tour_user_list *v = value;

    ROB_WRITE(w, "[");
    for (size_t i = 0; i < v->count; i++) {
        if (i > 0) ROB_WRITE(w, ",");
        tour_user_encode(w, &v->items[i]);
    }
    ROB_WRITE(w, "]");
}

/* list[Point] */
void tour_point_list_encode(rob_writer *w, const void *value)
{
    const tour_point_list *v = value;

    ROB_WRITE(w, "[");
    for (size_t i = 0; i < v->count; i++) {
        if (i > 0) ROB_WRITE(w, ",");
        tour_point_encode(w, &v->items[i]);
    }
    ROB_WRITE(w, "]");
}

/* int | str | Point */
void tour_int_or_str_or_point_encode(rob_writer *w, const void *value)
{
    const tour_int_or_str_or_point *v = value;

    switch (v->tag) {
    case TOUR_INT_OR_STR_OR_POINT_INT:
        rob_write_int(w, v->as_int);
        return;
    case TOUR_INT_OR_STR_OR_POINT_STR:
        rob_write_str(w, v->as_str);
        return;
    case TOUR_INT_OR_STR_OR_POINT_POINT:
        tour_point_encode(w, &v->as_point);
        return;
    }
    rob_writer_fail(w, ROB_UNENCODABLE, ROB_STR(""), "not int | str | Point");
}
