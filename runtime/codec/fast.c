/* The support of generated fast decoders: requests, objects and lists. Values are in fast_values.c. */
#include <robync/fast.h>

#include "decode.h"
#include "decode_check.h"
#include "fast_text.h"
#include "params_body.h"

/* The reader's own limit, where it says ROB_NO_MEMORY. */
enum { LONGEST_BODY = 1 << 28 };

rob_status rob_fast_decode(rob_request *req, void *in, rob_fast_fn *read)
{
    rob_str body = req->body;
    rob_arena_mark before = rob_arena_here(req->arena);
    rob_fast f = {body.ptr, body.ptr + body.len, req->arena};
    if (body.len > 0 && body.len <= LONGEST_BODY && rob_body_is_json(req) && read(&f, in) &&
        rob_skip_blanks(f.at, f.end) == f.end) {
        return rob_decode_beside_body(req, in);
    }
    rob_arena_rewind(req->arena, before);
    memset(in, 0, req->endpoint->in_size);
    return rob_decode_params(req, in);
}

/* ------------------------------------------------------------------ structure */

/* Past this byte, when it comes next. */
static inline bool take(rob_fast *f, char c)
{
    f->at = rob_skip_blanks(f->at, f->end);
    if (f->at == f->end || *f->at != c) return false;
    f->at++;
    return true;
}

bool rob_fast_open(rob_fast *f, char bracket)
{
    return take(f, bracket);
}

bool rob_fast_close(rob_fast *f, char bracket)
{
    return take(f, bracket);
}

bool rob_fast_item(rob_fast *f, bool first)
{
    if (!first) return take(f, ',');
    f->at = rob_skip_blanks(f->at, f->end);
    return f->at < f->end && *f->at != ']';
}

void *rob_fast_grow(rob_fast *f, void *items, size_t *room, size_t size)
{
    enum { FIRST_ROOM = 8 };
    size_t more = *room ? *room : FIRST_ROOM;
    char *grown = rob_arena_grow(f->arena, items, *room * size, (*room + more) * size);
    if (!grown) return NULL;
    memset(grown + *room * size, 0, more * size);
    *room += more;
    return grown;
}

bool rob_fast_unique(rob_fast *f, const rob_type *type, const void *items, size_t count)
{
    rob_scalar_error error;
    return rob_check_unique(type, items, count, f->arena, &error) == ROB_OK;
}

/* ------------------------------------------------------------------ where a value ends */

/* Deeper values are for the full decoder, which counts from the document. */
enum { DEPTH_MOST = 32 };

/* Past a string's closing quote. What is in it is checked by whoever reads it. */
static const char *skip_string(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++) {
        if (*at == '\\') at++;
    }
    return at < end ? at + 1 : NULL;
}

static const char *skip_container(const char *at, const char *end)
{
    unsigned depth = 0;
    while (at && at < end) {
        char c = *at;
        if (c == '"') {
            at = skip_string(at, end);
            continue;
        }
        if ((c == '{' || c == '[') && ++depth > DEPTH_MOST) return NULL;
        at++;
        if ((c == '}' || c == ']') && --depth == 0) return at;
    }
    return NULL;
}

static const char *skip_word(const char *at, const char *end)
{
    while (at < end && *at != ',' && *at != '}' && *at != ']' && (unsigned char)*at > ' ') at++;
    return at;
}

static const char *skip_value(const char *at, const char *end)
{
    if (at == end) return NULL;
    if (*at == '"') return skip_string(at, end);
    return *at == '{' || *at == '[' ? skip_container(at, end) : skip_word(at, end);
}

/* ------------------------------------------------------------------ members */

bool rob_fast_field(rob_fast *f, const rob_type *model, unsigned member, void *value)
{
    const char *from = rob_skip_blanks(f->at, f->end), *to = skip_value(from, f->end);
    rob_json_doc doc;
    rob_json_stop stop;
    if (!to || rob_json_read(f->arena, (rob_str){from, (size_t)(to - from)}, &doc, &stop) != ROB_OK) return false;
    rob_decoder d = {.doc = &doc, .arena = f->arena};
    f->at = to;
    return rob_decode_field(&d, &model->model->fields[member], 0, NULL, value) && d.status == ROB_OK;
}

bool rob_fast_name(rob_fast *f, bool first, rob_str *name)
{
    *name = (rob_str){0};
    if (take(f, '}')) return true;
    if ((!first && !take(f, ',')) || !take(f, '"')) return false;
    const char *from = f->at;
    f->at = rob_skip_plain(from, f->end);
    *name = (rob_str){from, (size_t)(f->at - from)};
    return f->at < f->end && *f->at++ == '"' && take(f, ':');
}

bool rob_fast_absent(rob_fast *f, const rob_type *model, uint64_t seen, void *value)
{
    const rob_model *m = model->model;
    rob_decoder d = {.arena = f->arena};
    for (unsigned i = 0; i < m->field_count; i++) {
        if (!(seen >> i & 1) && !rob_decode_absent(&d, &m->fields[i], value)) return false;
    }
    return d.status == ROB_OK;
}
