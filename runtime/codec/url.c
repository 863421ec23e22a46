#include "codec/url.h"

#include <strings.h>

#include "base/numbers.h"
#include "codec/percent.h"
#include "codec/url_parts.h"

/* Bytes that are encoded in each part, beside controls and what is beyond ASCII (URL Standard, 1.3). */
static const char fragment_set[] = " \"<>`", query_set[] = " \"#<>", special_query_set[] = " \"#<>'";
static const char path_set[] = " \"#<>?`{}", userinfo_set[] = " \"#<>?`{}/:;=@[\\]^|";
static const char opaque_set[] = "";

/* ------------------------------------------------------------------ output */

void rob_url_put(rob_url_text *out, rob_str text)
{
    if (out->failed || !text.len) return;
    if (out->cap - out->len < text.len) {
        size_t cap = out->cap * 2 + text.len + 64;
        char *bigger = rob_arena_grow(out->arena, out->ptr, out->cap, cap);
        out->failed = !bigger;
        if (!bigger) return;
        out->ptr = bigger;
        out->cap = cap;
    }
    memcpy(out->ptr + out->len, text.ptr, text.len);
    out->len += text.len;
}

void rob_url_put_byte(rob_url_text *out, char c)
{
    rob_url_put(out, (rob_str){&c, 1});
}

void rob_url_put_encoded(rob_url_text *out, rob_str text, const char *more)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= ' ' && c < 0x7F && !strchr(more, c)) continue;
        rob_url_put(out, (rob_str){text.ptr + from, i - from});
        rob_url_put(out, (rob_str){(char[]){'%', digits[c >> 4], digits[c & 15]}, 3});
        from = i + 1;
    }
    rob_url_put(out, (rob_str){text.ptr + from, text.len - from});
}

/* ------------------------------------------------------------------ input */

/* One URL on its way: rest is what is still to be read. */
typedef struct url {
    rob_url_text out;
    rob_str rest;
    rob_str scheme;   /* in out, before its colon; taken again after out has grown */
    bool special, file;
    size_t path_from; /* in out: where the path begins */
} url;

static bool is_break(char c)
{
    return c == '\t' || c == '\n' || c == '\r';
}

/* Without controls and spaces at the ends, and without tabs and line ends anywhere. */
static bool clean(rob_arena *arena, rob_str *text)
{
    while (text->len && (unsigned char)text->ptr[0] <= ' ') text->ptr++, text->len--;
    while (text->len && (unsigned char)text->ptr[text->len - 1] <= ' ') text->len--;
    size_t breaks = 0, len = 0;
    for (size_t i = 0; i < text->len; i++) breaks += is_break(text->ptr[i]);
    if (!breaks) return true;
    char *copy = rob_arena_alloc(arena, text->len);
    if (!copy) return false;
    for (size_t i = 0; i < text->len; i++)
        if (!is_break(text->ptr[i])) copy[len++] = text->ptr[i];
    *text = (rob_str){copy, len};
    return true;
}

static void skip(rob_str *text, size_t len)
{
    text->ptr += len;
    text->len -= len;
}

/* A slash, or in special URLs a backslash. */
static bool is_slash(const url *u, char c)
{
    return c == '/' || (u->special && c == '\\');
}

static size_t slashes(const url *u, rob_str text)
{
    size_t count = 0;
    while (count < text.len && is_slash(u, text.ptr[count])) count++;
    return count;
}

/* Bytes of rest before a path, query or fragment begins. */
static size_t authority_len(const url *u)
{
    size_t len = 0;
    for (; len < u->rest.len; len++) {
        char c = u->rest.ptr[len];
        if (is_slash(u, c) || c == '?' || c == '#') break;
    }
    return len;
}

/* ------------------------------------------------------------------ parts */

static const struct {
    rob_str scheme;
    uint16_t port;
} special_schemes[] = {{ROB_STR_INIT("http"), 80}, {ROB_STR_INIT("https"), 443}, {ROB_STR_INIT("ws"), 80},
                       {ROB_STR_INIT("wss"), 443}, {ROB_STR_INIT("ftp"), 21},    {ROB_STR_INIT("file"), 0}};

