/* c_router.c: router.c, the router's plan as code, or as tables when there are very many routes. */
#include "c.h"
#include "router/router.h"

enum { FEW_STATICS = 2 }; /* compared one after the other, without a hash */

typedef struct router_file {
    c_emitter *e;
    template t, nodes, tables;
    const router_plan *plan;
    rob_str *node_names; /* by node: its function */
    text methods, cases;
    bool uses_statics, uses_bytes, uses_text_key, uses_nodes, uses_path, uses_match;
} router_file;

static const char *const method_names[] = {"get", "post", "put", "patch", "delete", "head", "options"};
static const char *const method_constants[] = {
    "ROB_GET", "ROB_POST", "ROB_PUT", "ROB_PATCH", "ROB_DELETE", "ROB_HEAD", "ROB_OPTIONS",
};

static rob_str endpoint_of(router_file *f, uint32_t route)
{
    return f->e->endpoints[route];
}

/* ------------------------------------------------------------------ the plan */

static router_segment plan_segment(const ir_segment *segment)
{
    router_segment_kind kind = segment->literal.ptr ? ROUTER_LITERAL : segment->rest ? ROUTER_REST : ROUTER_PARAM;
    return (router_segment){.kind = kind, .text = segment->literal};
}

static const router_plan *make_plan(c_emitter *e)
{
    const ir_api *api = e->api;
    router_route *routes = arena_need(e->arena, (api->route_count + 1) * sizeof *routes);
    for (uint32_t r = 0; r < api->route_count; r++) {
        const ir_route *route = api->routes[r];
        router_segment *segments = arena_need(e->arena, (route->segment_count + 1) * sizeof *segments);
        for (uint32_t i = 0; i < route->segment_count; i++) segments[i] = plan_segment(&route->segments[i]);
        size_t count = route->segment_count ? route->segment_count : 1; /* an empty path is the root's */
        routes[r] = (router_route){.method = route->method, .segments = segments, .count = count};
    }
    const router_plan *plan = router_plan_new(e->arena, routes, api->route_count);
    return plan ? plan : arena_need(e->arena, SIZE_MAX / 2); /* says that memory is out, and ends */
}

/* ------------------------------------------------------------------ whole paths */

static void add_few(router_file *f, const router_method *method, const char *name)
{
    text compares = text_new(f->e->arena);
    for (uint32_t i = 0; i < method->static_count; i++) {
        const router_static *only = &method->statics[i];
        FILL(&f->t, "compare", &compares, {"len", c_number(f->e, only->path.len)}, {"path", c_string(f->e, only->path)},
             {"endpoint", endpoint_of(f, only->route)});
    }
    FILL(&f->t, "few_statics", &f->methods, {"name", rob_str_of(name)}, {"compares", text_done(&compares)});
}

static rob_str hash_key(router_file *f, const router_hash *hash)
{
    text out = text_new(f->e->arena);
    if (!hash->position_count) {
        f->uses_text_key = true;
        text_format(&out, "text_key(path, UINT64_C(0x%llx))", (unsigned long long)hash->multiplier);
        return text_done(&out);
    }
    f->uses_bytes = true;
    text_add(&out, ROB_STR("(path.len & 0xff)"));
    for (int i = 0; i < hash->position_count; i++)
        text_format(&out, " | byte(path, %u) << %d", hash->positions[i], 8 * (i + 1));
    return text_done(&out);
}

static rob_str displacement(router_file *f, const router_hash *hash)
{
    text numbers = text_new(f->e->arena), out = text_new(f->e->arena);
    if (!hash->bucket_mask) return text_done(&out);
    for (uint32_t i = 0; i <= hash->bucket_mask; i++)
        text_format(&numbers, "%s%u,", i ? (i % 16 ? " " : "\n") : "", hash->displacement[i]);
    FILL(&f->t, "displacement", &out, {"numbers", text_done(&numbers)});
    return text_done(&out);
}

static rob_str slots(router_file *f, const router_method *method)
{
    text out = text_new(f->e->arena);
    for (uint32_t i = 0; i <= method->hash.slot_mask; i++) {
        uint32_t index = method->hash.slots[i];
        if (index == ROUTER_NONE) continue;
        const router_static *only = &method->statics[index];
        FILL(&f->t, "slot", &out, {"slot", c_number(f->e, i)}, {"path", c_string(f->e, only->path)},
             {"endpoint", endpoint_of(f, only->route)});
    }
    return text_done(&out);
}

