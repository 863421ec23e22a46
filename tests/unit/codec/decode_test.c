/* What the shared data does not show: presence in all its forms, defaults, undeclared members, keys that
 * come twice, nesting, limits, strictness; decoded with rob_decode_text and encoded again. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "answer.h"
#include "base/arena.h"
#include "codec/decode.h"

#define TEXT(literal) ROB_STR_INIT(literal)
#define FIELDS(array) .fields = array, .field_count = sizeof(array) / sizeof *(array)

static unsigned failures;

static void differ(const char *what, const char *input, const char *wanted, rob_str got)
{
    printf("%s: %.200s\n  wanted %s\n  got    %.*s\n", what, input, wanted, (int)(got.len < 600 ? got.len : 600), got.ptr);
    failures++;
}

/* Decode, and print the value or what was wrong: "type loc msg" of each error. */
static rob_str outcome(rob_arena *arena, const rob_type *type, rob_str json)
{
    rob_errors errors = {0};
    rob_writer w = {.arena = arena};
    void *value = rob_arena_alloc(arena, type->size);
    rob_status status = rob_decode_text(arena, type, json, value, &errors);
    if (status == ROB_OK) rob_write_value(&w, type, value);
    else answer_of(status, &errors, NULL, &w);
    if (w.status != ROB_OK) return rob_str_of(w.why);
    return (rob_str){w.ptr, w.len};
}

static void expect(const char *what, const rob_type *type, const char *json, const char *wanted)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_str got = outcome(&arena, type, rob_str_of(json));
    if (!rob_str_eq(got, rob_str_of(wanted))) differ(what, json, wanted, got);
    rob_arena_free(&arena);
}

#define ONE(TYPE, LOC, MSG, INPUT) "{\"detail\":[" ITEM(TYPE, LOC, MSG, INPUT) "]}"
#define ITEM(TYPE, LOC, MSG, INPUT) \
    "{\"type\":\"" TYPE "\",\"loc\":[" LOC "],\"msg\":\"" MSG "\",\"input\":" INPUT "}"
#define DUPLICATE(AT)                                                                                     \
    "{\"detail\":[{\"type\":\"json_invalid\",\"loc\":[\"body\"," #AT "],\"msg\":\"JSON decode error\"," \
    "\"input\":{},\"ctx\":{\"error\":\"Duplicate key\"}}]}"

/* ------------------------------------------------------------------ types */

static const rob_type t_int = {.kind = ROB_KIND_INT, .size = sizeof(int64_t)};
static const rob_type t_strict = {.kind = ROB_KIND_INT, .size = sizeof(int64_t), .rules = ROB_STRICT};
static const rob_type t_str = {.kind = ROB_KIND_STR, .size = sizeof(rob_str)};

typedef struct list {
    void *items;
    size_t count;
} list;

/* Each way to be absent, null or there. */
typedef struct states {
    int64_t needed, optional, nullable, both, fallback, null_fallback, readonly, writeonly;
    bool has_optional, has_nullable, has_null_fallback;
    rob_has has_both;
} states;

