/* Names: what people write becomes C, titles and component names. */
#include "checked.h"
#include "names.h"

static rob_arena arena;

static void expect(const char *what, rob_str got, const char *wanted)
{
    EXPECT(rob_str_eq(got, rob_str_of(wanted)), "%s: %.*s, not %s", what, ROB_STR_ARG(got), wanted);
}

static void test_snake_case(void)
{
    static const char *const rows[][2] = {
        {"UserIn", "user_in"}, {"HTTPError", "http_error"}, {"userID2", "user_id2"}, {"Page[User]", "page_user"},
        {"read-only", "read_only"}, {"__x__", "x"}, {"a__b", "a_b"}, {"9lives", "n9lives"}, {"", "n"}, {"A", "a"},
        {"/items/{id}", "items_id"}, {"x2Y", "x2_y"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(rows[i][0], names_snake(&arena, rob_str_of(rows[i][0])), rows[i][1]);
}

static void test_other_cases(void)
{
    expect("upper", names_upper(&arena, ROB_STR("readOnly")), "READ_ONLY");
    expect("pascal", names_pascal(&arena, ROB_STR("users_get")), "UsersGet");
    expect("title", names_title(&arena, ROB_STR("read_item2_by_id")), "Read Item2 By Id");
    expect("component", names_component(&arena, ROB_STR("Pair[int, User]")), "Pair_int__User_");
    expect("operation", names_operation(&arena, ROB_STR("/"), ROB_STR("GET")), "root_get");
}

static void test_reserved_words(void)
{
    static const char *const words[] = {"int", "class", "co_not", "linux", "errno", "_Bool", "__x", "_X", "NULL",
                                        "while", "xor_eq", "EOF"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool wanted = strcmp(words[i], "co_not") != 0;
        EXPECT(names_reserved(rob_str_of(words[i])) == wanted, "%s", words[i]);
    }
    static const char *const fine[] = {"_id", "intx", "in", "Class", "a", "zzz", "name", "status"};
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) EXPECT(!names_reserved(rob_str_of(fine[i])), "%s",
                                                                   fine[i]);
    expect("member", names_member(&arena, ROB_STR("default")), "default_");
}

static void test_twins_get_numbers(void)
{
    names n;
    names_init(&n, &arena, ROB_STR("shop"));
    span first = {0, 1, 2}, other = {0};
    EXPECT(names_claim(&n, ROB_STR("shop_user"), first, NULL), "a free name");
    EXPECT(!names_claim(&n, ROB_STR("shop_user"), (span){0, 5, 6}, &other) && other.start == 1,
           "a taken name, and by whom");
    expect("second", names_derive(&n, ROB_STR("shop_user"), first), "shop_user_2");
    EXPECT(names_claim(&n, ROB_STR("shop_user_3"), first, NULL), "somebody writes the next number");
    expect("third", names_derive(&n, ROB_STR("shop_user"), first), "shop_user_4");
    expect("global", names_global(&n, ROB_STR("UserIn")), "shop_user_in");
}

int main(void)
{
    rob_arena_init(&arena, 0);
    test_snake_case();
    test_other_cases();
    test_reserved_words();
    test_twins_get_numbers();
    rob_arena_free(&arena);
    return failures != 0;
}
