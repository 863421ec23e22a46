/* Any bytes as a body, query, header, cookie or form of any of the case types: nothing may crash, every
 * error list is JSON, and what is accepted can be encoded. The first two bytes choose; built by the `fuzz`
 * preset only. */
#include <stdio.h>
#include <stdlib.h>

#include "answer.h"
#include "base/arena.h"
#include "case_types.h"
#include "codec/decode.h"
#include "http/request.h"

enum { SMALL_ARENA = 3000, LARGE_ARENA = 1 << 22 };

static void require(bool fine, const char *what, const rob_writer *w)
{
    if (fine) return;
    fprintf(stderr, "%s: %.*s\n", what, (int)w->len, w->ptr);
    abort();
}

/* An answer is written, and reads as JSON. */
static void check_answer(rob_arena *arena, rob_status status, const rob_errors *errors)
{
    rob_writer w = {.arena = arena};
    rob_json_doc doc;
    rob_json_stop stop;
    require(status != ROB_FAILED && status != ROB_UNENCODABLE, rob_status_text(status), &w);
    answer_of(status, errors, NULL, &w);
    require(w.status != ROB_UNENCODABLE, "an error that is not UTF-8", &w);
    if (w.status != ROB_OK || status == ROB_NO_MEMORY) return;
    rob_status read = rob_json_read(arena, (rob_str){w.ptr, w.len}, &doc, &stop);
    require(read == ROB_OK || read == ROB_NO_MEMORY || read == ROB_UNREADABLE, "an answer that is not JSON", &w);
}

static void check_value(rob_arena *arena, const rob_type *type, const void *value)
{
    rob_writer w = {.arena = arena};
    rob_write_value(&w, type, value);
    require(w.status != ROB_UNENCODABLE, w.why ? w.why : "", &w);
}

static void fuzz_text(rob_arena *arena, const rob_type *type, rob_str text)
{
    _Alignas(16) char value[CASE_VALUE_SIZE] = {0};
    rob_errors errors = {0};
    rob_status status = rob_decode_text(arena, type, text, value, &errors);
    if (status == ROB_OK) check_value(arena, type, value);
    else check_answer(arena, status, &errors);
}

/* The text as query, header, cookie and body, or as a form. */
static void fuzz_params(rob_arena *arena, const rob_type *type, unsigned choice, rob_str text)
{
    static const rob_source sources[] = {ROB_FROM_QUERY, ROB_FROM_HEADER, ROB_FROM_COOKIE, ROB_FROM_BODY};
    bool form = choice & 1, multipart = choice & 2, spread = choice & 4;
    rob_param param = {.field = {.name = ROB_STR_INIT("v"), .type = type, .has_offset = ROB_NO_OFFSET},
                       .source = form ? ROB_FROM_FORM : (uint8_t)sources[choice >> 4 & 3], .spread = spread};
    bool body = param.source == ROB_FROM_BODY;
    rob_params params = {&param, 1, form ? ROB_BODY_FORM : !body ? ROB_BODY_NONE : spread ? ROB_BODY_EMBEDDED : ROB_BODY_WHOLE};
    rob_endpoint endpoint = {.params = &params};
    rob_str content_type = !form      ? ROB_STR("application/json")
                           : multipart ? ROB_STR("multipart/form-data; boundary=X")
                                       : ROB_STR("application/x-www-form-urlencoded");
    rob_header_line lines[] = {{ROB_STR("cookie"), text}, {ROB_STR("v"), text}, {ROB_STR("content-type"), content_type}};
    rob_request req = {.arena = arena, .endpoint = &endpoint, .headers = lines, .header_count = 3, .query = text, .body = text};
    _Alignas(16) char in[CASE_VALUE_SIZE] = {0};
    rob_status status = rob_decode_params(&req, in);
    if (status == ROB_OK) check_value(arena, type, in);
    else check_answer(arena, status, &req.errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    rob_arena arena;
    rob_arena_init(&arena, data[1] & 128 ? SMALL_ARENA : LARGE_ARENA);
    const rob_type *type = case_types[data[0] % case_type_count].type;
    /* Exactly as long as the text, so that the sanitizer sees a read past its end. */
    char *copy = malloc(size - 2 + (size == 2));
    if (!copy) return 0;
    memcpy(copy, data + 2, size - 2);
    rob_str text = {copy, size - 2};
    if (data[1] & 64) fuzz_params(&arena, type, data[1], text);
    else fuzz_text(&arena, type, text);
    free(copy);
    rob_arena_free(&arena);
    return 0;
}