static const int64_t seven = 7;
static const rob_field states_fields[] = {
    {.name = TEXT("needed"), .type = &t_int, .offset = offsetof(states, needed), .has_offset = ROB_NO_OFFSET},
    {.name = TEXT("optional"), .type = &t_int, .offset = offsetof(states, optional),
     .has_offset = offsetof(states, has_optional), .flags = ROB_FIELD_OPTIONAL},
    {.name = TEXT("nullable"), .type = &t_int, .offset = offsetof(states, nullable),
     .has_offset = offsetof(states, has_nullable), .flags = ROB_FIELD_NULLABLE},
    {.name = TEXT("both"), .type = &t_int, .offset = offsetof(states, both), .has_offset = offsetof(states, has_both),
     .flags = ROB_FIELD_OPTIONAL | ROB_FIELD_NULLABLE | ROB_FIELD_TRISTATE},
    {.name = TEXT("fallback"), .type = &t_int, .offset = offsetof(states, fallback), .has_offset = ROB_NO_OFFSET,
     .fallback = &seven},
    {.name = TEXT("null_fallback"), .type = &t_int, .offset = offsetof(states, null_fallback), .fallback = &seven,
     .has_offset = offsetof(states, has_null_fallback), .flags = ROB_FIELD_NULLABLE},
    {.name = TEXT("readonly"), .type = &t_int, .offset = offsetof(states, readonly), .has_offset = ROB_NO_OFFSET,
     .flags = ROB_FIELD_READONLY},
    {.name = TEXT("writeonly"), .type = &t_int, .offset = offsetof(states, writeonly), .has_offset = ROB_NO_OFFSET,
     .fallback = &seven, .flags = ROB_FIELD_WRITEONLY},
};
static const rob_model states_model = {FIELDS(states_fields)};
static const rob_type t_states = {.kind = ROB_KIND_MODEL, .size = sizeof(states), .model = &states_model};

static void presence_has_three_states(void)
{
    expect("all absent", &t_states, "{\"needed\":1,\"nullable\":null}",
           "{\"needed\":1,\"nullable\":null,\"fallback\":7,\"null_fallback\":7,\"readonly\":0}");
    expect("all null", &t_states, "{\"needed\":1,\"nullable\":null,\"both\":null,\"null_fallback\":null}",
           "{\"needed\":1,\"nullable\":null,\"both\":null,\"fallback\":7,\"null_fallback\":null,\"readonly\":0}");
    expect("all there", &t_states,
           "{\"writeonly\":9,\"null_fallback\":6,\"fallback\":5,\"both\":4,\"nullable\":3,\"optional\":2,\"needed\":1}",
           "{\"needed\":1,\"optional\":2,\"nullable\":3,\"both\":4,\"fallback\":5,\"null_fallback\":6,\"readonly\":0}");
    expect("readonly is not input", &t_states, "{\"needed\":1,\"nullable\":null,\"readonly\":\"x\",\"readonly\":1}",
           "{\"needed\":1,\"nullable\":null,\"fallback\":7,\"null_fallback\":7,\"readonly\":0}");
    expect("optional is not nullable", &t_states, "{\"needed\":1,\"nullable\":1,\"optional\":null}",
           ONE("int_type", "\"optional\"", "Input should be a valid integer", "null"));
    expect("nullable is not optional", &t_states, "{\"needed\":1}",
           ONE("missing", "\"nullable\"", "Field required", "{\"needed\":1}"));
}

/* ------------------------------------------------------------------ undeclared members, keys twice */

typedef struct open_model {
    int64_t a;
    rob_extra_list extra;
} open_model;

static const rob_field open_fields[] = {
    {.name = TEXT("a"), .type = &t_int, .offset = offsetof(open_model, a), .has_offset = ROB_NO_OFFSET}};
static const rob_model open = {FIELDS(open_fields), .extra = ROB_EXTRA_ALLOW, .extra_offset = offsetof(open_model, extra)};
static const rob_type t_open = {.kind = ROB_KIND_MODEL, .size = sizeof(open_model), .model = &open};
static const rob_model closed = {FIELDS(open_fields), .extra = ROB_EXTRA_FORBID};
static const rob_type t_closed = {.kind = ROB_KIND_MODEL, .size = sizeof(open_model), .model = &closed};
static const rob_type t_list_open = {.kind = ROB_KIND_LIST, .size = sizeof(list),
                                     .list = {.item = &t_open, .item_size = sizeof(open_model)}};