static void add_hashed(router_file *f, const router_method *method, const char *name)
{
    c_emitter *e = f->e;
    const router_hash *hash = &method->hash;
    text slot = text_new(e->arena);
    f->uses_statics = true;
    FILL(&f->t, hash->bucket_mask ? "slot_displaced" : "slot_direct", &slot,
         {"bucket_mask", c_number(e, hash->bucket_mask)}, {"slot_mask", c_number(e, hash->slot_mask)});
    FILL(&f->t, "statics", &f->methods, {"name", rob_str_of(name)},
         {"slot_count", c_number(e, (uint64_t)hash->slot_mask + 1)}, {"slots", slots(f, method)},
         {"displacement", displacement(f, hash)}, {"shortest", c_number(e, method->shortest)},
         {"longest", c_number(e, method->longest)}, {"key", hash_key(f, hash)},
         {"multiplier", c_format(e, "0x%llx", (unsigned long long)hash->multiplier)}, {"slot", c_inline(&slot)});
}

/* ------------------------------------------------------------------ segments as code */

static bool has_children(const router_node *node)
{
    return node->literal_count || node->param != ROUTER_NONE || node->rest != ROUTER_NONE;
}

/* What there is to do once the segment before `node` has matched. */
static void add_steps(router_file *f, uint32_t node, text *out)
{
    const router_node *next = &f->plan->nodes[node];
    if (next->end != ROUTER_NONE) FILL(&f->nodes, "step_end", out, {"endpoint", endpoint_of(f, next->end)});
    if (has_children(next)) FILL(&f->nodes, "step_into", out, {"node", f->node_names[node]});
}

static void add_literal(router_file *f, const char *part, const router_edge *edge, text *out)
{
    text steps = text_new(f->e->arena);
    add_steps(f, edge->node, &steps);
    FILL(&f->nodes, part, out, {"text", c_string(f->e, edge->text)}, {"len", c_number(f->e, edge->text.len)},
         {"steps", text_done(&steps)});
}

/* Literals are sorted by length: one case for each. */
static rob_str literals(router_file *f, const router_node *node)
{
    text lengths = text_new(f->e->arena), out = text_new(f->e->arena);
    if (node->literal_count == 1) {
        add_literal(f, node->literals[0].text.len ? "only_literal" : "no_bytes", &node->literals[0], &out);
        return text_done(&out);
    }
    for (uint32_t i = 0; i < node->literal_count;) {
        size_t len = node->literals[i].text.len;
        text compares = text_new(f->e->arena);
        for (; i < node->literal_count && node->literals[i].text.len == len; i++)
            add_literal(f, len ? "literal" : "steps", &node->literals[i], &compares);
        FILL(&f->nodes, "length", &lengths, {"len", c_number(f->e, len)}, {"compares", text_done(&compares)});
    }
    if (lengths.len) FILL(&f->nodes, "literals", &out, {"lengths", text_done(&lengths)});
    return text_done(&out);
}

static rob_str capture(router_file *f, const char *part, uint32_t index)
{
    text out = text_new(f->e->arena);
    if (index < ROB_MAX_CAPTURES) FILL(&f->nodes, part, &out, {"capture", c_number(f->e, index)});
    return text_done(&out);
}

static rob_str param(router_file *f, const router_node *node)
{
    text steps = text_new(f->e->arena), out = text_new(f->e->arena);
    if (node->param == ROUTER_NONE) return text_done(&out);
    add_steps(f, node->param, &steps);
    FILL(&f->nodes, "param", &out, {"capture", capture(f, "capture", node->capture)}, {"steps", text_done(&steps)});
    return text_done(&out);
}

static rob_str rest(router_file *f, const router_node *node)
{
    text out = text_new(f->e->arena);
    if (node->rest == ROUTER_NONE) {
        template_fill(&f->nodes, "nothing", &out, NULL, 0);
        return text_done(&out);
    }
    text_add(&out, capture(f, "capture_rest", node->capture));
    FILL(&f->nodes, "rest", &out, {"endpoint", endpoint_of(f, node->rest)});
    return text_done(&out);
}

static bool goes_deeper(router_file *f, const router_node *node)
{
    if (node->param != ROUTER_NONE && has_children(&f->plan->nodes[node->param])) return true;
    for (uint32_t i = 0; i < node->literal_count; i++) {
        if (has_children(&f->plan->nodes[node->literals[i].node])) return true;
    }
    return false;
}

/* The only way on from a node, when that is a literal that must have something behind it. */
static uint32_t only_way(router_file *f, const router_node *node)
{
    if (node->literal_count != 1 || node->param != ROUTER_NONE || node->rest != ROUTER_NONE) return ROUTER_NONE;
    const router_node *next = &f->plan->nodes[node->literals[0].node];
    return next->end == ROUTER_NONE && has_children(next) ? node->literals[0].node : ROUTER_NONE;
}

