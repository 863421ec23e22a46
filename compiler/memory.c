#include "memory.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void out_of_memory(void)
{
    fputs("robync: out of memory\n", stderr);
    exit(2);
}

void *arena_need(rob_arena *arena, size_t size)
{
    void *block = rob_arena_alloc(arena, size);
    if (!block) out_of_memory();
    return block;
}

rob_str arena_text(rob_arena *arena, rob_str text)
{
    rob_str copy = rob_arena_copy(arena, text);
    if (!copy.ptr) out_of_memory();
    return copy;
}

rob_str arena_format_list(rob_arena *arena, const char *format, va_list args)
{
    rob_str text = rob_arena_format_list(arena, format, args);
    if (!text.ptr) out_of_memory();
    return text;
}

rob_str arena_format(rob_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    rob_str text = arena_format_list(arena, format, args);
    va_end(args);
    return text;
}

void *arena_room(rob_arena *arena, void *items, uint32_t *cap, uint32_t need, size_t size)
{
    if (need <= *cap) return items;
    uint32_t more = *cap ? *cap * 2 : 16;
    if (more < need) more = need;
    void *grown = rob_arena_grow(arena, items, *cap * size, more * size);
    if (!grown) out_of_memory();
    *cap = more;
    return grown;
}
