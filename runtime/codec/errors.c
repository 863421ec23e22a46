#include "errors.h"

#include "base/numbers.h"
#include "scalars.h"

/* ------------------------------------------------------------------ one error */

/* Locations are at most a few steps per level of a document that is at most 64 deep. */
static void write_loc(rob_writer *w, const rob_loc *loc)
{
    if (loc->parent) {
        write_loc(w, loc->parent);
        ROB_WRITE(w, ",");
    }
    if (loc->name.ptr) rob_write_str(w, loc->name);
    else rob_write_int(w, (int64_t)loc->index);
}

void rob_error_open(rob_writer *w, const rob_loc *loc, const rob_scalar_error *what)
{
    ROB_WRITE(w, "{\"type\":");
    rob_write_str(w, rob_str_of(what->type));
    ROB_WRITE(w, ",\"loc\":[");
    if (loc) write_loc(w, loc);
    ROB_WRITE(w, "],\"msg\":");
    rob_write_str(w, what->msg);
    ROB_WRITE(w, ",\"input\":");
}

void rob_error_close(rob_writer *w, const rob_scalar_error *what)
{
    bool keyed = what->ctx_key;
    if (keyed) {
        ROB_WRITE(w, ",\"ctx\":{");
        rob_write_str(w, rob_str_of(what->ctx_key));
        ROB_WRITE(w, ":");
    } else if (what->ctx_raw) {
        ROB_WRITE(w, ",\"ctx\":");
    }
    if (what->ctx_raw) rob_write_raw(w, what->ctx_text.ptr, what->ctx_text.len);
    else if (keyed) rob_write_str(w, what->ctx_text);
    if (keyed) ROB_WRITE(w, "}");
    ROB_WRITE(w, "}");
}

bool rob_errors_append(rob_errors *errors, rob_arena *arena, rob_str json, size_t cost)
{
    rob_error *error = rob_arena_new(arena, rob_error);
    if (!error) return false;
    error->json = json;
    if (errors->last) errors->last->next = error;
    else errors->first = error;
    errors->last = error;
    errors->count++;
    errors->bytes += cost > json.len ? cost : json.len;
    errors->full = errors->count >= ROB_ERRORS_MOST || errors->bytes >= ROB_ERRORS_BYTES;
    return true;
}

bool rob_errors_add(rob_errors *errors, rob_arena *arena, const rob_loc *loc, const rob_scalar_error *what,
                    rob_str input)
{
    rob_writer w = {.arena = arena};
    rob_error_open(&w, loc, what);
    rob_write_raw(&w, input.ptr, input.len);
    rob_error_close(&w, what);
    return w.status == ROB_OK && rob_errors_append(errors, arena, (rob_str){w.ptr, w.len}, 0);
}

/* ------------------------------------------------------------------ the list */

static void write_list(rob_writer *w, const rob_errors *errors)
{
    ROB_WRITE(w, "[");
    for (const rob_error *error = errors->first; error; error = error->next) {
        rob_write_raw(w, error->json.ptr, error->json.len);
        if (error->next) ROB_WRITE(w, ",");
    }
    ROB_WRITE(w, "]");
}

/* RFC 9457, 3.1: about:blank, with the status code's own title. */
static void write_problem(rob_writer *w, unsigned status, const char *title, const char *detail)
{
    ROB_WRITE(w, "{\"type\":\"about:blank\",\"title\":");
    rob_write_str(w, rob_str_of(title));
    ROB_WRITE(w, ",\"status\":");
    rob_write_int(w, status);
    ROB_WRITE(w, ",\"detail\":");
    rob_write_str(w, rob_str_of(detail));
}

static void write_errors(const rob_errors *errors, rob_error_style style, unsigned status, rob_writer *w)
{
    if (style == ROB_ERRORS_PROBLEM) {
        bool syntax = status == 400;
        write_problem(w, status, syntax ? "Bad Request" : "Unprocessable Content",
                      syntax ? "The body is not JSON" : "The request is not valid");
        ROB_WRITE(w, ",\"errors\":");
    } else {
        ROB_WRITE(w, "{\"detail\":");
    }
    write_list(w, errors);
    ROB_WRITE(w, "}");
}

void rob_errors_write(const rob_errors *errors, rob_error_style style, rob_writer *w)
{
    write_errors(errors, style, 422, w);
}

static void write_detail(rob_writer *w, rob_error_style style, unsigned status, const char *title,
                         const char *detail)
{
    if (style == ROB_ERRORS_PROBLEM) {
        write_problem(w, status, title, detail);
    } else {
        ROB_WRITE(w, "{\"detail\":");
        rob_write_str(w, rob_str_of(detail));
    }
    ROB_WRITE(w, "}");
}

unsigned rob_errors_answer(rob_status status, const rob_errors *errors, rob_error_style style, rob_writer *w,
                           const char **content_type)
{
    const char *detail = errors->detail ? errors->detail : "There was an error parsing the body";
    unsigned answer = 422;
    *content_type = style == ROB_ERRORS_PROBLEM ? "application/problem+json" : "application/json";
    switch (status) {
    case ROB_BAD_SYNTAX:
        if (style == ROB_ERRORS_PROBLEM) answer = 400;
        write_errors(errors, style, answer, w);
        return answer;
    case ROB_INVALID:
        write_errors(errors, style, answer, w);
        return answer;
    case ROB_UNREADABLE:
        answer = errors->status ? errors->status : 400;
        write_detail(w, style, answer, answer == 400 ? "Bad Request" : detail, detail);
        return answer;
    case ROB_NO_MEMORY:
        write_detail(w, style, 413, "Content Too Large", "Request Entity Too Large");
        return 413;
    case ROB_OK: case ROB_UNENCODABLE: case ROB_FAILED:
        break;
    }
    *content_type = NULL;
    return 500;
}

/* ------------------------------------------------------------------ a handler's own error */

static void write_dotted(rob_writer *w, rob_str loc)
{
    const char *at = loc.ptr, *end = loc.ptr + loc.len;
    while (loc.len) {
        const char *dot = memchr(at, '.', (size_t)(end - at));
        rob_str step = {at, (size_t)((dot ? dot : end) - at)};
        uint64_t index;
        if (rob_u64_from_digits(step, &index)) rob_write_raw(w, step.ptr, step.len);
        else rob_write_str(w, step);
        if (!dot) return;
        ROB_WRITE(w, ",");
        at = dot + 1;
    }
}

void rob_invalid_write(const rob_invalid *invalid, rob_error_style style, rob_writer *w)
{
    rob_writer one = {.arena = w->arena};
    ROB_WRITE(&one, "{\"type\":");
    rob_write_str(&one, invalid->type);
    ROB_WRITE(&one, ",\"loc\":[");
    write_dotted(&one, invalid->loc);
    ROB_WRITE(&one, "],\"msg\":");
    rob_write_str(&one, invalid->msg);
    ROB_WRITE(&one, ",\"input\":null}");
    rob_errors errors = {0};
    if (one.status != ROB_OK || !rob_errors_append(&errors, w->arena, (rob_str){one.ptr, one.len}, 0)) {
        rob_status why = one.status != ROB_OK ? one.status : ROB_NO_MEMORY;
        rob_writer_fail(w, why, ROB_STR("invalid"), one.why ? one.why : "out of memory");
        return;
    }
    rob_errors_write(&errors, style, w);
}
