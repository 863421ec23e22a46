#include "errors.h"

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
static void write_problem(rob_writer *w, bool syntax)
{
    ROB_WRITE(w, "{\"type\":\"about:blank\",");
    if (syntax) ROB_WRITE(w, "\"title\":\"Bad Request\",\"status\":400,\"detail\":\"The body is not JSON\",");
    else ROB_WRITE(w, "\"title\":\"Unprocessable Content\",\"status\":422,\"detail\":\"The request is not valid\",");
}

void rob_errors_write(const rob_errors *errors, rob_error_style style, rob_writer *w)
{
    if (style == ROB_ERRORS_PROBLEM) {
        write_problem(w, errors->syntax);
        ROB_WRITE(w, "\"errors\":");
    } else {
        ROB_WRITE(w, "{\"detail\":");
    }
    write_list(w, errors);
    ROB_WRITE(w, "}");
}
