#include "decode.h"
#include "json_members.h"

/* Models with more fields keep their bookkeeping in the arena. */
enum { FIELDS_ON_STACK = 64 };

/* Which node holds the value of each field; 0: the document does not have it. */
typedef struct found_fields {
    uint32_t *nodes;
    uint32_t local[FIELDS_ON_STACK];
    uint32_t undeclared; /* members that belong to no field */
} found_fields;

const rob_scalar_error rob_not_an_object = {
    .type = "model_attributes_type",
    .msg = ROB_STR_INIT("Input should be a valid dictionary or object to extract fields from"),
};

static inline rob_str name_of(rob_decoder *d, const rob_json_node *name)
{
    if (!name->escaped) return (rob_str){d->doc->text + name->at, name->len};
    rob_str text = rob_json_text(d->doc, name, d->arena);
    if (!text.ptr) rob_decode_abort(d, ROB_NO_MEMORY);
    return text;
}

static inline bool is_named(const rob_field *field, rob_str name)
{
    return rob_str_eq(field->name, name) && !(field->flags & ROB_FIELD_READONLY);
}

/* Documents mostly have their members in the model's order: look at the expected field first. */
static inline const rob_field *field_of(const rob_model *model, rob_str name, uint32_t expected)
{
    if (expected < model->field_count && is_named(&model->fields[expected], name)) return &model->fields[expected];
    for (uint32_t i = 0; i < model->field_count; i++) {
        if (is_named(&model->fields[i], name)) return &model->fields[i];
    }
    return NULL;
}

static bool reserve_fields(rob_decoder *d, const rob_model *model, found_fields *found)
{
    found->undeclared = 0;
    if (model->field_count <= FIELDS_ON_STACK) {
        found->nodes = memset(found->local, 0, model->field_count * sizeof *found->local);
        return true;
    }
    found->nodes = rob_arena_alloc(d->arena, model->field_count * sizeof *found->nodes);
    return found->nodes || rob_decode_abort(d, ROB_NO_MEMORY);
}

static bool find_fields(rob_decoder *d, const rob_model *model, uint32_t node, rob_str tag, found_fields *found)
{
    const rob_json_node *nodes = d->doc->nodes;
    uint32_t expected = 0, at = node + 1;
    bool tag_seen = false;
    if (!reserve_fields(d, model, found)) return false;
    for (uint32_t left = nodes[node].count; left; left--, at = nodes[at + 1].next) {
        rob_str name = name_of(d, &nodes[at]);
        if (!name.ptr) return false;
        const rob_field *field = field_of(model, name, expected);
        if (field) {
            uint32_t index = (uint32_t)(field - model->fields);
            if (found->nodes[index]) return rob_decode_duplicate(d, at);
            found->nodes[index] = at + 1;
            expected = index + 1;
        } else if (tag.len && rob_str_eq(tag, name)) {
            if (tag_seen) return rob_decode_duplicate(d, at);
            tag_seen = true;
        } else {
            found->undeclared++;
        }
    }
    return true;
}

/* ------------------------------------------------------------------ fields */

static char *slot_of(rob_decoder *d, const rob_field *field, char *base)
{
    char *slot = base + field->offset;
    if (!(field->flags & ROB_FIELD_INDIRECT)) return slot;
    void *value = rob_arena_alloc(d->arena, field->type->size);
    if (!value) rob_decode_abort(d, ROB_NO_MEMORY);
    memcpy(slot, &value, sizeof value);
    return value;
}

static void set_has(const rob_field *field, char *base, rob_has has)
{
    if (field->has_offset == ROB_NO_OFFSET) return;
    if (field->flags & ROB_FIELD_TRISTATE) *(rob_has *)(base + field->has_offset) = has;
    else *(bool *)(base + field->has_offset) = has == ROB_PRESENT;
}

bool rob_decode_field(rob_decoder *d, const rob_field *field, uint32_t node, const rob_loc *loc, char *base)
{
    if (field->flags & ROB_FIELD_NULLABLE && d->doc->nodes[node].kind == ROB_JSON_NULL) {
        set_has(field, base, ROB_NULL);
        return true;
    }
    char *slot = slot_of(d, field, base);
    if (!slot) return false;
    set_has(field, base, ROB_PRESENT);
    return rob_decode_value(d, field->type, node, loc, slot);
}

