/* Each document of json/accept and json/reject as the body of a `json` parameter, with the answers of
 * json/reject-answers.jsonl; then what wire.md refuses beyond them, and the reader's own promises.
 *
 *   json_test DATA/json */
#include <cjson/cJSON.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "answer.h"
#include "base/arena.h"
#include "codec/encode_json.h"
#include "codec/json_error.h"
#include "codec/params_body.h"
#include "http/request.h"

static unsigned failures;

static void fail(const char *what, const char *wanted, rob_str got)
{
    printf("%s\n  wanted %s\n  got    %.*s\n", what, wanted, ROB_STR_ARG(got));
    failures++;
}

/* ------------------------------------------------------------------ one body */

/* The answer of a server whose route is `(body: json) -> json`. w: the body. */
static unsigned post(rob_arena *arena, rob_str body, rob_writer *w)
{
    static const rob_header_line json = {ROB_STR_INIT("content-type"), ROB_STR_INIT("application/json")};
    static const rob_type type = {.kind = ROB_KIND_JSON, .size = sizeof(rob_json)};
    static const rob_param param = {.field = {.name = ROB_STR_INIT("body"), .type = &type, .has_offset = ROB_NO_OFFSET},
                                    .source = ROB_FROM_BODY};
    static const rob_params params = {&param, 1, ROB_BODY_WHOLE};
    static const rob_endpoint endpoint = {.params = &params};
    rob_request req = {.arena = arena, .headers = &json, .header_count = 1, .body = body, .endpoint = &endpoint};
    rob_json in = {0};
    rob_status status = rob_decode_params(&req, &in);
    if (status != ROB_OK) return answer_of(status, &req.errors, req.refusal, w);
    rob_write_value(w, &type, &in);
    return w->status == ROB_OK ? 200 : 500;
}

static void expect(const char *what, rob_str body, unsigned status, const char *answer)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_writer w = {.arena = &arena};
    unsigned got = post(&arena, body, &w);
    bool equal = got == status && (!answer || rob_str_eq((rob_str){w.ptr, w.len}, rob_str_of(answer)));
    if (!equal) fail(what, answer ? answer : "200", (rob_str){w.ptr, w.len});
    rob_arena_free(&arena);
}

/* ------------------------------------------------------------------ the suite's files */

static rob_str read_file(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) return (rob_str){0};
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    /* Exactly as long as the text, so that the sanitizer sees a read past its end. */
    char *text = malloc(size ? size : 1);
    if (!text || fread(text, 1, size, file) != size) exit(2);
    fclose(file);
    return (rob_str){text, size};
}

static unsigned accept_all(const char *folder)
{
    unsigned count = 0;
    DIR *files = opendir(folder);
    for (struct dirent *entry; files && (entry = readdir(files));) {
        if (entry->d_name[0] == '.') continue;
        rob_str text = read_file(folder, entry->d_name);
        expect(entry->d_name, text, 200, NULL);
        free((char *)text.ptr);
        count++;
    }
    if (files) closedir(files);
    return count;
}

static unsigned reject_all(const char *folder, const char *answers)
{
    unsigned count = 0;
    rob_str all = read_file(answers, "reject-answers.jsonl");
    for (const char *at = all.ptr, *end = all.ptr + all.len; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        cJSON *row = cJSON_ParseWithLength(at, (size_t)(stop - at));
        const char *name = cJSON_GetObjectItem(row, "file")->valuestring;
        rob_str text = read_file(folder, name);
        expect(name, text, (unsigned)cJSON_GetObjectItem(row, "status")->valueint,
               cJSON_GetObjectItem(row, "answer")->valuestring);
        free((char *)text.ptr);
        cJSON_Delete(row);
        at = stop + 1;
        count++;
    }
    free((char *)all.ptr);
    return count;
}

/* ------------------------------------------------------------------ what the files do not show */

#define INVALID(offset, text)                                                                              \
    "{\"detail\":[{\"type\":\"json_invalid\",\"loc\":[\"body\"," #offset "],\"msg\":\"JSON decode error\"," \
    "\"input\":{},\"ctx\":{\"error\":\"" text "\"}}]}"
