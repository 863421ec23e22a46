/* Templates: holes, lines that are nothing but a hole, and tidy files. */
#include "template.h"

#include "check.h"

static rob_arena arena;

static rob_str filled(const char *source, rob_str value)
{
    template t = template_parse(&arena, rob_str_of(source));
    text out = text_new(&arena);
    FILL(&t, "part", &out, {"value", value}, {"other", ROB_STR("O")});
    return text_done(&out);
}

static void holes_inside_a_line_are_filled_as_they_are(void)
{
    check_text("one", filled("@@ part\na @{value} b\n", ROB_STR("x")), "a x b\n");
    check_text("two", filled("@@ part\n@{value}@{other}\n", ROB_STR("x")), "xO\n");
    check_text("empty", filled("@@ part\na@{value}b\n", ROB_STR("")), "ab\n");
    check_text("braces", filled("@@ part\n@ @{ {@} @{value}\n", ROB_STR("x")), "@ @{ {@} x\n");
}

static void a_value_alone_on_its_line_is_indented_like_the_hole(void)
{
    check_text("two lines", filled("@@ part\n{\n    @{value}\n}\n", ROB_STR("a\nb\n")), "{\n    a\n    b\n}\n");
    check_text("no break", filled("@@ part\n    @{value}\n}\n", ROB_STR("a\nb")), "    a\n    b\n}\n");
    check_text("inner", filled("@@ part\n  @{value}\n", ROB_STR("a {\n    b\n}")), "  a {\n      b\n  }\n");
    check_text("blank line", filled("@@ part\n  @{value}\n", ROB_STR("a\n\nb")), "  a\n\n  b\n");
    check_text("comment", filled("@@ part\n * @{value}\n", ROB_STR("a\n\nb")), " * a\n * \n * b\n");
}

static void a_line_whose_hole_is_empty_is_left_out(void)
{
    check_text("between", filled("@@ part\na\n    @{value}\nb\n", ROB_STR("")), "a\nb\n");
    check_text("first", filled("@@ part\n@{value}\nb\n", ROB_STR("")), "b\n");
}

static void a_part_ends_where_the_next_begins(void)
{
    template t = template_parse(&arena, ROB_STR("before\n@@ one\n1\n\n@@ two\n2\n"));
    text out = text_new(&arena);
    template_fill(&t, "two", &out, NULL, 0);
    template_fill(&t, "one", &out, NULL, 0);
    check_text("parts", text_done(&out), "2\n1\n\n");
}

static void what_a_value_holds_is_no_template(void)
{
    check_text("hole", filled("@@ part\nx @{value}\n", ROB_STR("@{other}")), "x @{other}\n");
    check_text("part", filled("@@ part\n@{value}\n", ROB_STR("@@ part")), "@@ part\n");
}

static void files_are_tidied(void)
{
    check_text("blank lines", template_tidy(&arena, ROB_STR("\n\na\n\n\n\nb\n\n\n")), "a\n\nb\n");
    check_text("blanks", template_tidy(&arena, ROB_STR("a  \n \t\n\nb\n")), "a\n\nb\n");
    check_text("brace", template_tidy(&arena, ROB_STR("{\n\n    a\n}\n")), "{\n    a\n}\n");
    check_text("nothing", template_tidy(&arena, ROB_STR("")), "");
}

int main(void)
{
    rob_arena_init(&arena, 0);
    holes_inside_a_line_are_filled_as_they_are();
    a_value_alone_on_its_line_is_indented_like_the_hole();
    a_line_whose_hole_is_empty_is_left_out();
    a_part_ends_where_the_next_begins();
    what_a_value_holds_is_no_template();
    files_are_tidied();
    rob_arena_free(&arena);
    return failures != 0;
}
