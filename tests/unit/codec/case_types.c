#include "case_types.h"

#define TYPE(NAME, KIND, C) static const rob_type NAME = {.kind = KIND, .size = sizeof(C)
#define TEXT(literal) ROB_STR_INIT(literal)

/* ------------------------------------------------------------------ patterns, by hand */

/* b: class 1 is `b` */
static const uint8_t class_b[256] = {['b'] = 1};
static const uint16_t next_b[] = {0, 1, 1, 1, 2, 2};
static const uint8_t end_b[] = {0, 1, 0};
static const rob_dfa dfa_b = {class_b, next_b, end_b, 3, 2};

/* ^[a-z]+$: state 3 after a letter */
static const uint8_t class_letters[256] = {
    ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1,
    ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1,
    ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1,
};
static const uint16_t next_letters[] = {2, 3, 1, 1, 2, 2, 2, 3};
static const uint8_t end_letters[] = {0, 1, 0, 1};
static const rob_dfa dfa_letters = {class_letters, next_letters, end_letters, 4, 2};

/* ^[0-9]{4}$: states 3 to 6 count the digits */
static const uint8_t class_digits[256] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1,
};
static const uint16_t next_digits[] = {2, 3, 1, 1, 2, 2, 2, 4, 2, 5, 2, 6, 2, 2};
static const uint8_t end_digits[] = {0, 1, 0, 0, 0, 0, 1};
static const rob_dfa dfa_digits = {class_digits, next_digits, end_digits, 7, 2};

/* ------------------------------------------------------------------ scalars */

TYPE(t_int, ROB_KIND_INT, int64_t)};
TYPE(t_int_1_100, ROB_KIND_INT, int64_t), .rules = ROB_GE | ROB_LE, .integer = {.ge = 1, .le = 100}};
TYPE(t_int_0_10, ROB_KIND_INT, int64_t), .rules = ROB_GT | ROB_LT, .integer = {.gt = 0, .lt = 10}};
TYPE(t_int_5, ROB_KIND_INT, int64_t), .rules = ROB_MULTIPLE_OF, .integer = {.multiple_of = 5}};
TYPE(t_int_1, ROB_KIND_INT, int64_t), .rules = ROB_GE, .integer = {.ge = 1}};
TYPE(t_float, ROB_KIND_FLOAT, double)};
TYPE(t_float_0_1, ROB_KIND_FLOAT, double), .rules = ROB_GE | ROB_LE, .number = {.ge = 0, .le = 1}};
TYPE(t_float_gt, ROB_KIND_FLOAT, double), .rules = ROB_GT, .number = {.gt = 0.5}};
TYPE(t_float_half, ROB_KIND_FLOAT, double), .rules = ROB_MULTIPLE_OF, .number = {.multiple_of = 0.5}};
TYPE(t_bool, ROB_KIND_BOOL, bool)};
TYPE(t_str, ROB_KIND_STR, rob_str)};
TYPE(t_str_1, ROB_KIND_STR, rob_str), .rules = ROB_MIN_LENGTH, .text = {.min_length = 1}};
TYPE(t_str_2_4, ROB_KIND_STR, rob_str), .rules = ROB_MIN_LENGTH | ROB_MAX_LENGTH,
     .text = {.min_length = 2, .max_length = 4}};
TYPE(t_str_3, ROB_KIND_STR, rob_str), .rules = ROB_MAX_LENGTH, .text = {.max_length = 3}};
TYPE(t_str_letters, ROB_KIND_STR, rob_str), .rules = ROB_PATTERN,
     .text = {.pattern = &dfa_letters, .pattern_text = TEXT("^[a-z]+$")}};
TYPE(t_str_3_b, ROB_KIND_STR, rob_str), .rules = ROB_MAX_LENGTH | ROB_PATTERN,
     .text = {.max_length = 3, .pattern = &dfa_b, .pattern_text = TEXT("b")}};
TYPE(t_str_4_digits, ROB_KIND_STR, rob_str), .rules = ROB_PATTERN,
     .text = {.pattern = &dfa_digits, .pattern_text = TEXT("^[0-9]{4}$")}};
