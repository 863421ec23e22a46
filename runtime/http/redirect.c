/* Redirects: declared ones, and the one to the same path with or without its last slash. */
#include "http/reply.h"

/* RFC 3986, 2.3: what never needs encoding. */
static bool is_unreserved(unsigned char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

static void write_escaped(rob_writer *w, unsigned char c)
{
    static const char hex[] = "0123456789ABCDEF";
    const char escape[3] = {'%', hex[c >> 4], hex[c & 15]};
    rob_write_raw(w, escape, sizeof escape);
}

/* A capture, encoded again. A NUL stands for the slash that came as %2F (rob_match in generated.h). */
static void write_capture(rob_writer *w, rob_str capture, bool slashes_stay)
{
    for (size_t i = 0; i < capture.len; i++) {
        unsigned char c = (unsigned char)capture.ptr[i];
        if (is_unreserved(c) || (c == '/' && slashes_stay)) rob_write_raw(w, &capture.ptr[i], 1);
        else write_escaped(w, c ? c : '/');
    }
}

/* The request's query joins the target's own, before a fragment. Both marks can only be the target's:
 * captures are encoded. */
static void write_query(rob_writer *w, rob_str query)
{
    if (query.len == 0 || w->status != ROB_OK) return;
    char *fragment = memchr(w->ptr, '#', w->len);
    size_t at = fragment ? (size_t)(fragment - w->ptr) : w->len, tail = w->len - at;
    char mark = memchr(w->ptr, '?', at) ? '&' : '?';
    if (!rob_writer_reserve(w, query.len + 1)) return;
    memmove(w->ptr + at + query.len + 1, w->ptr + at, tail);
    w->ptr[at] = mark;
    memcpy(w->ptr + at + 1, query.ptr, query.len);
    w->len += query.len + 1;
}

static void finish(rob_reply *reply, unsigned status, rob_writer *w)
{
    rob_write_raw(w, "", 1);
    if (w->status != ROB_OK) {
        rob_reply_failed(reply, ROB_STR("out of memory for a redirect"));
        return;
    }
    rob_reply_empty(reply, status);
    rob_reply_line_add(reply, "Location", w->ptr);
}

void rob_reply_redirect(rob_reply *reply, const rob_redirect *redirect)
{
    rob_writer w = {.arena = reply->request->arena};
    for (uint16_t i = 0; i < redirect->count; i++) {
        const rob_redirect_part *part = &redirect->parts[i];
        rob_write_raw(&w, part->literal.ptr, part->literal.len);
        if (part->capture >= 0)
            write_capture(&w, reply->request->match.captures[part->capture], part->slashes_stay);
    }
    write_query(&w, reply->request->query);
    finish(reply, redirect->status, &w);
}

/* Characters that Starlette's RedirectResponse leaves alone, beside the unreserved ones. */
static void write_quoted(rob_writer *w, rob_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (is_unreserved(c) || strchr(":/%#?=@[]!$&'()*+,", c)) rob_write_raw(w, &text.ptr[i], 1);
        else write_escaped(w, c);
    }
}

void rob_reply_slash_redirect(rob_reply *reply, rob_str host)
{
    const rob_request *req = reply->request;
    rob_writer w = {.arena = req->arena};
    bool has_slash = req->path.ptr[req->path.len - 1] == '/';
    ROB_WRITE(&w, "http://");
    rob_write_raw(&w, host.ptr, host.len);
    write_quoted(&w, (rob_str){req->path.ptr, req->path.len - has_slash});
    if (!has_slash) ROB_WRITE(&w, "/");
    if (req->query.len) ROB_WRITE(&w, "?");
    write_quoted(&w, req->query);
    finish(reply, 307, &w);
}