#define UNREADABLE "{\"detail\":\"There was an error parsing the body\"}"

static void what_cpython_lets_pass_is_refused(void)
{
    expect("NaN", ROB_STR("[NaN]"), 422, INVALID(1, "Expecting value"));
    expect("Infinity", ROB_STR("{\"a\":Infinity}"), 422, INVALID(5, "Expecting value"));
    expect("-Infinity", ROB_STR("-Infinity"), 422, INVALID(0, "Expecting value"));
    expect("BOM", ROB_STR("\xEF\xBB\xBF{}"), 422, INVALID(0, "Unexpected UTF-8 BOM (decode using utf-8-sig)"));
    expect("lone high", ROB_STR("[\"\\uD800\"]"), 422, INVALID(3, "Invalid \\\\uXXXX escape"));
    expect("lone low", ROB_STR("\"a\\udc00\""), 422, INVALID(3, "Invalid \\\\uXXXX escape"));
    expect("high, high", ROB_STR("\"\\uD800\\uD800\\uDC00\""), 422, INVALID(2, "Invalid \\\\uXXXX escape"));
}

static void cpythons_complaint_comes_before_ours(void)
{
    expect("NaN, then a comma", ROB_STR("[NaN,]"), 422, INVALID(5, "Expecting value"));
    expect("lone, then unclosed", ROB_STR("[\"\\uD800\""), 422, INVALID(9, "Expecting ',' delimiter"));
}

static void offsets_count_code_points(void)
{
    expect("after two-byte", ROB_STR("[\"\xC3\xA9\",]"), 422, INVALID(5, "Expecting value"));
    expect("after emoji", ROB_STR("[\"\xF0\x9F\x98\x80\" 1]"), 422, INVALID(5, "Expecting ',' delimiter"));
}

static void bytes_that_are_not_utf8_are_unreadable(void)
{
    static const char *const bad[] = {"\x80",         "\xC0\x80",         "\xC1\xBF",         "\xE0\x80\x80", "\xED\xA0\x80",
                                      "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80", "\xC3",         "\xE2\x82", "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[32];
        int len = snprintf(text, sizeof text, "[\"12345678%s\"]", bad[i]);
        expect("not UTF-8 in a string", (rob_str){text, (size_t)len}, 400, UNREADABLE);
        len = snprintf(text, sizeof text, "[1 %s]", bad[i]);
        expect("not UTF-8 outside", (rob_str){text, (size_t)len}, 400, UNREADABLE);
        len = snprintf(text, sizeof text, "[1,,] %s", bad[i]);
        expect("not UTF-8 after an error", (rob_str){text, (size_t)len}, 400, UNREADABLE);
    }
    expect("all ends", ROB_STR("\"\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\""),
           200, "\"\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\"");
}

static void depth_ends_at_64(void)
{
    char text[256];
    memset(text, '[', 65);
    memset(text + 65, ']', 65);
    expect("64 deep", (rob_str){text + 1, 128}, 200, NULL);
    expect("65 deep", (rob_str){text, 130}, 400, UNREADABLE);
    expect("65 deep and open", (rob_str){text, 65}, 400, UNREADABLE);
}

static void integers_beyond_cpythons_limit_are_unreadable(void)
{
    char *text = malloc(4302);
    memset(text, '7', 4302);
    expect("4300 digits", (rob_str){text, 4300}, 200, NULL);
    expect("4301 digits", (rob_str){text, 4301}, 400, UNREADABLE);
    free(text);
}

