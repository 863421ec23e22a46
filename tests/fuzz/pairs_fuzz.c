/* Any bytes as what splits into pairs: a query, a Cookie header, an urlencoded or a multipart form. The
 * first byte chooses; a form begins with its Content-Type, up to a newline. Names and values are UTF-8, the
 * limits hold, and splitting again gives the same. */
#include "fuzz.h"

#include "base/utf8.h"
#include "codec/form.h"

enum { SMALL_ARENA = 6000, LARGE_ARENA = 1 << 24 };

static rob_status split(rob_arena *arena, unsigned choice, rob_str type, rob_str text, rob_pairs *out)
{
    static const rob_str types[] = {ROB_STR_INIT("application/x-www-form-urlencoded"),
                                    ROB_STR_INIT("multipart/form-data; boundary=B")};
    switch (choice & 7) {
    case 0: return rob_query_split(arena, text, out);
    case 1: return rob_cookie_split(arena, rob_utf8_from_latin1(arena, text), out);
    case 2:
    case 3: return rob_form_split(arena, types[choice & 1], text, out);
    default: return rob_form_split(arena, type, text, out);
    }
}

static void check_pairs(const rob_pairs *pairs, size_t len)
{
    REQUIRE(pairs->count <= len / 2 + 1 || pairs->count <= len); /* no pair from nothing */
    for (size_t i = 0; i < pairs->count; i++) {
        const rob_pair *pair = &pairs->items[i];
        REQUIRE(rob_utf8_valid(pair->name));
        REQUIRE(rob_utf8_valid(pair->content_type));
        if (pair->filename.ptr) REQUIRE(rob_utf8_valid(pair->filename)); /* the bytes of a file are any */
        else REQUIRE(rob_utf8_valid(pair->value));
    }
}

static void check_same(const rob_pairs *a, const rob_pairs *b)
{
    REQUIRE(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        REQUIRE(rob_str_eq(a->items[i].name, b->items[i].name));
        REQUIRE(rob_str_eq(a->items[i].value, b->items[i].value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input in = {data, data + size};
    unsigned choice = fuzz_byte(&in);
    rob_arena arena;
    rob_arena_init(&arena, choice & 128 ? SMALL_ARENA : LARGE_ARENA);
    rob_str type = choice & 4 ? fuzz_piece(&in, '\n') : fuzz_copy("", 0);
    rob_str text = fuzz_copy(in.at, (size_t)(in.end - in.at));
    rob_pairs first, second;
    rob_status status = split(&arena, choice, type, text, &first);
    REQUIRE(status == ROB_OK || status == ROB_NO_MEMORY || status == ROB_UNREADABLE);
    if (status == ROB_UNREADABLE) REQUIRE(first.error);
    if (status == ROB_OK) {
        check_pairs(&first, text.len);
        rob_status again = split(&arena, choice, type, text, &second);
        if (again == ROB_OK) check_same(&first, &second);
        else REQUIRE(again == ROB_NO_MEMORY);
    }
    free((void *)(uintptr_t)text.ptr);
    free((void *)(uintptr_t)type.ptr);
    rob_arena_free(&arena);
    return 0;
}
