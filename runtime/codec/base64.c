#include "codec/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* 0 to 63; -1 for a byte that is not in the alphabet. */
static int sextet(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static rob_status fail(rob_arena *arena, rob_scalar_error *error, rob_str why)
{
    if (!why.ptr) return ROB_NO_MEMORY;
    rob_str msg = rob_arena_format(arena, "Base64 decoding error: '%.*s'", ROB_STR_ARG(why));
    *error = (rob_scalar_error){.type = "base64_decode", .msg = msg, .ctx_key = "error", .ctx_text = why};
    return msg.ptr ? ROB_INVALID : ROB_NO_MEMORY;
}

static rob_status fail_length(rob_arena *arena, rob_scalar_error *error, size_t bytes, int in_quad)
{
    if (in_quad != 1) return fail(arena, error, ROB_STR("Incorrect padding"));
    return fail(arena, error,
                rob_arena_format(arena,
                                 "Invalid base64-encoded string: number of data characters (%zu) cannot be 1 "
                                 "more than a multiple of 4",
                                 bytes / 3 * 4 + 1));
}

/* CPython's a2b_base64 with strict_mode off: padding counts only once a quad holds two characters, and
 * ends the data when it completes one; what follows is not looked at. */
rob_status rob_base64_decode(rob_arena *arena, rob_str text, rob_str *out, rob_scalar_error *error)
{
    unsigned char *bytes = rob_arena_alloc(arena, text.len / 4 * 3 + 3);
    size_t len = 0;
    int in_quad = 0, pads = 0;
    unsigned bits = 0;
    if (!bytes) return ROB_NO_MEMORY;
    *out = (rob_str){(char *)bytes, 0};
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '=') {
            if (in_quad < 2 || in_quad + ++pads < 4) continue;
            out->len = len;
            return ROB_OK;
        }
        int value = sextet(text.ptr[i]);
        if (value < 0) continue;
        pads = 0;
        bits = bits << 6 | (unsigned)value;
        if (in_quad) bytes[len++] = (unsigned char)(bits >> (6 - 2 * in_quad));
        in_quad = (in_quad + 1) % 4;
    }
    out->len = len;
    return in_quad ? fail_length(arena, error, len, in_quad) : ROB_OK;
}

size_t rob_base64_len(size_t len)
{
    return (len + 2) / 3 * 4;
}

size_t rob_base64_encode(char *out, rob_str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    char *start = out;
    for (size_t left = bytes.len; left; left -= left < 3 ? left : 3, p += 3) {
        unsigned bits = (unsigned)p[0] << 16 | (left > 1 ? (unsigned)p[1] << 8 : 0) | (left > 2 ? p[2] : 0u);
        *out++ = alphabet[bits >> 18];
        *out++ = alphabet[bits >> 12 & 63];
        *out++ = left > 1 ? alphabet[bits >> 6 & 63] : '=';
        *out++ = left > 2 ? alphabet[bits & 63] : '=';
    }
    return (size_t)(out - start);
}
