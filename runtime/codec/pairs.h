/* pairs.h: an array of pairs while it grows. Private to form.c, cookie.c and multipart.c. */
#ifndef ROB_CODEC_PAIRS_H
#define ROB_CODEC_PAIRS_H

#include "codec/form.h"

typedef struct rob_pair_list {
    rob_arena *arena;
    rob_pairs *out;
    size_t cap; /* items */
} rob_pair_list;

/* A pair to fill; NULL when memory is out. */
rob_pair *rob_pairs_add(rob_pair_list *list);

/* Why the whole input is refused: sets out->error, a static text. */
rob_status rob_pairs_refuse(rob_pair_list *list, const char *error);

/* A header value taken apart: `type; name=value; name="value"`. Walks; linear. */
typedef struct rob_options {
    rob_str rest;
} rob_options;

/* The part before the first `;`, without white space around it, in the case it was written. */
rob_str rob_options_start(rob_options *options, rob_str header);

/* The next parameter. The value is unquoted in the arena when it has to be. False at the end or when
 * memory is out (*status). */
bool rob_options_next(rob_options *options, rob_arena *arena, rob_str *name, rob_str *value, rob_status *status);

/* Compared without case; both ASCII. */
bool rob_same_name(rob_str a, rob_str b);

/* The urlencoded form of pairs, of queries and bodies alike: split at `&` and the first `=`, decoded. */
rob_status rob_urlencoded_split(rob_pair_list *list, rob_str text, size_t most_pairs, size_t most_bytes);

/* RFC 7578 with the boundary of the Content-Type. latin1: texts are Latin-1, not UTF-8. */
rob_status rob_multipart_split(rob_pair_list *list, rob_str boundary, rob_str body, bool latin1);

enum { ROB_PART_BYTES_MOST = 1 << 20 }; /* of one field that is no file: Starlette's max_part_size */

#endif