static void escapes_and_numbers_come_back_normal(void)
{
    expect("escapes", ROB_STR("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001F\\u007f\\u00e9\\u20AC\\ud83d\\uDE00\""), 200,
           "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7F\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
    expect("numbers", ROB_STR("[-0, -0.0, 1E5, 0.1e-6, 1e16, 12345678901234567890123, 1.50]"), 200,
           "[0,-0.0,100000.0,1e-7,1e+16,12345678901234567890123,1.5]");
    expect("members of one name stay", ROB_STR("{\"a\":1,\"b\":2,\"a\":3}"), 200, "{\"a\":1,\"b\":2,\"a\":3}");
    expect("white space goes", ROB_STR(" { \"a\" : [ 1 , { } , [ ] ] } \r\n\t"), 200, "{\"a\":[1,{},[]]}");
}

/* The plain-byte loops look at eight bytes at once: every length, every place of the odd byte. */
static void strings_of_every_length_survive(void)
{
    static const char *const odd[] = {"\\n", "\\\"", "\xC3\xA9", "\\u00e9", " ", "~"};
    for (size_t len = 0; len < 20; len++) {
        for (size_t at = 0; at <= len; at++) {
            for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
                char text[64], *end = text;
                *end++ = '"';
                memset(end, 'x', at);
                end = stpcpy(end + at, odd[i]);
                memset(end, 'y', len - at);
                end = stpcpy(end + (len - at), "\"");
                char wanted[64];
                strcpy(wanted, text);
                char *escape = strstr(wanted, "\\u00e9");
                if (escape) {
                    memcpy(escape, "\xC3\xA9", 2);
                    memmove(escape + 2, escape + 6, strlen(escape + 6) + 1);
                }
                expect("a string", (rob_str){text, (size_t)(end - text)}, 200, wanted);
            }
        }
    }
}

static void every_truncation_fails_cleanly(void)
{
    static const char text[] = "{\"a\":[1,-2.5e+3,true,null,\"\\ud83d\\ude00\xC3\xA9\"],\"b\":{\"c\":false}}";
    for (size_t len = 1; len < sizeof text - 1; len++) {
        char *copy = malloc(len);
        memcpy(copy, text, len);
        rob_arena arena;
        rob_arena_init(&arena, 0);
        rob_writer w = {.arena = &arena};
        unsigned status = post(&arena, (rob_str){copy, len}, &w);
        if (status != 422 && status != 400) fail("a truncated text", "422 or 400", (rob_str){copy, len});
        rob_arena_free(&arena);
        free(copy);
    }
}

static void a_full_arena_is_a_status(void)
{
    for (size_t cap = 64; cap < 20000; cap += 512) {
        rob_arena arena;
        rob_arena_init(&arena, cap);
        rob_json_doc doc;
        rob_json_stop stop;
        char text[2001];
        for (size_t i = 0; i < 1000; i++) memcpy(text + 2 * i, i ? ",1" : "[1", 2);
        text[2000] = ']';
        rob_status status = rob_json_read(&arena, (rob_str){text, sizeof text}, &doc, &stop);
        if (status != ROB_OK && status != ROB_NO_MEMORY) fail("arena", "a status", rob_str_of(rob_status_text(status)));
        rob_arena_free(&arena);
    }
}

static void content_types(void)
{
    static const struct {
        const char *text;
        bool json;
    } rows[] = {
        {"application/json", true},       {"APPLICATION/JSON", true},     {" application/json ; charset=utf-8", true},
        {"application/problem+json", true}, {"application/+json", true},  {"application/jsonx", false},
        {"text/json", false},             {"application/json/x", false},  {"application", false},
        {"", false},                      {"application/", false},        {"application / json", false},
        {"application/x-www-form-urlencoded", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rob_is_json_type(rob_str_of(rows[i].text)) != rows[i].json) fail("content type", rows[i].text, ROB_STR("the other"));
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    char accept[4096], reject[4096];
    snprintf(accept, sizeof accept, "%s/accept", argv[1]);
    snprintf(reject, sizeof reject, "%s/reject", argv[1]);
    unsigned accepted = accept_all(accept), rejected = reject_all(reject, argv[1]);
    if (accepted < 90 || rejected < 90) fail("data", "at least 90 files of each kind", ROB_STR("fewer"));
    what_cpython_lets_pass_is_refused();
    cpythons_complaint_comes_before_ours();
    offsets_count_code_points();
    bytes_that_are_not_utf8_are_unreadable();
    depth_ends_at_64();
    integers_beyond_cpythons_limit_are_unreadable();
    escapes_and_numbers_come_back_normal();
    strings_of_every_length_survive();
    every_truncation_fails_cleanly();
    a_full_arena_is_a_status();
    content_types();
    printf("%u accepted, %u rejected, %u failures\n", accepted, rejected, failures);
    return failures != 0;
}
