#include "json_error.h"

#include "base/utf8.h"
#include "scalars.h"

static bool has_byte_order_mark(rob_str text)
{
    return text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0;
}

rob_status rob_json_refuse(rob_arena *arena, rob_str text, rob_json_stop stop, rob_errors *errors)
{
    rob_scalar_error what = {.type = "json_invalid", .msg = ROB_STR("JSON decode error"), .ctx_key = "error",
                             .ctx_text = rob_str_of(stop.what)};
    rob_loc body = {.name = ROB_STR("body")};
    rob_loc offset = {.parent = &body, .index = rob_utf8_count((rob_str){text.ptr, stop.at})};
    *errors = (rob_errors){.syntax = true};
    return rob_errors_add(errors, arena, &offset, &what, ROB_STR("{}")) ? ROB_BAD_SYNTAX : ROB_NO_MEMORY;
}

rob_status rob_json_explain(rob_arena *arena, rob_str text, rob_status status, rob_json_stop stop,
                            rob_errors *errors)
{
    if (status != ROB_BAD_SYNTAX) return status;
    if (!rob_utf8_valid(text)) return ROB_UNREADABLE;
    if (has_byte_order_mark(text)) {
        stop = (rob_json_stop){0, "Unexpected UTF-8 BOM (decode using utf-8-sig)"};
        return rob_json_refuse(arena, text, stop, errors);
    }
    /* What CPython lets pass may lie before what it complains about. */
    rob_json_doc doc;
    rob_json_stop later;
    rob_status lax = rob_json_read_lax(arena, text, &doc, &later);
    if (lax == ROB_BAD_SYNTAX) stop = later;
    else if (lax != ROB_OK) return lax;
    return rob_json_refuse(arena, text, stop, errors);
}