static void undeclared_members(void)
{
    expect("kept as they came", &t_open, "{\"x\": [1.50, {\"y\": 1, \"y\": 2}], \"a\":1, \"z\":null}",
           "{\"a\":1,\"x\":[1.5,{\"y\":1,\"y\":2}],\"z\":null}");
    expect("the last of a name counts", &t_open, "{\"x\":1,\"a\":1,\"y\":2,\"x\":3}", "{\"a\":1,\"x\":3,\"y\":2}");
    expect("escaped names", &t_open, "{\"\\u0061\":1,\"\\u00e9\\n\":2}", "{\"a\":1,\"\xC3\xA9\\n\":2}");
    expect("forbidden, in order, after the fields", &t_closed, "{\"z\":1,\"a\":\"x\",\"b\":[2]}",
           "{\"detail\":[" ITEM("int_parsing", "\"a\"", "Input should be a valid integer, unable to parse string as an integer",
                                "\"x\"") "," ITEM("extra_forbidden", "\"z\"", "Extra inputs are not permitted", "1") ","
               ITEM("extra_forbidden", "\"b\"", "Extra inputs are not permitted", "[2]") "]}");
}

static void a_declared_key_comes_once(void)
{
    expect("twice", &t_open, "{\"a\":1,\"a\":1}", DUPLICATE(7));
    expect("twice, once escaped", &t_open, "{\"a\":1,\"\xC3\xA9\":0,\"\\u0061\":1}", DUPLICATE(13));
    expect("twice, deep in a list", &t_list_open, "[{\"a\":\"x\"},{\"a\":2,\"b\":0,\"a\":3}]", DUPLICATE(24));
    expect("undeclared names may", &t_closed, "{\"a\":1,\"b\":1,\"b\":2}",
           ONE("extra_forbidden", "\"b\"", "Extra inputs are not permitted", "2"));
}

static void input_shows_a_dict(void)
{
    expect("the last of a name, at the place of the first", &t_int, "{\"b\":1,\"a\":2.50,\"b\":{\"c\":1e-7,\"c\":-0}}",
           ONE("int_type", "", "Input should be a valid integer", "{\"b\":{\"c\":0},\"a\":2.5}"));
    expect("numbers as Python prints them", &t_int, "[1e-7,1e16,1E400,123456789012345678901234567890,-0.0]",
           ONE("int_type", "", "Input should be a valid integer",
               "[1e-07,1e+16,1E400,123456789012345678901234567890,-0.0]"));
}

/* Beyond a dozen members names are sorted to find those that come again. */
static void many_members_of_few_names(void)
{
    char json[2048] = "{", wanted[2048];
    size_t len = 1;
    for (int i = 0; i < 60; i++) len += (size_t)snprintf(json + len, sizeof json - len, "\"k%02d\":%d,", i * 7 % 20, i);
    json[len - 1] = '}';
    int last[20], order[20];
    for (int i = 0; i < 60; i++) {
        last[i * 7 % 20] = i;
        if (i < 20) order[i] = i * 7 % 20;
    }
    len = (size_t)snprintf(wanted, sizeof wanted,
                           "{\"detail\":[{\"type\":\"int_type\",\"loc\":[],\"msg\":\"Input should be a valid integer\",\"input\":{");
    for (int i = 0; i < 20; i++) {
        len += (size_t)snprintf(wanted + len, sizeof wanted - len, "%s\"k%02d\":%d", i ? "," : "", order[i], last[order[i]]);
    }
    snprintf(wanted + len, sizeof wanted - len, "}}]}");
    expect("sixty members, twenty names", &t_int, json, wanted);
}

/* ------------------------------------------------------------------ lists, dicts, indirection */

typedef struct text_item {
    rob_str key;
    int64_t value;
} text_item;

static const rob_type t_key = {.kind = ROB_KIND_STR, .size = sizeof(rob_str), .rules = ROB_MAX_LENGTH, .text = {.max_length = 2}};
static const rob_type t_dict = {.kind = ROB_KIND_DICT, .size = sizeof(list), .rules = ROB_MIN_LENGTH,
                                .list = {.item = &t_int, .key = &t_key, .item_size = sizeof(text_item),
                                         .value_offset = offsetof(text_item, value), .min_length = 1}};
