/* robync/fast.h: what generated fast decoders are made of; for generated code, and nothing else.
 *
 * A fast decoder reads a JSON body in one pass, checks it on the way, and answers *done* or *not sure*. It
 * knows the common case: the declared JSON types, members that the model declares, strings without
 * escapes. Whatever else there is, valid or not, it leaves to rob_decode_params, which reads the same
 * bytes again with lax coercion and all errors. So a fast decoder may give up anywhere, for any reason,
 * but where it says done the other one accepts with the same value.
 *
 * All functions here are false for *not sure*; then nothing that they wrote is to be read. None of them
 * reads at or beyond `end`. Values may have white space before them. */
#ifndef ROBYNC_FAST_H
#define ROBYNC_FAST_H

#include <robync/generated.h>

/* A body that is being read. */
typedef struct rob_fast {
    const char *at, *end; /* what is left; strings borrow from it */
    struct rob_arena *arena;
} rob_fast;

/* ------------------------------------------------------------------ one request */

/* Reads the body into its member of the zeroed `in`. */
typedef bool rob_fast_fn(rob_fast *f, void *in);

/* What a generated rob_decode_fn does: `read` for the body when it is JSON, the tables for other
 * parameters; on *not sure* rob_decode_params for everything, with `in` and the arena as they were. */
rob_status rob_fast_decode(rob_request *req, void *in, rob_fast_fn *read);

/* ------------------------------------------------------------------ values */

/* A JSON integer of 64 bits, without fraction and exponent. */
bool rob_fast_int(rob_fast *f, int64_t *out);

/* Any finite JSON number, correctly rounded. */
bool rob_fast_float(rob_fast *f, double *out);

bool rob_fast_bool(rob_fast *f, bool *out);

/* Past a `null`. False when there is something else, which then is still to be read. */
bool rob_fast_null(rob_fast *f);

/* A string without escapes, in place. */
bool rob_fast_str(rob_fast *f, rob_str *out);

/* The same of `least` to `most` code points. */
bool rob_fast_text(rob_fast *f, uint32_t least, uint32_t most, rob_str *out);

/* Whether a text fits the pattern of its type, a str. */
bool rob_fast_matches(const rob_type *type, rob_str text);

/* One of an enum's texts, into a C enum. */
bool rob_fast_enum(rob_fast *f, const rob_type *type, void *out);

/* ROB_KIND_BYTES to ROB_KIND_URI with their constraints: written as a string, decimals also as a number. */
bool rob_fast_scalar(rob_fast *f, const rob_type *type, void *out);

/* ------------------------------------------------------------------ lists */

/* Past `[` or `{`, and `]`. */
bool rob_fast_open(rob_fast *f, char bracket);
bool rob_fast_close(rob_fast *f, char bracket);

/* Whether one more item follows; past the comma before it. */
bool rob_fast_item(rob_fast *f, bool first);

/* Whether all items of a list differ, as its type wants it. */
bool rob_fast_unique(rob_fast *f, const rob_type *type, const void *items, size_t count);

/* Room for more than *room items of `size` bytes, zeroed; the first *room move along. NULL: not sure. */
void *rob_fast_grow(rob_fast *f, void *items, size_t *room, size_t size);

/* ------------------------------------------------------------------ models
 *
 * A model's reader is a switch over its members in declaration order. Each case compares the text up to
 * the next value (`,"name":`) with what follows, and falls into the next case when that is so; else the
 * member's name is looked up, and the switch begins there. */

enum {
    ROB_FAST_END = 64, /* a member's number: past the last one; a model has 64 members at most */
    ROB_FAST_NOT_SURE
};

/* Past this text, when it comes next. */
#define ROB_FAST_IS(f, literal) rob_fast_is((f), (literal), sizeof(literal) - 1)

static inline bool rob_fast_is(rob_fast *f, const char *text, size_t len)
{
    if ((size_t)(f->end - f->at) < len || memcmp(f->at, text, len) != 0) return false;
    f->at += len;
    return true;
}

/* Mark a member as seen. True when it was before: a duplicate key. */
static inline bool rob_fast_again(uint64_t *seen, unsigned member)
{
    uint64_t bit = UINT64_C(1) << member;
    bool again = *seen & bit;
    *seen |= bit;
    return again;
}

/* The next member's name, with comma and colon around it; ptr NULL at the object's end. ASCII only. */
bool rob_fast_name(rob_fast *f, bool first, rob_str *name);

/* A member of any type through its table, has_ member included. value: the model's struct. */
bool rob_fast_field(rob_fast *f, const rob_type *model, unsigned member, void *value);

/* What members hold that did not come: defaults, or nothing. Not sure when one is required. */
bool rob_fast_absent(rob_fast *f, const rob_type *model, uint64_t seen, void *value);

#endif
