/* uuid.h: UUIDs (RFC 9562): 32 digits, hyphenated, in braces, or with `urn:uuid:`, in any case. */
#ifndef ROB_CODEC_UUID_H
#define ROB_CODEC_UUID_H

#include "codec/scalars.h"

ROB_NODISCARD rob_status rob_uuid_from_text(rob_arena *arena, rob_str text, rob_uuid *out,
                                            rob_scalar_error *error);

/* Hyphenated, lower case. */
enum { ROB_UUID_TEXT = 36 };
void rob_print_uuid(char out[ROB_UUID_TEXT], rob_uuid value);

#endif