static const rob_type t_unique = {.kind = ROB_KIND_LIST, .size = sizeof(list), .rules = ROB_UNIQUE,
                                  .list = {.item = &t_str, .item_size = sizeof(rob_str)}};

typedef struct maybe_int {
    int64_t value;
    bool has_value;
} maybe_int;
static const rob_type t_maybe = {.kind = ROB_KIND_NULLABLE, .size = sizeof(maybe_int),
                                 .nullable = {.inner = &t_int, .has_offset = offsetof(maybe_int, has_value)}};
static const rob_type t_maybes = {.kind = ROB_KIND_LIST, .size = sizeof(list),
                                  .list = {.item = &t_maybe, .item_size = sizeof(maybe_int)}};

typedef struct chain {
    int64_t value;
    struct chain *next;
    bool has_next;
} chain;
static const rob_type t_chain;
static const rob_field chain_fields[] = {
    {.name = TEXT("value"), .type = &t_int, .offset = offsetof(chain, value), .has_offset = ROB_NO_OFFSET},
    {.name = TEXT("next"), .type = &t_chain, .offset = offsetof(chain, next), .has_offset = offsetof(chain, has_next),
     .flags = ROB_FIELD_OPTIONAL | ROB_FIELD_INDIRECT},
};
static const rob_model chain_model = {FIELDS(chain_fields)};
static const rob_type t_chain = {.kind = ROB_KIND_MODEL, .size = sizeof(chain), .model = &chain_model};

static void lists_and_dicts(void)
{
    expect("a dict's bad key comes before its value", &t_dict, "{\"abc\":\"x\",\"b\":2}",
           "{\"detail\":[{\"type\":\"string_too_long\",\"loc\":[\"abc\",\"[key]\"],\"msg\":\"String should have at most 2 "
           "characters\",\"input\":\"abc\",\"ctx\":{\"max_length\":2}},"
           ITEM("int_parsing", "\"abc\"", "Input should be a valid integer, unable to parse string as an integer", "\"x\"") "]}");
    expect("a dict keeps the place of the first", &t_dict, "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}");
    expect("a dict too short", &t_dict, "{}",
           "{\"detail\":[{\"type\":\"too_short\",\"loc\":[],\"msg\":\"Dictionary should have at least 1 item after "
           "validation, not 0\",\"input\":{},\"ctx\":{\"field_type\":\"Dictionary\",\"min_length\":1,\"actual_length\":0}}]}");
    expect("unique", &t_unique, "[\"a\",\"b\",\"ab\",\"\"]", "[\"a\",\"b\",\"ab\",\"\"]");
    expect("not unique", &t_unique, "[\"a\",\"b\",\"\\u0061\"]",
           ONE("unique", "", "List items should be unique", "[\"a\",\"b\",\"a\"]"));
    expect("null among items", &t_maybes, "[1,null,\"2\"]", "[1,null,2]");
    expect("a chain", &t_chain, "{\"value\":1,\"next\":{\"value\":2,\"next\":{\"value\":\"3\"}}}",
           "{\"value\":1,\"next\":{\"value\":2,\"next\":{\"value\":3}}}");
    expect("a chain's end is wrong", &t_chain, "{\"value\":1,\"next\":{\"value\":2,\"next\":{}}}",
           ONE("missing", "\"next\",\"next\",\"value\"", "Field required", "{}"));
}

/* ------------------------------------------------------------------ unions */

/* union Node = int | list[Node] | { op: Literal["neg"], of: Node } | { op: Literal["nop"] } */
typedef struct node node;
typedef struct operation {
    uint32_t op;
    node *of;
} operation;
struct node {
    uint32_t tag;
    union {
        int64_t number;
        list list;
        operation op;
    };
};

