/* params_body.h: a request's body as the document that its parameters are decoded from. */
#ifndef ROB_CODEC_PARAMS_BODY_H
#define ROB_CODEC_PARAMS_BODY_H

#include "http/request.h"
#include "json_reader.h"

typedef struct rob_body_doc {
    rob_json_doc doc;
    rob_str text;  /* what doc points into */
    bool present;  /* false: the body is empty */
    bool is_json;  /* false: the document is one string, the body as it came */
} rob_body_doc;

/* Read the body as FastAPI does: JSON when Content-Type says application/json or application/…+json,
 * else a string. On ROB_BAD_SYNTAX req->errors holds the one error. */
ROB_NODISCARD rob_status rob_body_read(rob_request *req, rob_body_doc *out);

/* Whether the request's first Content-Type means JSON. */
bool rob_body_is_json(const rob_request *req);

/* Whether a Content-Type means JSON, as Python's email.message.Message reads it. */
bool rob_is_json_type(rob_str content_type);

#endif
