/* params_spread.h: parameters that are more than one text, written as the JSON that they stand for.
 *
 * `page: query Page` is the object {"limit":"10","tag":["a","b"]}, a repeated value the array ["1","2"]:
 * so models and lists from texts go the same way as a body, with the same errors. */
#ifndef ROB_CODEC_PARAMS_SPREAD_H
#define ROB_CODEC_PARAMS_SPREAD_H

#include "params_source.h"

/* Whether the values of a name are gathered into an array. Cookies never repeat. */
bool rob_takes_list(const rob_param_source *source, const rob_type *type);

/* The array of all values of `name` into w. Returns how many there were. */
size_t rob_spread_list(rob_writer *w, const rob_param_source *source, rob_str name);

/* The object of all pairs into w: the model's fields in its order, then what it does not declare.
 * Returns how many of the model's own names were sent. */
size_t rob_spread_model(rob_writer *w, const rob_param_source *source, const rob_model *model);

#endif
