/* c_routes.c: what several files say about a route. */
#include "c.h"

/* ------------------------------------------------------------------ outcomes */

rob_str c_body_type(const ir_outcome *outcome)
{
    switch (outcome->media) {
    case IR_MEDIA_NONE: break;
    case IR_MEDIA_JSON: return outcome->type->c_type;
    case IR_MEDIA_TEXT: case IR_MEDIA_HTML: case IR_MEDIA_RAW: return ROB_STR("rob_str");
    }
    return (rob_str){0};
}

rob_str c_with_member(c_emitter *e, const ir_outcome *outcome)
{
    bool digits = outcome->name.ptr[0] >= '0' && outcome->name.ptr[0] <= '9';
    if (digits) return c_format(e, "status_%.*s", ROB_STR_ARG(outcome->name));
    return names_member(e->arena, outcome->name);
}

rob_str c_arm_member(const ir_arm *arm)
{
    return rob_str_eq(arm->c_name, ROB_STR("tag")) ? ROB_STR("tag_") : arm->c_name;
}

static rob_str body_text(const ir_outcome *outcome)
{
    switch (outcome->media) {
    case IR_MEDIA_NONE: break;
    case IR_MEDIA_JSON:
        if (outcome->type->model && outcome->type->model->anonymous) return ROB_STR("{ … }");
        return outcome->type->text;
    case IR_MEDIA_TEXT: return ROB_STR("text");
    case IR_MEDIA_HTML: return ROB_STR("html");
    case IR_MEDIA_RAW: return outcome->media_type;
    }
    return (rob_str){0};
}

rob_str c_answer(c_emitter *e, const ir_outcome *outcome)
{
    text out = text_new(e->arena);
    text_add(&out, c_number(e, outcome->status));
    rob_str body = body_text(outcome);
    if (body.len) text_char(&out, ' ');
    text_add(&out, body);
    for (uint32_t i = 0; i < outcome->header_count; i++) {
        const ir_header *header = &outcome->headers[i];
        text_add(&out, i ? ROB_STR(", ") : ROB_STR(" with "));
        if (header->cookie) text_add(&out, ROB_STR("cookie "));
        text_add(&out, header->field.table.name);
    }
    return c_comment_line(e, text_done(&out));
}

static rob_str answers(c_emitter *e, const ir_route *route)
{
    text out = text_new(e->arena);
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        if (i) text_add(&out, ROB_STR(", "));
        text_add(&out, c_answer(e, &route->outcomes[i]));
    }
    return text_done(&out);
}

/* ------------------------------------------------------------------ the table of parameters */

enum { COLUMNS = 5, WIDEST_COLUMN = 48 };

typedef struct row {
    rob_str cells[COLUMNS];
} row;

static rob_str source_name(rob_source source)
{
    static const char *const names[] = {"path", "query", "header", "cookie", "form", "body", "raw body"};
    return rob_str_of(names[source]);
}

static rob_str presence(c_emitter *e, const ir_param *param)
{
    if (param->field.fallback_json.len)
        return c_format(e, "default %.*s", ROB_STR_ARG(c_comment_line(e, param->field.fallback_json)));
    if (param->field.table.flags & ROB_FIELD_OPTIONAL) return ROB_STR("optional");
    return param->takes_slashes ? ROB_STR("may be empty") : ROB_STR("required");
}

static row make_row(c_emitter *e, const ir_param *param)
{
    rob_str wire = param->field.table.name;
    bool plain = rob_str_eq(wire, param->field.name);
    return (row){{
        param->field.name,
        source_name(param->source),
        param->source == ROB_FROM_RAW ? param->media_type : c_comment_line(e, param->field.type->text),
        presence(e, param),
        plain ? (rob_str){0} : c_format(e, "\"%.*s\"", ROB_STR_ARG(c_comment_line(e, wire))),
    }};
}

static void measure(const row *rows, size_t count, size_t widths[COLUMNS])
{
    for (size_t i = 0; i < count; i++) {
        for (int c = 0; c < COLUMNS; c++) {
            size_t len = rows[i].cells[c].len;
            if (len > widths[c] && len <= WIDEST_COLUMN) widths[c] = len;
        }
    }
}

static void add_row(const row *r, const size_t widths[COLUMNS], text *out)
{
    text_add(out, ROB_STR("  "));
    for (int c = 0; c < COLUMNS; c++) {
        rob_str cell = r->cells[c];
        text_add(out, cell);
        for (size_t i = cell.len; i < widths[c] + 2; i++) text_char(out, ' ');
    }
    text_char(out, '\n');
}

static rob_str param_table(c_emitter *e, const ir_route *route)
{
    text out = text_new(e->arena);
    size_t widths[COLUMNS] = {0};
    row *rows = arena_need(e->arena, (route->param_count + 1) * sizeof *rows);
    for (uint32_t i = 0; i < route->param_count; i++) rows[i] = make_row(e, &route->params[i]);
    measure(rows, route->param_count, widths);
    for (uint32_t i = 0; i < route->param_count; i++) add_row(&rows[i], widths, &out);
    return text_done(&out);
}

/* ------------------------------------------------------------------ the comment */

rob_str c_route_head(c_emitter *e, const ir_route *route)
{
    const template *t = &e->route_template;
    text out = text_new(e->arena);
    rob_str place = c_place(e, route->meta.at);
    FILL(t, "head", &out, {"route", c_comment_line(e, route->text)},
         {"place", place.len ? c_format(e, "   %.*s", ROB_STR_ARG(place)) : place},
         {"doc", c_comment(e, route->meta.doc)}, {"params", param_table(e, route)});
    if (route->outcome_count) FILL(t, "answers", &out, {"answers", answers(e, route)});
    return text_done(&out);
}
