#include "params_body.h"

#include "base/utf8.h"
#include "json_error.h"

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static rob_str trim(rob_str text)
{
    while (text.len && is_space(text.ptr[0])) text = (rob_str){text.ptr + 1, text.len - 1};
    while (text.len && is_space(text.ptr[text.len - 1])) text.len--;
    return text;
}

static bool equals_any_case(const char *at, const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = at[i] >= 'A' && at[i] <= 'Z' ? (char)(at[i] + 32) : at[i];
        if (c != word[i]) return false;
    }
    return true;
}

bool rob_is_json_type(rob_str content_type)
{
    if (rob_str_eq(content_type, ROB_STR("application/json"))) return true; /* as nearly all have it */
    const char *semicolon = content_type.len ? memchr(content_type.ptr, ';', content_type.len) : NULL;
    if (semicolon) content_type.len = (size_t)(semicolon - content_type.ptr);
    rob_str type = trim(content_type);
    static const char application[] = "application/";
    size_t prefix = sizeof application - 1;
    if (type.len <= prefix || !equals_any_case(type.ptr, application, prefix)) return false;
    rob_str sub = {type.ptr + prefix, type.len - prefix};
    if (memchr(sub.ptr, '/', sub.len)) return false;
    if (sub.len == 4 && equals_any_case(sub.ptr, "json", 4)) return true;
    return sub.len >= 5 && equals_any_case(sub.ptr + sub.len - 5, "+json", 5);
}

bool rob_body_is_json(const rob_request *req)
{
    for (size_t i = 0; i < req->header_count; i++) {
        const rob_header_line *line = &req->headers[i];
        if (line->name.len == 12 && equals_any_case(line->name.ptr, "content-type", 12)) {
            return rob_is_json_type(line->value);
        }
    }
    return false;
}

/* The body as one JSON string. */
static rob_status read_as_string(rob_request *req, rob_body_doc *out)
{
    rob_json_stop stop;
    if (!rob_utf8_valid(req->body)) return ROB_UNREADABLE;
    rob_writer w = {.arena = req->arena};
    rob_write_str(&w, req->body);
    if (w.status != ROB_OK) return w.status;
    out->text = (rob_str){w.ptr, w.len};
    return rob_json_read(req->arena, out->text, &out->doc, &stop);
}

rob_status rob_body_read(rob_request *req, rob_body_doc *out)
{
    rob_json_stop stop = {0};
    *out = (rob_body_doc){.present = req->body.len > 0, .is_json = true, .text = req->body};
    if (!out->present) return ROB_OK;
    if (!rob_body_is_json(req)) {
        out->is_json = false;
        return read_as_string(req, out);
    }
    rob_status status = rob_json_read(req->arena, req->body, &out->doc, &stop);
    return status == ROB_OK ? ROB_OK : rob_json_explain(req->arena, req->body, status, stop, &req->errors);
}
