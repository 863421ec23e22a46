/* check_route.h: between the files that check routes. */
#ifndef ROBYNC_CHECK_ROUTE_H
#define ROBYNC_CHECK_ROUTE_H

#include "checker.h"

/* A `{name}` of the whole path, group prefixes included. */
typedef struct capture {
    const ast_segment *written;
    uint8_t index;
} capture;

/* One route on its way through the files. */
typedef struct route_check {
    checker *c;
    const ast_decl *decl;
    const ast_route *ast;
    ir_route *ir;
    context at;       /* place: "UsersGet" */
    attributes said;
    capture captures[ROB_MAX_CAPTURES];
    uint32_t capture_count;
    map members;      /* of the `in` struct */
    bool bad_target;  /* a redirect's holes are not to be trusted */
} route_check;

void check_path(route_check *r, const group *in);
void check_params(route_check *r);
void check_outcomes(route_check *r);
/* Once names and outcomes are known. */
void check_impls(route_check *r);
/* After layout. */
void check_const(checker *c, const ast_route *ast, ir_route *route);

/* Whether a segment takes the remainder: `{rest: path}`, or `{rest}` with a parameter `rest: path`. */
bool takes_rest(const route_check *r, const ast_segment *s);
bool is_path_type(const ast_type *t);
const ast_field *param_named(const ast_route *ast, rob_str name);
const capture *find_capture(const route_check *r, rob_str name);
/* What may name a header or a cookie: a token (RFC 9110, 5.6.2; RFC 6265, 4.1.1). */
bool is_field_name(rob_str name);

/* RFC 9110, 8.3.1: type "/" subtype, then perhaps parameters. */
bool is_media_type(rob_str text);
bool method_of(rob_str name, rob_method *out);

#endif
