/* params_source.h: the texts that a request brings outside of a JSON body: query, headers, cookies, form.
 *
 * A source is split into pairs when the first parameter asks for it. */
#ifndef ROB_CODEC_PARAMS_SOURCE_H
#define ROB_CODEC_PARAMS_SOURCE_H

#include "form.h"
#include "http/request.h"

typedef struct rob_param_source {
    uint8_t from;    /* rob_source: query, header, cookie or form */
    bool loaded;
    rob_pairs pairs; /* in order of arrival; header values still Latin-1 */
} rob_param_source;

/* The first step of loc: "path", "query", "header", "cookie", "body". */
rob_str rob_source_name(rob_source from);

/* Split what the request has. ROB_UNREADABLE: a form that cannot be read (req->refusal says why), or more
 * pairs than the gate lets through. */
ROB_NODISCARD rob_status rob_source_load(rob_request *req, rob_param_source *source);

/* Whether the pair answers to this name. Header names compare in any case, and with hyphens: of a field
 * save_data the header is save-data. */
bool rob_source_matches(const rob_param_source *source, const rob_pair *pair, rob_str name);

/* The one pair that counts when a name comes several times: the first header, the last of the others.
 * NULL without one. A form's empty value is none. */
const rob_pair *rob_source_find(const rob_param_source *source, rob_str name);

/* A pair's value as UTF-8. ptr NULL when memory is out. */
rob_str rob_source_text(const rob_param_source *source, const rob_pair *pair, rob_arena *arena);

#endif
