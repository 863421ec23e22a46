#include "http/gate.h"

#include "codec/percent.h"

enum { QUERY_PAIRS_MOST = 1000 };

/* What a byte may be part of: a token (RFC 9110, 5.6.2: tchar), the name of a host (RFC 3986, 3.2.2:
 * unreserved, sub-delims, and `%` of an escape). */
enum { TOKEN = 1, HOST = 2, BOTH = TOKEN | HOST };
static const uint8_t parts[256] = {
    ['!'] = BOTH, ['$'] = BOTH, ['%'] = BOTH, ['&'] = BOTH, ['\''] = BOTH, ['*'] = BOTH, ['+'] = BOTH, ['-'] = BOTH,
    ['.'] = BOTH, ['_'] = BOTH, ['~'] = BOTH, ['#'] = TOKEN, ['^'] = TOKEN, ['`'] = TOKEN, ['|'] = TOKEN,
    ['('] = HOST, [')'] = HOST, [','] = HOST, [';'] = HOST, ['='] = HOST,
    ['0'] = BOTH, ['1'] = BOTH, ['2'] = BOTH, ['3'] = BOTH, ['4'] = BOTH, ['5'] = BOTH, ['6'] = BOTH, ['7'] = BOTH,
    ['8'] = BOTH, ['9'] = BOTH,
    ['A'] = BOTH, ['B'] = BOTH, ['C'] = BOTH, ['D'] = BOTH, ['E'] = BOTH, ['F'] = BOTH, ['G'] = BOTH, ['H'] = BOTH,
    ['I'] = BOTH, ['J'] = BOTH, ['K'] = BOTH, ['L'] = BOTH, ['M'] = BOTH, ['N'] = BOTH, ['O'] = BOTH, ['P'] = BOTH,
    ['Q'] = BOTH, ['R'] = BOTH, ['S'] = BOTH, ['T'] = BOTH, ['U'] = BOTH, ['V'] = BOTH, ['W'] = BOTH, ['X'] = BOTH,
    ['Y'] = BOTH, ['Z'] = BOTH,
    ['a'] = BOTH, ['b'] = BOTH, ['c'] = BOTH, ['d'] = BOTH, ['e'] = BOTH, ['f'] = BOTH, ['g'] = BOTH, ['h'] = BOTH,
    ['i'] = BOTH, ['j'] = BOTH, ['k'] = BOTH, ['l'] = BOTH, ['m'] = BOTH, ['n'] = BOTH, ['o'] = BOTH, ['p'] = BOTH,
    ['q'] = BOTH, ['r'] = BOTH, ['s'] = BOTH, ['t'] = BOTH, ['u'] = BOTH, ['v'] = BOTH, ['w'] = BOTH, ['x'] = BOTH,
    ['y'] = BOTH, ['z'] = BOTH,
};

static bool is_token(rob_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(parts[(unsigned char)s.ptr[i]] & TOKEN)) return false;
    return s.len > 0;
}

/* Bytes 0x21 to 0x7E but `#`: everything that may stand in a request target. */
static bool is_target_text(rob_str s)
{
    bool good = true;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        good &= c > 0x20 && c < 0x7F && c != '#';
    }
    return good;
}

/* RFC 9110, 5.5: field values hold no control characters but tab. A value is short, and a word at a
 * time is enough: only a hit looks closer. */
static bool is_field_value(rob_str s)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    size_t i = 0;
    for (; i + 8 <= s.len; i += 8) {
        uint64_t word, low, del;
        memcpy(&word, s.ptr + i, 8);
        low = (word - ones * 0x20) & ~word & tops;
        del = word ^ (ones * 0x7F);
        del = (del - ones) & ~del & tops;
        if (low | del) break;
    }
    for (; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c < 0x20 && c != '\t') || c == 0x7F) return false;
    }
    return true;
}

/* ASCII letters in any case; lower is written in lower case. */
static bool is_name(rob_str s, const char *lower, size_t len)
{
    if (s.len != len) return false;
    for (size_t i = 0; i < len; i++) {
        char c = s.ptr[i];
        if (c >= 'A' && c <= 'Z') c |= 0x20;
        if (c != lower[i]) return false;
    }
    return true;
}
#define IS_NAME(s, literal) is_name((s), (literal), sizeof(literal) - 1)

