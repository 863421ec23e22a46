/* url.h: absolute URLs as Pydantic's HttpUrl and AnyUrl take and normalise them: the WHATWG URL
 * Standard's basic parser without a base, and the error texts of the Rust crate `url`. */
#ifndef ROB_CODEC_URL_H
#define ROB_CODEC_URL_H

#include "codec/scalars.h"

enum { ROB_HTTP_URL_MAX = 2083 }; /* bytes of the input: HttpUrl's max_length */

/* HttpUrl: http and https only, at most ROB_HTTP_URL_MAX long. out: arena memory. */
ROB_NODISCARD rob_status rob_http_url_from_text(rob_arena *arena, rob_str text, rob_str *out,
                                                rob_scalar_error *error);

/* AnyUrl. out: arena memory. */
ROB_NODISCARD rob_status rob_any_url_from_text(rob_arena *arena, rob_str text, rob_str *out,
                                               rob_scalar_error *error);

#endif