static const rob_type t_node;
static const rob_choice neg_choice[] = {{.text = TEXT("neg")}}, nop_choice[] = {{.text = TEXT("nop")}};
static const rob_enum neg = {neg_choice, 1, true, TEXT("'neg'")}, nop = {nop_choice, 1, true, TEXT("'nop'")};
static const rob_type t_neg = {.kind = ROB_KIND_ENUM, .size = sizeof(uint32_t), .choice = &neg};
static const rob_type t_nop = {.kind = ROB_KIND_ENUM, .size = sizeof(uint32_t), .choice = &nop};
static const rob_field neg_fields[] = {
    {.name = TEXT("op"), .type = &t_neg, .offset = offsetof(operation, op), .has_offset = ROB_NO_OFFSET},
    {.name = TEXT("of"), .type = &t_node, .offset = offsetof(operation, of), .has_offset = ROB_NO_OFFSET,
     .flags = ROB_FIELD_INDIRECT},
};
static const rob_field nop_fields[] = {
    {.name = TEXT("op"), .type = &t_nop, .offset = offsetof(operation, op), .has_offset = ROB_NO_OFFSET}};
static const rob_model neg_model = {FIELDS(neg_fields)}, nop_model = {FIELDS(nop_fields)};
static const rob_type t_neg_model = {.kind = ROB_KIND_MODEL, .size = sizeof(operation), .model = &neg_model};
static const rob_type t_nop_model = {.kind = ROB_KIND_MODEL, .size = sizeof(operation), .model = &nop_model};
static const rob_type t_nodes = {.kind = ROB_KIND_LIST, .size = sizeof(list), .list = {.item = &t_node, .item_size = sizeof(node)}};
static const rob_arm node_arms[] = {{TEXT("int"), &t_int}, {TEXT("list[Node]"), &t_nodes}, {TEXT("Neg"), &t_neg_model},
                                    {TEXT("Nop"), &t_nop_model}};
static const rob_union node_union = {.arms = node_arms, .count = 4, .value_offset = offsetof(node, number)};
static const rob_type t_node = {.kind = ROB_KIND_UNION, .size = sizeof(node), .arms = &node_union};

static void nested_unions(void)
{
    expect("each arm", &t_node, "[1,\"2\",[],[[3]],{\"op\":\"neg\",\"of\":{\"op\":\"nop\",\"more\":1}}]",
           "[1,2,[],[[3]],{\"op\":\"neg\",\"of\":{\"op\":\"nop\"}}]");
    expect("every arm complains", &t_node, "\"x\"",
           "{\"detail\":[" ITEM("int_parsing", "\"int\"", "Input should be a valid integer, unable to parse string as an integer",
                                "\"x\"") "," ITEM("list_type", "\"list[Node]\"", "Input should be a valid list", "\"x\"") ","
               ITEM("model_attributes_type", "\"Neg\"", "Input should be a valid dictionary or object to extract fields from",
                    "\"x\"") "," ITEM("model_attributes_type", "\"Nop\"",
                                      "Input should be a valid dictionary or object to extract fields from", "\"x\"") "]}");
    expect("twice within an arm", &t_node, "[{\"op\":\"neg\",\"op\":\"neg\"}]", DUPLICATE(13));
}

/* A { op: Literal["neg"], n: int } | B { op?: Literal["nop"], s: str }: only one of them needs the field. */
typedef struct half {
    uint32_t tag;
    struct {
        uint32_t op;
        bool has_op;
        int64_t n;
        rob_str s;
    } arm;
} half;
#define HALF(MEMBER) (offsetof(half, arm.MEMBER) - offsetof(half, arm))
static const rob_field half_a_fields[] = {
    {.name = TEXT("op"), .type = &t_neg, .offset = HALF(op), .has_offset = ROB_NO_OFFSET},
    {.name = TEXT("n"), .type = &t_int, .offset = HALF(n), .has_offset = ROB_NO_OFFSET},
};
static const rob_field half_b_fields[] = {
    {.name = TEXT("op"), .type = &t_nop, .offset = HALF(op), .has_offset = HALF(has_op), .flags = ROB_FIELD_OPTIONAL},
    {.name = TEXT("s"), .type = &t_str, .offset = HALF(s), .has_offset = ROB_NO_OFFSET},
};
static const rob_model half_a = {FIELDS(half_a_fields)}, half_b = {FIELDS(half_b_fields)};
static const rob_type t_half_a = {.kind = ROB_KIND_MODEL, .size = sizeof(half), .model = &half_a};
static const rob_type t_half_b = {.kind = ROB_KIND_MODEL, .size = sizeof(half), .model = &half_b};
static const rob_arm half_arms[] = {{TEXT("A"), &t_half_a}, {TEXT("B"), &t_half_b}};
static const rob_union half_union = {.arms = half_arms, .count = 2, .value_offset = offsetof(half, arm)};
static const rob_type t_half = {.kind = ROB_KIND_UNION, .size = sizeof(half), .arms = &half_union};

