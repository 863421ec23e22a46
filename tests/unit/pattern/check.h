/* check.h: assertions of the pattern tests. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>

extern int failures;

#define CHECK(condition, ...)                           \
    do {                                                \
        if (condition) break;                           \
        if (++failures > 20) exit(1);                   \
        fprintf(stderr, "%s:%d: ", __func__, __LINE__); \
        fprintf(stderr, __VA_ARGS__);                   \
        fputc('\n', stderr);                            \
    } while (0)

#endif
