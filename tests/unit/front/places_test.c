/* Places in a text, and messages about them. */
#include <stdio.h>
#include <stdlib.h>

#include "memory.h"
#include "parse.h"
#include "text_width.h"

static int failures;

static void fail(const char *what)
{
    failures++;
    fprintf(stderr, "%s\n", what);
}

/* ------------------------------------------------------------------ positions */

static void check_position(const char *text, uint32_t offset, uint32_t line, uint32_t column)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    sources all = {.arena = &arena};
    const source *src = source_add(&all, ROB_STR("t.api"), rob_str_of(text));
    uint32_t got_line, got_column;
    source_position(src, offset, &got_line, &got_column);
    if (got_line != line || got_column != column) {
        failures++;
        fprintf(stderr, "offset %u: got %u:%u, wanted %u:%u\n", offset, got_line, got_column, line, column);
    }
    rob_arena_free(&arena);
}

static void test_positions_count_lines_and_code_points(void)
{
    check_position("", 0, 1, 1);
    check_position("ab\ncd\n", 0, 1, 1);
    check_position("ab\ncd\n", 2, 1, 3);
    check_position("ab\ncd\n", 3, 2, 1);
    check_position("ab\ncd\n", 6, 3, 1);
    check_position("ab\ncd", 99, 2, 3); /* beyond the end is the end */
    check_position("\xc3\xa9\xe6\x97\xa5x", 5, 1, 3);
    check_position("a\r\nb", 3, 2, 1);
    check_position("\xef\xbb\xbf" "ab", 1, 1, 2); /* a byte order mark is not part of the text */
}

/* ------------------------------------------------------------------ suggestions */

static void check_suggestion(const char *wrong, const char *wanted)
{
    static const rob_str names[] = {ROB_STR_INIT("UserIn"), ROB_STR_INIT("User"), ROB_STR_INIT("limit"),
                                    ROB_STR_INIT("datetime"), ROB_STR_INIT("id"), ROB_STR_INIT("max_length")};
    rob_arena arena;
    rob_arena_init(&arena, 0);
    sources all = {.arena = &arena};
    source_add(&all, ROB_STR("t.api"), ROB_STR("x"));
    diag d;
    diag_init(&d, &arena, &all);
    diag_item *item = diag_error(&d, (span){0, 0, 1}, "RB0102", "unknown");
    diag_suggest(&d, item, rob_str_of(wrong), names, sizeof names / sizeof *names);
    rob_str hint = wanted ? arena_format(&arena, "did you mean `%s`?", wanted) : (rob_str){0};
    if (!rob_str_eq(item->hint, hint)) {
        failures++;
        fprintf(stderr, "%s: got [%.*s], wanted %s\n", wrong, ROB_STR_ARG(item->hint), wanted ? wanted : "nothing");
    }
    rob_arena_free(&arena);
}

static void test_suggestions_are_near(void)
{
    check_suggestion("UserIM", "UserIn");
    check_suggestion("userin", "UserIn");
    check_suggestion("Uesr", "User");      /* a swap is one slip */
    check_suggestion("limt", "limit");
    check_suggestion("limiit", "limit");
    check_suggestion("date_time", "datetime");
    check_suggestion("maxlength", "max_length");
    check_suggestion("lemon", NULL);
    check_suggestion("ix", NULL);          /* of two letters none may be wrong */
    check_suggestion("Account", NULL);
    check_suggestion("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL);
    check_suggestion("", NULL);
}

/* ------------------------------------------------------------------ printing */

static void test_messages_come_in_source_order_and_once(void)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    sources all = {.arena = &arena};
    source_add(&all, ROB_STR("t.api"), ROB_STR("one two"));
    diag d;
    diag_init(&d, &arena, &all);
    diag_error(&d, (span){0, 4, 7}, "RB0102", "second");
    diag_error(&d, (span){0, 0, 3}, "RB0102", "first");
    diag_error(&d, (span){0, 4, 7}, "RB0102", "second");
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    diag_print(&d, DIAG_TEXT, out);
    fclose(out);
    const char *wanted = "t.api:1:1: error[RB0102]: first\n  |\n1 | one two\n  | ^^^\n"
                         "t.api:1:5: error[RB0102]: second\n  |\n1 | one two\n  |     ^^^\n";
    if (strcmp(text, wanted) != 0) {
        failures++;
        fprintf(stderr, "got:\n%s\nwanted:\n%s\n", text, wanted);
    }
    free(text);
    rob_arena_free(&arena);
}

static void test_color_is_the_callers_choice(void)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    sources all = {.arena = &arena};
    source_add(&all, ROB_STR("t.api"), ROB_STR("one"));
    diag d;
    diag_init(&d, &arena, &all);
    diag_warning(&d, (span){0, 0, 3}, "RB0102", "first");
    for (int color = 0; color < 2; color++) {
        char *text = NULL;
        size_t len = 0;
        FILE *out = open_memstream(&text, &len);
        diag_print(&d, color ? DIAG_TEXT_COLOR : DIAG_TEXT, out);
        fclose(out);
        if ((strstr(text, "\033[") != NULL) != (color == 1)) fail("color where none was asked for, or none");
        free(text);
    }
    rob_arena_free(&arena);
}

static void check_glyph(const char *text, uint32_t bytes, uint32_t columns, bool printable)
{
    glyph g = glyph_at(rob_str_of(text));
    if (g.bytes == bytes && g.columns == columns && g.printable == printable) return;
    failures++;
    fprintf(stderr, "%s: %u bytes, %u columns, %d\n", text, g.bytes, g.columns, g.printable);
}

static void test_characters_have_widths(void)
{
    check_glyph("a", 1, 1, true);
    check_glyph("\xc3\xa9", 2, 1, true);
    check_glyph("\xe6\x97\xa5", 3, 2, true);
    check_glyph("\xf0\x9f\x98\x80", 4, 2, true);
    check_glyph("\xcc\x81", 2, 0, true);
    check_glyph("\x1b[31m", 1, 1, false);
    check_glyph("\xe2\x80\xae", 3, 1, false); /* right-to-left override */
    check_glyph("\xc0\x80", 1, 1, false);     /* overlong */
    check_glyph("\xed\xa0\x80", 1, 1, false); /* a surrogate */
    check_glyph("\xe6\x97", 1, 1, false);     /* cut off */
    check_glyph("\xf4\x90\x80\x80", 1, 1, false);
}

int main(void)
{
    test_positions_count_lines_and_code_points();
    test_suggestions_are_near();
    test_messages_come_in_source_order_and_once();
    test_color_is_the_callers_choice();
    test_characters_have_widths();
    return failures != 0;
}
