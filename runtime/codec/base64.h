/* base64.h: base64 (RFC 4648, 4) in and out.
 *
 * The decoder is CPython's non-strict one, which Pydantic's Base64Bytes uses: bytes outside the alphabet
 * are skipped, and only padding and length can be wrong. */
#ifndef ROB_CODEC_BASE64_H
#define ROB_CODEC_BASE64_H

#include "codec/scalars.h"

/* out: arena memory. */
ROB_NODISCARD rob_status rob_base64_decode(rob_arena *arena, rob_str text, rob_str *out,
                                           rob_scalar_error *error);

/* Bytes of the encoded form of len bytes: 4 * ceil(len / 3). */
size_t rob_base64_len(size_t len);

/* Writes rob_base64_len(bytes.len) bytes, padded, without line breaks. Returns their number. */
size_t rob_base64_encode(char *out, rob_str bytes);

#endif
