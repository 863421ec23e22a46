/* documents.h: JSON made up for a type. Each text lives until the next call. */
#ifndef FAST_DOCUMENTS_H
#define FAST_DOCUMENTS_H

#include <robync/generated.h>

void document_seed(uint64_t seed);

/* 0 to below - 1 */
unsigned document_random(unsigned below);

/* Valid: the documented JSON types, no escapes, members in their order, no white space. */
rob_str document_strict(const rob_type *type);

/* The same with white space, and half of the time with members in any order. */
rob_str document_loose(const rob_type *type);

/* Everything that clients send. */
rob_str document_wild(const rob_type *type);

#endif