TYPE(t_str_15_34, ROB_KIND_STR, rob_str), .rules = ROB_MIN_LENGTH | ROB_MAX_LENGTH,
     .text = {.min_length = 15, .max_length = 34}};
TYPE(t_bytes, ROB_KIND_BYTES, rob_str)};
TYPE(t_uuid, ROB_KIND_UUID, rob_uuid)};
TYPE(t_datetime, ROB_KIND_DATETIME, rob_datetime)};
TYPE(t_date, ROB_KIND_DATE, rob_date)};
TYPE(t_time, ROB_KIND_TIME, rob_time)};
TYPE(t_duration, ROB_KIND_DURATION, rob_duration)};
TYPE(t_decimal, ROB_KIND_DECIMAL, rob_decimal)};
TYPE(t_decimal_gt, ROB_KIND_DECIMAL, rob_decimal), .rules = ROB_GT, .decimal = {.gt = "0"}};
TYPE(t_decimal_5_2, ROB_KIND_DECIMAL, rob_decimal), .rules = ROB_MAX_DIGITS | ROB_DECIMAL_PLACES,
     .decimal = {.max_digits = 5, .decimal_places = 2}};
TYPE(t_email, ROB_KIND_EMAIL, rob_str)};
TYPE(t_url, ROB_KIND_URL, rob_str)};
TYPE(t_json, ROB_KIND_JSON, rob_json)};

/* ------------------------------------------------------------------ enums */

static const rob_choice role_choices[] = {{.text = TEXT("admin")}, {.text = TEXT("editor")}, {.text = TEXT("read-only")}};
static const rob_enum role = {role_choices, 3, false, TEXT("'admin', 'editor' or 'read-only'")};
TYPE(t_role, ROB_KIND_ENUM, uint32_t), .choice = &role};

static const rob_choice level_choices[] = {{.number = 1, .kind = ROB_CHOICE_INT}, {.number = 9, .kind = ROB_CHOICE_INT}};
static const rob_enum level = {level_choices, 2, false, TEXT("1 or 9")};
TYPE(t_level, ROB_KIND_ENUM, uint32_t), .choice = &level};

static const rob_choice literal_choices[] = {{.text = TEXT("a")}, {.text = TEXT("b")},
                                             {.number = 1, .kind = ROB_CHOICE_INT}};
static const rob_enum literal = {literal_choices, 3, true, TEXT("'a', 'b' or 1")};
TYPE(t_literal, ROB_KIND_ENUM, uint32_t), .choice = &literal};

static const rob_choice card_choices[] = {{.text = TEXT("card")}}, iban_choices[] = {{.text = TEXT("iban")}};
static const rob_enum card_kind = {card_choices, 1, true, TEXT("'card'")};
static const rob_enum iban_kind = {iban_choices, 1, true, TEXT("'iban'")};
TYPE(t_card_kind, ROB_KIND_ENUM, uint32_t), .choice = &card_kind};
TYPE(t_iban_kind, ROB_KIND_ENUM, uint32_t), .choice = &iban_kind};

/* ------------------------------------------------------------------ models */

typedef struct sub {
    int64_t a;
    rob_str b;
} sub;

static const rob_str sub_b = TEXT("x");
static const rob_field sub_fields[] = {
    {.name = TEXT("a"), .type = &t_int, .offset = offsetof(sub, a), .has_offset = ROB_NO_OFFSET},
    {.name = TEXT("b"), .type = &t_str, .fallback = &sub_b, .offset = offsetof(sub, b), .has_offset = ROB_NO_OFFSET},
};
static const rob_model sub_model = {.name = TEXT("Sub"), .fields = sub_fields, .field_count = 2};
TYPE(t_sub, ROB_KIND_MODEL, sub), .model = &sub_model};

static const rob_model strict_model = {.name = TEXT("Strict"), .fields = sub_fields, .field_count = 1,
                                       .extra = ROB_EXTRA_FORBID};