/* The default port; -1 for a scheme that is not special. */
static int default_port(rob_str scheme)
{
    for (size_t i = 0; i < sizeof special_schemes / sizeof *special_schemes; i++)
        if (rob_str_eq(special_schemes[i].scheme, scheme)) return special_schemes[i].port;
    return -1;
}

static bool is_alpha(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_scheme_char(char c)
{
    return is_alpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

static const char *put_scheme(url *u)
{
    size_t len = 0;
    while (len < u->rest.len && is_scheme_char(u->rest.ptr[len])) len++;
    if (!len || !is_alpha(u->rest.ptr[0]) || len == u->rest.len || u->rest.ptr[len] != ':')
        return "relative URL without a base";
    for (size_t i = 0; i < len; i++) {
        char c = u->rest.ptr[i];
        rob_url_put_byte(&u->out, is_alpha(c) ? (char)(c | 0x20) : c);
    }
    u->scheme = rob_arena_copy(u->out.arena, (rob_str){u->out.ptr, u->out.failed ? 0 : len});
    u->special = default_port(u->scheme) >= 0;
    u->file = rob_str_eq(u->scheme, ROB_STR("file"));
    rob_url_put_byte(&u->out, ':');
    skip(&u->rest, len + 1);
    return NULL;
}

/* user:password@, unless both are empty. */
static void put_userinfo(url *u, rob_str info)
{
    const char *colon = info.len ? memchr(info.ptr, ':', info.len) : NULL;
    size_t user_len = colon ? (size_t)(colon - info.ptr) : info.len;
    rob_str password = colon ? (rob_str){colon + 1, info.len - user_len - 1} : (rob_str){0};
    rob_url_put_encoded(&u->out, (rob_str){info.ptr, user_len}, userinfo_set);
    if (password.len) {
        rob_url_put_byte(&u->out, ':');
        rob_url_put_encoded(&u->out, password, userinfo_set);
    }
    if (user_len || password.len) rob_url_put_byte(&u->out, '@');
}

static const char *put_port(url *u, rob_str digits)
{
    uint64_t port = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') return "invalid port number";
        port = port * 10 + (uint64_t)(digits.ptr[i] - '0');
        if (port > 65535) return "invalid port number";
    }
    if (!digits.len || (int)port == default_port(u->scheme)) return NULL;
    char text[ROB_INT_TEXT];
    rob_url_put_byte(&u->out, ':');
    rob_url_put(&u->out, (rob_str){text, rob_print_u64(text, port)});
    return NULL;
}

/* Bytes of the host at the front of text: up to a colon that is not inside brackets. */
static size_t host_len(rob_str text)
{
    bool brackets = false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '[') brackets = true;
        if (text.ptr[i] == ']') brackets = false;
        if (text.ptr[i] == ':' && !brackets) return i;
    }
    return text.len;
}

/* [userinfo@] host [: port] */
static const char *put_authority(url *u)
{
    rob_str text = {u->rest.ptr, authority_len(u)};
    skip(&u->rest, text.len);
    const char *at = text.len ? memrchr(text.ptr, '@', text.len) : NULL;
    size_t start = u->out.len, user_len = at ? (size_t)(at - text.ptr) : 0;
    if (at) {
        put_userinfo(u, (rob_str){text.ptr, user_len});
        text = (rob_str){at + 1, (size_t)(text.ptr + text.len - at - 1)};
    }
    bool credentials = u->out.len > start;
    rob_str host = {text.ptr, host_len(text)};
    bool port = host.len < text.len;
    bool only_at = at && !credentials && user_len == 0 && u->rest.len;
    if (!host.len && (u->special || credentials || port || only_at)) return "empty host";
    const char *why = rob_url_put_host(&u->out, host, u->special);
    return why || !port ? why : put_port(u, (rob_str){text.ptr + host.len + 1, text.len - host.len - 1});
}

/* ------------------------------------------------------------------ paths */

