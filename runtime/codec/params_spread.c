#include "params_spread.h"

#include "json_members.h"

bool rob_takes_list(const rob_param_source *source, const rob_type *type)
{
    if (source->from == ROB_FROM_COOKIE) return false;
    if (type->kind == ROB_KIND_NULLABLE) return rob_takes_list(source, type->nullable.inner);
    if (type->kind != ROB_KIND_UNION) return type->kind == ROB_KIND_LIST;
    for (uint32_t i = 0; i < type->arms->count; i++) {
        if (rob_takes_list(source, type->arms->arms[i].type)) return true;
    }
    return false;
}

static void write_text(rob_writer *w, const rob_param_source *source, const rob_pair *pair)
{
    rob_str text = rob_source_text(source, pair, w->arena);
    if (text.ptr) rob_write_str(w, text);
    else rob_writer_fail(w, ROB_NO_MEMORY, (rob_str){0}, "out of memory");
}

size_t rob_spread_list(rob_writer *w, const rob_param_source *source, rob_str name)
{
    size_t count = 0;
    ROB_WRITE(w, "[");
    for (size_t i = 0; i < source->pairs.count; i++) {
        const rob_pair *pair = &source->pairs.items[i];
        if (!rob_source_matches(source, pair, name)) continue;
        if (count++) ROB_WRITE(w, ",");
        write_text(w, source, pair);
    }
    ROB_WRITE(w, "]");
    return count;
}

static void write_name(rob_writer *w, rob_str name, bool first)
{
    if (!first) ROB_WRITE(w, ",");
    rob_write_str(w, name);
    ROB_WRITE(w, ":");
}

/* A list without values and a scalar without a pair are left out, so that defaults apply. */
static bool write_field(rob_writer *w, const rob_param_source *source, const rob_field *field, bool first)
{
    if (!rob_takes_list(source, field->type)) {
        const rob_pair *pair = rob_source_find(source, field->name);
        if (!pair) return false;
        write_name(w, field->name, first);
        write_text(w, source, pair);
        return true;
    }
    rob_writer list = {.arena = w->arena};
    if (!rob_spread_list(&list, source, field->name)) return false;
    write_name(w, field->name, first);
    rob_write_raw(w, list.ptr, list.len);
    if (list.status != ROB_OK) rob_writer_fail(w, list.status, field->name, list.why);
    return true;
}

/* ------------------------------------------------------------------ what the model does not declare */

static bool is_field(const rob_param_source *source, const rob_pair *pair, const rob_model *model)
{
    for (uint32_t i = 0; i < model->field_count; i++) {
        const rob_field *field = &model->fields[i];
        if (field->flags & ROB_FIELD_READONLY) continue;
        if (rob_source_matches(source, pair, field->name) || rob_str_eq(pair->name, field->name)) return true;
    }
    return false;
}

/* Header names are the same in any case. */
static rob_str key_of(const rob_param_source *source, const rob_pair *pair, rob_arena *arena)
{
    if (source->from != ROB_FROM_HEADER) return pair->name;
    rob_str name = rob_arena_copy(arena, pair->name);
    for (size_t i = 0; i < name.len; i++) {
        char *c = (char *)name.ptr + i;
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
    }
    return name;
}

/* The pairs that no field takes, as members: `name` is the pair's index. */
static bool collect(const rob_param_source *source, const rob_model *model, rob_arena *arena, rob_json_members *out)
{
    out->count = 0;
    out->items = rob_arena_alloc(arena, source->pairs.count * sizeof *out->items);
    for (size_t i = 0; out->items && i < source->pairs.count; i++) {
        const rob_pair *pair = &source->pairs.items[i];
        if (is_field(source, pair, model)) continue;
        rob_str key = key_of(source, pair, arena);
        if (key.len && !key.ptr) return false;
        out->items[out->count++] = (rob_json_member){.key = key, .name = (uint32_t)i};
    }
    return out->items;
}

/* Pairs of one name lie side by side in `sorted`. Each is linked to the next: its `value` is that one's
 * index plus 1, or 0. counts: for the first of a name how many there are, for the others 0. */
static void link_runs(rob_json_member **sorted, const rob_json_members *all, uint32_t *counts)
{
    for (uint32_t i = 0, end; i < all->count; i = end) {
        for (end = i + 1; end < all->count && rob_str_eq(sorted[i]->key, sorted[end]->key); end++) {
            sorted[end - 1]->value = (uint32_t)(sorted[end] - all->items) + 1;
        }
        counts[sorted[i] - all->items] = end - i;
    }
}

/* One value, or an array of all. Of cookies, which are a dict to FastAPI, the last. */
static void write_values(rob_writer *w, const rob_param_source *source, const rob_json_members *all, uint32_t first,
                         uint32_t count)
{
    bool list = count > 1 && source->from != ROB_FROM_COOKIE;
    uint32_t at = first;
    while (!list && all->items[at].value) at = all->items[at].value - 1;
    if (list) ROB_WRITE(w, "[");
    for (uint32_t next; ; at = next - 1) {
        write_text(w, source, &source->pairs.items[all->items[at].name]);
        next = all->items[at].value;
        if (!next) break;
        ROB_WRITE(w, ",");
    }
    if (list) ROB_WRITE(w, "]");
}

static void write_undeclared(rob_writer *w, const rob_param_source *source, const rob_model *model, bool first)
{
    rob_json_members all;
    rob_json_member **sorted = NULL;
    uint32_t *counts = NULL;
    if (collect(source, model, w->arena, &all)) {
        sorted = rob_arena_alloc(w->arena, 2 * all.count * sizeof *sorted);
        counts = rob_arena_alloc(w->arena, all.count * sizeof *counts);
    }
    if (!sorted || !counts) {
        rob_writer_fail(w, ROB_NO_MEMORY, (rob_str){0}, "out of memory");
        return;
    }
    for (uint32_t i = 0; i < all.count; i++) sorted[i] = &all.items[i];
    link_runs(rob_json_sort_members(sorted, all.count), &all, counts);
    for (uint32_t i = 0; i < all.count && w->status == ROB_OK; i++) {
        if (!counts[i]) continue;
        write_name(w, all.items[i].key, first);
        write_values(w, source, &all, i, counts[i]);
        first = false;
    }
}

size_t rob_spread_model(rob_writer *w, const rob_param_source *source, const rob_model *model)
{
    size_t count = 0;
    ROB_WRITE(w, "{");
    for (uint32_t i = 0; i < model->field_count; i++) {
        const rob_field *field = &model->fields[i];
        if (!(field->flags & ROB_FIELD_READONLY)) count += write_field(w, source, field, count == 0);
    }
    write_undeclared(w, source, model, count == 0);
    ROB_WRITE(w, "}");
    return count;
}
