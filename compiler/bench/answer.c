#include "bench/answer.h"

#include <stdlib.h>
#include <strings.h>

#include "load/load.h"
#include "map.h"
#include "text.h"

enum { SHOWN = 60 }; /* bytes of a body around the place where it differs */

#define PATIENCE UINT64_C(30000000000) /* ns: a first call of Python may import half a world */

/* ------------------------------------------------------------------ heads */

static bool changes_each_time(const char *line)
{
    static const char *const names[] = {"date:", "server:", "connection:", "keep-alive:", "x-request-id:"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strncasecmp(line, names[i], strlen(names[i])) == 0) return true;
    }
    return false;
}

static int by_text(const void *a, const void *b)
{
    return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

/* The field lines of a head that say something of the answer, sorted. */
static rob_str fields_of(rob_arena *arena, rob_str head)
{
    list lines = {0};
    char *text_of_head = (char *)arena_text(arena, head).ptr, *rest = NULL;
    strtok_r(text_of_head, "\r\n", &rest); /* the status line */
    for (char *line; (line = strtok_r(NULL, "\r\n", &rest));) {
        if (!changes_each_time(line)) list_push(arena, &lines, line);
    }
    if (lines.count) qsort(lines.items, lines.count, sizeof *lines.items, by_text);
    text all = text_new(arena);
    for (size_t i = 0; i < lines.count; i++) text_format(&all, "%s\n", (const char *)lines.items[i]);
    return text_done(&all);
}

/* ------------------------------------------------------------------ one answer */

typedef struct gathered {
    text head, body;
} gathered;

static void take_head(void *to, rob_str head)
{
    text_add(&((gathered *)to)->head, head);
}

static void take_body(void *to, rob_str part)
{
    text_add(&((gathered *)to)->body, part);
}

bool answer_get(rob_arena *arena, uint16_t port, const bench_request *request, answer *out)
{
    gathered g = {.head = text_new(arena), .body = text_new(arena)};
    response_sink sink = {take_head, take_body, &g};
    if (!load_fetch(port, request->bytes, request->to_head, PATIENCE, &sink, &out->status)) return false;
    out->head = fields_of(arena, text_done(&g.head));
    out->body = text_done(&g.body);
    return true;
}

/* ------------------------------------------------------------------ two */

static size_t first_difference(rob_str a, rob_str b)
{
    size_t at = 0;
    while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at]) at++;
    return at;
}

/* The line of a head in which position `at` lies. */
static rob_str line_around(rob_str text, size_t at)
{
    while (at && (at >= text.len || text.ptr[at - 1] != '\n')) at--;
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    return (rob_str){text.ptr + at, end ? (size_t)(end - text.ptr) - at : text.len - at};
}

static rob_str piece_at(rob_str text, size_t at)
{
    size_t from = at > SHOWN / 2 ? at - SHOWN / 2 : 0;
    size_t len = text.len - from < SHOWN ? text.len - from : SHOWN;
    return (rob_str){text.ptr + from, len};
}

rob_str answer_difference(rob_arena *arena, const answer *a, const answer *b)
{
    if (a->status != b->status) return arena_format(arena, "status %u and %u", a->status, b->status);
    if (!rob_str_eq(a->body, b->body)) {
        size_t at = first_difference(a->body, b->body);
        return arena_format(arena, "the bodies from byte %zu on: `%.*s` and `%.*s`", at,
                            ROB_STR_ARG(piece_at(a->body, at)), ROB_STR_ARG(piece_at(b->body, at)));
    }
    if (rob_str_eq(a->head, b->head)) return (rob_str){0};
    size_t at = first_difference(a->head, b->head);
    return arena_format(arena, "the header `%.*s` and `%.*s`", ROB_STR_ARG(line_around(a->head, at)),
                        ROB_STR_ARG(line_around(b->head, at)));
}
