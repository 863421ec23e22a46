#include "codec/form.h"

#include "base/utf8.h"
#include "codec/pairs.h"
#include "codec/percent.h"

static const char too_many_fields[] = "Too many fields. Maximum number of fields is 1000.";
static const char field_too_big[] = "Field exceeded maximum size of 1024KB.";

rob_pair *rob_pairs_add(rob_pair_list *list)
{
    rob_pairs *out = list->out;
    if (out->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 8;
        rob_pair *bigger = rob_arena_grow(list->arena, out->items, list->cap * sizeof *bigger, cap * sizeof *bigger);
        if (!bigger) return NULL;
        out->items = bigger;
        list->cap = cap;
    }
    out->items[out->count] = (rob_pair){0};
    return &out->items[out->count++];
}

rob_status rob_pairs_refuse(rob_pair_list *list, const char *error)
{
    list->out->error = error;
    return ROB_UNREADABLE;
}

/* ------------------------------------------------------------------ urlencoded */

static size_t ascii_len(rob_str text)
{
    size_t len = 0;
    while (len < text.len && (unsigned char)text.ptr[len] < 0x80) len++;
    return len;
}

static bool append(rob_arena *arena, rob_str *out, size_t *cap, rob_str more)
{
    if (!more.len) return true;
    if (*cap - out->len < more.len) {
        size_t bigger = *cap * 2 + more.len;
        char *ptr = rob_arena_grow(arena, (char *)out->ptr, *cap, bigger);
        if (!ptr) return false;
        out->ptr = ptr;
        *cap = bigger;
    }
    memcpy((char *)out->ptr + out->len, more.ptr, more.len);
    out->len += more.len;
    return true;
}

/* Text with raw bytes beyond ASCII: these are Latin-1 to Starlette, while what `%` encodes is UTF-8. Runs
 * of the two kinds alternate. */
static bool decode_mixed(rob_arena *arena, rob_str text, rob_str *out)
{
    size_t cap = 0;
    *out = (rob_str){0};
    while (text.len) {
        size_t len = ascii_len(text);
        rob_str run = rob_percent_decode(arena, (rob_str){text.ptr, len}, true);
        if (len) run = rob_utf8_replace(arena, run);
        if (len && !run.ptr) return false;
        if (!append(arena, out, &cap, run)) return false;
        for (; len < text.len && (unsigned char)text.ptr[len] >= 0x80; len++) {
            char utf8[4];
            rob_str one = {utf8, rob_utf8_encode(utf8, (unsigned char)text.ptr[len])};
            if (!append(arena, out, &cap, one)) return false;
        }
        text = (rob_str){text.ptr + len, text.len - len};
    }
    return true;
}

static bool decode(rob_arena *arena, rob_str text, rob_str *out)
{
    *out = text;
    if (!text.len) return true;
    if (ascii_len(text) < text.len) return decode_mixed(arena, text, out);
    *out = rob_percent_decode(arena, text, true);
    if (out->ptr) *out = rob_utf8_replace(arena, *out);
    return out->ptr;
}

rob_status rob_urlencoded_split(rob_pair_list *list, rob_str text, size_t most_pairs, size_t most_bytes)
{
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.ptr + at, '&', text.len - at);
        rob_str pair = {text.ptr + at, end ? (size_t)(end - text.ptr) - at : text.len - at};
        at += pair.len + 1;
        if (!pair.len) continue;
        if (most_bytes && pair.len > most_bytes) return rob_pairs_refuse(list, field_too_big);
        if (list->out->count == most_pairs) return rob_pairs_refuse(list, too_many_fields);
        const char *equals = memchr(pair.ptr, '=', pair.len);
        size_t name_len = equals ? (size_t)(equals - pair.ptr) : pair.len;
        rob_str value = equals ? (rob_str){equals + 1, pair.len - name_len - 1} : ROB_STR("");
        rob_pair *added = rob_pairs_add(list);
        if (!added || !decode(list->arena, (rob_str){pair.ptr, name_len}, &added->name) ||
            !decode(list->arena, value, &added->value))
            return ROB_NO_MEMORY;
    }
    return ROB_OK;
}

rob_status rob_query_split(rob_arena *arena, rob_str query, rob_pairs *out)
{
    *out = (rob_pairs){0};
    rob_pair_list list = {.arena = arena, .out = out};
    return rob_urlencoded_split(&list, query, ROB_QUERY_PAIRS_MOST, 0);
}

/* ------------------------------------------------------------------ the Content-Type decides */

static rob_status split_multipart(rob_pair_list *list, rob_options *options, rob_str body)
{
    rob_str name, value, boundary = {0};
    bool latin1 = false;
    rob_status status = ROB_OK;
    while (rob_options_next(options, list->arena, &name, &value, &status)) {
        if (rob_same_name(name, ROB_STR("boundary"))) boundary = value;
        if (rob_same_name(name, ROB_STR("charset")))
            latin1 = !rob_same_name(value, ROB_STR("utf-8")) && !rob_same_name(value, ROB_STR("utf8"));
    }
    if (status) return status;
    if (!boundary.ptr) return rob_pairs_refuse(list, "Missing boundary in multipart.");
    return rob_multipart_split(list, boundary, body, latin1);
}

rob_status rob_form_split(rob_arena *arena, rob_str content_type, rob_str body, rob_pairs *out)
{
    *out = (rob_pairs){0};
    if (!body.ptr) body = ROB_STR("");
    rob_options options;
    rob_pair_list list = {.arena = arena, .out = out};
    rob_str type = rob_options_start(&options, content_type);
    if (rob_same_name(type, ROB_STR("multipart/form-data"))) return split_multipart(&list, &options, body);
    if (rob_same_name(type, ROB_STR("application/x-www-form-urlencoded")))
        return rob_urlencoded_split(&list, body, ROB_FORM_FIELDS_MOST, ROB_PART_BYTES_MOST);
    return ROB_OK;
}
