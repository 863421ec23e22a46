/* json_error.h: what to tell a client whose body is not JSON.
 *
 * FastAPI passes on what CPython's json module says, so a text that CPython would refuse gets CPython's
 * words and position; what only we refuse (NaN, lone surrogates, wire.md's †) gets ours. */
#ifndef ROB_CODEC_JSON_ERROR_H
#define ROB_CODEC_JSON_ERROR_H

#include "errors.h"
#include "json_reader.h"

/* After rob_json_read failed with `status` at *stop: makes errors hold the one json_invalid error.
 * Returns the status to answer with: ROB_BAD_SYNTAX, ROB_UNREADABLE (the text is not UTF-8, or too
 * deep) or ROB_NO_MEMORY. */
rob_status rob_json_explain(rob_arena *arena, rob_str text, rob_status status, rob_json_stop stop,
                            rob_errors *errors);

/* Replaces whatever errors holds by {"type":"json_invalid","loc":["body",N],…}; N: code points before
 * stop.at. Returns ROB_BAD_SYNTAX or ROB_NO_MEMORY. */
rob_status rob_json_refuse(rob_arena *arena, rob_str text, rob_json_stop stop, rob_errors *errors);

#endif
