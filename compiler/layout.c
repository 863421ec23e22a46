#include "layout.h"

static uint32_t round_up(uint32_t offset, uint32_t align)
{
    return (offset + align - 1) / align * align;
}

uint32_t layout_member(layout *l, uint32_t size, uint32_t align)
{
    uint32_t offset = round_up(l->size, align);
    l->size = offset + size;
    if (align > l->align) l->align = align;
    return offset;
}

void layout_end(layout *l)
{
    if (!l->align) *l = (layout){1, 1};
    l->size = round_up(l->size, l->align);
}

void layout_field(layout *l, ir_field *field)
{
    if (field->table.flags & ROB_FIELD_INDIRECT)
        field->table.offset = layout_member(l, sizeof(void *), _Alignof(void *));
    else
        field->table.offset = layout_member(l, field->type->table.size, field->type->align);
    field->table.has_offset = field->c_has.len ? layout_member(l, sizeof(bool), _Alignof(bool)) : ROB_NO_OFFSET;
}

/* The shape of every list. */
typedef struct any_list {
    void *items;
    size_t count;
} any_list;

void layout_container(ir_type *type)
{
    type->table.size = sizeof(any_list);
    type->align = _Alignof(any_list);
}

void layout_items(ir_type *type)
{
    rob_type *t = &type->table;
    if (t->kind == ROB_KIND_LIST) {
        t->list.item_size = type->item->table.size;
        return;
    }
    layout item = {0};
    layout_member(&item, sizeof(rob_str), _Alignof(rob_str));
    t->list.value_offset = layout_member(&item, type->item->table.size, type->item->align);
    layout_end(&item);
    t->list.item_size = item.size;
}

void layout_nullable(ir_type *type)
{
    layout l = {0};
    layout_member(&l, type->item->table.size, type->item->align);
    type->table.nullable.has_offset = layout_member(&l, sizeof(bool), _Alignof(bool));
    layout_end(&l);
    type->table.size = l.size;
    type->align = l.align;
}

void layout_union(ir_union *u)
{
    layout value = {0};
    for (uint32_t i = 0; i < u->count; i++) {
        const ir_type *arm = u->arms[i].type;
        if (arm->table.size > value.size) value.size = arm->table.size;
        if (arm->align > value.align) value.align = arm->align;
    }
    layout_end(&value);
    layout whole = {0};
    layout_member(&whole, sizeof(int), _Alignof(int));
    u->table.value_offset = layout_member(&whole, value.size, value.align);
    layout_end(&whole);
    u->size = whole.size;
    u->align = whole.align;
}

void layout_model(ir_model *m)
{
    layout l = {0};
    for (uint32_t i = 0; i < m->field_count; i++) layout_field(&l, &m->fields[i]);
    if (m->table.extra == ROB_EXTRA_ALLOW)
        m->table.extra_offset = layout_member(&l, sizeof(rob_extra_list), _Alignof(rob_extra_list));
    layout_end(&l);
    m->size = l.size;
    m->align = l.align;
}
