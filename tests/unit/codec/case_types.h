/* case_types.h: the types of validation/cases.jsonl as tables, as the compiler would emit them. */
#ifndef TEST_CASE_TYPES_H
#define TEST_CASE_TYPES_H

#include <robync/generated.h>

/* Bytes that hold any of their C values. */
enum { CASE_VALUE_SIZE = 256 };

typedef struct case_type {
    const char *name; /* as it is written in routes.api, without a trailing `?` */
    const rob_type *type;
} case_type;

extern const case_type case_types[];
extern const size_t case_type_count;

/* name may end in `?`: *nullable then. NULL for a type that is not there. */
const rob_type *case_type_of(const char *name, bool *nullable);

#endif
