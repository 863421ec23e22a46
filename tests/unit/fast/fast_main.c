/* fast_main: emitted fast decoders accept what the table-driven one accepts, with the same value.
 *
 *   fast_test ROUNDS [SEED]
 *
 * Documents of three kinds are made up for each route of fast.api: strict ones in the declared order, which
 * the fast decoder must not hand on; the same shuffled and with white space; and wild ones with odd values,
 * missing, unknown and repeated members, and changed bytes. Compiled together with emitted code by
 * fast_test.py; rob_decode_params is wrapped by the linker, which shows when a decoder is not sure. */
#include "fast/tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "documents.h"
#include "http/request.h"
#include "same.h"

/* ------------------------------------------------------------------ instead of the server */

void rob_reply_empty(rob_reply *reply, unsigned status) { (void)reply, (void)status; }
void rob_reply_invalid(rob_reply *reply, const rob_invalid *invalid) { (void)reply, (void)invalid; }
void rob_reply_failed(rob_reply *reply, rob_str why) { (void)reply, (void)why; }

#define HANDLER(name)                                                                    \
    fast_post_##name##_out fast_post_##name(rob_ctx *ctx, const fast_post_##name##_in *in) \
    {                                                                                    \
        (void)ctx, (void)in;                                                             \
        return fast_post_##name##_204();                                                 \
    }
HANDLER(numbers)
HANDLER(texts)
HANDLER(formats)
HANDLER(missing)
HANDLER(lists)
HANDLER(all)
HANDLER(names)
HANDLER(closed)
HANDLER(open)
HANDLER(strict)
HANDLER(list)
HANDLER(optional)
HANDLER(beside)
HANDLER(tables)
HANDLER(table_list)

static bool not_sure;
rob_status __real_rob_decode_params(rob_request *req, void *in);
rob_status __wrap_rob_decode_params(rob_request *req, void *in);

rob_status __wrap_rob_decode_params(rob_request *req, void *in)
{
    not_sure = true;
    return __real_rob_decode_params(req, in);
}

/* ------------------------------------------------------------------ one document, twice */

typedef struct outcome {
    rob_arena arena;
    rob_request req;
    rob_status status;
    void *in;
} outcome;

static void decode(rob_decode_fn *how, const rob_request *asked, size_t memory, outcome *out)
{
    out->req = *asked;
    out->req.arena = &out->arena;
    rob_arena_init(&out->arena, memory);
    out->in = rob_arena_alloc(&out->arena, asked->endpoint->in_size);
    out->status = how(&out->req, out->in);
}

static const char *difference(const rob_params *params, const outcome *fast, const outcome *full)
{
    if (fast->status != full->status) return "status";
    if (fast->status != ROB_OK) return same_errors(&fast->req.errors, &full->req.errors) ? NULL : "errors";
    for (uint16_t i = 0; i < params->count; i++) {
        if (!same_field(&params->items[i].field, fast->in, full->in)) return "value";
    }
    return NULL;
}

/* Whether both decoders agree. tight: the fast one has no more memory than the other took, and may be not
 * sure for that. The body is copied, so that its end is the end of its memory. beside: which other parameters
 * come with it, of the route that has some. */
static bool agree(const rob_endpoint *endpoint, rob_str text, const rob_header_line *type, bool tight, unsigned beside)
{
    static const char *const ids[] = {"1", "2", "33", "0", "x"};
    static const char *const queries[] = {"q=1", "q=-5", "a=b&q=9", "q=10", ""};
    outcome fast, full;
    char *body = malloc(text.len ? text.len : 1);
    if (!body) abort();
    memcpy(body, text.ptr, text.len);
    text.ptr = body;
    rob_request asked = {.endpoint = endpoint, .body = text, .headers = type, .header_count = type ? 1 : 0};
    asked.match.captures[0] = rob_str_of(ids[beside % 5]);
    asked.query = rob_str_of(queries[beside / 5 % 5]);
    decode(__real_rob_decode_params, &asked, 1 << 26, &full);
    not_sure = false;
    decode(endpoint->decode, &asked, tight ? full.arena.used : 1 << 26, &fast);
    const char *what = difference(endpoint->params, &fast, &full);
    if (what) fprintf(stderr, "%s: other %s%s\n  %.*s\n", endpoint->name, what, not_sure ? " (not sure)" : "",
                      ROB_STR_ARG(text));
    rob_arena_free(&fast.arena);
    rob_arena_free(&full.arena);
    free(body);
    return !what;
}

#ifdef FUZZ
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const rob_header_line json = {ROB_STR_INIT("Content-Type"), ROB_STR_INIT("application/json")};
    if (size == 0) return 0;
    rob_str text = {(const char *)data + 1, size - 1};
    if (!agree(fast_all_endpoints[data[0] % ENDPOINTS], text, &json, true, data[0] / ENDPOINTS)) abort();
    return 0;
}
#else

/* ------------------------------------------------------------------ all of them */

static unsigned long differ, strict_count, strict_unsure, loose_count, loose_unsure, wild_count, wild_sure;

static const rob_type *body_type(const rob_endpoint *endpoint)
{
    return endpoint->params->items[endpoint->params->count - 1].field.type;
}

static void try_strict(const rob_endpoint *endpoint, const rob_header_line *json)
{
    rob_str text = document_strict(body_type(endpoint));
    differ += !agree(endpoint, text, json, false, document_random(3));
    strict_count++;
    strict_unsure += not_sure;
    if (not_sure) fprintf(stderr, "%s: not sure of\n  %.*s\n", endpoint->name, ROB_STR_ARG(text));
}

static void try_loose(const rob_endpoint *endpoint, const rob_header_line *json)
{
    differ += !agree(endpoint, document_loose(body_type(endpoint)), json, false, 0);
    loose_count++;
    loose_unsure += not_sure;
}

static void try_wild(const rob_endpoint *endpoint)
{
    static const rob_header_line types[] = {
        {ROB_STR_INIT("content-TYPE"), ROB_STR_INIT("application/json")},
        {ROB_STR_INIT("Content-Type"), ROB_STR_INIT("Application/Problem+JSON; charset=utf-8")},
        {ROB_STR_INIT("Content-Type"), ROB_STR_INIT("text/plain")},
        {ROB_STR_INIT("Content-Types"), ROB_STR_INIT("application/json")},
    };
    unsigned which = document_random(20);
    const rob_header_line *type = which == 4 ? NULL : &types[which < 4 ? which : 0];
    differ += !agree(endpoint, document_wild(body_type(endpoint)), type, document_random(2), document_random(25));
    wild_count++;
    wild_sure += !not_sure;
}

int main(int argc, char **argv)
{
    static const rob_header_line json = {ROB_STR_INIT("Content-Type"), ROB_STR_INIT("application/json")};
    unsigned long rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 100;
    document_seed(argc > 2 ? strtoull(argv[2], NULL, 10) : 1);
    for (unsigned long i = 0; i < rounds && differ < 20; i++) {
        const rob_endpoint *endpoint = fast_all_endpoints[i % ENDPOINTS];
        if (endpoint->decode == __wrap_rob_decode_params) return 2;
        try_strict(endpoint, &json);
        try_loose(endpoint, &json);
        try_wild(endpoint);
    }
    printf("strict: %lu, not sure of %lu; loose: %lu, not sure of %lu; wild: %lu, sure of %lu; %lu differ\n",
           strict_count, strict_unsure, loose_count, loose_unsure, wild_count, wild_sure, differ);
    bool enough = strict_unsure == 0 && loose_unsure * 5 < loose_count && wild_sure * 20 > wild_count;
    return differ || !enough;
}
#endif
