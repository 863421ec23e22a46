/* Any bytes as a spec: lexed, parsed and checked, its messages printed in both formats, and when there are
 * none, everything emitted. */
#include "fuzz.h"

#include "check.h"
#include "emit/emit.h"
#include "parse.h"

static void emit_all(const ir_api *api, rob_arena *arena)
{
    output out;
    output_init(&out, arena);
    emit_c(api, &out);
    emit_project(api, &out);
    REQUIRE(emit_openapi(api, arena, true).ptr);
    for (const output_file *file = out.first; file; file = file->next) REQUIRE(file->text.ptr && file->path.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static FILE *nowhere;
    if (!nowhere) nowhere = fopen("/dev/null", "w");
    rob_arena arena;
    rob_arena_init(&arena, 0);
    sources all = {.arena = &arena};
    diag d;
    diag_init(&d, &arena, &all);
    const source *src = source_add(&all, ROB_STR("fuzz.api"), (rob_str){(const char *)data, size});
    ast_file file;
    REQUIRE(parse_file(src, &arena, &d, &file) == (d.errors == 0));
    ast_program program = {.files = &file, .count = 1, .root = &file};
    ast_dump(&program, nowhere);
    const ir_api *api = check_program(&program, &arena, &d);
    for (const diag_item *item = d.first; item; item = item->next)
        REQUIRE(item->at.start <= item->at.end && item->at.end <= src->text.len && item->message.len);
    if (api && d.errors == 0) emit_all(api, &arena);
    diag_print(&d, DIAG_TEXT, nowhere);
    diag_print(&d, DIAG_JSON, nowhere);
    rob_arena_free(&arena);
    return 0;
}
