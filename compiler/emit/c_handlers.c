/* c_handlers.c: handlers.h, all that a person who writes handlers looks at. */
#include "c.h"

typedef struct handlers {
    c_emitter *e;
    template t;
} handlers;

/* Models of successful answers come by pointer: they are large. Errors by value: they are made on the spot. */
static bool by_pointer(const ir_outcome *outcome)
{
    if (outcome->error || outcome->media != IR_MEDIA_JSON) return false;
    uint8_t kind = outcome->type->table.kind;
    return kind == ROB_KIND_MODEL || kind == ROB_KIND_TAGGED || kind == ROB_KIND_UNION;
}

/* A constructor's parameter is called like the member it sets. */
static rob_str argument_name(rob_str member)
{
    bool clashes = rob_str_eq(member, ROB_STR("out")) || rob_str_eq(member, ROB_STR("with"));
    return clashes ? ROB_STR("body") : member;
}

static rob_str arguments(handlers *h, const ir_outcome *outcome)
{
    text out = text_new(h->e->arena), with = text_new(h->e->arena);
    rob_str type = c_body_type(outcome);
    if (type.len) {
        FILL(&h->t, by_pointer(outcome) ? "by_pointer" : "by_value", &out, {"type", type},
             {"name", argument_name(outcome->c_member)});
        c_inline(&out);
    }
    if (outcome->header_count) {
        FILL(&h->t, "by_value", &with, {"type", outcome->c_with}, {"name", ROB_STR("with")});
        if (out.len) text_add(&out, ROB_STR(", "));
        text_add(&out, c_inline(&with));
    }
    return out.len ? text_done(&out) : ROB_STR("void");
}

static rob_str assignments(handlers *h, const ir_outcome *outcome)
{
    text out = text_new(h->e->arena);
    if (c_body_type(outcome).len) {
        rob_str member = outcome->c_member, name = argument_name(member);
        rob_str value = by_pointer(outcome) ? c_format(h->e, "*%.*s", ROB_STR_ARG(name)) : name;
        FILL(&h->t, "assign", &out, {"member", member}, {"value", value});
    }
    if (outcome->header_count)
        FILL(&h->t, "assign_with", &out, {"member", c_with_member(h->e, outcome)});
    return text_done(&out);
}

static void add_constructor(handlers *h, const ir_route *route, const ir_outcome *outcome, text *out)
{
    FILL(&h->t, "constructor", out, {"answer", c_answer(h->e, outcome)}, {"function", route->c_function},
         {"constructor", outcome->c_constructor}, {"arguments", arguments(h, outcome)},
         {"tag", outcome->c_tag}, {"assignments", assignments(h, outcome)});
}

static rob_str bodies(handlers *h, const ir_route *route)
{
    text out = text_new(h->e->arena);
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        const ir_outcome *outcome = &route->outcomes[i];
        rob_str type = c_body_type(outcome);
        if (type.len) FILL(&h->t, "body", &out, {"type", type}, {"member", outcome->c_member});
    }
    return text_done(&out);
}

static rob_str headers(handlers *h, const ir_route *route)
{
    text members = text_new(h->e->arena), out = text_new(h->e->arena);
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        const ir_outcome *outcome = &route->outcomes[i];
        if (!outcome->header_count) continue;
        FILL(&h->t, "body", &members, {"type", outcome->c_with}, {"member", c_with_member(h->e, outcome)});
    }
    if (members.len) FILL(&h->t, "headers", &out, {"members", text_done(&members)});
    return text_done(&out);
}

static rob_str withs(handlers *h, const ir_route *route)
{
    text out = text_new(h->e->arena);
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        const ir_outcome *outcome = &route->outcomes[i];
        if (!outcome->header_count) continue;
        FILL(&h->t, "with", &out, {"name", outcome->c_with}, {"members", c_header_members(h->e, outcome)});
    }
    return text_done(&out);
}

static rob_str tags(handlers *h, const ir_route *route)
{
    text out = text_new(h->e->arena);
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        const ir_outcome *outcome = &route->outcomes[i];
        bool last = i + 1 == route->outcome_count;
        FILL(&h->t, "tag", &out, {"tag", outcome->c_tag}, {"comma", last ? ROB_STR("") : ROB_STR(",")},
             {"note", c_side_note(h->e, c_answer(h->e, outcome))});
    }
    return text_done(&out);
}

static void add_route(handlers *h, uint32_t index, text *out)
{
    const ir_route *route = h->e->api->routes[index];
    text constructors = text_new(h->e->arena);
    for (uint32_t i = 0; i < route->outcome_count; i++)
        add_constructor(h, route, &route->outcomes[i], &constructors);
    FILL(&h->t, "route", out, {"head", c_block_comment(h->e, h->e->heads[index])}, {"function", route->c_function},
         {"failed", h->e->failed[index]}, {"invalid", h->e->invalid[index]}, {"members", c_param_members(h->e, route)}, {"withs", withs(h, route)},
         {"tags", tags(h, route)}, {"bodies", bodies(h, route)}, {"headers", headers(h, route)},
         {"constructors", text_done(&constructors)});
}

rob_str c_handlers(c_emitter *e)
{
    handlers h = {e, template_open(e->arena, "handlers.h.in")};
    text routes = text_new(e->arena), out = text_new(e->arena);
    for (uint32_t i = 0; i < e->api->route_count; i++) {
        if (c_is_native(e->api->routes[i])) add_route(&h, i, &routes);
    }
    FILL(&h.t, "file", &out, {"prefix", e->api->prefix}, {"title", e->title}, {"spec", e->spec},
         {"guard", e->guard}, {"routes", text_done(&routes)});
    return text_done(&out);
}