static void a_literal_that_one_arm_requires(void)
{
    expect("the one that requires it", &t_half, "{\"n\":1,\"op\":\"neg\",\"s\":\"x\"}", "{\"op\":\"neg\",\"n\":1}");
    expect("absent", &t_half, "{\"n\":1,\"s\":\"x\"}", "{\"s\":\"x\"}");
    expect("the other's", &t_half, "{\"op\":\"nop\",\"s\":\"x\"}", "{\"op\":\"nop\",\"s\":\"x\"}");
}

/* `[[[[…"x"…]]]]`: each level has arms that take lists, and none that fits. */
static void nesting_does_not_multiply_the_work(void)
{
    char json[256];
    rob_arena arena;
    rob_arena_init(&arena, 0);
    memset(json, '[', 60);
    memcpy(json + 60, "\"x\"", 3);
    memset(json + 63, ']', 60);
    clock_t start = clock();
    rob_str got = outcome(&arena, &t_node, (rob_str){json, 123});
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    if (seconds > 1 || got.len < 100) differ("deep and wrong", json, "an error list within a second", got);
    rob_arena_free(&arena);
}

typedef struct shape {
    uint32_t tag;
    union {
        int64_t side;
        open_model open;
    };
} shape;
static const rob_field square_fields[] = {
    {.name = TEXT("side"), .type = &t_int, .offset = 0, .has_offset = ROB_NO_OFFSET}};
static const rob_model square = {FIELDS(square_fields), .extra = ROB_EXTRA_FORBID};
static const rob_type t_square = {.kind = ROB_KIND_MODEL, .size = sizeof(int64_t), .model = &square};
static const rob_arm shape_arms[] = {{TEXT("square"), &t_square}, {TEXT("open"), &t_open}};
static const rob_union shape_union = {shape_arms, 2, offsetof(shape, side), TEXT("kind"), TEXT("'square', 'open'")};
static const rob_type t_shape = {.kind = ROB_KIND_TAGGED, .size = sizeof(shape), .arms = &shape_union};

#define BAD_TAG(TAG, INPUT)                                                                                         \
    "{\"detail\":[{\"type\":\"union_tag_invalid\",\"loc\":[],\"msg\":\"Input tag '" TAG                            \
    "' found using 'kind' does not match any of the expected tags: 'square', 'open'\",\"input\":{\"kind\":" INPUT \
    "},\"ctx\":{\"discriminator\":\"'kind'\",\"tag\":\"" TAG "\",\"expected_tags\":\"'square', 'open'\"}}]}"