/* Segments that all paths here have in common, compared at once: "v1/users/". */
static bool add_prefix(router_file *f, uint32_t index, rob_str path)
{
    text prefix = text_new(f->e->arena);
    uint32_t at = index;
    for (uint32_t next; (next = only_way(f, &f->plan->nodes[at])) != ROUTER_NONE; at = next) {
        text_add(&prefix, f->plan->nodes[at].literals[0].text);
        text_char(&prefix, '/');
    }
    if (at == index) return false;
    rob_str compared = text_done(&prefix);
    FILL(&f->nodes, "prefix", &f->methods, {"route", c_comment_line(f->e, path)}, {"name", f->node_names[index]},
         {"len", c_number(f->e, compared.len)}, {"text", c_string(f->e, compared)}, {"node", f->node_names[at]});
    return true;
}

/* Nodes inside a common prefix need no function. */
static void skip_inner_nodes(router_file *f)
{
    for (uint32_t i = 0; i < f->plan->node_count; i++) {
        uint32_t next = only_way(f, &f->plan->nodes[i]);
        if (next == ROUTER_NONE || only_way(f, &f->plan->nodes[next]) == ROUTER_NONE) continue;
        f->node_names[next] = (rob_str){0};
    }
}

static rob_str fixed_part(router_file *f, const template *t, bool there, const char *part)
{
    text out = text_new(f->e->arena);
    if (there) template_fill(t, part, &out, NULL, 0);
    return text_done(&out);
}

static void add_node(router_file *f, uint32_t index, rob_str path)
{
    const router_node *node = &f->plan->nodes[index];
    bool captures = node->param != ROUTER_NONE || node->rest != ROUTER_NONE, deeper = goes_deeper(f, node);
    bool has_segment = node->literal_count || node->param != ROUTER_NONE;
    f->uses_nodes |= has_segment;
    FILL(&f->nodes, "node", &f->methods, {"route", c_comment_line(f->e, path)}, {"name", f->node_names[index]},
         {"segment", fixed_part(f, &f->nodes, has_segment, "segment")},
         {"found", fixed_part(f, &f->nodes, deeper, "found")},
         {"unused", fixed_part(f, &f->nodes, !captures && !deeper, "unused")}, {"literals", literals(f, node)},
         {"param", param(f, node)}, {"rest", rest(f, node)});
}

/* ------------------------------------------------------------------ naming nodes */

/* Where a node stands, as "GET /v1/users/{}/". */
static void place_child(router_file *f, rob_str *paths, uint32_t parent, uint32_t child, rob_str segment)
{
    paths[child] = c_format(f->e, "%.*s%.*s/", ROB_STR_ARG(paths[parent]), ROB_STR_ARG(segment));
}

static rob_str *node_paths(router_file *f)
{
    rob_str *paths = arena_need(f->e->arena, (f->plan->node_count + 1) * sizeof *paths);
    for (int m = 0; m < ROB_METHOD_COUNT; m++) {
        uint32_t root = f->plan->methods[m].root;
        if (root != ROUTER_NONE) paths[root] = c_format(f->e, "%s /", method_constants[m] + 4);
    }
    for (uint32_t i = 0; i < f->plan->node_count; i++) {
        const router_node *node = &f->plan->nodes[i];
        for (uint32_t k = 0; k < node->literal_count; k++)
            place_child(f, paths, i, node->literals[k].node, node->literals[k].text);
        if (node->param != ROUTER_NONE) place_child(f, paths, i, node->param, ROB_STR("{}"));
    }
    return paths;
}

static void name_nodes(router_file *f, const rob_str *paths)
{
    enum { LONGEST_NAME = 60 };
    f->node_names = arena_need(f->e->arena, (f->plan->node_count + 1) * sizeof *f->node_names);
    for (uint32_t i = 0; i < f->plan->node_count; i++) {
        if (!paths[i].len || !has_children(&f->plan->nodes[i])) continue;
        rob_str name = names_snake(f->e->arena, paths[i]);
        if (name.len > LONGEST_NAME) name.len = LONGEST_NAME;
        name = c_format(f->e, "%.*s_next", ROB_STR_ARG(name));
        f->node_names[i] = names_derive(&f->e->names, name, (span){0});
    }
}

static void add_nodes(router_file *f)
{
    rob_str *paths = node_paths(f);
    name_nodes(f, paths);
    skip_inner_nodes(f);
    /* Parents come before children in the plan, so the other way round every call is to a function above. */
    for (uint32_t i = f->plan->node_count; i-- > 0;) {
        if (f->node_names[i].len && !add_prefix(f, i, paths[i])) add_node(f, i, paths[i]);
    }
}

/* ------------------------------------------------------------------ segments as tables */

static void table_member(text *out, const char *name, rob_str value)
{
    text_format(out, "%s.%s = ", out->len ? ", " : "", name);
    text_add(out, value);
}

