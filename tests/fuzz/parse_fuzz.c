/* Any bytes as a spec. */
#include <stdio.h>
#include <stdlib.h>

#include "parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static FILE *nowhere;
    if (!nowhere) nowhere = fopen("/dev/null", "w");
    rob_arena arena;
    rob_arena_init(&arena, 0);
    sources all = {.arena = &arena};
    diag d;
    diag_init(&d, &arena, &all);
    const source *src = source_add(&all, ROB_STR("fuzz.api"), (rob_str){(const char *)data, len});
    ast_file file;
    if (parse_file(src, &arena, &d, &file) != (d.errors == 0)) abort();
    ast_program program = {.files = &file, .count = 1, .root = &file};
    diag_print(&d, DIAG_TEXT, nowhere);
    diag_print(&d, DIAG_JSON, nowhere);
    ast_dump(&program, nowhere);
    rob_arena_free(&arena);
    return 0;
}
