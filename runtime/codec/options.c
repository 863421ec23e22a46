#include <strings.h>

#include "codec/pairs.h"

/* Header parameters as python-multipart's parse_options_header reads them. */

static rob_str trim(rob_str text)
{
    while (text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\t')) text.ptr++, text.len--;
    while (text.len && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\t')) text.len--;
    return text;
}

bool rob_same_name(rob_str a, rob_str b)
{
    return a.len == b.len && (a.len == 0 || strncasecmp(a.ptr, b.ptr, a.len) == 0);
}

/* Cut what stands before the next `;` outside quotes off the front of text. */
static rob_str cut_segment(rob_str *text)
{
    bool quoted = false;
    size_t len = 0;
    if (!text->len) return *text;
    for (; len < text->len; len++) {
        bool escaped = len && text->ptr[len - 1] == '\\';
        if (text->ptr[len] == '"' && !escaped) quoted = !quoted;
        if (text->ptr[len] == ';' && !quoted) break;
    }
    rob_str segment = {text->ptr, len};
    size_t used = len < text->len ? len + 1 : len;
    *text = (rob_str){text->ptr + used, text->len - used};
    return trim(segment);
}

rob_str rob_options_start(rob_options *options, rob_str header)
{
    options->rest = header;
    return cut_segment(&options->rest);
}

/* Replace each backslash that c follows by c. In place; the new length. */
static size_t unescape(char *text, size_t len, char c)
{
    size_t out = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\\' && i + 1 < len && text[i + 1] == c) i++;
        text[out++] = text[i];
    }
    return out;
}

/* Without the quotes; backslashes first, then quotes, one pass each, as the original does. */
static bool unquote(rob_arena *arena, rob_str *value)
{
    if (value->len < 2 || value->ptr[0] != '"' || value->ptr[value->len - 1] != '"') return true;
    *value = (rob_str){value->ptr + 1, value->len - 2};
    if (!value->len || !memchr(value->ptr, '\\', value->len)) return true;
    rob_str copy = rob_arena_copy(arena, *value);
    if (!copy.ptr) return false;
    value->ptr = copy.ptr;
    value->len = unescape((char *)copy.ptr, copy.len, '\\');
    value->len = unescape((char *)copy.ptr, value->len, '"');
    return true;
}

/* Old browsers sent the whole path of a file: keep its name. */
static void drop_windows_path(rob_str *value)
{
    bool drive = value->len >= 3 && value->ptr[1] == ':' && value->ptr[2] == '\\';
    bool share = value->len >= 2 && value->ptr[0] == '\\' && value->ptr[1] == '\\';
    if (!drive && !share) return;
    const char *last = memrchr(value->ptr, '\\', value->len);
    *value = (rob_str){last + 1, (size_t)(value->ptr + value->len - last - 1)};
}

static bool has_upper(rob_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') return true;
    return false;
}

bool rob_options_next(rob_options *options, rob_arena *arena, rob_str *name, rob_str *value, rob_status *status)
{
    while (options->rest.len) {
        rob_str segment = cut_segment(&options->rest);
        const char *equals = segment.len ? memchr(segment.ptr, '=', segment.len) : NULL;
        size_t name_len = equals ? (size_t)(equals - segment.ptr) : segment.len;
        *name = trim((rob_str){segment.ptr, name_len});
        *value = equals ? trim((rob_str){equals + 1, segment.len - name_len - 1}) : ROB_STR("");
        if (!equals && has_upper(*name)) continue; /* only names before a `=` are the same in any case */
        if (name->len && memchr(name->ptr, '*', name->len)) continue; /* RFC 7578, 4.2 forbids RFC 5987 names */
        if (!unquote(arena, value)) {
            *status = ROB_NO_MEMORY;
            return false;
        }
        if (rob_same_name(*name, ROB_STR("filename"))) drop_windows_path(value);
        return true;
    }
    return false;
}
