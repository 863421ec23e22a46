/* c.c: what the C files are about, decided once: which tables and encoders there are, and their names. */
#include "python.h"

/* ------------------------------------------------------------------ which types need what */

bool c_has_parts(const ir_type *type)
{
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_LIST: case ROB_KIND_DICT: case ROB_KIND_ENUM: case ROB_KIND_MODEL: case ROB_KIND_TAGGED:
    case ROB_KIND_UNION: case ROB_KIND_NULLABLE: return true;
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES:
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: case ROB_KIND_JSON: break;
    }
    return false;
}

/* A union writes the members of its arms itself, behind the tag. */
static bool arms_are_plain_models(const c_emitter *e, const ir_union *arms)
{
    for (uint32_t i = 0; i < arms->count; i++) {
        const ir_type *arm = arms->arms[i].type;
        if (arm->table.kind != ROB_KIND_MODEL || c_written_by_runtime(e, arm)) return false;
    }
    return true;
}

bool c_written_by_runtime(const c_emitter *e, const ir_type *type)
{
    uint16_t rules = type->table.rules & ~ROB_STRICT;
    if (e->closes_circle[type->id]) return true;
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: return (rules & ROB_MULTIPLE_OF) && type->table.integer.multiple_of < 1;
    case ROB_KIND_FLOAT: return rules & ROB_MULTIPLE_OF;
    case ROB_KIND_STR: return rules != 0;
    case ROB_KIND_LIST: return rules & ROB_UNIQUE;
    case ROB_KIND_DICT: return type->key != NULL;
    case ROB_KIND_MODEL: return type->model->table.extra == ROB_EXTRA_ALLOW;
    case ROB_KIND_TAGGED: return !arms_are_plain_models(e, type->arms);
    case ROB_KIND_BOOL: case ROB_KIND_ENUM: case ROB_KIND_UNION: case ROB_KIND_NULLABLE: return false;
    case ROB_KIND_BYTES: case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME:
    case ROB_KIND_DURATION: case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
    case ROB_KIND_JSON: break;
    }
    return true;
}

/* A handler may link its structures into a circle. The runtime counts how deep it is, emitted functions
 * do not; so on each circle of types there is one that the runtime writes. */
static void find_circles(c_emitter *e, const ir_type *type, uint8_t *progress)
{
    enum { NOT_SEEN, ON_THE_WAY, SEEN };
    if (progress[type->id] == ON_THE_WAY) e->closes_circle[type->id] = true;
    if (progress[type->id] != NOT_SEEN) return;
    progress[type->id] = ON_THE_WAY;
    if (type->item) find_circles(e, type->item, progress);
    for (uint32_t i = 0; type->model && i < type->model->field_count; i++)
        find_circles(e, type->model->fields[i].type, progress);
    for (uint32_t i = 0; type->arms && i < type->arms->count; i++)
        find_circles(e, type->arms->arms[i].type, progress);
    progress[type->id] = SEEN;
}

/* A type and all its parts, by ir_type.id. */
static void reach(const ir_type *type, bool *reached)
{
    if (!type || reached[type->id]) return;
    reached[type->id] = true;
    reach(type->item, reached);
    reach(type->key, reached);
    for (uint32_t i = 0; type->model && i < type->model->field_count; i++) reach(type->model->fields[i].type, reached);
    for (uint32_t i = 0; type->arms && i < type->arms->count; i++) reach(type->arms->arms[i].type, reached);
}

/* A type's table needs those of all its parts. */
static void need_table(c_emitter *e, const ir_type *type)
{
    reach(type, e->has_table);
}

static void need_encoder(c_emitter *e, const ir_type *type);

bool c_is_written(const ir_field *field, rob_str tag)
{
    if (field->table.flags & ROB_FIELD_WRITEONLY) return false;
    return !tag.len || !rob_str_eq(field->table.name, tag);
}

static void need_member_encoders(c_emitter *e, const ir_model *model, rob_str tag)
{
    for (uint32_t i = 0; i < model->field_count; i++) {
        if (c_is_written(&model->fields[i], tag)) need_encoder(e, model->fields[i].type);
    }
}

