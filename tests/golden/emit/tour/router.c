/* tour/router.c: which route of Tour 1.0.0 takes a request. Written by robync from tour.api.
 *
 * First the method, then whole paths by a perfect hash, then segment by segment: an equal literal beats a
 * parameter, a parameter beats the remainder of the path, and where one choice leads nowhere the next is
 * tried. */
#include "tables.h"

typedef struct static_route {
    rob_str path; /* empty: no route has this slot */
    const rob_endpoint *endpoint;
} static_route;

/* A byte of the path, or its slash when it is too short. */
static inline uint64_t byte(rob_str path, size_t at)
{
    return (uint8_t)path.ptr[at < path.len ? at : 0];
}

/* The slash that ends the segment, or the end of the path. */
static inline const char *segment_end(const char *at, const char *end)
{
    const char *slash = memchr(at, '/', (size_t)(end - at));
    return slash ? slash : end;
}

/* POST /v1/users/{}/ */
static const rob_endpoint *post_v1_users_next_2(const char *at, const char *end, rob_match *match)
{
    const char *slash = segment_end(at, end);
    size_t len = (size_t)(slash - at);
    (void)match;

    if (len == 3 && memcmp(at, "pay", 3) == 0) {
        if (slash == end) return &tour_pay_endpoint;
    }
    return NULL;
}

/* POST /v1/users/ */
static const rob_endpoint *post_v1_users_next(const char *at, const char *end, rob_match *match)
{
    const char *slash = segment_end(at, end);
    size_t len = (size_t)(slash - at);
    const rob_endpoint *found;

    if (len > 0) {
        match->captures[0] = (rob_str){ at, len };
        if (slash < end && (found = post_v1_users_next_2(slash + 1, end, match))) return found;
    }
    return NULL;
}

/* GET /v1/users/ */
static const rob_endpoint *get_v1_users_next(const char *at, const char *end, rob_match *match)
{
    const char *slash = segment_end(at, end);
    size_t len = (size_t)(slash - at);

    if (len > 0) {
        match->captures[0] = (rob_str){ at, len };
        if (slash == end) return &tour_users_get_endpoint;
    }
    return NULL;
}

/* GET /v1/ */
static const rob_endpoint *get_v1_next(const char *at, const char *end, rob_match *match)
{
    if (end - at < 6 || memcmp(at, "users/", 6) != 0) return NULL;
    return get_v1_users_next(at + 6, end, match);
}

/* GET /old/ */
static const rob_endpoint *get_old_next(const char *at, const char *end, rob_match *match)
{
    match->captures[0] = (rob_str){ at, (size_t)(end - at) };
    return &tour_old_rest_get_endpoint;
}

/* POST / */
static const rob_endpoint *post_next(const char *at, const char *end, rob_match *match)
{
    if (end - at < 9 || memcmp(at, "v1/users/", 9) != 0) return NULL;
    return post_v1_users_next(at + 9, end, match);
}

/* GET / */
static const rob_endpoint *get_next(const char *at, const char *end, rob_match *match)
{
    const char *slash = segment_end(at, end);
    size_t len = (size_t)(slash - at);
    const rob_endpoint *found;

    switch (len) {
    case 2:
        if (memcmp(at, "v1", 2) == 0) {
            if (slash < end && (found = get_v1_next(slash + 1, end, match))) return found;
        }
        break;
    case 3:
        if (memcmp(at, "old", 3) == 0) {
            if (slash < end && (found = get_old_next(slash + 1, end, match))) return found;
        }
        break;
    }
    return NULL;
}

static const rob_endpoint *get_static(rob_str path)
{
    static const static_route slots[8] = {
        [0] = { ROB_STR_INIT("/v1/points"), &tour_points_endpoint },
        [1] = { ROB_STR_INIT("/healthz"), &tour_healthz_get_endpoint },
        [2] = { ROB_STR_INIT("/v1/folders"), &tour_folders_endpoint },
        [3] = { ROB_STR_INIT("/v1/ping"), &tour_ping_endpoint },
        [4] = { ROB_STR_INIT("/v1/users/me"), &tour_users_me_endpoint },
        [5] = { ROB_STR_INIT("/v1/either"), &tour_either_endpoint },
        [7] = { ROB_STR_INIT("/v1/users"), &tour_users_list_endpoint },
    };

    if (path.len < 8 || path.len > 12) return NULL;
    uint64_t hash = (path.len & 0xff) | byte(path, 4) << 8;
    hash *= UINT64_C(0x5582d37111ac529);
    hash ^= hash >> 32;
    hash *= UINT64_C(0x5582d37111ac529);
    const static_route *only = &slots[(hash >> 24) & 7];
    return rob_str_eq(only->path, path) ? only->endpoint : NULL;
}

static const rob_endpoint *post_static(rob_str path)
{
    if (path.len == 10 && memcmp(path.ptr, "/v1/points", 10) == 0) return &tour_points_add_endpoint;
    return NULL;
}

static const rob_endpoint *put_static(rob_str path)
{
    if (path.len == 10 && memcmp(path.ptr, "/v1/points", 10) == 0) return &tour_points_put_endpoint;
    return NULL;
}

const rob_endpoint *tour_route_request(rob_method method, rob_str path, rob_match *match)
{
    switch (method) {
    case ROB_GET: {
        const rob_endpoint *found = get_static(path);
        return found ? found : get_next(path.ptr + 1, path.ptr + path.len, match);
    }
    case ROB_POST: {
        const rob_endpoint *found = post_static(path);
        return found ? found : post_next(path.ptr + 1, path.ptr + path.len, match);
    }
    case ROB_PUT: return put_static(path);
    case ROB_PATCH: break;
    case ROB_DELETE: break;
    case ROB_HEAD: break;
    case ROB_OPTIONS: break;
    case ROB_METHOD_COUNT: break;
    }
    return NULL;
}

uint32_t tour_allowed_methods(rob_str path)
{
    rob_match match;
    uint32_t methods = 0;

    for (int method = 0; method < ROB_METHOD_COUNT; method++) {
        if (tour_route_request((rob_method)method, path, &match)) methods |= UINT32_C(1) << method;
    }
    return methods;
}
