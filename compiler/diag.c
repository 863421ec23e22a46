#include "diag.h"

#include <stdarg.h>

#include "memory.h"

void diag_init(diag *d, rob_arena *arena, const sources *all)
{
    *d = (diag){.arena = arena, .sources = all};
}

static diag_item *add(diag *d, diag_level level, span at, const char *code, rob_str message)
{
    diag_item *item = arena_new(d->arena, diag_item);
    *item = (diag_item){.level = level, .code = code, .at = at, .message = message};
    if (d->last) d->last->next = item;
    else d->first = item;
    d->last = item;
    return item;
}

diag_item *diag_error(diag *d, span at, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    rob_str message = arena_format_list(d->arena, format, args);
    va_end(args);
    d->errors++;
    return add(d, DIAG_ERROR, at, code, message);
}

diag_item *diag_warning(diag *d, span at, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    rob_str message = arena_format_list(d->arena, format, args);
    va_end(args);
    d->warnings++;
    return add(d, DIAG_WARNING, at, code, message);
}

void diag_hint(diag *d, diag_item *item, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    item->hint = arena_format_list(d->arena, format, args);
    va_end(args);
}

void diag_also(diag *d, diag_item *item, span at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_note *note = arena_new(d->arena, diag_note);
    *note = (diag_note){.at = at, .text = arena_format_list(d->arena, format, args)};
    va_end(args);
    diag_note **last = &item->notes;
    while (*last) last = &(*last)->next;
    *last = note;
}
