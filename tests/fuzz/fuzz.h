/* fuzz.h: what the targets share. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Abort, so that the fuzzer keeps the input, when what must hold does not. */
#define REQUIRE(condition)                                                           \
    do {                                                                             \
        if (condition) break;                                                        \
        fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
        abort();                                                                     \
    } while (0)

/* The input from left to right. */
typedef struct fuzz_input {
    const uint8_t *at, *end;
} fuzz_input;

/* The next byte; 0 after the last. */
static inline unsigned fuzz_byte(fuzz_input *in)
{
    return in->at < in->end ? *in->at++ : 0;
}

/* A copy of exactly that many bytes, so that the sanitizer sees a read past the end. For the caller to
 * free. */
static inline rob_str fuzz_copy(const void *bytes, size_t len)
{
    char *copy = malloc(len + (len == 0));
    if (!copy) exit(0);
    if (len) memcpy(copy, bytes, len);
    return (rob_str){copy, len};
}

/* Up to the first occurrence of stop, which is skipped; else all that is left. Freed by the caller. */
static inline rob_str fuzz_piece(fuzz_input *in, char stop)
{
    size_t left = (size_t)(in->end - in->at);
    const uint8_t *found = left ? memchr(in->at, stop, left) : NULL;
    size_t len = found ? (size_t)(found - in->at) : left;
    rob_str piece = fuzz_copy(in->at, len);
    in->at += found ? len + 1 : len;
    return piece;
}

#endif
