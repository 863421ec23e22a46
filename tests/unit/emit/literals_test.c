/* Literals, comments and static initializers: whatever a spec holds, C takes it and means the same. */
#include "emit/c.h"

#include <math.h>

#include "check.h"

static rob_arena arena;
static ir_api api = {.name = ROB_STR_INIT("Store"), .version = ROB_STR_INIT("1"), .prefix = ROB_STR_INIT("store"),
                     .root_path = ROB_STR_INIT("a/store.api")};
static c_emitter e;

static void strings_mean_the_bytes_they_were_made_of(void)
{
    check_text("plain", c_string(&e, ROB_STR("abc")), "\"abc\"");
    check_text("quotes", c_string(&e, ROB_STR("a\"b\\c")), "\"a\\\"b\\\\c\"");
    check_text("controls", c_string(&e, ROB_STR("\n\r\t\x01\x7f")), "\"\\n\\r\\t\\001\\177\"");
    check_text("digit after an escape", c_string(&e, ROB_STR("\x01"  "2")), "\"\\0012\"");
    check_text("NUL", c_string(&e, ROB_STR("a\0b")), "\"a\\000b\"");
    check_text("empty", c_string(&e, ROB_STR("")), "\"\"");
}

static void strings_hold_no_trigraphs(void)
{
    check_text("backslash", c_string(&e, ROB_STR("what?" "?/n")), "\"what?\\077/n\"");
    check_text("three", c_string(&e, ROB_STR("?" "?" "?")), "\"?\\077\\077\"");
}

static void strings_are_utf8_that_a_reader_can_see(void)
{
    check_text("letters stay", c_string(&e, ROB_STR("Zoë 日本 😀")), "\"Zoë 日本 😀\"");
    check_text("direction marks do not", c_string(&e, ROB_STR("a\u202eb")), "\"a\\342\\200\\256b\"");
    check_text("bad bytes do not", c_string(&e, ROB_STR("\xff\xc3")), "\"\\377\\303\"");
}

static void comments_end_where_they_should(void)
{
    check_text("end", c_comment(&e, ROB_STR("a */ b")), "a * / b");
    check_text("begin", c_comment(&e, ROB_STR("^/*$ **//*/")), "^/ *$ ** // * /");
    check_text("end made of what is dropped", c_comment(&e, ROB_STR("*\x01/")), "* /");
    check_text("trigraph", c_comment(&e, ROB_STR("a?" "?/")), "a?" "? /");
    check_text("direction", c_comment(&e, ROB_STR("a\u202eb\xff")), "ab");
    check_text("one line", c_comment_line(&e, ROB_STR("a\nb")), "a b");
    check_text("block", c_block_comment(&e, ROB_STR("a\n\nb\n")), "/* a\n * \n * b */");
    check_text("side", c_side_note(&e, ROB_STR("a*/\nb")), " /* a* / b */");
    check_text("no side", c_side_note(&e, ROB_STR("")), "");
}

static void numbers_read_back(void)
{
    check_text("smallest int", c_int64(&e, INT64_MIN), "INT64_MIN");
    check_text("negative", c_int64(&e, -5), "-5");
    check_text("largest", c_number(&e, UINT64_MAX), "18446744073709551615");
    check_text("whole float", c_double(&e, 1), "1.0");
    check_text("small float", c_double(&e, 1e-7), "1e-07");
}

/* ------------------------------------------------------------------ values */

static ir_type int_type = {.table = {.kind = ROB_KIND_INT, .size = sizeof(int64_t)}, .c_type = ROB_STR_INIT("int64_t")};
static ir_type str_type = {.table = {.kind = ROB_KIND_STR, .size = sizeof(rob_str)}, .c_type = ROB_STR_INIT("rob_str")};

static rob_str scalar(rob_kind kind, const void *value)
{
    ir_type type = {.table = {.kind = kind}};
    return c_value(&e, &type, value);
}

