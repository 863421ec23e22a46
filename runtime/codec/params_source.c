#include "params_source.h"

#include "base/utf8.h"

rob_str rob_source_name(rob_source from)
{
    switch (from) {
    case ROB_FROM_PATH: return ROB_STR("path");
    case ROB_FROM_QUERY: return ROB_STR("query");
    case ROB_FROM_HEADER: return ROB_STR("header");
    case ROB_FROM_COOKIE: return ROB_STR("cookie");
    case ROB_FROM_FORM: case ROB_FROM_BODY: case ROB_FROM_RAW: break;
    }
    return ROB_STR("body");
}

/* ------------------------------------------------------------------ names */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* An underscore in the declared name stands for a hyphen in the header. */
static bool header_name_matches(rob_str sent, rob_str declared)
{
    if (sent.len != declared.len) return false;
    for (size_t i = 0; i < sent.len; i++) {
        char wanted = declared.ptr[i] == '_' ? '-' : lower(declared.ptr[i]);
        if (lower(sent.ptr[i]) != wanted) return false;
    }
    return true;
}

bool rob_source_matches(const rob_param_source *source, const rob_pair *pair, rob_str name)
{
    return source->from == ROB_FROM_HEADER ? header_name_matches(pair->name, name) : rob_str_eq(pair->name, name);
}

/* ------------------------------------------------------------------ splitting */

static rob_status load_headers(rob_request *req, rob_pairs *pairs)
{
    pairs->items = rob_arena_alloc(req->arena, req->header_count * sizeof *pairs->items);
    if (!pairs->items) return ROB_NO_MEMORY;
    for (size_t i = 0; i < req->header_count; i++) {
        pairs->items[i] = (rob_pair){.name = req->headers[i].name, .value = req->headers[i].value};
    }
    pairs->count = req->header_count;
    return ROB_OK;
}

static rob_status append(rob_arena *arena, rob_pairs *all, const rob_pairs *more)
{
    size_t size = sizeof *all->items;
    rob_pair *items = rob_arena_grow(arena, all->items, all->count * size, (all->count + more->count) * size);
    if (!items) return ROB_NO_MEMORY;
    memcpy(items + all->count, more->items, more->count * size);
    all->items = items;
    all->count += more->count;
    return ROB_OK;
}

static rob_status load_cookies(rob_request *req, rob_pairs *pairs)
{
    for (size_t i = 0; i < req->header_count; i++) {
        rob_pairs line = {0};
        if (!header_name_matches(req->headers[i].name, ROB_STR("cookie"))) continue;
        rob_str text = rob_utf8_from_latin1(req->arena, req->headers[i].value);
        if (text.len && !text.ptr) return ROB_NO_MEMORY;
        rob_status status = rob_cookie_split(req->arena, text, &line);
        if (status == ROB_OK && line.count) status = append(req->arena, pairs, &line);
        if (status != ROB_OK) return status;
    }
    return ROB_OK;
}

static rob_str header_value(const rob_request *req, rob_str name)
{
    for (size_t i = 0; i < req->header_count; i++) {
        if (header_name_matches(req->headers[i].name, name)) return req->headers[i].value;
    }
    return (rob_str){0};
}

/* Uploaded files are not texts: a form's fields are what has no file name. */
static rob_status load_form(rob_request *req, rob_pairs *pairs)
{
    rob_status status = rob_form_split(req->arena, header_value(req, ROB_STR("content-type")), req->body, pairs);
    if (status == ROB_UNREADABLE) req->refusal = pairs->error;
    if (status != ROB_OK) return status;
    size_t kept = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        if (!pairs->items[i].filename.ptr) pairs->items[kept++] = pairs->items[i];
    }
    pairs->count = kept;
    return ROB_OK;
}

rob_status rob_source_load(rob_request *req, rob_param_source *source)
{
    if (source->loaded) return ROB_OK;
    source->loaded = true;
    switch ((rob_source)source->from) {
    case ROB_FROM_QUERY: return rob_query_split(req->arena, req->query, &source->pairs);
    case ROB_FROM_HEADER: return load_headers(req, &source->pairs);
    case ROB_FROM_COOKIE: return load_cookies(req, &source->pairs);
    case ROB_FROM_FORM: return load_form(req, &source->pairs);
    case ROB_FROM_PATH: case ROB_FROM_BODY: case ROB_FROM_RAW: break;
    }
    return ROB_OK;
}

/* ------------------------------------------------------------------ finding */

const rob_pair *rob_source_find(const rob_param_source *source, rob_str name)
{
    const rob_pair *found = NULL;
    for (size_t i = 0; i < source->pairs.count; i++) {
        const rob_pair *pair = &source->pairs.items[i];
        if (!rob_source_matches(source, pair, name)) continue;
        found = pair;
        if (source->from == ROB_FROM_HEADER) break;
    }
    return found && source->from == ROB_FROM_FORM && !found->value.len ? NULL : found;
}

rob_str rob_source_text(const rob_param_source *source, const rob_pair *pair, rob_arena *arena)
{
    rob_str text = source->from == ROB_FROM_HEADER ? rob_utf8_from_latin1(arena, pair->value) : pair->value;
    return text.len || text.ptr ? text : ROB_STR("");
}