/* ------------------------------------------------------------------ request line */

static void name_method(rob_exchange *x, rob_str method)
{
    static const struct {
        rob_str name;
        rob_method method;
    } known[] = {
        {ROB_STR_INIT("GET"), ROB_GET},       {ROB_STR_INIT("POST"), ROB_POST},
        {ROB_STR_INIT("PUT"), ROB_PUT},       {ROB_STR_INIT("PATCH"), ROB_PATCH},
        {ROB_STR_INIT("DELETE"), ROB_DELETE}, {ROB_STR_INIT("HEAD"), ROB_HEAD},
        {ROB_STR_INIT("OPTIONS"), ROB_OPTIONS},
    };
    x->request.method_name = method;
    bool refused = rob_str_eq(method, ROB_STR("TRACE")) || rob_str_eq(method, ROB_STR("QUERY"));
    x->verb = refused ? ROB_VERB_REFUSED : ROB_VERB_UNKNOWN;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!rob_str_eq(method, known[i].name)) continue;
        x->verb = ROB_VERB_KNOWN;
        x->request.method = known[i].method;
        return;
    }
}

/* `[` address `]`: bytes of it; 0 when it is none. What the digits say is not looked at. */
static size_t ip_literal_len(rob_str host)
{
    for (size_t i = 1; i < host.len; i++) {
        char c = host.ptr[i], letter = (char)(c | 0x20);
        if (c == ']') return i > 1 ? i + 1 : 0;
        if (!((c >= '0' && c <= '9') || (letter >= 'a' && letter <= 'f') || c == ':' || c == '.')) return 0;
    }
    return 0;
}

/* RFC 9110, 7.2 with RFC 3986, 3.2: uri-host [":" port], no userinfo. */
static bool is_host(rob_str host)
{
    size_t i = 0;
    if (host.len > 0 && host.ptr[0] == '[') i = ip_literal_len(host);
    else while (i < host.len && parts[(unsigned char)host.ptr[i]] & HOST) i++;
    if (i == 0) return false;
    if (i == host.len) return true;
    if (host.ptr[i++] != ':') return false;
    for (; i < host.len; i++)
        if (host.ptr[i] < '0' || host.ptr[i] > '9') return false;
    return true;
}

/* `http://authority/path`, as proxies send it: the authority takes the place of Host (RFC 9112, 3.2.2). */
static bool take_authority(rob_exchange *x, rob_str *target)
{
    static const char scheme[] = "http://";
    size_t skip = sizeof scheme - 1, end;
    if (target->len < skip || !is_name((rob_str){target->ptr, skip}, scheme, skip)) return false;
    for (end = skip; end < target->len && target->ptr[end] != '/' && target->ptr[end] != '?';) end++;
    x->host = (rob_str){target->ptr + skip, end - skip};
    *target = (rob_str){target->ptr + end, target->len - end};
    return is_host(x->host);
}

static bool too_many_pairs(rob_str query)
{
    size_t pairs = 0, start = 0;
    while (start < query.len) {
        const char *and = memchr(query.ptr + start, '&', query.len - start);
        size_t end = and ? (size_t)(and - query.ptr) : query.len;
        pairs += end > start;
        start = end + 1;
    }
    return pairs > QUERY_PAIRS_MOST;
}

unsigned rob_gate_line(rob_exchange *x, rob_str method, uint64_t head_limit)
{
    rob_str target = x->target;
    if (!is_token(method) || !is_target_text(target)) return 400;
    if (method.len + target.len + sizeof "  HTTP/1.1\r" > head_limit) return 414;
    name_method(x, method);
    if (target.len == 0 || rob_str_eq(method, ROB_STR("CONNECT"))) return 400;
    if (rob_str_eq(target, ROB_STR("*"))) {
        x->request.path = target;
        return x->verb == ROB_VERB_KNOWN && x->request.method == ROB_OPTIONS ? 0 : 400;
    }
    if (target.ptr[0] != '/' && !take_authority(x, &target)) return 400;
    const char *mark = target.len ? memchr(target.ptr, '?', target.len) : NULL;
    size_t path_len = mark ? (size_t)(mark - target.ptr) : target.len;
    x->request.path = path_len ? (rob_str){target.ptr, path_len} : ROB_STR("/");
    if (!mark) return 0;
    x->request.query = (rob_str){mark + 1, target.len - path_len - 1};
    return too_many_pairs(x->request.query) ? 414 : 0;
}

