/* encode_json.h: write a value of a JSON text again, compactly.
 *
 * Two houses print JSON differently, and clients see both: responses come from Pydantic's serialiser,
 * the `input` of an error from Python's json module. */
#ifndef ROB_CODEC_ENCODE_JSON_H
#define ROB_CODEC_ENCODE_JSON_H

#include <robync/generated.h>

#include "json_reader.h"

typedef enum rob_json_style {
    ROB_JSON_AS_RESPONSE, /* floats as 1e-7; members of one name all stay */
    ROB_JSON_AS_INPUT     /* floats as 1e-07; of members of one name the last counts, as in a dict */
} rob_json_style;

/* node: an index of doc->nodes. Numbers too large for a double stay as they are written. */
void rob_write_json(rob_writer *w, const rob_json_doc *doc, uint32_t node, rob_json_style style);

#endif