static void need_encoder(c_emitter *e, const ir_type *type)
{
    if (c_written_by_runtime(e, type)) {
        need_table(e, type);
        return;
    }
    if (!c_has_parts(type) || e->has_encoder[type->id]) return;
    e->has_encoder[type->id] = true;
    if (type->item) need_encoder(e, type->item);
    if (type->model) need_member_encoders(e, type->model, (rob_str){0});
    for (uint32_t i = 0; type->arms && i < type->arms->count; i++) {
        const ir_type *arm = type->arms->arms[i].type;
        /* An arm of a tagged union is written in its union's function, behind the tag. */
        if (type->table.kind == ROB_KIND_TAGGED) need_member_encoders(e, arm->model, type->arms->tag_name);
        else need_encoder(e, arm);
    }
}

static void need_answer(c_emitter *e, const ir_outcome *outcome)
{
    for (uint32_t i = 0; i < outcome->header_count; i++) need_table(e, outcome->headers[i].field.type);
    if (outcome->media != IR_MEDIA_JSON || !outcome->type) return;
    need_encoder(e, outcome->type);
    e->has_encoder[outcome->type->id] = e->is_answer[outcome->type->id] = true;
}

/* Python values are made and read by the tables. */
static void need_python(c_emitter *e, const ir_route *route)
{
    for (uint32_t i = 0; i < route->param_count; i++) reach(route->params[i].field.type, e->in_python);
    for (uint32_t i = 0; i < route->outcome_count; i++) {
        const ir_outcome *outcome = &route->outcomes[i];
        if (outcome->media == IR_MEDIA_JSON) reach(outcome->type, e->in_python);
        for (uint32_t h = 0; h < outcome->header_count; h++) reach(outcome->headers[h].field.type, e->in_python);
    }
}

static void find_needs(c_emitter *e)
{
    uint8_t *progress = arena_need(e->arena, e->api->type_count + 1);
    for (uint32_t i = 0; i < e->api->type_count; i++) find_circles(e, e->api->types[i], progress);
    for (uint32_t r = 0; r < e->api->route_count; r++) {
        const ir_route *route = e->api->routes[r];
        if (!c_is_handled(route)) continue;
        for (uint32_t i = 0; i < route->param_count; i++) need_table(e, route->params[i].field.type);
        for (uint32_t i = 0; i < route->outcome_count; i++) need_answer(e, &route->outcomes[i]);
        if (c_is_python(route)) need_python(e, route);
    }
    for (uint32_t i = 0; i < e->api->type_count; i++) e->has_table[i] = e->has_table[i] || e->in_python[i];
}

/* ------------------------------------------------------------------ names */

static bool has_prefix(const c_emitter *e, rob_str c_name)
{
    size_t len = e->api->prefix.len;
    return c_name.len > len + 1 && memcmp(c_name.ptr, e->api->prefix.ptr, len) == 0 && c_name.ptr[len] == '_';
}

rob_str c_local(c_emitter *e, rob_str c_name)
{
    size_t len = e->api->prefix.len + 1;
    rob_str local = has_prefix(e, c_name) ? (rob_str){c_name.ptr + len, c_name.len - len} : c_name;
    /* What still has the prefix could be one of the public names. */
    return has_prefix(e, local) ? c_format(e, "own_%.*s", ROB_STR_ARG(local)) : local;
}

static void claim(c_emitter *e, rob_str name)
{
    if (name.len) names_claim(&e->names, name, (span){0}, NULL);
}

static void claim_routes(c_emitter *e)
{
    static const char *const endings[] = {"", "_in", "_out", "_status", "_invalid", "_failed"};
    for (uint32_t r = 0; r < e->api->route_count; r++) {
        const ir_route *route = e->api->routes[r];
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
            claim(e, c_format(e, "%.*s%s", ROB_STR_ARG(route->c_function), endings[i]));
        for (uint32_t i = 0; i < route->outcome_count; i++) {
            claim(e, route->outcomes[i].c_constructor);
            claim(e, route->outcomes[i].c_with);
            claim(e, route->outcomes[i].c_tag);
        }
    }
}

static void claim_enum(c_emitter *e, const ir_enum *enumeration)
{
    claim(e, enumeration->c_name);
    for (uint32_t i = 0; i < enumeration->count; i++) claim(e, enumeration->choices[i].c_name);
}

