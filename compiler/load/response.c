#include "load/response.h"

#include <strings.h>

response response_new(bool to_head)
{
    return (response){.no_body = to_head};
}

static size_t bad(response *r)
{
    r->state = RESPONSE_BAD;
    return 0;
}

/* ------------------------------------------------------------------ lines */

/* The line at the start of bytes without its CRLF; *used counts both. ptr NULL: not complete. */
static rob_str line_at(const char *bytes, size_t len, size_t *used)
{
    const char *end = memchr(bytes, '\n', len);
    if (!end) return (rob_str){0};
    *used = (size_t)(end - bytes) + 1;
    size_t line_len = *used - 1;
    if (line_len && bytes[line_len - 1] == '\r') line_len--;
    return (rob_str){bytes, line_len};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "HTTP/1.1 200 OK" */
static bool read_status(response *r, rob_str line)
{
    const char *at = line.ptr;
    if (line.len < 12 || memcmp(at, "HTTP/1.", 7) != 0 || !is_digit(at[7]) || at[8] != ' ') return false;
    if (!is_digit(at[9]) || !is_digit(at[10]) || !is_digit(at[11]) || (line.len > 12 && at[12] != ' ')) return false;
    r->status = (uint16_t)((at[9] - '0') * 100 + (at[10] - '0') * 10 + at[11] - '0');
    r->closes = at[7] == '0';
    return r->status >= 100;
}

static rob_str trimmed(rob_str s)
{
    while (s.len && (*s.ptr == ' ' || *s.ptr == '\t')) s.ptr++, s.len--;
    while (s.len && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t')) s.len--;
    return s;
}

static bool is_word(rob_str s, const char *word)
{
    return s.len == strlen(word) && strncasecmp(s.ptr, word, s.len) == 0;
}

static bool read_length(rob_str digits, uint64_t *out)
{
    *out = 0;
    if (!digits.len || digits.len > 18) return false;
    for (size_t i = 0; i < digits.len; i++) {
        if (!is_digit(digits.ptr[i])) return false;
        *out = *out * 10 + (uint64_t)(digits.ptr[i] - '0');
    }
    return true;
}

/* ------------------------------------------------------------------ head */

/* What the fields say of the body's length. */
typedef struct framing {
    bool has_length, chunked;
    uint64_t length;
} framing;

static bool read_field(response *r, rob_str line, framing *f)
{
    const char *colon = memchr(line.ptr, ':', line.len);
    if (!colon || colon == line.ptr) return false;
    rob_str name = {line.ptr, (size_t)(colon - line.ptr)};
    rob_str value = trimmed((rob_str){colon + 1, line.len - name.len - 1});
    if (is_word(name, "content-length")) {
        uint64_t before = f->length;
        bool again = f->has_length;
        f->has_length = true;
        return read_length(value, &f->length) && (!again || f->length == before);
    }
    if (is_word(name, "transfer-encoding")) return f->chunked = is_word(value, "chunked");
    if (is_word(name, "connection") && is_word(value, "close")) r->closes = true;
    if (is_word(name, "connection") && is_word(value, "keep-alive")) r->closes = false;
    return true;
}

/* RFC 9112, 6.3, in its order. */
static void choose_body(response *r, const framing *f)
{
    if (r->no_body || r->status == 204 || r->status == 304) {
        r->state = RESPONSE_DONE;
    } else if (f->chunked) {
        r->state = RESPONSE_CHUNK_SIZE;
    } else if (f->has_length) {
        r->left = f->length;
        r->state = f->length ? RESPONSE_LENGTH : RESPONSE_DONE;
    } else {
        r->state = RESPONSE_UNTIL_CLOSE;
        r->closes = true;
    }
}

static size_t read_head(response *r, const char *bytes, size_t len, const response_sink *sink)
{
    const char *end = memmem(bytes, len, "\r\n\r\n", 4);
    if (!end) return 0;
    size_t head_len = (size_t)(end - bytes) + 4, used = 0;
    rob_str line = line_at(bytes, head_len, &used);
    framing f = {0};
    if (!read_status(r, line)) return bad(r);
    for (size_t at = used; at < head_len - 2; at += used) {
        line = line_at(bytes + at, head_len - at, &used);
        if (!read_field(r, line, &f)) return bad(r);
    }
    if (r->status < 200) return head_len; /* interim: the real head follows */
    if (sink && sink->head) sink->head(sink->to, (rob_str){bytes, head_len});
    choose_body(r, &f);
    return head_len;
}

/* ------------------------------------------------------------------ body */

static size_t read_body(response *r, const char *bytes, size_t len, const response_sink *sink)
{
    bool counted = r->state != RESPONSE_UNTIL_CLOSE;
    size_t used = counted && r->left < len ? (size_t)r->left : len;
    if (sink && sink->body && used) sink->body(sink->to, (rob_str){bytes, used});
    if (!counted) return used;
    r->left -= used;
    if (!r->left) r->state = r->state == RESPONSE_CHUNK ? RESPONSE_CHUNK_END : RESPONSE_DONE;
    return used;
}

static int hex_digit(char c)
{
    if (is_digit(c)) return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* RFC 9112, 7.1: hexadecimal digits, then perhaps extensions. */
static bool read_chunk_size(rob_str line, uint64_t *out)
{
    size_t at = 0;
    *out = 0;
    for (; at < line.len && hex_digit(line.ptr[at]) >= 0; at++) *out = *out * 16 + (uint64_t)hex_digit(line.ptr[at]);
    return at && at <= 15 && (at == line.len || line.ptr[at] == ';' || line.ptr[at] == ' ');
}

static size_t read_chunk_line(response *r, const char *bytes, size_t len)
{
    size_t used = 0;
    rob_str line = line_at(bytes, len, &used);
    if (!line.ptr) return 0;
    if (r->state == RESPONSE_CHUNK_SIZE) {
        if (!read_chunk_size(line, &r->left)) return bad(r);
        r->state = r->left ? RESPONSE_CHUNK : RESPONSE_TRAILER;
    } else if (r->state == RESPONSE_CHUNK_END) {
        if (line.len) return bad(r);
        r->state = RESPONSE_CHUNK_SIZE;
    } else if (!line.len) {
        r->state = RESPONSE_DONE;
    }
    return used;
}

/* ------------------------------------------------------------------ together */

static size_t read_step(response *r, const char *bytes, size_t len, const response_sink *sink)
{
    switch (r->state) {
    case RESPONSE_HEAD: return read_head(r, bytes, len, sink);
    case RESPONSE_LENGTH:
    case RESPONSE_CHUNK:
    case RESPONSE_UNTIL_CLOSE: return read_body(r, bytes, len, sink);
    case RESPONSE_CHUNK_SIZE:
    case RESPONSE_CHUNK_END:
    case RESPONSE_TRAILER: return read_chunk_line(r, bytes, len);
    case RESPONSE_DONE:
    case RESPONSE_BAD: return 0;
    }
    return 0;
}

size_t response_read(response *r, const char *bytes, size_t len, const response_sink *sink)
{
    size_t used = 0;
    while (used < len && !response_over(r)) {
        size_t step = read_step(r, bytes + used, len - used, sink);
        if (!step) return used;
        used += step;
    }
    return used;
}

bool response_end(response *r)
{
    if (r->state == RESPONSE_UNTIL_CLOSE) r->state = RESPONSE_DONE;
    return r->state == RESPONSE_DONE;
}