static void add_table_node(router_file *f, uint32_t index, uint32_t first_edge, text *out)
{
    c_emitter *e = f->e;
    const router_node *node = &f->plan->nodes[index];
    text members = text_new(e->arena);
    if (node->literal_count) {
        table_member(&members, "first", c_number(e, first_edge));
        table_member(&members, "count", c_number(e, node->literal_count));
    }
    if (node->param != ROUTER_NONE) table_member(&members, "param", c_number(e, node->param));
    if (node->capture) table_member(&members, "capture", c_number(e, node->capture));
    if (node->end != ROUTER_NONE)
        table_member(&members, "end", c_format(e, "&%.*s", ROB_STR_ARG(endpoint_of(f, node->end))));
    if (node->rest != ROUTER_NONE)
        table_member(&members, "rest", c_format(e, "&%.*s", ROB_STR_ARG(endpoint_of(f, node->rest))));
    if (!members.len) text_add(&members, ROB_STR("0"));
    FILL(&f->tables, "node", out, {"index", c_number(e, index)}, {"members", text_done(&members)});
}

static rob_str tables(router_file *f)
{
    c_emitter *e = f->e;
    text edges = text_new(e->arena), nodes = text_new(e->arena), out = text_new(e->arena);
    uint32_t edge_count = 0;
    f->uses_nodes = true;
    for (uint32_t i = 0; i < f->plan->node_count; i++) {
        const router_node *node = &f->plan->nodes[i];
        add_table_node(f, i, edge_count, &nodes);
        edge_count += node->literal_count;
        for (uint32_t k = 0; k < node->literal_count; k++)
            FILL(&f->tables, "edge", &edges, {"text", c_string(e, node->literals[k].text)},
                 {"node", c_number(e, node->literals[k].node)});
    }
    if (!edge_count) text_add(&edges, ROB_STR("{ { NULL, 0 }, 0 },"));
    FILL(&f->tables, "tables", &out, {"edges", text_done(&edges)}, {"nodes", text_done(&nodes)});
    return text_done(&out);
}

/* ------------------------------------------------------------------ methods */

static rob_str root_call(router_file *f, const router_method *method)
{
    text out = text_new(f->e->arena);
    if (method->root == ROUTER_NONE) return text_done(&out);
    if (f->plan->table_driven) FILL(&f->t, "walk_root", &out, {"node", c_number(f->e, method->root)});
    else FILL(&f->t, "call_root", &out, {"node", f->node_names[method->root]});
    return c_inline(&out);
}

static void add_method(router_file *f, int index)
{
    const router_method *method = &f->plan->methods[index];
    const char *name = method_names[index];
    bool is_static = method->static_count > 0, is_dynamic = method->root != ROUTER_NONE;
    if (is_static && method->static_count <= FEW_STATICS) add_few(f, method, name);
    else if (is_static) add_hashed(f, method, name);
    f->uses_path |= is_static || is_dynamic;
    f->uses_match |= is_dynamic;
    const char *part = is_static ? (is_dynamic ? "both" : "only_static") : is_dynamic ? "only_dynamic" : "none";
    FILL(&f->t, part, &f->cases, {"method", rob_str_of(method_constants[index])}, {"name", rob_str_of(name)},
         {"root", root_call(f, method)});
}

static rob_str helpers(router_file *f)
{
    text out = text_new(f->e->arena);
    if (f->uses_statics) text_add(&out, fixed_part(f, &f->t, true, "static_types"));
    if (f->uses_bytes) text_add(&out, fixed_part(f, &f->t, true, "byte"));
    if (f->uses_text_key) text_add(&out, fixed_part(f, &f->t, true, "text_key"));
    if (f->uses_nodes) text_add(&out, fixed_part(f, &f->t, true, "segment_end"));
    return text_done(&out);
}

rob_str c_router(c_emitter *e)
{
    text out = text_new(e->arena);
    router_file f = {.e = e, .t = template_open(e->arena, "router.c.in"), .plan = make_plan(e),
                     .nodes = template_open(e->arena, "router_nodes.c.in"), .tables = template_open(e->arena, "router_tables.c.in"), .methods = out, .cases = out};
    if (!f.plan->table_driven) add_nodes(&f);
    else text_add(&f.methods, tables(&f));
    for (int m = 0; m < ROB_METHOD_COUNT; m++) add_method(&f, m);
    FILL(&f.t, "file", &out, {"prefix", e->api->prefix}, {"title", e->title}, {"spec", e->spec},
         {"helpers", helpers(&f)}, {"methods", text_done(&f.methods)}, {"cases", text_done(&f.cases)},
         {"unused", fixed_part(&f, &f.t, !f.uses_match, f.uses_path ? "unused_match" : "unused")},
         {"route", e->route}, {"allowed", e->allowed});
    return text_done(&out);
}
