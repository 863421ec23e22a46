/* Unions. A tagged one looks at its tag and decodes one arm. An inline one (A | B) follows Pydantic's
 * smart mode: the arm that the value fits exactly wins, then the leftmost that takes it with coercion;
 * if none does, every arm tells what is wrong.
 *
 * The compiler has proved inline arms disjoint: by JSON type, or objects by a Literal or enum. So an
 * array or object has at most one arm that could take it, which is found by looking at the value's top
 * level only, and nesting never multiplies the work. */
#include "decode.h"
#include "encode_json.h"

typedef struct any_union {
    uint32_t tag;
} any_union;

static bool decode_arm(rob_decoder *d, const rob_union *u, uint32_t arm, rob_str tag, uint32_t node, const rob_loc *loc,
                       void *out)
{
    const rob_type *type = u->arms[arm].type;
    rob_loc step = {.parent = loc, .name = u->arms[arm].label};
    ((any_union *)out)->tag = arm;
    void *value = (char *)out + u->value_offset;
    if (type->kind == ROB_KIND_MODEL) return rob_decode_model(d, type, node, &step, tag, value);
    return rob_decode_value(d, type, node, &step, value);
}

/* The value of the member `name`; 0 without one. */
static uint32_t member_of(rob_decoder *d, uint32_t node, rob_str name)
{
    const rob_json_node *nodes = d->doc->nodes;
    uint32_t at = node + 1;
    for (uint32_t left = nodes[node].count; left; left--, at = nodes[at + 1].next) {
        rob_str text = rob_json_text(d->doc, &nodes[at], d->arena);
        if (!text.ptr) rob_decode_abort(d, ROB_NO_MEMORY);
        else if (rob_str_eq(text, name)) return at + 1;
    }
    return 0;
}

/* ------------------------------------------------------------------ tagged */

/* In messages a tag stands as Python's str() has it. */
static void write_python(rob_writer *w, rob_decoder *d, uint32_t node, bool quoted);

static void write_python_items(rob_writer *w, rob_decoder *d, uint32_t node)
{
    const rob_json_node *n = &d->doc->nodes[node];
    bool object = n->kind == ROB_JSON_OBJECT;
    uint32_t at = node + 1;
    rob_write_raw(w, object ? "{" : "[", 1);
    for (uint32_t i = 0; i < n->count; i++) {
        if (i) ROB_WRITE(w, ", ");
        write_python(w, d, at, true);
        if (object) {
            ROB_WRITE(w, ": ");
            write_python(w, d, ++at, true);
        }
        at = d->doc->nodes[at].next;
    }
    rob_write_raw(w, object ? "}" : "]", 1);
}

static void write_python(rob_writer *w, rob_decoder *d, uint32_t node, bool quoted)
{
    const rob_json_node *n = &d->doc->nodes[node];
    rob_str text;
    switch ((rob_json_kind)n->kind) {
    case ROB_JSON_NULL: ROB_WRITE(w, "None"); return;
    case ROB_JSON_TRUE: ROB_WRITE(w, "True"); return;
    case ROB_JSON_FALSE: ROB_WRITE(w, "False"); return;
    case ROB_JSON_INT: case ROB_JSON_FLOAT: rob_write_json(w, d->doc, node, ROB_JSON_AS_INPUT); return;
    case ROB_JSON_STR:
        text = rob_json_text(d->doc, n, d->arena);
        if (quoted) ROB_WRITE(w, "'");
        rob_write_raw(w, text.ptr, text.len);
        if (quoted) ROB_WRITE(w, "'");
        return;
    case ROB_JSON_ARRAY: case ROB_JSON_OBJECT: write_python_items(w, d, node); return;
    }
}

static bool refuse_tag(rob_decoder *d, const rob_union *u, uint32_t node, uint32_t tag, const rob_loc *loc)
{
    rob_writer text = {.arena = d->arena}, msg = {.arena = d->arena}, ctx = {.arena = d->arena};
    write_python(&text, d, tag, false);
    ROB_WRITE(&msg, "Input tag '");
    rob_write_raw(&msg, text.ptr, text.len);
    ROB_WRITE(&msg, "' found using '");
    rob_write_raw(&msg, u->tag_name.ptr, u->tag_name.len);
    ROB_WRITE(&msg, "' does not match any of the expected tags: ");
    rob_write_raw(&msg, u->expected.ptr, u->expected.len);
    rob_str quoted = rob_arena_format(d->arena, "'%.*s'", ROB_STR_ARG(u->tag_name));
    ROB_WRITE(&ctx, "{\"discriminator\":");
    rob_write_str(&ctx, quoted);
    ROB_WRITE(&ctx, ",\"tag\":");
    rob_write_str(&ctx, (rob_str){text.ptr, text.len});
    ROB_WRITE(&ctx, ",\"expected_tags\":");
    rob_write_str(&ctx, u->expected);
    ROB_WRITE(&ctx, "}");
    if (text.status != ROB_OK || msg.status != ROB_OK || ctx.status != ROB_OK || !quoted.ptr) {
        return rob_decode_abort(d, ROB_NO_MEMORY);
    }
    rob_scalar_error error = {.type = "union_tag_invalid", .msg = {msg.ptr, msg.len}, .ctx_raw = true,
                              .ctx_text = {ctx.ptr, ctx.len}};
    return rob_decode_fail(d, node, loc, &error);
}