static void scalars_become_initializers(void)
{
    check_text("int", scalar(ROB_KIND_INT, &(int64_t){-3}), "-3");
    check_text("float", scalar(ROB_KIND_FLOAT, &(double){0.1}), "0.1");
    check_text("bool", scalar(ROB_KIND_BOOL, &(bool){true}), "true");
    check_text("str", scalar(ROB_KIND_STR, &ROB_STR("a\"")), "ROB_STR_INIT(\"a\\\"\")");
    check_text("decimal", scalar(ROB_KIND_DECIMAL, &(rob_decimal){ROB_STR("1.50")}), "{ .text = ROB_STR_INIT(\"1.50\") }");
    check_text("date", scalar(ROB_KIND_DATE, &(rob_date){2024, 2, 29}), "{ .year = 2024, .month = 2, .day = 29 }");
    rob_time time = {.hour = 1, .minute = 2, .second = 3, .has_offset = true, .offset = -3600};
    check_text("time", scalar(ROB_KIND_TIME, &time),
               "{ .hour = 1, .minute = 2, .second = 3, .has_offset = true, .offset = -3600 }");
    check_text("duration", scalar(ROB_KIND_DURATION, &(rob_duration){-1, 2, 3}),
               "{ .days = -1, .seconds = 2, .microseconds = 3 }");
    rob_uuid uuid = {{0x12, 0xab}};
    check_text("uuid", scalar(ROB_KIND_UUID, &uuid),
               "{ { 0x12, 0xab, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 } }");
}

typedef struct any_list {
    const void *items;
    size_t count;
} any_list;

static void lists_and_dicts_become_arrays(void)
{
    ir_type list = {.table = {.kind = ROB_KIND_LIST, .list = {.item_size = sizeof(rob_str)}}, .item = &str_type};
    rob_str texts[] = {ROB_STR("a"), ROB_STR("b")};
    check_text("list", c_value(&e, &list, &(any_list){texts, 2}),
               "{ .items = (rob_str[]){ ROB_STR_INIT(\"a\"), ROB_STR_INIT(\"b\") }, .count = 2 }");
    check_text("empty", c_value(&e, &list, &(any_list){NULL, 0}), "{ .count = 0 }");
    struct item { rob_str key; int64_t value; } items[] = {{ROB_STR("k"), 1}};
    ir_type dict = {.table = {.kind = ROB_KIND_DICT, .list = {.item_size = sizeof *items,
                    .value_offset = offsetof(struct item, value)}}, .item = &int_type, .c_item = ROB_STR_INIT("store_item")};
    check_text("dict", c_value(&e, &dict, &(any_list){items, 1}),
               "{ .items = (store_item[]){ { .key = ROB_STR_INIT(\"k\"), .value = 1 } }, .count = 1 }");
}

struct node { int64_t id; bool has_id; rob_has has_any; int64_t any; struct node *next; bool has_next; };

#define FIELD(member, has, bits, of)                                                                  \
    {.table = {.offset = offsetof(struct node, member), .has_offset = has, .flags = bits},            \
     .c_name = ROB_STR_INIT(#member), .c_has = ROB_STR_INIT("has_" #member), .type = of}

static void models_become_designated_initializers(void)
{
    static ir_model model = {.c_name = ROB_STR_INIT("store_node"), .field_count = 3};
    static ir_type type = {.table = {.kind = ROB_KIND_MODEL}, .c_type = ROB_STR_INIT("store_node"), .model = &model};
    ir_field fields[] = {
        FIELD(id, offsetof(struct node, has_id), ROB_FIELD_OPTIONAL, &int_type),
        FIELD(any, offsetof(struct node, has_any), ROB_FIELD_TRISTATE, &int_type),
        FIELD(next, offsetof(struct node, has_next), ROB_FIELD_OPTIONAL | ROB_FIELD_INDIRECT, &type),
    };
    model.fields = fields;
    struct node last = {.has_any = ROB_NULL}, first = {.id = 1, .has_id = true, .next = &last, .has_next = true};
    check_text("chain", c_value(&e, &type, &first),
               "{ .id = 1, .has_id = true, .next = &(store_node){ .has_any = ROB_NULL }, .has_next = true }");
    check_text("nothing set", c_value(&e, &type, &(struct node){0}), "{ 0 }");
}

int main(void)
{
    rob_arena_init(&arena, 0);
    e = c_emitter_new(&api, &arena);
    strings_mean_the_bytes_they_were_made_of();
    strings_hold_no_trigraphs();
    strings_are_utf8_that_a_reader_can_see();
    comments_end_where_they_should();
    numbers_read_back();
    scalars_become_initializers();
    lists_and_dicts_become_arrays();
    models_become_designated_initializers();
    rob_arena_free(&arena);
    return failures != 0;
}
