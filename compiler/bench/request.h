/* request.h: whole requests for a route, as bytes, made of example values. */
#ifndef ROBYNC_BENCH_REQUEST_H
#define ROBYNC_BENCH_REQUEST_H

#include "ir.h"

/* `--value NAME=A,B,C`: values for the parameters of that name, in place of the spec's. */
typedef struct bench_value {
    rob_str name;
    rob_str *texts;
    uint32_t count;
    bool used; /* out: some route has such a parameter */
} bench_value;

typedef struct bench_values {
    bench_value *items;
    uint32_t count;
} bench_values;

typedef struct bench_request {
    rob_str target; /* "/items/7?limit=5" */
    rob_str body;   /* empty: none */
    rob_str bytes;  /* all of it, as it goes over the wire */
    bool to_head;   /* its answer has no body */
} bench_request;

/* How many requests a route asks for: one for each value of the parameter that has the most. */
uint32_t bench_request_count(const ir_route *route, const bench_values *values);

/* The index-th of them. False with *why, a sentence's end, when no value is known for a parameter. */
bool bench_request_make(rob_arena *arena, const ir_route *route, const bench_values *values, uint32_t index,
                        bench_request *out, rob_str *why);

#endif