/* Bytes of one dot at the front of text, which may be written %2e; 0 without one. */
static size_t dot_len(rob_str text)
{
    if (text.len && text.ptr[0] == '.') return 1;
    return text.len >= 3 && strncasecmp(text.ptr, "%2e", 3) == 0 ? 3 : 0;
}

/* 1 for `.`, 2 for `..`, 0 for any other segment. */
static int dots_of(rob_str segment)
{
    int dots = 0;
    for (size_t len; dots < 3 && (len = dot_len(segment)); dots++) skip(&segment, len);
    return segment.len || dots > 2 ? 0 : dots;
}

static bool is_drive(rob_str segment)
{
    return segment.len == 2 && is_alpha(segment.ptr[0]) && (segment.ptr[1] == ':' || segment.ptr[1] == '|');
}

/* Remove the last segment and the slash after it, but neither the path's first slash nor a segment that
 * looks like a drive letter, which the crate spares in URLs of any scheme. */
static void pop_segment(url *u)
{
    rob_url_text *out = &u->out;
    if (out->failed || out->len == u->path_from + 1) return;
    size_t end = out->len - 1;
    while (end > u->path_from + 1 && out->ptr[end - 1] != '/') end--;
    if (!is_drive((rob_str){out->ptr + end, out->len - 1 - end})) out->len = end;
}

/* Segments up to a query or fragment; out ends in the slash before the first. */
static void put_segments(url *u)
{
    for (;;) {
        rob_str segment = {u->rest.ptr, authority_len(u)};
        skip(&u->rest, segment.len);
        bool more = u->rest.len && is_slash(u, u->rest.ptr[0]);
        int dots = dots_of(segment);
        if (dots == 2) {
            pop_segment(u);
        } else if (dots == 0) {
            bool leading = u->file && !segment.len && u->out.len == u->path_from + 1; /* `file:////x` is `file:///x` */
            rob_url_put_encoded(&u->out, segment, path_set);
            if (more && !leading) rob_url_put_byte(&u->out, '/');
        }
        if (!more) return;
        skip(&u->rest, 1);
    }
}

static void put_path(url *u)
{
    u->path_from = u->out.len;
    bool slash = u->rest.len && is_slash(u, u->rest.ptr[0]);
    if (!slash && !u->special) return; /* an empty path stays empty */
    if (slash) skip(&u->rest, 1);
    rob_url_put_byte(&u->out, '/');
    put_segments(u);
}

static void put_query_and_fragment(url *u)
{
    const char *hash = u->rest.len ? memchr(u->rest.ptr, '#', u->rest.len) : NULL;
    rob_str query = {u->rest.ptr, hash ? (size_t)(hash - u->rest.ptr) : u->rest.len};
    skip(&u->rest, query.len);
    if (query.len) {
        rob_url_put_byte(&u->out, '?');
        skip(&query, 1);
        rob_url_put_encoded(&u->out, query, u->special ? special_query_set : query_set);
    }
    if (!u->rest.len) return;
    rob_url_put_byte(&u->out, '#');
    skip(&u->rest, 1);
    rob_url_put_encoded(&u->out, u->rest, fragment_set);
}

/* ------------------------------------------------------------------ kinds of URL */

/* The host of `file://host/`: none for a drive letter or localhost. */
static const char *put_file_host(url *u)
{
    rob_str host = {u->rest.ptr, authority_len(u)};
    if (host.len == 2 && is_alpha(host.ptr[0]) && (host.ptr[1] == ':' || host.ptr[1] == '|')) return NULL;
    skip(&u->rest, host.len);
    size_t from = u->out.len;
    const char *why = host.len ? rob_url_put_host(&u->out, host, true) : NULL;
    rob_str put = {u->out.ptr + from, u->out.len - from};
    if (!u->out.failed && rob_str_eq(put, ROB_STR("localhost"))) u->out.len = from;
    return why;
}

