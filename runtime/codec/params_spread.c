#include "params_spread.h"

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

static bool came_before(const rob_param_source *source, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (rob_source_matches(source, &source->pairs.items[i], source->pairs.items[index].name)) return true;
    }
    return false;
}

static void write_lower_name(rob_writer *w, rob_str name, bool first)
{
    size_t from = w->len;
    write_name(w, name, first);
    for (size_t i = from; i < w->len; i++) {
        if (w->ptr[i] >= 'A' && w->ptr[i] <= 'Z') w->ptr[i] = (char)(w->ptr[i] + 32);
    }
}

static size_t count_of(const rob_param_source *source, rob_str name)
{
    size_t count = 0;
    for (size_t i = 0; i < source->pairs.count; i++) {
        count += rob_source_matches(source, &source->pairs.items[i], name);
    }
    return count;
}

/* Sources hold at most a thousand pairs, so that pairs may be compared with pairs. */
static void write_undeclared(rob_writer *w, const rob_param_source *source, const rob_model *model, bool first)
{
    bool cookies = source->from == ROB_FROM_COOKIE;
    for (size_t i = 0; i < source->pairs.count && w->status == ROB_OK; i++) {
        const rob_pair *pair = &source->pairs.items[i];
        if (is_field(source, pair, model) || came_before(source, i)) continue;
        if (source->from == ROB_FROM_HEADER) write_lower_name(w, pair->name, first);
        else write_name(w, pair->name, first);
        first = false;
        size_t count = count_of(source, pair->name);
        if (count > 1 && !cookies) rob_spread_list(w, source, pair->name);
        else write_text(w, source, cookies ? rob_source_find(source, pair->name) : pair);
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
