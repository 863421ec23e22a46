/* url_parts.h: what url.c and url_host.c share. Private to them. */
#ifndef ROB_CODEC_URL_PARTS_H
#define ROB_CODEC_URL_PARTS_H

#include <robync/types.h>

#include "base/arena.h"

/* A normalised URL while it grows. `failed` is sticky: memory is out. */
typedef struct rob_url_text {
    rob_arena *arena;
    char *ptr; /* arena */
    size_t len, cap;
    bool failed;
} rob_url_text;

void rob_url_put(rob_url_text *out, rob_str text);
void rob_url_put_byte(rob_url_text *out, char c);

/* Controls, bytes beyond ASCII, and those of `more` as %XX; the rest as it is. */
void rob_url_put_encoded(rob_url_text *out, rob_str text, const char *more);

/* The host of a special scheme (a domain, an IPv4 or IPv6 address), or of any other (opaque). Appends its
 * normal form; NULL, or what is wrong. */
const char *rob_url_put_host(rob_url_text *out, rob_str host, bool special);

#endif
