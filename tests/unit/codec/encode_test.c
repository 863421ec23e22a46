/* What leaves the server: strings byte for byte, and every way in which a handler's value can be one that
 * its type forbids. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

#include <robync/generated.h>

#define TEXT(literal) ROB_STR_INIT(literal)

static unsigned failures;

static void differ(const char *what, const char *wanted, rob_str got)
{
    printf("%s\n  wanted %s\n  got    %.*s\n", what, wanted, ROB_STR_ARG(got));
    failures++;
}

static void expect(const char *what, const rob_type *type, const void *value, const char *wanted)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_writer w = {.arena = &arena};
    rob_write_value(&w, type, value);
    rob_str got = w.status == ROB_OK ? (rob_str){w.ptr, w.len} : rob_str_of(w.why);
    if (w.status != ROB_OK || !rob_str_eq(got, rob_str_of(wanted))) differ(what, wanted, got);
    rob_arena_free(&arena);
}

/* The writer fails and names the field. */
static void refuses(const char *what, const rob_type *type, const void *value, const char *field)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_writer w = {.arena = &arena};
    rob_write_value(&w, type, value);
    if (w.status != ROB_UNENCODABLE || !w.why) differ(what, "ROB_UNENCODABLE", rob_str_of(rob_status_text(w.status)));
    else if (!rob_str_eq(w.where, rob_str_of(field))) differ(what, field, w.where);
    rob_arena_free(&arena);
}

static const rob_type t_int = {.kind = ROB_KIND_INT, .size = 8, .rules = ROB_GE, .integer = {.ge = 1}};
static const rob_type t_float = {.kind = ROB_KIND_FLOAT, .size = 8};
static const rob_type t_str = {.kind = ROB_KIND_STR, .size = sizeof(rob_str)};
static const rob_type t_str_2 = {.kind = ROB_KIND_STR, .size = sizeof(rob_str), .rules = ROB_MAX_LENGTH, .text = {.max_length = 2}};
static const rob_type t_bytes = {.kind = ROB_KIND_BYTES, .size = sizeof(rob_str)};
static const rob_type t_json = {.kind = ROB_KIND_JSON, .size = sizeof(rob_json)};
static const rob_type t_date = {.kind = ROB_KIND_DATE, .size = sizeof(rob_date)};
static const rob_type t_time = {.kind = ROB_KIND_TIME, .size = sizeof(rob_time)};
static const rob_type t_decimal = {.kind = ROB_KIND_DECIMAL, .size = sizeof(rob_decimal)};
static const rob_choice choices[] = {{.text = TEXT("a")}, {.number = 5, .kind = ROB_CHOICE_INT},
                                     {.number = 1, .kind = ROB_CHOICE_BOOL}};
static const rob_enum three = {choices, 3, true, TEXT("'a', 5 or True")};
static const rob_type t_enum = {.kind = ROB_KIND_ENUM, .size = sizeof(uint32_t), .choice = &three};

/* ------------------------------------------------------------------ strings */

