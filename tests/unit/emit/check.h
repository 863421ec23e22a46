/* check.h: one comparison for these tests: texts that differ are shown side by side. */
#ifndef EMIT_CHECK_H
#define EMIT_CHECK_H

#include <robync/types.h>

#include <stdio.h>

static int failures;

static void check_text(const char *what, rob_str got, const char *wanted)
{
    if (rob_str_eq(got, rob_str_of(wanted))) return;
    failures++;
    fprintf(stderr, "%s\n  got:    [%.*s]\n  wanted: [%s]\n", what, ROB_STR_ARG(got), wanted);
}

static inline void check_true(const char *what, bool holds)
{
    if (holds) return;
    failures++;
    fprintf(stderr, "%s: does not hold\n", what);
}

#endif
