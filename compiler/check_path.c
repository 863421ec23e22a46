/* Paths: group prefix and route joined as text, segments decoded, captures numbered. */
#include "check_route.h"

const capture *find_capture(const route_check *r, rob_str name)
{
    for (uint32_t i = 0; i < r->capture_count; i++)
        if (rob_str_eq(r->captures[i].written->name.text, name)) return &r->captures[i];
    return NULL;
}

static int hex(char ch)
{
    if (ch >= '0' && ch <= '9') return ch - '0';
    if (ch >= 'a' && ch <= 'f') return ch - 'a' + 10;
    if (ch >= 'A' && ch <= 'F') return ch - 'A' + 10;
    return -1;
}

/* Percent-decoded; a decoded slash is a NUL, as rob_match has it. */
static rob_str decoded(route_check *r, const ast_segment *s)
{
    char *out = arena_need(r->c->arena, s->literal.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s->literal.len; i++, len++) {
        out[len] = s->literal.ptr[i];
        if (out[len] != '%') continue;
        int high = i + 2 < s->literal.len ? hex(s->literal.ptr[i + 1]) : -1;
        int low = i + 2 < s->literal.len ? hex(s->literal.ptr[i + 2]) : -1;
        if (high < 0 || low < 0 || high * 16 + low == 0) {
            report(r->c, s->at, "RB0303", "`%%` begins an escape of two hexadecimal digits, other than %%00");
            return s->literal;
        }
        int byte = high * 16 + low;
        out[len] = byte == '/' ? 0 : (char)byte;
        i += 2;
    }
    return (rob_str){out, len};
}

bool is_path_type(const ast_type *t)
{
    return t && t->kind == AST_TYPE_NAME && rob_str_eq(t->name.text, ROB_STR("path"));
}

const ast_field *param_named(const ast_route *ast, rob_str name)
{
    for (const ast_field *f = ast->params; f; f = f->next)
        if (rob_str_eq(f->name.text, name)) return f;
    return NULL;
}

bool takes_rest(const route_check *r, const ast_segment *s)
{
    if (s->type) return is_path_type(s->type);
    const ast_field *f = param_named(r->ast, s->name.text);
    return f && is_path_type(f->type);
}

static void add_capture(route_check *r, const ast_segment *s, ir_segment *out)
{
    const capture *before = find_capture(r, s->name.text);
    if (before) {
        diag_item *item = report(r->c, s->name.at, "RB0301", "path parameter `%.*s` is there twice",
                                 ROB_STR_ARG(s->name.text));
        diag_also(r->c->d, item, before->written->name.at, "first here");
        return;
    }
    if (r->capture_count == ROB_MAX_CAPTURES) {
        report(r->c, s->at, "RB0302", "a path has at most %d parameters", ROB_MAX_CAPTURES);
        return;
    }
    out->capture = (uint8_t)r->capture_count;
    r->captures[r->capture_count] = (capture){.written = s, .index = (uint8_t)r->capture_count};
    r->capture_count++;
}

/* segments of a prefix go on where those of the route begin. */
static void add_segments(route_check *r, const ast_segment *first, bool last_part, text *path)
{
    for (const ast_segment *s = first; s; s = s->next) {
        ir_segment *out = &r->ir->segments[r->ir->segment_count++];
        if (s->is_param) {
            text_format(path, "/{%.*s}", ROB_STR_ARG(s->name.text));
            out->rest = takes_rest(r, s);
            if (out->rest && (s->next || !last_part))
                report(r->c, s->at, "RB0304", "`path` takes the whole remainder, so `{%.*s: path}` must be last",
                       ROB_STR_ARG(s->name.text));
            add_capture(r, s, out);
        } else {
            text_format(path, "/%.*s", ROB_STR_ARG(s->literal));
            out->literal = decoded(r, s);
            if (!out->literal.ptr) out->literal.ptr = "";
        }
    }
}

static uint32_t count_segments(const ast_segment *s)
{
    uint32_t count = 0;
    for (; s; s = s->next) count++;
    return count;
}

static void add_group_segments(route_check *r, const group *g, bool last_part, text *path)
{
    if (!g) return;
    bool more = g->decl->group.path.segments != NULL;
    add_group_segments(r, g->parent, last_part && !more, path);
    add_segments(r, g->decl->group.path.segments, last_part, path);
}

void check_path(route_check *r, const group *in)
{
    uint32_t most = count_segments(r->ast->path.segments);
    for (const group *g = in; g; g = g->parent) most += count_segments(g->decl->group.path.segments);
    r->ir->segments = arena_need(r->c->arena, sizeof(ir_segment) * (most + 1));
    text path = text_new(r->c->arena);
    add_group_segments(r, in, r->ast->path.segments == NULL, &path);
    add_segments(r, r->ast->path.segments, true, &path);
    r->ir->path = text_done(&path);
    r->ir->capture_count = r->capture_count;
    if (!r->ir->segment_count) {
        diag_item *item = report(r->c, r->ast->path.at, "RB0305", "a path is empty only inside a group");
        diag_hint(r->c->d, item, "the root is `/`");
    }
}
