#include "base/utf8.h"
#include "codec/pairs.h"

enum {
    BOUNDARY_MOST = 256,         /* bytes; the limits are python-multipart's */
    PART_HEADERS_MOST = 8,       /* of one part */
    PART_HEADER_BYTES_MOST = 4224 /* of one header line */
};

static const char broken[] = "Invalid multipart data.";

/* A body on its way. What is cut off in the middle ends the list without an error, as FastAPI has it. */
typedef struct reader {
    rob_pair_list *list;
    rob_str delimiter; /* CR LF -- boundary */
    rob_str rest;
    bool latin1;
    size_t fields, files;
} reader;

/* The part that is being read. */
typedef struct part {
    rob_str disposition, content_type; /* header values: the last one, the first one */
    rob_pair pair;
} part;

static void skip(reader *r, size_t len)
{
    if (len > r->rest.len) len = r->rest.len;
    r->rest = (rob_str){r->rest.ptr + len, r->rest.len - len};
}

static bool starts(rob_str text, rob_str prefix)
{
    return text.len >= prefix.len && memcmp(text.ptr, prefix.ptr, prefix.len) == 0;
}

/* Whether text is the beginning of whole, cut off. */
static bool is_cut(rob_str text, rob_str whole)
{
    return text.len < whole.len && (!text.len || memcmp(text.ptr, whole.ptr, text.len) == 0);
}