static const char *put_file(url *u)
{
    const char *why = NULL;
    rob_url_put(&u->out, ROB_STR("//"));
    if (slashes(u, u->rest) >= 2) {
        skip(&u->rest, 2);
        why = put_file_host(u);
    }
    if (!why) put_path(u);
    return why;
}

/* `scheme:/path` whose path begins with `//` would read as an authority: `/.` keeps them apart. */
static void put_rootless_path(url *u)
{
    size_t from = u->out.len;
    put_path(u);
    rob_url_text *out = &u->out;
    if (out->failed || out->len - from < 2 || out->ptr[from + 1] != '/') return;
    rob_url_put(out, ROB_STR("/."));
    if (out->failed) return;
    memmove(out->ptr + from + 2, out->ptr + from, out->len - from - 2);
    memcpy(out->ptr + from, "/.", 2);
}

static const char *put_other(url *u)
{
    if (u->rest.len >= 2 && u->rest.ptr[0] == '/' && u->rest.ptr[1] == '/') {
        rob_url_put(&u->out, ROB_STR("//"));
        skip(&u->rest, 2);
        const char *why = put_authority(u);
        if (!why) put_path(u);
        return why;
    }
    if (u->rest.len && u->rest.ptr[0] == '/') {
        put_rootless_path(u);
        return NULL;
    }
    size_t len = 0;
    while (len < u->rest.len && u->rest.ptr[len] != '?' && u->rest.ptr[len] != '#') len++;
    rob_url_put_encoded(&u->out, (rob_str){u->rest.ptr, len}, opaque_set);
    skip(&u->rest, len);
    return NULL;
}

static const char *put_special(url *u)
{
    rob_url_put(&u->out, ROB_STR("//"));
    skip(&u->rest, slashes(u, u->rest));
    const char *why = put_authority(u);
    if (!why) put_path(u);
    return why;
}

/* NULL, or what is wrong; look at u->out.failed first. */
static const char *parse(url *u)
{
    if (!u->rest.len) return "relative URL without a base";
    const char *why = put_scheme(u);
    if (!why) why = u->file ? put_file(u) : u->special ? put_special(u) : put_other(u);
    if (!why) put_query_and_fragment(u);
    return why;
}

static rob_status parse_url(rob_arena *arena, rob_str text, url *u, rob_scalar_error *error)
{
    *u = (url){.out.arena = arena, .rest = text};
    const char *why = text.len ? NULL : "input is empty";
    if (!why && !clean(arena, &u->rest)) return ROB_NO_MEMORY;
    if (!why) why = parse(u);
    if (u->out.failed) return ROB_NO_MEMORY;
    if (why)
        return rob_scalar_fail(arena, error, "url_parsing", "Input should be a valid URL, ", "error", rob_str_of(why));
    return ROB_OK;
}

rob_status rob_any_url_from_text(rob_arena *arena, rob_str text, rob_str *out, rob_scalar_error *error)
{
    url u;
    rob_status status = parse_url(arena, text, &u, error);
    if (!status) *out = (rob_str){u.out.ptr, u.out.len};
    return status;
}

rob_status rob_http_url_from_text(rob_arena *arena, rob_str text, rob_str *out, rob_scalar_error *error)
{
    url u;
    if (text.len > ROB_HTTP_URL_MAX) {
        *error = (rob_scalar_error){.type = "url_too_long", .msg = ROB_STR("URL should have at most 2083 characters"),
                                    .ctx_key = "max_length", .ctx_text = ROB_STR("2083"), .ctx_raw = true};
        return ROB_INVALID;
    }
    rob_status status = parse_url(arena, text, &u, error);
    if (status) return status;
    *out = (rob_str){u.out.ptr, u.out.len};
    if (rob_str_eq(u.scheme, ROB_STR("http")) || rob_str_eq(u.scheme, ROB_STR("https"))) return ROB_OK;
    *error = (rob_scalar_error){.type = "url_scheme", .msg = ROB_STR("URL scheme should be 'http' or 'https'"),
                                .ctx_key = "expected_schemes", .ctx_text = ROB_STR("'http' or 'https'")};
    return ROB_INVALID;
}
