/* memory.h: allocation for the compiler.
 *
 * A run's arena has no cap and the input has one (SOURCE_MOST_BYTES), so an allocation fails only when
 * the machine itself is out of memory. There is nothing to unwind then: these functions say so and end
 * the process with exit code 2, and no caller needs to ask. */
#ifndef ROBYNC_MEMORY_H
#define ROBYNC_MEMORY_H

#include <stdarg.h>

#include "base/arena.h"

/* For memory that is not the arena's. */
_Noreturn void out_of_memory(void);

/* Zeroed; never NULL. */
void *arena_need(rob_arena *arena, size_t size);

#define arena_new(arena, type) ((type *)arena_need((arena), sizeof(type)))

/* A NUL-terminated copy. */
rob_str arena_text(rob_arena *arena, rob_str text);

/* printf into the arena, NUL-terminated. */
rob_str arena_format(rob_arena *arena, const char *format, ...) ROB_PRINTF(2, 3);
rob_str arena_format_list(rob_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0), nonnull(2)));

/* Room for at least `need` items in an array that doubles: items, *cap and the result are in items of
 * `size` bytes. What lies beyond the old items is not zeroed. */
void *arena_room(rob_arena *arena, void *items, uint32_t *cap, uint32_t need, size_t size);

#endif