bool rob_decode_absent(rob_decoder *d, const rob_field *field, char *base)
{
    if (field->fallback) {
        char *slot = slot_of(d, field, base);
        if (slot) memcpy(slot, field->fallback, field->type->size);
        set_has(field, base, ROB_PRESENT);
        return true;
    }
    return field->flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_DEFAULT_NULL | ROB_FIELD_READONLY);
}

/* Of a header parameter's model the name as it is sent: save-data for save_data. */
static rob_str name_in_loc(rob_decoder *d, const rob_field *field, uint32_t node)
{
    if (!d->headers || node != 0) return field->name;
    rob_str name = rob_arena_copy(d->arena, field->name);
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '_') ((char *)name.ptr)[i] = '-';
    }
    return name.ptr ? name : field->name;
}

static bool decode_fields(rob_decoder *d, const rob_model *model, uint32_t node, const rob_loc *loc,
                          const found_fields *found, char *base)
{
    static const rob_scalar_error missing = {.type = "missing", .msg = ROB_STR_INIT("Field required")};
    bool fits = true;
    for (uint32_t i = 0; i < model->field_count; i++) {
        const rob_field *field = &model->fields[i];
        rob_loc step = {.parent = loc, .name = name_in_loc(d, field, node)};
        if (found->nodes[i]) {
            fits &= rob_decode_field(d, field, found->nodes[i], &step, base);
        } else if (!rob_decode_absent(d, field, base)) {
            fits = rob_decode_fail(d, node, &step, &missing);
        }
        if (!fits && rob_decode_stopped(d)) return false;
    }
    return fits;
}

/* ------------------------------------------------------------------ undeclared members */

static bool is_undeclared(const rob_model *model, rob_str name, rob_str tag)
{
    return !field_of(model, name, 0) && !(tag.len && rob_str_eq(tag, name));
}

static bool refuse_undeclared(rob_decoder *d, const rob_model *model, const rob_json_members *members,
                              const rob_loc *loc, rob_str tag)
{
    static const rob_scalar_error extra = {.type = "extra_forbidden",
                                           .msg = ROB_STR_INIT("Extra inputs are not permitted")};
    for (uint32_t i = 0; i < members->count && !rob_decode_stopped(d); i++) {
        const rob_json_member *member = &members->items[i];
        rob_loc step = {.parent = loc, .name = member->key};
        if (is_undeclared(model, member->key, tag)) rob_decode_fail(d, member->value, &step, &extra);
    }
    return false;
}

static bool keep_undeclared(rob_decoder *d, const rob_model *model, const rob_json_members *members, rob_str tag,
                            rob_extra_list *list)
{
    list->items = rob_arena_alloc(d->arena, members->count * sizeof *list->items);
    if (!list->items) return rob_decode_abort(d, ROB_NO_MEMORY);
    for (uint32_t i = 0; i < members->count; i++) {
        const rob_json_member *member = &members->items[i];
        if (!is_undeclared(model, member->key, tag)) continue;
        rob_json value = {rob_json_raw(d->doc, &d->doc->nodes[member->value])};
        list->items[list->count++] = (rob_extra_item){member->key, value};
    }
    return true;
}

static bool decode_undeclared(rob_decoder *d, const rob_model *model, uint32_t node, const rob_loc *loc, rob_str tag,
                              char *base)
{
    rob_json_members members;
    if (!d->errors && model->extra == ROB_EXTRA_FORBID) return false;
    if (!rob_json_list_members(d->doc, &d->doc->nodes[node], d->arena, &members)) {
        return rob_decode_abort(d, ROB_NO_MEMORY);
    }
    if (model->extra == ROB_EXTRA_FORBID) return refuse_undeclared(d, model, &members, loc, tag);
    return keep_undeclared(d, model, &members, tag, (rob_extra_list *)(base + model->extra_offset));
}

bool rob_decode_model(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, rob_str tag, void *out)
{
    const rob_model *model = type->model;
    found_fields found;
    if (d->doc->nodes[node].kind != ROB_JSON_OBJECT) return rob_decode_fail(d, node, loc, &rob_not_an_object);
    if (!find_fields(d, model, node, tag, &found)) return false;
    bool fits = decode_fields(d, model, node, loc, &found, out);
    if (!found.undeclared || model->extra == ROB_EXTRA_IGNORE || (!fits && rob_decode_stopped(d))) return fits;
    return decode_undeclared(d, model, node, loc, tag, out) && fits;
}
