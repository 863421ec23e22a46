/* router.h: which route takes a request, as data.
 *
 * Pure functions over abstract routes: no AST, no IR, no output. The checker asks for problems, the C
 * emitter prints a plan, tests hold the plan against a naive matcher.
 *
 * Matching (language.md): a request's path is cut at its slashes into segments. Routes of the request's
 * method compete segment by segment from left to right: an equal literal beats a parameter, which beats
 * `path`; where the better choice leads nowhere, the next one is tried. Declaration order plays no part.
 *
 * Texts are percent-decoded, with a decoded slash inside a segment as a NUL byte (see rob_match). Paths
 * begin with '/'. All results live in the arena given; NULL or false means that its memory is out. Texts
 * of literals are borrowed from the routes. */
#ifndef ROUTER_H
#define ROUTER_H

#include "base/arena.h"
#include <robync/generated.h>

/* ------------------------------------------------------------------ routes */

typedef enum router_segment_kind {
    ROUTER_LITERAL, /* these bytes; none in the last segment of `/a/`, and in the only one of `/` */
    ROUTER_PARAM,   /* one byte or more, up to the next slash */
    ROUTER_REST     /* the remainder with its slashes, or nothing; last: `/a/{r: path}` takes `/a/`, not `/a` */
} router_segment_kind;

typedef struct router_segment {
    router_segment_kind kind;
    rob_str text; /* LITERAL: its bytes. Else: a value to show in examples, or empty for a made-up one */
} router_segment;

typedef struct router_route {
    rob_method method;
    const router_segment *segments;
    size_t count; /* at least 1 */
} router_route;

/* Routes go by their index in the array given. */
#define ROUTER_NONE UINT32_MAX

/* ------------------------------------------------------------------ problems */

typedef enum router_problem_kind {
    ROUTER_DUPLICATE,   /* route has the method and shape of other, which was declared before it */
    ROUTER_UNREACHABLE, /* a `path` route whose every request goes to better routes; other is one of them */
    ROUTER_DOT_SEGMENT  /* a literal `.` or `..`, which no request can have; other is ROUTER_NONE */
} router_problem_kind;

typedef struct router_problem {
    router_problem_kind kind;
    uint32_t route, other;
    rob_str example; /* a request that both routes would take: "GET /users/x", percent-encoded */
} router_problem;

typedef struct router_problems {
    const router_problem *items; /* in order of route */
    size_t count;
} router_problems;

ROB_NODISCARD bool router_check(rob_arena *arena, const router_route *routes, size_t count,
                                router_problems *out);

/* ------------------------------------------------------------------ the plan */

/* A perfect hash of whole paths: no two static routes of a method share a slot, so one exact compare
 * settles it. With `position_count` > 0 the key of a path is
 *     len (its low 8 bits) | byte(positions[0]) << 8 | byte(positions[1]) << 16 | ...
 * where byte(p) is path[p < len ? p : 0]; so no read leaves the path, and the compiler needs no branch.
 * With position_count 0 the key is router_text_key(path, multiplier). Then, in 64 bits,
 *     h = key * multiplier;  h ^= h >> 32;  h *= multiplier
 *     slot = ((h >> 24) + displacement[(h >> 44) & bucket_mask]) & slot_mask
 * where bucket_mask 0 means a single displacement, which is 0: leave it out. */
enum { ROUTER_MAX_POSITIONS = 7 };

typedef struct router_hash {
    uint64_t multiplier;
    uint16_t positions[ROUTER_MAX_POSITIONS];
    uint8_t position_count;
    uint32_t bucket_mask, slot_mask; /* a power of two less 1 */
    const uint32_t *displacement;    /* bucket_mask + 1 entries, each at most slot_mask */
    const uint32_t *slots;           /* slot_mask + 1 entries: index into statics, or ROUTER_NONE */
} router_hash;

typedef struct router_static {
    rob_str path; /* arena; "/a/b" */
    uint32_t route;
} router_static;

/* One way down: the segment must equal text. */
typedef struct router_edge {
    rob_str text;
    uint32_t node;
} router_edge;

/* A place between segments: the slash before the segment in question has been read (a root stands
 * behind the path's first slash). To go on: cut the segment at the next slash or the end of the path,
 * then try in this order, coming back to the next when one fails
 *     1. the literal equal to the segment: its node
 *     2. param, if the segment is not empty: captures[capture] = segment, then that node
 *     3. rest: captures[capture] = from here to the end of the path; the route is rest
 * where "its node" means: the node's `end` when the path ended with the segment (none: this choice
 * fails), else the node itself, from behind the slash. */
typedef struct router_node {
    const router_edge *literals; /* sorted by length, then by bytes */
    uint32_t literal_count;
    uint32_t param;   /* node, or ROUTER_NONE */
    uint32_t rest;    /* route, or ROUTER_NONE */
    uint32_t end;     /* route that is complete when the path ends before this node's slash, or ROUTER_NONE */
    uint32_t capture; /* which capture param or rest fills: the number of captures above */
} router_node;

/* Ask statics first (a static route is the best choice at each of its segments), then the trie. */
typedef struct router_method {
    const router_static *statics; /* sorted by length, then by bytes */
    uint32_t static_count;
    uint32_t shortest, longest; /* lengths of statics in bytes; other paths need no hash */
    router_hash hash;           /* meaningful when static_count > 0 */
    uint32_t root;              /* node of the dynamic routes, or ROUTER_NONE */
    uint32_t route_count;       /* of both kinds */
} router_method;

typedef struct router_plan {
    router_method methods[ROB_METHOD_COUNT];
    const router_node *nodes; /* parents before children; each has one parent */
    uint32_t node_count;
    bool table_driven; /* too many routes for nested switches (instruction cache): emit tables instead */
} router_plan;

/* Above this many routes a plan is table driven. */
enum { ROUTER_SWITCH_LIMIT = 300 };

/* Of routes of the same shape and method, which router_check reports, the first is planned. */
router_plan *router_plan_new(rob_arena *arena, const router_route *routes, size_t count);

/* ------------------------------------------------------------------ matching */

/* Walk the plan as emitted code does. The route, or ROUTER_NONE; captures of a failed match are
 * unspecified, those beyond ROB_MAX_CAPTURES are not stored. */
uint32_t router_match(const router_plan *plan, rob_method method, rob_str path, rob_match *match);

/* As rob_allowed_fn: bit 1 << rob_method for each method that has a route for this path. */
uint32_t router_allowed(const router_plan *plan, rob_str path);

/* The same answer by comparing every route with the path: slow and plain, the twin that the plan and
 * emitted routers are tested against. */
uint32_t router_match_naive(const router_route *routes, size_t count, rob_method method, rob_str path,
                            rob_match *match);

/* ------------------------------------------------------------------ hashing */

/* The key of a path from all its bytes. For each 8 bytes, little-endian, the last padded with zeros:
 *     key = (key ^ word) * multiplier;  key ^= key >> 32
 * beginning with key = len. */
uint64_t router_text_key(rob_str path, uint64_t multiplier);

/* The slot that the hash gives any path. */
uint32_t router_hash_slot(const router_hash *hash, rob_str path);

/* Search for positions, multiplier and displacements. The paths must differ and stand in the order of
 * router_method.statics. */
ROB_NODISCARD bool router_hash_build(rob_arena *arena, const router_static *statics, uint32_t count,
                                     router_hash *out);

#endif
