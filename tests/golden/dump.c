/* One phase of the compiler, up to the IR, as text: `front-dump tokens|ast|ir|diag|json FILE`. The golden and
 * diagnostics tests compare what it prints. */
#include <stdio.h>

#include "check.h"
#include "memory.h"
#include "parse.h"
#include "token.h"

static void dump_tokens(sources *all, diag *d, rob_str path)
{
    const char *why;
    const source *src = source_read(all, path, &why);
    if (!src) {
        puts(why);
        return;
    }
    token_list raw;
    lexed in;
    lex(src, all->arena, d, &raw);
    lay_out(src, all->arena, d, &raw, &in);
    tokens_dump(src, &in, stdout);
}

static void dump_ir(const ast_program *program, rob_arena *arena, diag *d)
{
    const ir_api *api = check_program(program, arena, d);
    if (api) ir_dump(api, stdout);
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    rob_arena arena;
    rob_arena_init(&arena, 0);
    sources all = {.arena = &arena};
    diag d;
    diag_init(&d, &arena, &all);
    const char *phase = argv[1], *why = NULL;
    if (strcmp(phase, "tokens") == 0) {
        dump_tokens(&all, &d, rob_str_of(argv[2]));
    } else {
        ast_program program;
        parse_program(&all, rob_str_of(argv[2]), &d, &program, &why);
        if (why) puts(why);
        else if (strcmp(phase, "ast") == 0) ast_dump(&program, stdout);
        else if (strcmp(phase, "ir") == 0) dump_ir(&program, &arena, &d);
    }
    if (strcmp(phase, "ast") != 0) diag_print(&d, strcmp(phase, "json") == 0 ? DIAG_JSON : DIAG_TEXT, stdout);
    rob_arena_free(&arena);
    return why ? 2 : 0;
}