TYPE(t_strict, ROB_KIND_MODEL, sub), .model = &strict_model};

typedef struct pay_arm {
    uint32_t kind;
    rob_str text;
} pay_arm;

static const rob_field card_fields[] = {
    {.name = TEXT("kind"), .type = &t_card_kind, .offset = offsetof(pay_arm, kind), .has_offset = ROB_NO_OFFSET},
    {.name = TEXT("last4"), .type = &t_str_4_digits, .offset = offsetof(pay_arm, text), .has_offset = ROB_NO_OFFSET},
};
static const rob_field iban_fields[] = {
    {.name = TEXT("kind"), .type = &t_iban_kind, .offset = offsetof(pay_arm, kind), .has_offset = ROB_NO_OFFSET},
    {.name = TEXT("iban"), .type = &t_str_15_34, .offset = offsetof(pay_arm, text), .has_offset = ROB_NO_OFFSET},
};
static const rob_model card_model = {.name = TEXT("Card"), .fields = card_fields, .field_count = 2};
static const rob_model iban_model = {.name = TEXT("Iban"), .fields = iban_fields, .field_count = 2};
TYPE(t_card, ROB_KIND_MODEL, pay_arm), .model = &card_model};
TYPE(t_iban, ROB_KIND_MODEL, pay_arm), .model = &iban_model};

typedef struct payment {
    uint32_t tag;
    union {
        pay_arm card, iban;
    };
} payment;

static const rob_arm payment_arms[] = {{TEXT("card"), &t_card}, {TEXT("iban"), &t_iban}};
static const rob_union payment_union = {payment_arms, 2, offsetof(payment, card), TEXT("kind"), TEXT("'card', 'iban'")};
TYPE(t_payment, ROB_KIND_TAGGED, payment), .arms = &payment_union};

/* ------------------------------------------------------------------ lists and dicts */

typedef struct list {
    void *items;
    size_t count;
} list;

typedef struct int_item {
    rob_str key;
    int64_t value;
} int_item;

static const rob_type t_tree;
TYPE(t_list_int, ROB_KIND_LIST, list), .list = {.item = &t_int, .item_size = sizeof(int64_t)}};
TYPE(t_list_int_1_3, ROB_KIND_LIST, list), .rules = ROB_MIN_LENGTH | ROB_MAX_LENGTH,
     .list = {.item = &t_int, .item_size = sizeof(int64_t), .min_length = 1, .max_length = 3}};
TYPE(t_list_list, ROB_KIND_LIST, list), .list = {.item = &t_list_int, .item_size = sizeof(list)}};
TYPE(t_list_str, ROB_KIND_LIST, list), .list = {.item = &t_str_3, .item_size = sizeof(rob_str)}};
TYPE(t_list_sub, ROB_KIND_LIST, list), .list = {.item = &t_sub, .item_size = sizeof(sub)}};
TYPE(t_list_payment, ROB_KIND_LIST, list), .list = {.item = &t_payment, .item_size = sizeof(payment)}};
TYPE(t_dict, ROB_KIND_DICT, list),
     .list = {.item = &t_int, .item_size = sizeof(int_item), .value_offset = offsetof(int_item, value)}};
TYPE(t_dict_2, ROB_KIND_DICT, list), .rules = ROB_MAX_LENGTH,
     .list = {.item = &t_int, .item_size = sizeof(int_item), .value_offset = offsetof(int_item, value),
              .max_length = 2}};

typedef struct tree {
    int64_t value;
    list children;
} tree;

static const list no_children;
TYPE(t_list_tree, ROB_KIND_LIST, list), .list = {.item = &t_tree, .item_size = sizeof(tree)}};
static const rob_field tree_fields[] = {
    {.name = TEXT("value"), .type = &t_int, .offset = offsetof(tree, value), .has_offset = ROB_NO_OFFSET},
    {.name = TEXT("children"), .type = &t_list_tree, .fallback = &no_children, .offset = offsetof(tree, children),
     .has_offset = ROB_NO_OFFSET},
};
static const rob_model tree_model = {.name = TEXT("Tree"), .fields = tree_fields, .field_count = 2};
TYPE(t_tree, ROB_KIND_MODEL, tree), .model = &tree_model};