static void claim_union(c_emitter *e, const ir_union *arms)
{
    claim(e, arms->c_name);
    claim(e, c_format(e, "%.*s_tag", ROB_STR_ARG(arms->c_name)));
    for (uint32_t i = 0; i < arms->count; i++) claim(e, arms->arms[i].c_tag);
}

static void claim_public(c_emitter *e)
{
    const ir_api *api = e->api;
    for (uint32_t i = 0; i < api->type_count; i++) {
        claim(e, api->types[i]->c_type);
        claim(e, api->types[i]->c_item);
    }
    for (uint32_t i = 0; i < api->enum_count; i++) claim_enum(e, api->enums[i]);
    for (uint32_t i = 0; i < api->model_count; i++) claim(e, api->models[i]->c_name);
    for (uint32_t i = 0; i < api->union_count; i++) claim_union(e, api->unions[i]);
    claim_routes(e);
    claim(e, c_format(e, "%.*s_startup", ROB_STR_ARG(api->prefix)));
    claim(e, c_format(e, "%.*s_shutdown", ROB_STR_ARG(api->prefix)));
}

/* prefix_base_ending, or with a number behind it. */
static rob_str derive(c_emitter *e, rob_str base, const char *ending)
{
    rob_str local = c_local(e, base);
    rob_str wanted = c_format(e, "%.*s_%.*s_%s", ROB_STR_ARG(e->api->prefix), ROB_STR_ARG(local), ending);
    return names_derive(&e->names, wanted, (span){0});
}

/* What every route can answer besides its outcomes: STORE_USERS_GET_FAILED. */
static rob_str derive_tag(c_emitter *e, const ir_route *route, const char *ending)
{
    rob_str upper = names_upper(e->arena, route->c_function);
    return names_derive(&e->names, c_format(e, "%.*s_%s", ROB_STR_ARG(upper), ending), (span){0});
}

static bool is_named(const ir_type *type)
{
    return type->table.kind == ROB_KIND_MODEL || type->table.kind == ROB_KIND_ENUM ||
           type->table.kind == ROB_KIND_TAGGED || type->table.kind == ROB_KIND_UNION;
}

/* "store_user"; "type_str_2", which the IR calls a type without a name, without its first word. */
static rob_str table_base(const ir_type *type)
{
    if (is_named(type)) return type->c_type;
    rob_str name = type->c_table;
    bool says_type = name.len > 5 && memcmp(name.ptr, "type_", 5) == 0;
    return says_type ? (rob_str){name.ptr + 5, name.len - 5} : name;
}

static uint32_t python_functions(const c_emitter *e)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < e->api->route_count; i++) count += c_is_python(e->api->routes[i]);
    return count;
}

static void name_all(c_emitter *e)
{
    const ir_api *api = e->api;
    for (uint32_t i = 0; i < api->type_count; i++) {
        const ir_type *type = api->types[i];
        rob_str base = table_base(type);
        if (e->has_table[i]) e->tables[i] = derive(e, base, "type");
        if (e->has_encoder[i]) e->encoders[i] = derive(e, base, "encode");
    }
    for (uint32_t i = 0; i < api->route_count; i++) {
        const ir_route *route = api->routes[i];
        e->endpoints[i] = derive(e, route->c_function, "endpoint");
        e->failed[i] = derive_tag(e, route, "FAILED");
        e->invalid[i] = derive_tag(e, route, "INVALID");
        if (c_is_handled(route) && route->param_count) e->params[i] = derive(e, route->c_function, "params");
    }
    e->route = derive(e, ROB_STR("route"), "request");
    e->allowed = derive(e, ROB_STR("allowed"), "methods");
    e->endpoint_list = derive(e, ROB_STR("all"), "endpoints");
    e->openapi = derive(e, ROB_STR("openapi"), "document");
    if (python_functions(e)) e->python = derive(e, ROB_STR("python"), "bridge");
}

/* ------------------------------------------------------------------ the front door */

static rob_str file_name(rob_str path)
{
    for (size_t i = path.len; i > 0; i--) {
        if (path.ptr[i - 1] == '/') return (rob_str){path.ptr + i, path.len - i};
    }
    return path;
}

