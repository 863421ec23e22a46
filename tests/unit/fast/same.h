/* same.h: whether two decoders made the same of one document. */
#ifndef FAST_SAME_H
#define FAST_SAME_H

#include <robync/generated.h>

#include "codec/errors.h"

/* Whether the fields of two structs hold the same, has_ members included. Floats compare by their bits. */
bool same_field(const rob_field *field, const void *a, const void *b);

bool same_errors(const rob_errors *a, const rob_errors *b);

#endif