/* ------------------------------------------------------------------ inline unions */

typedef struct either {
    uint32_t tag;
    union {
        int64_t i;
        double f;
        bool b;
        rob_str s;
        sub sub;
        list list;
    };
} either;

#define UNION(NAME, ...)                                                                     \
    static const rob_arm NAME##_arms[] = {__VA_ARGS__};                                      \
    static const rob_union NAME##_union = {.arms = NAME##_arms, .count = 2,                  \
                                           .value_offset = offsetof(either, i)};             \
    TYPE(NAME, ROB_KIND_UNION, either), .arms = &NAME##_union}

UNION(t_int_or_str, {TEXT("int"), &t_int}, {TEXT("str"), &t_str});
UNION(t_float_or_bool, {TEXT("float"), &t_float}, {TEXT("bool"), &t_bool});
UNION(t_sub_or_int, {TEXT("Sub"), &t_sub}, {TEXT("int"), &t_int});
UNION(t_int_or_list, {TEXT("constrained-int"), &t_int_1}, {TEXT("list[int]"), &t_list_int});

/* ------------------------------------------------------------------ all of them */

const case_type case_types[] = {
    {"int", &t_int},
    {"int(ge=1, le=100)", &t_int_1_100},
    {"int(gt=0, lt=10)", &t_int_0_10},
    {"int(multiple_of=5)", &t_int_5},
    {"float", &t_float},
    {"float(ge=0, le=1)", &t_float_0_1},
    {"float(gt=0.5)", &t_float_gt},
    {"float(multiple_of=0.5)", &t_float_half},
    {"bool", &t_bool},
    {"str", &t_str},
    {"str(min_length=1)", &t_str_1},
    {"str(min_length=2, max_length=4)", &t_str_2_4},
    {"str(pattern=\"^[a-z]+$\")", &t_str_letters},
    {"str(max_length=3, pattern=\"b\")", &t_str_3_b},
    {"bytes", &t_bytes},
    {"uuid", &t_uuid},
    {"datetime", &t_datetime},
    {"date", &t_date},
    {"time", &t_time},
    {"duration", &t_duration},
    {"decimal", &t_decimal},
    {"decimal(gt=0)", &t_decimal_gt},
    {"decimal(max_digits=5, decimal_places=2)", &t_decimal_5_2},
    {"email", &t_email},
    {"url", &t_url},
    {"json", &t_json},
    {"Role", &t_role},
    {"Level", &t_level},
    {"Literal[\"a\", \"b\", 1]", &t_literal},
    {"Sub", &t_sub},
    {"Strict", &t_strict},
    {"Payment", &t_payment},
    {"Tree", &t_tree},
    {"list[int]", &t_list_int},
    {"list[int](min_length=1, max_length=3)", &t_list_int_1_3},
    {"list[list[int]]", &t_list_list},
    {"list[str(max_length=3)]", &t_list_str},
    {"list[Sub]", &t_list_sub},
    {"list[Payment]", &t_list_payment},
    {"dict[str, int]", &t_dict},
    {"dict[str, int](max_length=2)", &t_dict_2},
    {"int | str", &t_int_or_str},
    {"float | bool", &t_float_or_bool},
    {"Sub | int", &t_sub_or_int},
    {"int(ge=1) | list[int]", &t_int_or_list},
};
const size_t case_type_count = sizeof case_types / sizeof *case_types;

const rob_type *case_type_of(const char *name, bool *nullable)
{
    size_t len = strlen(name);
    *nullable = len && name[len - 1] == '?';
    len -= *nullable;
    for (size_t i = 0; i < case_type_count; i++) {
        if (strlen(case_types[i].name) == len && memcmp(case_types[i].name, name, len) == 0) return case_types[i].type;
    }
    return NULL;
}
