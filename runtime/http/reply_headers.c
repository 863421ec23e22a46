/* Response headers and cookies of typed values. */
#include "base/utf8.h"
#include "http/reply.h"

/* One value as text: what JSON would say, without its quotes. */
static rob_str text_of(rob_arena *arena, const rob_type *type, const void *value)
{
    if (type->kind == ROB_KIND_ENUM) {
        uint32_t at = *(const uint32_t *)value;
        const rob_choice *choice = at < type->choice->count ? &type->choice->choices[at] : NULL;
        if (choice && choice->kind == ROB_CHOICE_STR) return choice->text;
    }
    if (type->kind == ROB_KIND_STR || type->kind == ROB_KIND_EMAIL || type->kind == ROB_KIND_URL ||
        type->kind == ROB_KIND_URI)
        return *(const rob_str *)value;
    rob_writer w = {.arena = arena};
    rob_write_value(&w, type, value);
    if (w.status != ROB_OK) return (rob_str){0};
    bool quoted = w.len >= 2 && w.ptr[0] == '"';
    return (rob_str){w.ptr + quoted, w.len - 2 * quoted};
}

/* Header text is Latin-1 on the wire, as Starlette writes it. NULL for what cannot stand in a header:
 * control characters (RFC 9110, 5.5) and code points beyond 0xFF. */
static char *header_text(rob_arena *arena, rob_str text)
{
    char *out = rob_arena_alloc(arena, text.len + 1);
    size_t len = 0;
    while (out && text.len > 0) {
        uint32_t c;
        size_t taken = rob_utf8_decode(text, &c);
        if (taken == 0 || c < 0x20 || c == 0x7F || c > 0xFF) return NULL;
        out[len++] = (char)c;
        text = (rob_str){text.ptr + taken, text.len - taken};
    }
    return out;
}

static char *write_octal(char *at, uint32_t c)
{
    *at++ = '\\';
    *at++ = (char)('0' + (c >> 6));
    *at++ = (char)('0' + (c >> 3 & 7));
    *at++ = (char)('0' + (c & 7));
    return at;
}

/* A cookie's value as http.cookies of CPython writes it: plain when it is all legal characters, else
 * quoted, with escapes of the code points up to 0xFF. ptr NULL beyond, and when memory is out. */
static rob_str cookie_value(rob_arena *arena, rob_str text)
{
    bool plain = text.len > 0;
    char *out = rob_arena_alloc(arena, text.len * 4 + 2), *at = out;
    if (!out) return (rob_str){NULL, 1};
    *at++ = '"';
    for (rob_str rest = text; rest.len > 0;) {
        uint32_t c;
        size_t taken = rob_utf8_decode(rest, &c);
        if (taken == 0 || c > 0xFF) return (rob_str){NULL, 1};
        rest = (rob_str){rest.ptr + taken, rest.len - taken};
        bool letter = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        bool legal = letter || (c && strchr("!#$%&'*+-.^_`|~:", (int)c));
        plain = plain && legal;
        if (c == '"' || c == '\\') *at++ = '\\';
        bool stays = legal || c == '"' || c == '\\' || (c && strchr(" ()/<=>?@[]{}", (int)c));
        if (stays) *at++ = (char)c;
        else at = write_octal(at, c);
    }
    *at++ = '"';
    return plain ? text : (rob_str){out, (size_t)(at - out)};
}

static void add_text(rob_reply *reply, const char *name, rob_str text)
{
    char *value = text.ptr || text.len == 0 ? header_text(reply->request->arena, text) : NULL;
    if (value) {
        rob_reply_line_add(reply, name, value);
        return;
    }
    rob_reply_failed(reply, rob_arena_format(reply->request->arena, "response header `%s` cannot hold its value", name));
}

static void add_cookie(rob_reply *reply, const char *name, rob_str text)
{
    rob_arena *arena = reply->request->arena;
    rob_str value = cookie_value(arena, text), line = {NULL, 1};
    if (value.ptr) line = rob_arena_format(arena, "%s=%.*s; Path=/; SameSite=lax", name, ROB_STR_ARG(value));
    add_text(reply, "Set-Cookie", line.ptr ? line : (rob_str){NULL, 1});
}

typedef void add_fn(rob_reply *reply, const char *name, rob_str text);

static void add_typed(rob_reply *reply, const char *name, const rob_type *type, const void *value, add_fn *add)
{
    if (reply->failed) return;
    if (type->kind == ROB_KIND_NULLABLE) {
        bool has = *(const bool *)((const char *)value + type->nullable.has_offset);
        if (has) add_typed(reply, name, type->nullable.inner, value, add);
        return;
    }
    if (type->kind == ROB_KIND_LIST) {
        const struct {
            const char *items;
            size_t count;
        } *list = value;
        for (size_t i = 0; i < list->count; i++)
            add_typed(reply, name, type->list.item, list->items + i * type->list.item_size, add);
        return;
    }
    add(reply, name, text_of(reply->request->arena, type, value));
}

void rob_reply_header(rob_reply *reply, const char *name, const rob_type *type, const void *value)
{
    add_typed(reply, name, type, value, add_text);
}

void rob_reply_cookie(rob_reply *reply, const char *name, const rob_type *type, const void *value)
{
    add_typed(reply, name, type, value, add_cookie);
}