/* Every length and place of one odd byte: the copy works in words of eight and pairs of four. */
static void strings_of_every_length(void)
{
    static const struct {
        const char *raw, *written;
    } odd[] = {{"x", "x"}, {"\"", "\\\""}, {"\n", "\\n"}, {"\x01", "\\u0001"}, {"\x7F", "\x7F"}, {"\xC3\xA9", "\xC3\xA9"},
               {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"}, {"/", "/"}};
    for (size_t len = 0; len < 26; len++) {
        for (size_t at = 0; at <= len; at++) {
            for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
                char raw[64], written[64];
                int raw_len = snprintf(raw, sizeof raw, "%.*s%s%.*s", (int)at, "abcdefghijklmnopqrstuvwxyz", odd[i].raw,
                                       (int)(len - at), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
                snprintf(written, sizeof written, "\"%.*s%s%.*s\"", (int)at, "abcdefghijklmnopqrstuvwxyz", odd[i].written,
                         (int)(len - at), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
                char *exact = malloc((size_t)raw_len + 1);
                memcpy(exact, raw, (size_t)raw_len);
                expect("a string", &t_str, &(rob_str){exact, (size_t)raw_len}, written);
                free(exact);
            }
        }
    }
}

static void control_characters(void)
{
    static const char raw[] = "\0\1\b\t\n\v\f\r\x1F";
    expect("control characters", &t_str, &(rob_str){raw, sizeof raw - 1}, "\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\"");
    expect("no text at all", &t_str, &(rob_str){NULL, 0}, "\"\"");
}

static void texts_that_are_not_utf8(void)
{
    static const char *const bad[] = {"\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "abcdefgh\xFFijk", "abc\xC3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) refuses(bad[i], &t_str, &(rob_str){bad[i], strlen(bad[i])}, "");
}

/* ------------------------------------------------------------------ scalars */

static void scalars(void)
{
    expect("int", &t_int, &(int64_t){INT64_MAX}, "9223372036854775807");
    expect("float", &t_float, &(double){1e-7}, "1e-7");
    expect("float", &t_float, &(double){100}, "100.0");
    expect("bytes", &t_bytes, &ROB_STR("ab\xFF"), "\"YWL/\"");
    expect("date", &t_date, &(rob_date){2024, 2, 29}, "\"2024-02-29\"");
    expect("decimal", &t_decimal, &(rob_decimal){ROB_STR("1.50")}, "\"1.50\"");
    expect("a text choice", &t_enum, &(uint32_t){0}, "\"a\"");
    expect("an int choice", &t_enum, &(uint32_t){1}, "5");
    expect("a bool choice", &t_enum, &(uint32_t){2}, "true");
    expect("json", &t_json, &(rob_json){ROB_STR(" [1.0 , {\"a\" : \"\\u00e9\"}] ")}, "[1.0,{\"a\":\"\xC3\xA9\"}]");
}

static void values_that_types_forbid(void)
{
    refuses("below ge", &t_int, &(int64_t){0}, "");
    refuses("NaN", &t_float, &(double){NAN}, "");
    refuses("infinity", &t_float, &(double){-INFINITY}, "");
    refuses("too long", &t_str_2, &ROB_STR("abc"), "");
    expect("two code points", &t_str_2, &ROB_STR("\xC3\xA9\xC3\xA9"), "\"\xC3\xA9\xC3\xA9\"");
    refuses("no such day", &t_date, &(rob_date){2023, 2, 29}, "");
    refuses("no such hour", &t_time, &(rob_time){.hour = 24}, "");
    refuses("no decimal", &t_decimal, &(rob_decimal){ROB_STR("1,5")}, "");
    refuses("no choice", &t_enum, &(uint32_t){3}, "");
    refuses("no JSON", &t_json, &(rob_json){ROB_STR("[1,]")}, "");
    refuses("empty JSON", &t_json, &(rob_json){{NULL, 0}}, "");
}

/* ------------------------------------------------------------------ structures */

typedef struct list {
    const void *items;
    size_t count;
} list;

typedef struct person {
    rob_str name;
    list tags;
    struct person *friend;
    rob_extra_list extra;
    bool has_friend;
} person;

static const rob_type t_person;
static const rob_type t_tags = {.kind = ROB_KIND_LIST, .size = sizeof(list), .rules = ROB_MAX_LENGTH | ROB_UNIQUE,
                                .list = {.item = &t_str_2, .item_size = sizeof(rob_str), .max_length = 3}};
static const rob_field person_fields[] = {
    {.name = TEXT("name"), .type = &t_str, .offset = offsetof(person, name), .has_offset = ROB_NO_OFFSET},
    {.name = TEXT("tags"), .type = &t_tags, .offset = offsetof(person, tags), .has_offset = ROB_NO_OFFSET},
    {.name = TEXT("friend"), .type = &t_person, .offset = offsetof(person, friend),
     .has_offset = offsetof(person, has_friend), .flags = ROB_FIELD_NULLABLE | ROB_FIELD_INDIRECT},
};
static const rob_model person_model = {.fields = person_fields, .field_count = 3, .extra = ROB_EXTRA_ALLOW,
                                       .extra_offset = offsetof(person, extra)};
static const rob_type t_person = {.kind = ROB_KIND_MODEL, .size = sizeof(person), .model = &person_model};

static void models(void)
{
    const rob_str tags[] = {TEXT("a"), TEXT("b"), TEXT("a"), TEXT("c")};
    rob_extra_item extra[] = {{ROB_STR("name"), {ROB_STR("1")}}, {ROB_STR("k\n"), {ROB_STR("{ }")}}};
    person ada = {.name = ROB_STR("Ada"), .tags = {tags, 2}};
    person bob = {.name = ROB_STR("Bob"), .friend = &ada, .has_friend = true, .extra = {extra, 2}};
    expect("one within another", &t_person, &bob,
           "{\"name\":\"Bob\",\"tags\":[],\"friend\":{\"name\":\"Ada\",\"tags\":[\"a\",\"b\"],\"friend\":null},\"k\\n\":{}}");
    ada.tags.count = 3;
    refuses("items that are not unique, in the inner one", &t_person, &bob, "tags");
    ada.tags.count = 4;
    refuses("too many items", &t_person, &bob, "tags");
    ada.tags = (list){NULL, 1};
    refuses("a count without items", &t_person, &ada, "tags");
    bob.friend = NULL;
    refuses("a null pointer", &t_person, &bob, "friend");
    person loop = {.name = ROB_STR("Loop"), .has_friend = true};
    loop.friend = &loop;
    refuses("a person who is their own friend", &t_person, &loop, "tags"); /* the first container too deep */
}

static void a_full_arena_is_a_status(void)
{
    rob_str long_text = {memset(malloc(3000), 'x', 3000), 3000};
    rob_arena arena;
    rob_arena_init(&arena, 2048);
    rob_writer w = {.arena = &arena};
    ROB_WRITE(&w, "[");
    rob_write_str(&w, long_text);
    rob_write_int(&w, 1);
    ROB_WRITE(&w, "]");
    if (w.status != ROB_NO_MEMORY) differ("3000 bytes in 2048", "ROB_NO_MEMORY", rob_str_of(rob_status_text(w.status)));
    rob_arena_free(&arena);
    free((char *)long_text.ptr);
}

int main(void)
{
    strings_of_every_length();
    control_characters();
    texts_that_are_not_utf8();
    scalars();
    values_that_types_forbid();
    models();
    a_full_arena_is_a_status();
    printf("%u failures\n", failures);
    return failures != 0;
}
