/* Every row of validation/cases.jsonl, answered by the decoder and encoder: status and body equal to the
 * byte, but for the rows of tests/departures.tsv.
 *
 *   cases_test cases.jsonl departures.tsv */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

#include "answer.h"
#include "base/arena.h"
#include "case_types.h"
#include "codec/percent.h"
#include "http/request.h"

/* One endpoint `(v: T)` or `(body: { v: T })`, and the place its value is decoded into. */
typedef struct holder {
    _Alignas(16) char value[CASE_VALUE_SIZE];
    bool has;
} holder;

static const char *text_of(const cJSON *row, const char *key)
{
    return cJSON_GetObjectItem(row, key)->valuestring;
}

/* ------------------------------------------------------------------ asking */

static rob_status decode_query(rob_request *req, const rob_field *field, rob_str input, holder *in)
{
    rob_param param = {.field = *field, .source = ROB_FROM_QUERY};
    rob_params params = {&param, 1, ROB_BODY_NONE};
    rob_endpoint endpoint = {.params = &params};
    rob_str encoded = rob_percent_encode(req->arena, input, false);
    req->query = rob_arena_format(req->arena, "v=%.*s", ROB_STR_ARG(encoded));
    req->endpoint = &endpoint;
    rob_status status = rob_decode_params(req, in);
    req->endpoint = NULL;
    return status;
}

static rob_status decode_body(rob_request *req, const rob_type *model, rob_str input, holder *in)
{
    static const rob_header_line json = {ROB_STR_INIT("Content-Type"), ROB_STR_INIT("application/json")};
    rob_param param = {.field = {.name = ROB_STR_INIT("body"), .type = model, .has_offset = ROB_NO_OFFSET},
                       .source = ROB_FROM_BODY};
    rob_params params = {&param, 1, ROB_BODY_WHOLE};
    rob_endpoint endpoint = {.params = &params};
    req->headers = &json;
    req->header_count = 1;
    req->body = rob_arena_format(req->arena, "{\"v\":%.*s}", ROB_STR_ARG(input));
    req->endpoint = &endpoint;
    rob_status status = rob_decode_params(req, in);
    req->endpoint = NULL;
    return status;
}

/* The status and body that a server would answer. */
static unsigned answer(rob_arena *arena, const cJSON *row, rob_writer *w)
{
    bool nullable, query = strcmp(text_of(row, "in"), "query") == 0;
    const rob_type *type = case_type_of(text_of(row, "type"), &nullable);
    if (!type) return 0;
    rob_field field = {.name = ROB_STR_INIT("v"), .type = type, .has_offset = ROB_NO_OFFSET};
    if (nullable) {
        field.flags = query ? ROB_FIELD_NULLABLE | ROB_FIELD_DEFAULT_NULL : ROB_FIELD_NULLABLE;
        field.has_offset = offsetof(holder, has);
    }
    rob_model model = {.name = ROB_STR_INIT("M"), .fields = &field, .field_count = 1};
    rob_type model_type = {.kind = ROB_KIND_MODEL, .size = sizeof(holder), .model = &model};
    rob_request req = {.arena = arena};
    holder in = {0};
    rob_str input = rob_str_of(text_of(row, "input"));
    rob_status status = query ? decode_query(&req, &field, input, &in) : decode_body(&req, &model_type, input, &in);
    if (status != ROB_OK) return answer_of(status, &req.errors, req.refusal, w);
    rob_write_value(w, &model_type, &in);
    return w->status == ROB_OK ? 200 : 500;
}

/* ------------------------------------------------------------------ comparing */

typedef struct tally {
    unsigned rows, wrong, departures, shown;
} tally;

static bool is_departure(const char *departures, const cJSON *row)
{
    char line[4096];
    int len = snprintf(line, sizeof line, "\ncase\t%s\t%s\t%s\t", text_of(row, "type"), text_of(row, "in"),
                       text_of(row, "input"));
    return len > 0 && (size_t)len < sizeof line && strstr(departures, line);
}

/* With less memory than it takes, the answer is that there is none, and never another one. */
static void check_caps(const cJSON *row, unsigned status, rob_str body, tally *t)
{
    bool done = false;
    for (size_t cap = 16; !done; cap += 16) {
        rob_arena arena;
        rob_arena_init(&arena, cap);
        rob_writer w = {.arena = &arena};
        unsigned got = answer(&arena, row, &w);
        done = got != 413 && w.status != ROB_NO_MEMORY;
        if (done && (got != status || !rob_str_eq((rob_str){w.ptr, w.len}, body))) {
            t->wrong++;
            printf("%s in %s, input %s, with %zu bytes of memory: %u %.*s\n", text_of(row, "type"), text_of(row, "in"),
                   text_of(row, "input"), cap, got, (int)w.len, w.ptr);
        }
        rob_arena_free(&arena);
    }
}

static void check_row(rob_arena *arena, const cJSON *row, const char *departures, tally *t)
{
    rob_writer w = {.arena = arena};
    unsigned status = answer(arena, row, &w), wanted = (unsigned)cJSON_GetObjectItem(row, "status")->valueint;
    const char *body = text_of(row, "answer");
    t->rows++;
    check_caps(row, status, (rob_str){w.ptr, w.len}, t);
    bool equal = status == wanted && rob_str_eq((rob_str){w.ptr, w.len}, rob_str_of(body));
    bool departs = is_departure(departures, row);
    t->departures += departs;
    if (equal != departs) return;
    t->wrong++;
    if (t->shown++ >= 40) return;
    printf("%s in %s, input %s%s\n  wanted %u %s\n  got    %u %.*s\n", text_of(row, "type"), text_of(row, "in"),
           text_of(row, "input"), departs ? " (listed as a departure)" : "", wanted, body, status, (int)w.len, w.ptr);
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    if (!text || fread(text, 1, size, file) != size) exit(2);
    text[size] = '\0';
    fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    char *cases = argc == 3 ? read_file(argv[1]) : NULL, *departures = argc == 3 ? read_file(argv[2]) : NULL;
    if (!cases || !departures) {
        fprintf(stderr, "usage: cases_test cases.jsonl departures.tsv\n");
        return 2;
    }
    rob_arena arena;
    rob_arena_init(&arena, 0);
    tally t = {0};
    for (char *at = cases, *end; *at; at = end + 1) {
        end = strchr(at, '\n');
        if (!end) break;
        cJSON *row = cJSON_ParseWithLength(at, (size_t)(end - at));
        if (row) check_row(&arena, row, departures, &t);
        else t.wrong++;
        cJSON_Delete(row);
        rob_arena_reset(&arena);
    }
    printf("%u rows, %u departures, %u wrong\n", t.rows, t.departures, t.wrong);
    rob_arena_free(&arena);
    free(cases);
    free(departures);
    return t.wrong || !t.rows;
}