static void tags_that_arms_do_not_declare(void)
{
    expect("the tag is no undeclared member", &t_shape, "{\"side\":2,\"kind\":\"square\"}", "{\"kind\":\"square\",\"side\":2}");
    expect("nor is it kept", &t_shape, "{\"x\":1,\"kind\":\"open\",\"a\":1}", "{\"kind\":\"open\",\"a\":1,\"x\":1}");
    expect("others are", &t_shape, "{\"side\":2,\"kind\":\"square\",\"x\":1}",
           ONE("extra_forbidden", "\"square\",\"x\"", "Extra inputs are not permitted", "1"));
    expect("a tag twice", &t_shape, "{\"kind\":\"square\",\"side\":2,\"kind\":\"square\"}", DUPLICATE(26));
    expect("null", &t_shape, "{\"kind\":null}", BAD_TAG("None", "null"));
    expect("true", &t_shape, "{\"kind\":true}", BAD_TAG("True", "true"));
    expect("a number", &t_shape, "{\"kind\":1.50}", BAD_TAG("1.5", "1.5"));
    expect("a list", &t_shape, "{\"kind\":[1,\"a\"]}", BAD_TAG("[1, 'a']", "[1,\"a\"]"));
    expect("an object", &t_shape, "{\"kind\":{\"a\":{}}}", BAD_TAG("{'a': {}}", "{\"a\":{}}"));
    expect("nothing", &t_shape, "{\"kind\":\"\"}", BAD_TAG("", "\"\""));
}

/* ------------------------------------------------------------------ strictness and limits */

static const rob_choice mixed_choices[] = {{.number = 1, .kind = ROB_CHOICE_INT}, {.text = TEXT("a")},
                                           {.number = 0, .kind = ROB_CHOICE_BOOL}};
static const rob_enum mixed = {mixed_choices, 3, true, TEXT("1, 'a' or False")};
static const rob_type t_mixed = {.kind = ROB_KIND_ENUM, .size = sizeof(uint32_t), .choice = &mixed};
static const rob_type t_strict_mixed = {.kind = ROB_KIND_ENUM, .size = sizeof(uint32_t), .choice = &mixed,
                                        .rules = ROB_STRICT};
#define NO_CHOICE(INPUT) \
    "{\"detail\":[{\"type\":\"literal_error\",\"loc\":[],\"msg\":\"Input should be 1, 'a' or False\",\"input\":" INPUT \
    ",\"ctx\":{\"expected\":\"1, 'a' or False\"}}]}"

static void literals_compare_as_python_does_unless_strict(void)
{
    expect("true is 1", &t_mixed, "true", "1");
    expect("0.0 is False", &t_mixed, "0.0", "false");
    expect("1.0 is 1", &t_strict_mixed, "1.0", "1");
    expect("true is not 1 in strict mode", &t_strict_mixed, "true", NO_CHOICE("true"));
    expect("0 is not False in strict mode", &t_strict_mixed, "0", NO_CHOICE("0"));
    expect("false is False", &t_strict_mixed, "false", "false");
}

static void strict_takes_json_types_only(void)
{
    expect("an int", &t_strict, "5", "5");
    expect("a text", &t_strict, "\"5\"", ONE("int_type", "", "Input should be a valid integer", "\"5\""));
    expect("true", &t_strict, "true", ONE("int_type", "", "Input should be a valid integer", "true"));
}

static void the_list_ends_at_its_caps(void)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_errors errors = {0};
    list out = {0};
    static const rob_type ints = {.kind = ROB_KIND_LIST, .size = sizeof(list), .list = {.item = &t_int, .item_size = 8}};
    static char json[200001];
    for (size_t i = 0; i < 50000; i++) memcpy(json + 4 * i, i ? ",\"x\"" : "[\"x\"", 4);
    json[200000] = ']';
    if (rob_decode_text(&arena, &ints, (rob_str){json, sizeof json}, &out, &errors) != ROB_INVALID || !errors.full ||
        errors.count != ROB_ERRORS_MOST) {
        differ("fifty thousand errors", "[\"x\",…", "a thousand", ROB_STR("not"));
    }
    rob_arena_free(&arena);
}

