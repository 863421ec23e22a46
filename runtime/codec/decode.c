#include "decode.h"

#include "encode_json.h"
#include "json_error.h"

bool rob_decode_abort(rob_decoder *d, rob_status status)
{
    if (d->status == ROB_OK) d->status = status;
    return false;
}

bool rob_decode_fail(rob_decoder *d, uint32_t node, const rob_loc *loc, const rob_scalar_error *what)
{
    if (rob_decode_stopped(d)) return false;
    rob_writer w = {.arena = d->arena};
    rob_error_open(&w, loc, what);
    rob_write_json(&w, d->doc, node, ROB_JSON_AS_INPUT);
    rob_error_close(&w, what);
    /* Members of one name make the input shorter than the text that had to be read for it. */
    size_t cost = d->doc->nodes[node].len;
    bool added = w.status == ROB_OK && rob_errors_append(d->errors, d->arena, (rob_str){w.ptr, w.len}, cost);
    return added ? false : rob_decode_abort(d, ROB_NO_MEMORY);
}

bool rob_decode_duplicate(rob_decoder *d, uint32_t name)
{
    d->stop = (rob_json_stop){d->doc->nodes[name].at - 1, "Duplicate key"};
    return rob_decode_abort(d, ROB_BAD_SYNTAX);
}

static bool decode_nullable(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out)
{
    if (d->doc->nodes[node].kind == ROB_JSON_NULL) return true;
    *(bool *)((char *)out + type->nullable.has_offset) = true;
    return rob_decode_value(d, type->nullable.inner, node, loc, out);
}

bool rob_decode_value(rob_decoder *d, const rob_type *type, uint32_t node, const rob_loc *loc, void *out)
{
    switch ((rob_kind)type->kind) {
    case ROB_KIND_INT: case ROB_KIND_FLOAT: case ROB_KIND_BOOL: case ROB_KIND_STR: case ROB_KIND_BYTES:
    case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE: case ROB_KIND_TIME: case ROB_KIND_DURATION:
    case ROB_KIND_DECIMAL: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
        return rob_decode_scalar(d, type, node, loc, out);
    case ROB_KIND_JSON:
        ((rob_json *)out)->text = rob_json_raw(d->doc, &d->doc->nodes[node]);
        return true;
    case ROB_KIND_LIST: return rob_decode_list(d, type, node, loc, out);
    case ROB_KIND_DICT: return rob_decode_dict(d, type, node, loc, out);
    case ROB_KIND_ENUM: return rob_decode_enum(d, type, node, loc, out);
    case ROB_KIND_MODEL: return rob_decode_model(d, type, node, loc, (rob_str){0}, out);
    case ROB_KIND_TAGGED: return rob_decode_tagged(d, type, node, loc, out);
    case ROB_KIND_UNION: return rob_decode_union(d, type, node, loc, out);
    case ROB_KIND_NULLABLE: return decode_nullable(d, type, node, loc, out);
    }
    return rob_decode_abort(d, ROB_FAILED);
}

rob_status rob_decode_finish(rob_decoder *d, rob_str text, bool fits)
{
    if (d->status == ROB_BAD_SYNTAX) return rob_json_refuse(d->arena, text, d->stop, d->errors);
    if (d->status != ROB_OK) return d->status;
    return fits && d->errors->count == 0 ? ROB_OK : ROB_INVALID;
}

rob_status rob_decode_text(rob_arena *arena, const rob_type *type, rob_str json, void *out, rob_errors *errors)
{
    rob_json_doc doc;
    rob_json_stop stop = {0};
    rob_status status = rob_json_read(arena, json, &doc, &stop);
    if (status != ROB_OK) return rob_json_explain(arena, json, status, stop, errors);
    rob_decoder d = {.doc = &doc, .arena = arena, .errors = errors};
    bool fits = rob_decode_value(&d, type, 0, NULL, out);
    return rob_decode_finish(&d, json, fits);
}