/* RFC 9110, 5.6.2. */
static bool is_token_char(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

/* ------------------------------------------------------------------ the headers of a part */

/* One header line, its CR LF included. *more is false when the body ends inside it. */
static rob_status read_header(reader *r, part *p, bool *more)
{
    size_t name_len = 0, size;
    *more = false;
    while (name_len < r->rest.len && r->rest.ptr[name_len] != ':') {
        if (!is_token_char(r->rest.ptr[name_len])) return rob_pairs_refuse(r->list, broken);
        name_len++;
    }
    if (!name_len || name_len > PART_HEADER_BYTES_MOST) return rob_pairs_refuse(r->list, broken);
    rob_str name = {r->rest.ptr, name_len};
    size = name_len + 1;
    skip(r, name_len + 1);
    for (; r->rest.len && r->rest.ptr[0] == ' '; size++) skip(r, 1);
    const char *cr = r->rest.len ? memchr(r->rest.ptr, '\r', r->rest.len) : NULL;
    rob_str value = {r->rest.ptr, cr ? (size_t)(cr - r->rest.ptr) : r->rest.len};
    if (size + value.len > PART_HEADER_BYTES_MOST) return rob_pairs_refuse(r->list, broken);
    skip(r, value.len + 1);
    if (!r->rest.len) return ROB_OK;
    if (r->rest.ptr[0] != '\n') return rob_pairs_refuse(r->list, broken);
    skip(r, 1);
    if (rob_same_name(name, ROB_STR("content-disposition"))) p->disposition = value;
    if (rob_same_name(name, ROB_STR("content-type")) && !p->content_type.ptr) p->content_type = value;
    *more = true;
    return ROB_OK;
}

/* All header lines and the empty line after them. */
static rob_status read_headers(reader *r, part *p, bool *more)
{
    for (int count = 0;; count++) {
        *more = r->rest.len > 0;
        if (!*more) return ROB_OK;
        if (r->rest.ptr[0] == '\r') {
            *more = r->rest.len > 1;
            if (*more && r->rest.ptr[1] != '\n') return rob_pairs_refuse(r->list, broken);
            skip(r, 2);
            return ROB_OK;
        }
        if (count == PART_HEADERS_MOST) return rob_pairs_refuse(r->list, broken);
        rob_status status = read_header(r, p, more);
        if (status || !*more) return status;
    }
}

/* Text of a part as UTF-8; what is not reads as Latin-1. */
static bool to_utf8(reader *r, rob_str text, rob_str *out)
{
    *out = !r->latin1 && rob_utf8_valid(text) ? text : rob_utf8_from_latin1(r->list->arena, text);
    return out->ptr || !text.len;
}

/* The name and filename that Content-Disposition gives. */
static rob_status name_part(reader *r, part *p)
{
    rob_options options;
    rob_str key, value, name = {0}, filename = {0};
    rob_status status = ROB_OK;
    rob_options_start(&options, p->disposition);
    while (rob_options_next(&options, r->list->arena, &key, &value, &status)) {
        if (rob_same_name(key, ROB_STR("name"))) name = value;
        if (rob_same_name(key, ROB_STR("filename"))) filename = value;
    }
    if (status) return status;
    if (!name.ptr) return rob_pairs_refuse(r->list, "The Content-Disposition header field \"name\" must be provided.");
    if (filename.ptr && ++r->files > ROB_FORM_FILES_MOST)
        return rob_pairs_refuse(r->list, "Too many files. Maximum number of files is 1000.");
    if (!filename.ptr && ++r->fields > ROB_FORM_FIELDS_MOST)
        return rob_pairs_refuse(r->list, "Too many fields. Maximum number of fields is 1000.");
    bool ok = to_utf8(r, name, &p->pair.name) && to_utf8(r, p->content_type, &p->pair.content_type);
    if (ok && filename.ptr) ok = to_utf8(r, filename, &p->pair.filename);
    return ok ? ROB_OK : ROB_NO_MEMORY;
}

/* ------------------------------------------------------------------ the data of a part */

/* What follows a delimiter. */
typedef enum after { NEXT_PART, LAST_PART, PADDED, NO_DELIMITER, CUT_OFF } after;

static after look_after(rob_str text)
{
    if (starts(text, ROB_STR("\r\n"))) return NEXT_PART;
    if (starts(text, ROB_STR("--"))) return LAST_PART;
    if (is_cut(text, ROB_STR("\r\n")) || is_cut(text, ROB_STR("--"))) return CUT_OFF;
    return text.ptr[0] == ' ' || text.ptr[0] == '\t' ? PADDED : NO_DELIMITER;
}

/* White space between a delimiter and its line end (RFC 2046, 5.1.1). */
static rob_status skip_padding(reader *r, bool *more)
{
    while (r->rest.len && (r->rest.ptr[0] == ' ' || r->rest.ptr[0] == '\t')) skip(r, 1);
    *more = starts(r->rest, ROB_STR("\r\n"));
    if (!*more && !is_cut(r->rest, ROB_STR("\r\n"))) return rob_pairs_refuse(r->list, broken);
    skip(r, 2);
    return ROB_OK;
}

/* Up to the next delimiter. *more: another part follows; *whole: the part was not cut off. */
static rob_status read_data(reader *r, rob_str *data, bool *whole, bool *more)
{
    const char *start = r->rest.ptr;
    *whole = *more = false;
    for (;;) {
        const char *found = memmem(r->rest.ptr, r->rest.len, r->delimiter.ptr, r->delimiter.len);
        *data = (rob_str){start, (size_t)((found ? found : r->rest.ptr + r->rest.len) - start)};
        if (!found) return ROB_OK;
        skip(r, (size_t)(found - r->rest.ptr) + r->delimiter.len);
        after what = look_after(r->rest);
        if (what == NO_DELIMITER) continue;
        if (what == CUT_OFF) return ROB_OK;
        *whole = what != PADDED;
        *more = what == NEXT_PART;
        if (what == NEXT_PART) skip(r, 2);
        if (what != PADDED) return ROB_OK;
        rob_status status = skip_padding(r, more);
        *whole = *more;
        return status;
    }
}

static rob_status read_part(reader *r, bool *more)
{
    part p = {0};
    rob_str data;
    bool whole;
    rob_status status = read_headers(r, &p, more);
    if (status || !*more) return status;
    if ((status = name_part(r, &p)) || (status = read_data(r, &data, &whole, more))) return status;
    bool file = p.pair.filename.ptr;
    if (!file && data.len > ROB_PART_BYTES_MOST)
        return rob_pairs_refuse(r->list, "Part exceeded maximum size of 1024KB.");
    if (!whole) return ROB_OK;
    p.pair.value = data;
    if (!file && !to_utf8(r, data, &p.pair.value)) return ROB_NO_MEMORY;
    rob_pair *pair = rob_pairs_add(r->list);
    if (!pair) return ROB_NO_MEMORY;
    *pair = p.pair;
    return ROB_OK;
}

/* The first delimiter, which has no line end before it that counts. */
static rob_status read_start(reader *r, bool *more)
{
    rob_str first = {r->delimiter.ptr + 2, r->delimiter.len - 2};
    *more = false;
    if (r->rest.len && (r->rest.ptr[0] == '\r' || r->rest.ptr[0] == '\n')) {
        const char *dash = memchr(r->rest.ptr, '-', r->rest.len);
        skip(r, dash ? (size_t)(dash - r->rest.ptr) : r->rest.len);
    }
    if (is_cut(r->rest, first)) return ROB_OK;
    if (!starts(r->rest, first)) return rob_pairs_refuse(r->list, broken);
    skip(r, first.len);
    *more = starts(r->rest, ROB_STR("\r\n"));
    bool ends = starts(r->rest, ROB_STR("--")) || is_cut(r->rest, ROB_STR("--")) || is_cut(r->rest, ROB_STR("\r\n"));
    if (!*more && !ends) return rob_pairs_refuse(r->list, broken);
    skip(r, 2);
    return ROB_OK;
}

rob_status rob_multipart_split(rob_pair_list *list, rob_str boundary, rob_str body, bool latin1)
{
    bool more;
    if (boundary.len > BOUNDARY_MOST) return rob_pairs_refuse(list, broken);
    rob_str delimiter = rob_arena_format(list->arena, "\r\n--%.*s", ROB_STR_ARG(boundary));
    if (!delimiter.ptr) return ROB_NO_MEMORY;
    reader r = {.list = list, .delimiter = delimiter, .rest = body, .latin1 = latin1};
    rob_status status = read_start(&r, &more);
    while (!status && more) status = read_part(&r, &more);
    return status;
}
