/* Any bytes as a request: method, target and fields, each ended by a newline, through the gate, the path,
 * the query and the redirect to the path with or without its last slash. */
#include "fuzz.h"

#include "base/utf8.h"
#include "codec/form.h"
#include "http/gate.h"

static bool is_between(rob_str text, unsigned char first, unsigned char last)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < first || (unsigned char)text.ptr[i] > last) return false;
    return true;
}

static int hex(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)((at - digits) % 16) : -1;
}

/* What the path means, a byte at a time: every escape is one, and none is a NUL. False: refused. */
static bool decode_plainly(rob_str path, char *out, size_t *len)
{
    *len = 0;
    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] != '%') {
            out[(*len)++] = path.ptr[i];
            continue;
        }
        if (path.len - i < 3 || hex(path.ptr[i + 1]) < 0 || hex(path.ptr[i + 2]) < 0) return false;
        char c = (char)(hex(path.ptr[i + 1]) * 16 + hex(path.ptr[i + 2]));
        if (!c) return false;
        out[(*len)++] = c == '/' ? '\0' : c;
        i += 2;
    }
    return rob_utf8_valid((rob_str){out, *len});
}

static void check_path(rob_exchange *x)
{
    rob_str path = x->request.path;
    size_t len;
    char *plain = rob_arena_alloc(&x->memory, path.len);
    if (!plain) return;
    bool decodes = decode_plainly(path, plain, &len);
    unsigned refused = rob_gate_path(x);
    if (refused == 413) return;
    REQUIRE((refused == 400) == !decodes);
    if (refused == 404) REQUIRE(x->routed_path.len == 0 && memchr(plain, '.', len));
    else if (decodes) REQUIRE(rob_str_eq(x->routed_path, (rob_str){plain, len}));
}

static void check_query(rob_exchange *x)
{
    rob_pairs pairs;
    rob_status status = rob_query_split(&x->memory, x->request.query, &pairs);
    REQUIRE(status == ROB_OK || status == ROB_NO_MEMORY); /* the gate has counted them */
    for (size_t i = 0; status == ROB_OK && i < pairs.count; i++)
        REQUIRE(rob_utf8_valid(pairs.items[i].name) && rob_utf8_valid(pairs.items[i].value));
}

/* RFC 9112, 11.1: nothing of the request may end the header that it comes back in. */
static void check_redirect(rob_exchange *x)
{
    rob_reply_slash_redirect(&x->reply, x->host);
    if (x->reply.failed) return;
    rob_str location = rob_str_of(x->reply.lines->value);
    REQUIRE(is_between(location, 0x21, 0x7E) && strncmp(location.ptr, "http://", 7) == 0);
}

static size_t take_fields(rob_exchange *x, fuzz_input *in, rob_str *texts)
{
    size_t count = 0;
    for (; in->at < in->end && count < ROB_HEADERS_MOST; count++) {
        rob_str line = texts[count] = fuzz_piece(in, '\n');
        const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
        size_t name = colon ? (size_t)(colon - line.ptr) : line.len, value = colon ? name + 1 : name;
        x->headers[count] = (rob_header_line){{line.ptr, name}, {line.ptr + value, line.len - value}};
    }
    x->request.header_count = count;
    return count;
}

static void check_request(rob_exchange *x, rob_str method, bool http_1_1)
{
    rob_framing framing;
    unsigned refused = rob_gate_line(x, method, 8192);
    REQUIRE(refused == 0 || refused == 400 || refused == 414);
    if (refused) return;
    REQUIRE(is_between(x->target, 0x21, 0x7E) && x->request.path.len > 0);
    refused = rob_gate_fields(x, http_1_1, &framing);
    REQUIRE(refused == 0 || refused == 400);
    if (refused) return;
    REQUIRE(!(framing.chunked && framing.has_length) && (http_1_1 || !framing.chunked));
    REQUIRE(is_between(x->host, 0x21, 0x7E) && (x->host.len > 0 || !http_1_1));
    check_path(x);
    check_query(x);
    if (x->request.path.ptr[0] == '/' && x->host.len > 0) check_redirect(x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static rob_exchange_pool pool;
    static const rob_settings settings;
    static rob_app app;
    fuzz_input in = {data, data + size};
    rob_exchange *x = rob_exchange_take(&pool);
    if (!x) return 0;
    unsigned choice = fuzz_byte(&in);
    x->request.app = &app;
    x->request.settings = &settings;
    if (choice & 2) x->memory.cap = 8192;
    rob_str method = fuzz_piece(&in, ' '), fields[ROB_HEADERS_MOST];
    x->target = fuzz_piece(&in, '\n');
    rob_str target = x->target;
    size_t count = take_fields(x, &in, fields);
    check_request(x, method, choice & 1);
    for (size_t i = 0; i < count; i++) free((void *)(uintptr_t)fields[i].ptr);
    free((void *)(uintptr_t)method.ptr);
    free((void *)(uintptr_t)target.ptr);
    rob_exchange_let_go(&pool, x);
    return 0;
}
