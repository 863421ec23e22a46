/* Whatever the parser is given, it answers: specs cut off at every byte, and specs with bytes replaced,
 * removed and repeated by a fixed sequence of pseudo-random numbers. */
#include <stdio.h>
#include <stdlib.h>

#include "memory.h"
#include "parse.h"
#include "token.h"

enum { MUTATIONS = 400, CHANGES = 6 };

static int failures;

static void check_places(const diag *d, const source *src)
{
    for (const diag_item *item = d->first; item; item = item->next) {
        if (item->at.start <= item->at.end && item->at.end <= src->text.len && item->message.len) continue;
        failures++;
        fprintf(stderr, "%s: place %u to %u of %zu bytes\n", item->code, item->at.start, item->at.end, src->text.len);
    }
}

static void parse_text(rob_arena *arena, rob_str text, FILE *nowhere)
{
    sources all = {.arena = arena};
    diag d;
    diag_init(&d, arena, &all);
    const source *src = source_add(&all, ROB_STR("mutation.api"), text);
    ast_file file;
    bool fine = parse_file(src, arena, &d, &file);
    if (fine != (d.errors == 0) || d.errors > 3 * MOST_ERRORS) {
        failures++;
        fprintf(stderr, "%zu errors, parse_file says %d\n", d.errors, fine);
    }
    check_places(&d, src);
    diag_print(&d, DIAG_TEXT, nowhere);
    diag_print(&d, DIAG_JSON, nowhere);
    ast_program program = {.files = &file, .count = 1, .root = &file};
    ast_dump(&program, nowhere);
    rob_arena_reset(arena);
}

static uint32_t next_number(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Bytes that matter to the lexer, and some that nothing begins with. */
static const char bytes[] = "{}()[],:=\n\"\\?|@#/-_.0aZ \t\r\0\xff\xc3\xa9";

static rob_str mutate(rob_str text, char *copy, uint64_t *state)
{
    memcpy(copy, text.ptr, text.len);
    size_t len = text.len;
    for (int i = 0; i < CHANGES; i++) {
        size_t at = next_number(state) % len;
        switch (next_number(state) % 3) {
        case 0: copy[at] = bytes[next_number(state) % (sizeof bytes - 1)]; break;
        case 1: memmove(copy + at, copy + at + 1, --len - at); break;
        case 2: memcpy(copy + at, text.ptr + next_number(state) % (len / 2), len - at < 20 ? len - at : 20); break;
        }
    }
    return (rob_str){copy, len};
}

int main(int argc, char **argv)
{
    rob_arena kept, arena;
    rob_arena_init(&kept, 0);
    rob_arena_init(&arena, 0);
    sources all = {.arena = &kept};
    FILE *nowhere = fopen("/dev/null", "w");
    uint64_t state = 1;
    for (int i = 1; i < argc; i++) {
        const char *why;
        const source *src = source_read(&all, rob_str_of(argv[i]), &why);
        if (!src || !nowhere) return 2;
        for (size_t len = 0; len < src->text.len; len += 3) parse_text(&arena, (rob_str){src->text.ptr, len}, nowhere);
        char *copy = arena_need(&kept, src->text.len);
        for (int n = 0; n < MUTATIONS; n++) parse_text(&arena, mutate(src->text, copy, &state), nowhere);
    }
    static char deep[200000];
    static const char repeated[] = "([{?|@\n,;\"";
    for (size_t i = 0; i < sizeof repeated - 1; i++) {
        memset(deep, repeated[i], sizeof deep);
        memcpy(deep, "type A = a", 10);
        parse_text(&arena, (rob_str){deep, sizeof deep}, nowhere);
    }
    fclose(nowhere);
    rob_arena_free(&arena);
    rob_arena_free(&kept);
    return failures != 0;
}
