/* tour/fast.c: JSON bodies of Tour 1.0.0, read in one pass. Written by robync from tour.api.
 *
 * Each function reads one value of its type and checks it. False means: not sure; then the tables of
 * decode.c decide, and find all errors. Members are expected in the order of their declaration, and
 * looked up by name when they come in another one. */
#include <robync/fast.h>

#include "tables.h"

/* Point */
static unsigned tour_point_read_member(rob_fast *f, bool first)
{
    rob_str name;

    if (!rob_fast_name(f, first, &name)) return ROB_FAST_NOT_SURE;
    if (!name.ptr) return ROB_FAST_END;
    switch (name.len) {
    case 1:
        if (memcmp(name.ptr, "x", 1) == 0) return 0;
        if (memcmp(name.ptr, "y", 1) == 0) return 1;
        break;
    case 2:
        if (memcmp(name.ptr, "on", 2) == 0) return 2;
        break;
    }
    return ROB_FAST_NOT_SURE;
}

static bool tour_point_read(rob_fast *f, tour_point *v)
{
    uint64_t seen = 0;
    unsigned member;

    if (!rob_fast_open(f, '{')) return false;
    member = ROB_FAST_IS(f, "\"x\":") ? 0 : tour_point_read_member(f, true);
    for (;; member = tour_point_read_member(f, false)) {
        switch (member) {
        case 0: /* x: int */
            if (rob_fast_again(&seen, 0)) return false;
            if (!rob_fast_int(f, &v->x)) return false;
            if (!ROB_FAST_IS(f, ",\"y\":")) break;
            /* fall through */
        case 1: /* y: float(gt=-180, le=180) */
            if (rob_fast_again(&seen, 1)) return false;
            if (!rob_fast_float(f, &v->y) || v->y <= -180.0 || v->y > 180.0) return false;
            if (!ROB_FAST_IS(f, ",\"on\":")) break;
            /* fall through */
        case 2: /* on: bool */
            if (rob_fast_again(&seen, 2)) return false;
            if (!rob_fast_bool(f, &v->on)) return false;
            break;
        case ROB_FAST_END: return seen == UINT64_C(0x7) || rob_fast_absent(f, &tour_point_type, seen, v);
        default: return false;
        }
    }
}

/* list[Point](max_length=100) */
static bool tour_point_list_2_read(rob_fast *f, tour_point_list *v)
{
    size_t room = 0;

    if (!rob_fast_open(f, '[')) return false;
    while (rob_fast_item(f, v->count == 0)) {
        if (v->count == room && !(v->items = rob_fast_grow(f, v->items, &room, sizeof *v->items))) return false;
        if (!tour_point_read(f, &v->items[v->count])) return false;
        v->count++;
    }
    return rob_fast_close(f, ']') && v->count <= 100;
}

/* PUT /v1/points */
static bool tour_points_put_decode_read(rob_fast *f, void *in)
{
    tour_points_put_in *v = in;

    if (!tour_point_list_2_read(f, &v->body)) return false;
    return true;
}

rob_status tour_points_put_decode(rob_request *req, void *in)
{
    return rob_fast_decode(req, in, tour_points_put_decode_read);
}

/* POST /v1/points */
static bool tour_points_add_decode_read(rob_fast *f, void *in)
{
    tour_points_add_in *v = in;

    if (!tour_point_read(f, &v->body)) return false;
    return true;
}

rob_status tour_points_add_decode(rob_request *req, void *in)
{
    return rob_fast_decode(req, in, tour_points_add_decode_read);
}
