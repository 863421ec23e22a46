/* layout.h: where the C compiler will put the members of the structs that we emit.
 *
 * The System V ABIs of x86-64 and aarch64 agree on everything used here: members in order, each at the
 * next multiple of its alignment, the whole rounded up to its largest alignment. Emitted code asserts
 * the results (_Static_assert), so a difference would be a build error, never a wrong answer.
 *
 * How a type becomes C:
 *   model     its fields in order, each followed by its has_ member (bool, or rob_has for three states);
 *             a field that breaks a cycle is a pointer; then rob_extra_list with @extra(allow). Without
 *             members: one char, as C has no empty structs.
 *   list      { T *items; size_t count; }
 *   dict      { item *items; size_t count; }, item = { rob_str key; T value; }
 *   nullable  { T value; bool has_value; }
 *   union     { enum tag; union { arms } } */
#ifndef ROBYNC_LAYOUT_H
#define ROBYNC_LAYOUT_H

#include "ir.h"

/* A struct being laid out; zero-initialised is empty. In bytes. */
typedef struct layout {
    uint32_t size, align;
} layout;

/* The offset of a new member. */
uint32_t layout_member(layout *l, uint32_t size, uint32_t align);

/* One field with its has_ member: sets both offsets in its table. Its type must be laid out, unless the
 * field is ROB_FIELD_INDIRECT. */
void layout_field(layout *l, ir_field *field);

/* Round up; an empty struct becomes one char. */
void layout_end(layout *l);

/* Each needs the types that it holds by value to be laid out; list and dict items may follow later, with
 * layout_items. */
void layout_container(ir_type *type);  /* LIST, DICT: the outer struct */
void layout_items(ir_type *type);      /* LIST, DICT: item_size, value_offset */
void layout_nullable(ir_type *type);
void layout_union(ir_union *u);
void layout_model(ir_model *m);

#endif
