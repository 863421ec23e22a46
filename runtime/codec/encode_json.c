#include "encode_json.h"

#include "base/numbers.h"
#include "json_members.h"

static void write_number(rob_writer *w, const rob_json_node *node, rob_str text, rob_json_style style)
{
    double value;
    if (node->kind == ROB_JSON_INT) {
        if (rob_str_eq(text, ROB_STR("-0"))) text = ROB_STR("0");
    } else if (rob_float_from_json(text, &value) == ROB_NUMBER_OK) {
        char digits[ROB_FLOAT_TEXT];
        size_t len = style == ROB_JSON_AS_INPUT ? rob_print_float_repr(digits, value) : rob_print_float(digits, value);
        rob_write_raw(w, digits, len);
        return;
    }
    rob_write_raw(w, text.ptr, text.len);
}

static void write_text(rob_writer *w, const rob_json_doc *doc, const rob_json_node *node)
{
    rob_str text = rob_json_text(doc, node, w->arena);
    if (!text.ptr) rob_writer_fail(w, ROB_NO_MEMORY, (rob_str){0}, "out of memory");
    else rob_write_str(w, text);
}

static void write_array(rob_writer *w, const rob_json_doc *doc, uint32_t node, rob_json_style style)
{
    uint32_t item = node + 1;
    ROB_WRITE(w, "[");
    for (uint32_t i = 0; i < doc->nodes[node].count && w->status == ROB_OK; i++) {
        if (i) ROB_WRITE(w, ",");
        rob_write_json(w, doc, item, style);
        item = doc->nodes[item].next;
    }
    ROB_WRITE(w, "]");
}

static void write_all_members(rob_writer *w, const rob_json_doc *doc, uint32_t node)
{
    uint32_t name = node + 1;
    for (uint32_t i = 0; i < doc->nodes[node].count && w->status == ROB_OK; i++) {
        if (i) ROB_WRITE(w, ",");
        write_text(w, doc, &doc->nodes[name]);
        ROB_WRITE(w, ":");
        rob_write_json(w, doc, name + 1, ROB_JSON_AS_RESPONSE);
        name = doc->nodes[name + 1].next;
    }
}

static void write_dict_members(rob_writer *w, const rob_json_doc *doc, uint32_t node)
{
    rob_json_members members;
    if (!rob_json_list_members(doc, &doc->nodes[node], w->arena, &members)) {
        rob_writer_fail(w, ROB_NO_MEMORY, (rob_str){0}, "out of memory");
        return;
    }
    for (uint32_t i = 0; i < members.count && w->status == ROB_OK; i++) {
        if (i) ROB_WRITE(w, ",");
        rob_write_str(w, members.items[i].key);
        ROB_WRITE(w, ":");
        rob_write_json(w, doc, members.items[i].value, ROB_JSON_AS_INPUT);
    }
}

/* Recursion is as deep as the document, at most ROB_JSON_DEPTH. */
void rob_write_json(rob_writer *w, const rob_json_doc *doc, uint32_t node, rob_json_style style)
{
    const rob_json_node *n = &doc->nodes[node];
    switch ((rob_json_kind)n->kind) {
    case ROB_JSON_NULL: rob_write_null(w); return;
    case ROB_JSON_FALSE: rob_write_bool(w, false); return;
    case ROB_JSON_TRUE: rob_write_bool(w, true); return;
    case ROB_JSON_INT: case ROB_JSON_FLOAT: write_number(w, n, rob_json_raw(doc, n), style); return;
    case ROB_JSON_STR: write_text(w, doc, n); return;
    case ROB_JSON_ARRAY: write_array(w, doc, node, style); return;
    case ROB_JSON_OBJECT:
        ROB_WRITE(w, "{");
        if (style == ROB_JSON_AS_INPUT) write_dict_members(w, doc, node);
        else write_all_members(w, doc, node);
        ROB_WRITE(w, "}");
        return;
    }
}