/* ------------------------------------------------------------------ fields */

static bool read_length(rob_str text, uint64_t *out)
{
    uint64_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned digit = (unsigned char)text.ptr[i] - '0';
        if (digit > 9 || n > (UINT64_MAX - digit) / 10) return false;
        n = n * 10 + digit;
    }
    *out = n;
    return text.len > 0;
}

typedef struct framing_fields {
    unsigned hosts, lengths, encodings;
    rob_str host;
} framing_fields;

/* Told apart by length first: most fields are none of these. */
static bool note_field(rob_header_line line, framing_fields *seen, rob_framing *framing)
{
    switch (line.name.len) {
    case sizeof "host" - 1:
        if (!IS_NAME(line.name, "host")) return true;
        seen->hosts++;
        seen->host = line.value;
        return true;
    case sizeof "content-length" - 1:
        if (!IS_NAME(line.name, "content-length")) return true;
        seen->lengths++;
        framing->has_length = true;
        return read_length(line.value, &framing->length);
    case sizeof "content-encoding" - 1:
        if (IS_NAME(line.name, "content-encoding") && line.value.len > 0)
            framing->encoded |= !IS_NAME(line.value, "identity");
        return true;
    case sizeof "transfer-encoding" - 1:
        if (!IS_NAME(line.name, "transfer-encoding")) return true;
        seen->encodings++;
        framing->chunked = true;
        return IS_NAME(line.value, "chunked");
    }
    return true;
}

unsigned rob_gate_fields(rob_exchange *x, bool http_1_1, rob_framing *framing)
{
    framing_fields seen = {0};
    *framing = (rob_framing){0};
    for (size_t i = 0; i < x->request.header_count; i++) {
        rob_header_line line = x->headers[i];
        if (!is_token(line.name) || !is_field_value(line.value)) return 400;
        if (!note_field(line, &seen, framing)) return 400;
    }
    /* RFC 9112, 3.2 and 6.1: what two recipients could read in two ways is refused. */
    if (seen.hosts > 1 || (http_1_1 && seen.hosts == 0)) return 400;
    if (seen.hosts == 1 && !is_host(seen.host)) return 400;
    if (seen.lengths > 1 || seen.encodings > 1) return 400;
    if (seen.encodings && (seen.lengths || !http_1_1)) return 400;
    if (x->host.len == 0) x->host = seen.host;
    return 0;
}

unsigned rob_gate_trailer(rob_str name, rob_str value)
{
    return is_token(name) && is_field_value(value) ? 0 : 400;
}

/* ------------------------------------------------------------------ path */

static bool has_dot_segment(rob_str path)
{
    for (size_t start = 0; start < path.len; start++) {
        size_t end = start;
        while (end < path.len && path.ptr[end] != '/') end++;
        size_t len = end - start;
        if (len > 0 && len <= 2 && path.ptr[start] == '.' && path.ptr[end - 1] == '.') return true;
        start = end;
    }
    return false;
}

unsigned rob_gate_path(rob_exchange *x)
{
    rob_str path = x->request.path;
    x->routed_path = path;
    if (memchr(path.ptr, '%', path.len)) {
        rob_status status = rob_percent_decode_path(&x->memory, path, &x->routed_path);
        if (status == ROB_NO_MEMORY) return 413;
        if (status != ROB_OK) return 400;
    }
    if (!memchr(x->routed_path.ptr, '.', x->routed_path.len) || !has_dot_segment(x->routed_path)) return 0;
    x->routed_path.len = 0;
    return 404;
}