static bool refuse_tagless(rob_decoder *d, const rob_union *u, uint32_t node, const rob_loc *loc)
{
    rob_scalar_error error = {.type = "union_tag_not_found", .ctx_key = "discriminator"};
    error.ctx_text = rob_arena_format(d->arena, "'%.*s'", ROB_STR_ARG(u->tag_name));
    error.msg = rob_arena_format(d->arena, "Unable to extract tag using discriminator %.*s",
                                 ROB_STR_ARG(error.ctx_text));
    if (!error.msg.ptr) return rob_decode_abort(d, ROB_NO_MEMORY);
    return rob_decode_fail(d, node, loc, &error);
}

/* The arm whose label is the tag; count when none is. */
static uint32_t arm_of(rob_decoder *d, const rob_union *u, uint32_t tag)
{
    const rob_json_node *n = &d->doc->nodes[tag];
    rob_str text = n->kind == ROB_JSON_STR ? rob_json_text(d->doc, n, d->arena) : (rob_str){0};
    uint32_t arm = n->kind == ROB_JSON_STR ? 0 : u->count;
    while (arm < u->count && !rob_str_eq(u->arms[arm].label, text)) arm++;
    return arm;
}

bool rob_decode_tagged(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out)
{
    const rob_union *u = type->arms;
    if (d->doc->nodes[node].kind != ROB_JSON_OBJECT) return rob_decode_fail(d, node, loc, &rob_not_an_object);
    uint32_t tag = member_of(d, node, u->tag_name);
    if (d->status != ROB_OK) return false;
    if (!tag) return rob_decode_stopped(d) ? false : refuse_tagless(d, u, node, loc);
    uint32_t arm = arm_of(d, u, tag);
    if (arm == u->count) return rob_decode_stopped(d) ? false : refuse_tag(d, u, node, tag, loc);
    return decode_arm(d, u, arm, u->tag_name, node, loc, out);
}

/* ------------------------------------------------------------------ inline */

/* How close a scalar's JSON type is to a type: Pydantic's exactness. */
typedef enum closeness { COERCED, WIDENED, EXACT } closeness;

static closeness closeness_of(const rob_type *type, const rob_json_node *n)
{
    bool number = n->kind == ROB_JSON_INT || n->kind == ROB_JSON_FLOAT;
    switch ((rob_kind)type->kind) {
    case ROB_KIND_INT: return n->kind == ROB_JSON_INT ? EXACT : COERCED;
    case ROB_KIND_FLOAT: return n->kind == ROB_JSON_FLOAT ? EXACT : number ? WIDENED : COERCED;
    case ROB_KIND_BOOL: return n->kind == ROB_JSON_TRUE || n->kind == ROB_JSON_FALSE ? EXACT : COERCED;
    case ROB_KIND_STR: case ROB_KIND_EMAIL: return n->kind == ROB_JSON_STR ? EXACT : COERCED;
    case ROB_KIND_ENUM: return type->choice->literal ? EXACT : COERCED;
    case ROB_KIND_NULLABLE: return n->kind == ROB_JSON_NULL ? EXACT : closeness_of(type->nullable.inner, n);
    case ROB_KIND_JSON: return EXACT;
    case ROB_KIND_BYTES: case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME:
    case ROB_KIND_DURATION: case ROB_KIND_DECIMAL: case ROB_KIND_URL: case ROB_KIND_URI: case ROB_KIND_LIST:
    case ROB_KIND_DICT: case ROB_KIND_MODEL: case ROB_KIND_TAGGED: case ROB_KIND_UNION:
        return COERCED;
    }
    return COERCED;
}

static bool fits_quietly(rob_decoder *d, const rob_type *type, uint32_t node)
{
    uint32_t ignored;
    rob_errors *errors = d->errors;
    d->errors = NULL;
    bool fits = rob_decode_enum(d, type, node, NULL, &ignored);
    d->errors = errors;
    return fits;
}

