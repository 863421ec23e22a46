#include "codec/uuid.h"

#include "base/numbers.h"
#include "base/utf8.h"
#include "codec/percent.h"

enum {
    LONGEST = 45 /* bytes: the form with `urn:uuid:` */
};

static bool starts_with(rob_str text, rob_str prefix)
{
    return text.len >= prefix.len && memcmp(text.ptr, prefix.ptr, prefix.len) == 0;
}

/* 32 digits, or groups of 8-4-4-4-12. */
static bool parse_digits(rob_str text, bool hyphens, rob_uuid *out)
{
    size_t at = 0;
    if (text.len != (hyphens ? 36 : 32)) return false;
    for (size_t i = 0; i < 16; i++) {
        bool group_starts = i == 4 || i == 6 || i == 8 || i == 10;
        if (hyphens && group_starts && text.ptr[at++] != '-') return false;
        int high = rob_hex_digit(text.ptr[at]), low = rob_hex_digit(text.ptr[at + 1]);
        if (high < 0 || low < 0) return false;
        out->bytes[i] = (uint8_t)(high << 4 | low);
        at += 2;
    }
    return true;
}

static const rob_str urn = ROB_STR_INIT("urn:uuid:");

/* What stands inside braces or after `urn:uuid:`, and how many bytes stand before it. */
static rob_str unwrap(rob_str text, size_t *skipped)
{
    *skipped = 0;
    if (text.len >= 2 && text.ptr[0] == '{' && text.ptr[text.len - 1] == '}') {
        *skipped = 1;
        return (rob_str){text.ptr + 1, text.len - 2};
    }
    if (!starts_with(text, urn)) return text;
    *skipped = urn.len;
    return (rob_str){text.ptr + urn.len, text.len - urn.len};
}

static rob_status fail(rob_arena *arena, rob_scalar_error *error, rob_str why)
{
    if (!why.ptr) return ROB_NO_MEMORY;
    return rob_scalar_fail(arena, error, "uuid_parsing", "Input should be a valid UUID, ", "error", why);
}

/* Which of five groups has the wrong length: those of text, whose hyphens stand at bounds. */
static rob_status fail_group(rob_arena *arena, rob_scalar_error *error, rob_str whole, const size_t bounds[4])
{
    static const size_t starts[] = {0, 9, 14, 19, 24};
    static const int lengths[] = {8, 4, 4, 4, 12};
    size_t group = 0;
    while (group < 4 && bounds[group] == starts[group + 1] - 1) group++;
    size_t len = group == 4 ? whole.len - starts[4] : bounds[group] - starts[group];
    return fail(arena, error,
                rob_arena_format(arena, "invalid group length in group %zu: expected %d, found %zu", group,
                                 lengths[group], len));
}

static rob_status fail_char(rob_arena *arena, rob_scalar_error *error, rob_str text, size_t at, size_t shown_at)
{
    uint32_t c;
    size_t len = rob_utf8_decode((rob_str){text.ptr + at, text.len - at}, &c);
    rob_str why = rob_arena_format(arena, "invalid character: found `%*s` at %zu", (int)len, "", shown_at);
    if (why.ptr) memcpy((char *)strchr(why.ptr, '`') + 1, text.ptr + at, len); /* it may be a NUL */
    return fail(arena, error, why);
}

/* The words of the Rust crate `uuid`, and its ways of counting: in a text of the right length for its form,
 * positions are those inside; else they are those of the whole. */
static rob_status explain(rob_arena *arena, rob_str whole, rob_scalar_error *error)
{
    size_t hyphens = 0, bounds[4] = {0}, skipped;
    rob_str text = unwrap(whole, &skipped);
    bool right_length = text.len == 36;
    if (whole.len > LONGEST)
        return fail(arena, error, rob_arena_format(arena, "invalid length: found %zu", whole.len));
    if (whole.len == 36) text = whole, skipped = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '-' && hyphens++ < 4) bounds[hyphens - 1] = i;
        if (text.ptr[i] == '-' || rob_hex_digit(text.ptr[i]) >= 0) continue;
        return fail_char(arena, error, text, i, right_length ? i : i + skipped);
    }
    if (!hyphens && !skipped && whole.len != 36)
        return fail(arena, error, rob_arena_format(arena, "invalid length: found %zu", whole.len));
    if (hyphens != 4)
        return fail(arena, error,
                    rob_arena_format(arena, "invalid group count: expected 5, found %zu", hyphens + 1));
    return fail_group(arena, error, right_length ? text : whole, bounds);
}

rob_status rob_uuid_from_text(rob_arena *arena, rob_str text, rob_uuid *out, rob_scalar_error *error)
{
    size_t skipped;
    rob_str inner = unwrap(text, &skipped);
    if (parse_digits(inner, true, out) || (!skipped && parse_digits(inner, false, out))) return ROB_OK;
    return explain(arena, text, error);
}

void rob_print_uuid(char out[ROB_UUID_TEXT], rob_uuid value)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) *out++ = '-';
        *out++ = digits[value.bytes[i] >> 4];
        *out++ = digits[value.bytes[i] & 15];
    }
}