/* A big input in each of many errors: a missing field echoes the whole object. */
static void echoes_are_bounded(void)
{
    enum { FIELDS_MANY = 300, LEN = 100000 };
    static rob_field fields[FIELDS_MANY];
    static char names[FIELDS_MANY][8], json[LEN];
    for (int i = 0; i < FIELDS_MANY; i++) {
        size_t len = (size_t)snprintf(names[i], sizeof names[i], "f%d", i);
        fields[i] = (rob_field){.name = {names[i], len}, .type = &t_int, .has_offset = ROB_NO_OFFSET};
    }
    rob_model model = {.fields = fields, .field_count = FIELDS_MANY};
    rob_type type = {.kind = ROB_KIND_MODEL, .size = 8, .model = &model};
    memset(json, ' ', LEN);
    memcpy(json, "{\"x\":\"", 6);
    memset(json + 6, 'y', LEN - 8);
    memcpy(json + LEN - 2, "\"}", 2);
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_errors errors = {0};
    int64_t out;
    rob_status status = rob_decode_text(&arena, &type, (rob_str){json, LEN}, &out, &errors);
    if (status != ROB_INVALID || !errors.full || errors.count > 12 || arena.used > 16 << 20) {
        differ("three hundred echoes of 100 kB", "", "a list that ends at 1 MiB", ROB_STR("more"));
    }
    rob_arena_free(&arena);
}

static void a_full_arena_is_a_status(void)
{
    static const struct {
        const rob_type *type;
        const char *json;
    } rows[] = {
        {&t_node, "[1,\"2\",[],[[3]],{\"op\":\"neg\",\"of\":{\"op\":\"nope\",\"more\":1}}]"},
        {&t_shape, "{\"kind\":{\"a\":[1,2,3]}}"},
        {&t_closed, "{\"z\":1,\"\\u0061\":\"\\n\",\"b\":[2,\"\\u00e9\"]}"},
        {&t_unique, "[\"a\",\"b\",\"\\u0061\"]"},
        {&t_dict, "{\"abc\":\"x\",\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10,\"k\":1,\"l\":2,\"m\":3}"},
    };
    for (size_t cap = 16; cap < 8000; cap += 48) {
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            rob_arena arena;
            rob_arena_init(&arena, cap);
            _Alignas(16) char value[256] = {0};
            rob_errors errors = {0};
            rob_status status = rob_decode_text(&arena, rows[i].type, rob_str_of(rows[i].json), value, &errors);
            if (status != ROB_INVALID && status != ROB_NO_MEMORY) {
                differ("a small arena", rows[i].json, "ROB_INVALID or ROB_NO_MEMORY", rob_str_of(rob_status_text(status)));
            }
            rob_arena_free(&arena);
        }
    }
}

/* ------------------------------------------------------------------ answers */

static void problem_is(const char *what, const rob_errors *errors, const char *body)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_writer w = {.arena = &arena};
    rob_errors_write(errors, ROB_ERRORS_PROBLEM, &w);
    if (!rob_str_eq((rob_str){w.ptr, w.len}, rob_str_of(body))) differ(what, "", body, (rob_str){w.ptr, w.len});
    rob_arena_free(&arena);
}

static void problems_say_their_status(void)
{
    rob_error one = {.json = ROB_STR("{\"type\":\"x\"}")};
    rob_errors errors = {.first = &one, .last = &one, .count = 1};
    problem_is("invalid", &errors,
               "{\"type\":\"about:blank\",\"title\":\"Unprocessable Content\",\"status\":422,\"detail\":\"The request is not "
               "valid\",\"errors\":[{\"type\":\"x\"}]}");
    errors.syntax = true;
    problem_is("not JSON", &errors,
               "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"The body is not "
               "JSON\",\"errors\":[{\"type\":\"x\"}]}");
}

int main(void)
{
    presence_has_three_states();
    undeclared_members();
    a_declared_key_comes_once();
    input_shows_a_dict();
    many_members_of_few_names();
    lists_and_dicts();
    nested_unions();
    a_literal_that_one_arm_requires();
    nesting_does_not_multiply_the_work();
    tags_that_arms_do_not_declare();
    strict_takes_json_types_only();
    literals_compare_as_python_does_unless_strict();
    the_list_ends_at_its_caps();
    echoes_are_bounded();
    a_full_arena_is_a_status();
    problems_say_their_status();
    printf("%u failures\n", failures);
    return failures != 0;
}
