/* Any bytes as any scalar, form, query string or cookie: nothing may crash, and what is accepted and can
 * be printed must be accepted again. The first byte chooses; built by the `fuzz` preset only. */
#include <stdlib.h>

#include "base/utf8.h"
#include "codec/datetime.h"
#include "codec/decimal.h"
#include "codec/form.h"
#include "codec/percent.h"
#include "codec/scalars.h"
#include "codec/uuid.h"

typedef union value {
    rob_uuid uuid;
    rob_datetime datetime;
    rob_duration duration;
    rob_str text;
    double number;
} value;

/* Printed and read again: *text. False for kinds that are not printed here. */
static bool print(rob_kind kind, const value *v, char buffer[64], rob_str *text)
{
    *text = (rob_str){buffer, ROB_UUID_TEXT};
    if (kind == ROB_KIND_UUID) rob_print_uuid(buffer, v->uuid);
    else if (kind == ROB_KIND_DATETIME) text->len = rob_print_datetime(buffer, v->datetime);
    else if (kind < ROB_KIND_DECIMAL || kind > ROB_KIND_URI) return false;
    else *text = v->text;
    return true;
}

static void check_scalar(rob_arena *arena, rob_kind kind, bool strict, rob_str text)
{
    value v;
    char buffer[64];
    rob_scalar_error error;
    rob_input in = {.kind = ROB_INPUT_STRING, .text = text};
    if (!rob_utf8_valid(text) || rob_scalar_decode(kind, in, strict, arena, &v, &error) != ROB_OK) return;
    if (!print(kind, &v, buffer, &in.text)) return;
    if (kind == ROB_KIND_URL && in.text.len > 2083) return; /* an escape is longer than what it stands for */
    if (rob_scalar_decode(kind, in, false, arena, &v, &error) != ROB_OK) abort();
}

static void check_limits(rob_arena *arena, rob_str text)
{
    rob_type type = {.kind = ROB_KIND_DECIMAL,
                     .rules = ROB_MAX_DIGITS | ROB_DECIMAL_PLACES | ROB_MULTIPLE_OF | ROB_GE,
                     .decimal = {.max_digits = 5, .decimal_places = 2, .multiple_of = "0.05", .ge = "-3E+2"}};
    rob_scalar_error error;
    (void)!rob_decimal_check(&type, (rob_decimal){text}, arena, &error);
}

static void check_pairs(rob_arena *arena, rob_str text)
{
    rob_pairs pairs;
    rob_str path;
    (void)!rob_cookie_split(arena, rob_utf8_from_latin1(arena, text), &pairs);
    (void)!rob_query_split(arena, text, &pairs);
    (void)!rob_form_split(arena, text, ROB_STR("--B\r\n"), &pairs);
    (void)!rob_form_split(arena, ROB_STR("multipart/form-data; boundary=B"), text, &pairs);
    (void)!rob_percent_decode_path(arena, text, &path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static rob_arena arena;
    if (!size) return 0;
    rob_str text = {size > 1 ? (const char *)data + 1 : NULL, size - 1};
    int choice = data[0] & 15;
    if (choice <= ROB_KIND_URI) check_scalar(&arena, (rob_kind)choice, data[0] & 16, text);
    else check_pairs(&arena, text);
    if (choice == ROB_KIND_DECIMAL) check_limits(&arena, text);
    rob_arena_reset(&arena);
    return 0;
}