c_emitter c_emitter_new(const ir_api *api, rob_arena *arena)
{
    c_emitter e = {.api = api, .arena = arena};
    e.read_depths = c_fast_depths(api, arena);
    e.types_template = template_open(arena, "types.h.in");
    e.route_template = template_open(arena, "route.in");
    rob_str title = c_comment_line(&e, api->name), version = c_comment_line(&e, api->version);
    e.title = c_format(&e, "%.*s %.*s", ROB_STR_ARG(title), ROB_STR_ARG(version));
    e.spec = c_comment_line(&e, file_name(api->root_path));
    e.guard = names_upper(arena, api->prefix);
    return e;
}

/* What the .c files need to know of each other. */
static void plan(c_emitter *e)
{
    const ir_api *api = e->api;
    names_init(&e->names, e->arena, api->prefix);
    e->in_python = arena_need(e->arena, api->type_count + 1);
    e->has_table = arena_need(e->arena, api->type_count + 1);
    e->has_encoder = arena_need(e->arena, api->type_count + 1);
    e->is_answer = arena_need(e->arena, api->type_count + 1);
    e->closes_circle = arena_need(e->arena, api->type_count + 1);
    e->tables = arena_need(e->arena, (api->type_count + 1) * sizeof *e->tables);
    e->encoders = arena_need(e->arena, (api->type_count + 1) * sizeof *e->encoders);
    e->endpoints = arena_need(e->arena, (api->route_count + 1) * sizeof *e->endpoints);
    e->params = arena_need(e->arena, (api->route_count + 1) * sizeof *e->params);
    e->failed = arena_need(e->arena, (api->route_count + 1) * sizeof *e->failed);
    e->invalid = arena_need(e->arena, (api->route_count + 1) * sizeof *e->invalid);
    e->heads = arena_need(e->arena, (api->route_count + 1) * sizeof *e->heads);
    find_needs(e);
    claim_public(e);
    name_all(e);
    c_fast_plan(e);
    for (uint32_t i = 0; i < api->route_count; i++) e->heads[i] = c_route_head(e, api->routes[i]);
}

static void add(c_emitter *e, output *out, const char *name, rob_str text)
{
    rob_str path = c_format(e, "%.*s/%s", ROB_STR_ARG(e->api->prefix), name);
    output_add(out, path, template_tidy(e->arena, text));
}

/* JSON without the blanks between its tokens. */
static rob_str without_blanks(rob_arena *arena, rob_str json)
{
    char *out = arena_need(arena, json.len + 1);
    size_t len = 0;
    bool in_string = false;
    for (size_t i = 0; i < json.len; i++) {
        char c = json.ptr[i];
        if (!in_string && (c == ' ' || c == '\n' || c == '\t')) continue;
        out[len++] = c;
        if (c == '"') in_string = !in_string;
        else if (in_string && c == '\\') out[len++] = json.ptr[++i];
    }
    return (rob_str){out, len};
}

static void emit_python(c_emitter *e, output *out)
{
    python_emitter p = python_emitter_new(e);
    rob_str folder = c_format(e, "python/%.*s", ROB_STR_ARG(python_models_name(e)));
    add(e, out, "python.c", c_python(e, &p));
    output_add(out, c_format(e, "%.*s/__init__.py", ROB_STR_ARG(folder)), python_models(&p));
    output_add(out, c_format(e, "%.*s/py.typed", ROB_STR_ARG(folder)), ROB_STR(""));
}

void emit_c(const ir_api *api, output *out)
{
    c_emitter e = c_emitter_new(api, out->arena);
    plan(&e);
    rob_str document = emit_openapi(api, e.arena, true);
    e.document = without_blanks(e.arena, document);
    add(&e, out, "types.h", c_types(&e));
    add(&e, out, "handlers.h", c_handlers(&e));
    add(&e, out, "tables.h", c_tables(&e));
    add(&e, out, "router.c", c_router(&e));
    add(&e, out, "decode.c", c_decode(&e));
    if (c_has_fast(&e)) add(&e, out, "fast.c", c_fast(&e));
    add(&e, out, "encode.c", c_encode(&e));
    add(&e, out, "endpoints.c", c_endpoints(&e));
    add(&e, out, "main.c", c_main(&e));
    output_add(out, c_format(&e, "%.*s/openapi.json", ROB_STR_ARG(api->prefix)), document);
    add(&e, out, "openapi.c", c_openapi(&e));
    if (e.python.len) emit_python(&e, out);
}