/* Whether the member that the field asks for is there with one of its choices, or may be missing. */
static bool choice_fits(rob_decoder *d, const rob_field *field, uint32_t node)
{
    uint32_t member = member_of(d, node, field->name);
    if (!member) return field->fallback || field->flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_DEFAULT_NULL);
    if (field->flags & ROB_FIELD_NULLABLE && d->doc->nodes[member].kind == ROB_JSON_NULL) return true;
    return fits_quietly(d, field->type, member);
}

/* What tells models from each other is a Literal or enum that one of them requires and whose choices the
 * other does not have; so no object passes this for two of them. */
static bool is_model_candidate(rob_decoder *d, const rob_model *model, uint32_t node)
{
    for (uint32_t i = 0; i < model->field_count; i++) {
        const rob_field *field = &model->fields[i];
        bool tells = field->type->kind == ROB_KIND_ENUM && !(field->flags & ROB_FIELD_READONLY);
        if (tells && !choice_fits(d, field, node)) return false;
    }
    return true;
}

static bool is_tagged_candidate(rob_decoder *d, const rob_union *u, uint32_t node)
{
    uint32_t tag = member_of(d, node, u->tag_name);
    uint32_t arm = tag ? arm_of(d, u, tag) : u->count;
    if (arm == u->count) return false;
    const rob_type *type = u->arms[arm].type;
    return type->kind != ROB_KIND_MODEL || is_model_candidate(d, type->model, node);
}

static bool is_union_candidate(rob_decoder *d, const rob_union *u, uint32_t node);

/* Whether a container could fit the type, by its top level alone. */
static bool is_candidate(rob_decoder *d, const rob_type *type, uint32_t node)
{
    bool object = d->doc->nodes[node].kind == ROB_JSON_OBJECT;
    switch ((rob_kind)type->kind) {
    case ROB_KIND_JSON: return true;
    case ROB_KIND_LIST: return !object;
    case ROB_KIND_DICT: return object;
    case ROB_KIND_MODEL: return object && is_model_candidate(d, type->model, node);
    case ROB_KIND_TAGGED: return object && is_tagged_candidate(d, type->arms, node);
    case ROB_KIND_UNION: return is_union_candidate(d, type->arms, node);
    case ROB_KIND_NULLABLE: return is_candidate(d, type->nullable.inner, node);
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES:
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI: case ROB_KIND_ENUM:
        return false;
    }
    return false;
}

static bool is_union_candidate(rob_decoder *d, const rob_union *u, uint32_t node)
{
    for (uint32_t i = 0; i < u->count; i++) {
        if (is_candidate(d, u->arms[i].type, node)) return true;
    }
    return false;
}

/* An attempt whose errors nobody wants; clears what it may have left behind when it fails. */
static bool try_arm(rob_decoder *d, const rob_type *type, uint32_t arm, uint32_t node, void *out)
{
    rob_errors *errors = d->errors;
    d->errors = NULL;
    bool fits = decode_arm(d, type->arms, arm, (rob_str){0}, node, NULL, out);
    d->errors = errors;
    if (!fits) memset(out, 0, type->size);
    return fits;
}

static bool decode_container(rob_decoder *d, const rob_type *type, uint32_t node, void *out)
{
    const rob_union *u = type->arms;
    for (uint32_t i = 0; i < u->count; i++) {
        if (is_candidate(d, u->arms[i].type, node)) return try_arm(d, type, i, node, out);
    }
    return false;
}

static bool decode_plain(rob_decoder *d, const rob_type *type, uint32_t node, void *out)
{
    const rob_union *u = type->arms;
    const rob_json_node *n = &d->doc->nodes[node];
    uint32_t best = u->count;
    closeness best_closeness = COERCED;
    for (uint32_t i = 0; i < u->count; i++) {
        closeness close = closeness_of(u->arms[i].type, n);
        if (best < u->count && close <= best_closeness) continue;
        if (!try_arm(d, type, i, node, out)) continue;
        memset(out, 0, type->size);
        best = i;
        best_closeness = close;
    }
    return best < u->count && try_arm(d, type, best, node, out);
}

bool rob_decode_union(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out)
{
    const rob_json_node *n = &d->doc->nodes[node];
    bool container = n->kind == ROB_JSON_ARRAY || n->kind == ROB_JSON_OBJECT;
    if (container ? decode_container(d, type, node, out) : decode_plain(d, type, node, out)) return true;
    for (uint32_t i = 0; i < type->arms->count && !rob_decode_stopped(d); i++) {
        decode_arm(d, type->arms, i, (rob_str){0}, node, loc, out);
    }
    return false;
}
