/* decode.h: the table-driven decoder: JSON and parameter texts into C structs, with every error.
 *
 * Walks the tape of json_reader.h beside a rob_type of generated.h. What it accepts, refuses and says is
 * what Pydantic's lax mode (or, for types with ROB_STRICT, its strict one) would, by wire.md. Output is
 * a zeroed C value; strings borrow from the text or the arena. Recursion is as deep as the document. */
#ifndef ROB_CODEC_DECODE_H
#define ROB_CODEC_DECODE_H

#include <robync/generated.h>

#include "errors.h"
#include "json_reader.h"
#include "scalars.h"

/* One document being decoded. */
typedef struct rob_decoder {
    const rob_json_doc *doc;
    rob_arena *arena;
    rob_errors *errors;    /* NULL: only find out whether the value fits, and stop at the first error */
    bool params;           /* the texts are parameters: they are parsed even where a type is strict */
    bool headers;          /* the document stands for headers: a model's top-level names have hyphens in loc */
    rob_status status;     /* ROB_OK, or what ended everything: ROB_NO_MEMORY, ROB_BAD_SYNTAX */
    rob_json_stop stop;    /* with ROB_BAD_SYNTAX: a model's key that the document has twice */
} rob_decoder;

/* Decode the value at doc->nodes[node] into *out, type->size zeroed bytes. False when it does not fit
 * (the errors are listed) or d->status is set. After a false, *out is not to be read. */
bool rob_decode_value(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out);

/* The status of a finished decode. Turns a duplicate key into the one json_invalid error. */
ROB_NODISCARD rob_status rob_decode_finish(rob_decoder *d, rob_str text, bool fits);

/* Decode one JSON text on its own, as the member of no request: `loc` begins at the value. For the
 * checker (defaults, examples) and tests. ROB_OK, ROB_INVALID or ROB_BAD_SYNTAX with errors filled,
 * ROB_UNREADABLE, ROB_NO_MEMORY. */
ROB_NODISCARD rob_status rob_decode_text(rob_arena *arena, const rob_type *type, rob_str json, void *out,
                                         rob_errors *errors);

/* ------------------------------------------------------------------ among the decoder's files */

/* Record that the value at `node` is wrong in this way. Returns false. */
bool rob_decode_fail(rob_decoder *d, uint32_t node, const rob_loc *loc, const rob_scalar_error *what);

/* The same for a status that ends everything. */
bool rob_decode_abort(rob_decoder *d, rob_status status);

/* Whether to stop before the next item or field: something failed, and no more errors are wanted. */
static inline bool rob_decode_stopped(const rob_decoder *d)
{
    return d->status != ROB_OK || !d->errors || d->errors->full;
}

/* End with ROB_BAD_SYNTAX: the member whose name is at `name` came before. Returns false. */
bool rob_decode_duplicate(rob_decoder *d, uint32_t name);

/* decode_scalar.c: ROB_KIND_INT to ROB_KIND_URI, and enums. */
bool rob_decode_scalar(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out);
bool rob_decode_enum(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out);

/* decode_model.c. tag: the name of a member that belongs to the union around the model; else empty. */
bool rob_decode_model(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, rob_str tag,
                      void *out);

/* "Input should be a valid dictionary or object …" */
extern const rob_scalar_error rob_not_an_object;

/* Set what an absent field holds; false when it is required. base: the struct. */
bool rob_decode_absent(rob_decoder *d, const rob_field *field, char *base);

/* Decode a present field into its struct, has_ member included. */
bool rob_decode_field(rob_decoder *d, const rob_field *field, uint32_t node, const rob_loc *loc, char *base);

/* params.c: everything in endpoint->params but the body, which was decoded already and without errors. */
ROB_NODISCARD rob_status rob_decode_beside_body(rob_request *req, void *in);

/* decode_list.c */
bool rob_decode_list(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out);
bool rob_decode_dict(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out);

/* union.c */
bool rob_decode_union(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out);
bool rob_decode_tagged(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out);

#endif
