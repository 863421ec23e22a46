/* arena.h: memory that is freed all at once.
 *
 * Zeroed allocations, aligned to 16 bytes, from chunks that double in size, up to a cap. One owner, one
 * thread at a time. */
#ifndef ROB_BASE_ARENA_H
#define ROB_BASE_ARENA_H

#include <stdarg.h>

#include <robync/types.h>

typedef struct rob_arena_chunk rob_arena_chunk;

typedef struct rob_arena {
    rob_arena_chunk *chunks; /* newest first; the oldest stays over a reset */
    char *at, *end;          /* free bytes of the newest chunk */
    size_t used;             /* bytes of all chunks */
    size_t cap;              /* most bytes in chunks; 0: no cap */
} rob_arena;

/* No memory is taken until the first allocation. */
void rob_arena_init(rob_arena *arena, size_t cap);

/* NULL when the cap is reached or malloc fails. size 0 gives a valid pointer. */
void *rob_arena_alloc(rob_arena *arena, size_t size);

/* Grow the newest allocation in place when possible, else move it. old may be NULL. The new bytes are
 * not zeroed. NULL: the old block is still valid. */
void *rob_arena_grow(rob_arena *arena, void *old, size_t old_size, size_t new_size);

/* A NUL-terminated copy. ptr NULL when memory is out. */
rob_str rob_arena_copy(rob_arena *arena, rob_str text);

/* printf; ptr NULL when memory is out. NUL-terminated. */
rob_str rob_arena_format(rob_arena *arena, const char *format, ...) ROB_PRINTF(2, 3);
rob_str rob_arena_format_list(rob_arena *arena, const char *format, va_list args);

/* Forget all allocations; keep the first chunk for the next use. */
void rob_arena_reset(rob_arena *arena);

/* Where an arena stands. Going back forgets what was allocated since, and gives back its chunks. */
typedef struct rob_arena_mark {
    rob_arena_chunk *chunk; /* the newest */
    char *at;
} rob_arena_mark;

static inline rob_arena_mark rob_arena_here(const rob_arena *arena)
{
    return (rob_arena_mark){arena->chunks, arena->at};
}

void rob_arena_rewind(rob_arena *arena, rob_arena_mark mark);

/* Give everything back. The arena can be used again. */
void rob_arena_free(rob_arena *arena);

#define rob_arena_new(arena, type) ((type *)rob_arena_alloc((arena), sizeof(type)))

#endif
