#include "decode.h"
#include "decode_check.h"
#include "json_members.h"

/* What a ROB_KIND_LIST or ROB_KIND_DICT looks like, whatever its items are. */
typedef struct any_list {
    char *items;
    size_t count;
} any_list;

static const rob_scalar_error not_a_list = {.type = "list_type", .msg = ROB_STR_INIT("Input should be a valid list")};
static const rob_scalar_error not_a_dict = {.type = "dict_type",
                                            .msg = ROB_STR_INIT("Input should be a valid dictionary")};

static bool refuse(rob_decoder *d, rob_status status, uint32_t node, const rob_loc *loc, const rob_scalar_error *error)
{
    return status == ROB_INVALID ? rob_decode_fail(d, node, loc, error) : rob_decode_abort(d, status);
}

static bool reserve_items(rob_decoder *d, const rob_type *type, size_t count, any_list *list)
{
    list->items = rob_arena_alloc(d->arena, count * type->list.item_size);
    list->count = count;
    return list->items || rob_decode_abort(d, ROB_NO_MEMORY);
}

static bool decode_items(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, const any_list *list)
{
    bool fits = true;
    uint32_t at = node + 1;
    for (size_t i = 0; i < list->count; i++) {
        rob_loc step = {.parent = loc, .index = i};
        fits &= rob_decode_value(d, type->list.item, at, &step, list->items + i * type->list.item_size);
        if (!fits && rob_decode_stopped(d)) return false;
        at = d->doc->nodes[at].next;
    }
    return fits;
}

bool rob_decode_list(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out)
{
    const rob_json_node *n = &d->doc->nodes[node];
    rob_scalar_error error;
    any_list list;
    if (n->kind != ROB_JSON_ARRAY) return rob_decode_fail(d, node, loc, &not_a_list);
    rob_status status = rob_check_most(type, n->count, d->arena, &error);
    if (status != ROB_OK) return refuse(d, status, node, loc, &error);
    if (!reserve_items(d, type, n->count, &list) || !decode_items(d, type, node, loc, &list)) return false;
    status = rob_check_least(type, list.count, d->arena, &error);
    if (status == ROB_OK) status = rob_check_unique(type, list.items, list.count, d->arena, &error);
    if (status != ROB_OK) return refuse(d, status, node, loc, &error);
    memcpy(out, &list, sizeof list);
    return true;
}

/* ------------------------------------------------------------------ dicts */

/* Keys are texts whatever type constrains them; the decoded form is not kept. */
static bool decode_key(rob_decoder *d, const rob_type *key, const rob_json_member *member, const rob_loc *value_loc)
{
    union {
        rob_str text;
        uint32_t choice;
    } ignored = {0};
    rob_loc step = {.parent = value_loc, .name = ROB_STR("[key]")};
    return !key || rob_decode_value(d, key, member->name, &step, &ignored);
}

static bool decode_members(rob_decoder *d, const rob_type *type, const rob_json_members *members, const rob_loc *loc,
                           const any_list *dict)
{
    bool fits = true;
    for (uint32_t i = 0; i < members->count; i++) {
        const rob_json_member *member = &members->items[i];
        char *item = dict->items + i * type->list.item_size;
        rob_loc step = {.parent = loc, .name = member->key};
        memcpy(item, &member->key, sizeof member->key);
        fits &= decode_key(d, type->list.key, member, &step);
        if (!fits && rob_decode_stopped(d)) return false;
        fits &= rob_decode_value(d, type->list.item, member->value, &step, item + type->list.value_offset);
        if (!fits && rob_decode_stopped(d)) return false;
    }
    return fits;
}

bool rob_decode_dict(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out)
{
    const rob_json_node *n = &d->doc->nodes[node];
    rob_scalar_error error;
    rob_json_members members;
    any_list dict;
    if (n->kind != ROB_JSON_OBJECT) return rob_decode_fail(d, node, loc, &not_a_dict);
    if (!rob_json_list_members(d->doc, n, d->arena, &members)) return rob_decode_abort(d, ROB_NO_MEMORY);
    if (!reserve_items(d, type, members.count, &dict)) return false;
    if (!decode_members(d, type, &members, loc, &dict)) return false;
    rob_status status = rob_check_most(type, dict.count, d->arena, &error);
    if (status == ROB_OK) status = rob_check_least(type, dict.count, d->arena, &error);
    if (status != ROB_OK) return refuse(d, status, node, loc, &error);
    memcpy(out, &dict, sizeof dict);
    return true;
}
