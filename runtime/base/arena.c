#include "arena.h"

#include <stdio.h>
#include <stdlib.h>

struct rob_arena_chunk {
    rob_arena_chunk *older;
    size_t size;
    _Alignas(16) char bytes[];
};

enum { FIRST_CHUNK = 4096 - sizeof(rob_arena_chunk), ALIGNMENT = 16, LARGEST_STEP = 1 << 20 };

void rob_arena_init(rob_arena *arena, size_t cap)
{
    *arena = (rob_arena){.cap = cap};
}

static bool add_chunk(rob_arena *arena, size_t least)
{
    size_t size = FIRST_CHUNK;
    if (arena->chunks) size = arena->chunks->size < LARGEST_STEP ? arena->chunks->size * 2 : LARGEST_STEP;
    if (size < least) size = least;
    if (arena->cap) {
        size_t left = arena->cap > arena->used ? arena->cap - arena->used : 0;
        if (least > left) return false;
        if (size > left) size = left;
    }
    rob_arena_chunk *chunk = malloc(sizeof *chunk + size);
    if (!chunk) return false;
    chunk->older = arena->chunks;
    chunk->size = size;
    arena->chunks = chunk;
    arena->used += size;
    arena->at = chunk->bytes;
    arena->end = chunk->bytes + size;
    return true;
}

static void *take(rob_arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT) return NULL;
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if ((size_t)(arena->end - arena->at) < rounded || !arena->at) {
        if (!add_chunk(arena, rounded)) return NULL;
    }
    void *block = arena->at;
    arena->at += rounded;
    return block;
}

void *rob_arena_alloc(rob_arena *arena, size_t size)
{
    void *block = take(arena, size);
    return block ? memset(block, 0, size) : NULL;
}

void *rob_arena_grow(rob_arena *arena, void *old, size_t old_size, size_t new_size)
{
    size_t old_rounded = (old_size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (old && (char *)old + old_rounded == arena->at && new_size <= (size_t)(arena->end - (char *)old)) {
        size_t rounded = (new_size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
        if (rounded <= (size_t)(arena->end - (char *)old)) {
            arena->at = (char *)old + rounded;
            return old;
        }
    }
    void *block = take(arena, new_size);
    if (block && old) memcpy(block, old, old_size < new_size ? old_size : new_size);
    return block;
}

rob_str rob_arena_copy(rob_arena *arena, rob_str text)
{
    char *copy = take(arena, text.len + 1);
    if (!copy) return (rob_str){0};
    if (text.len) memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (rob_str){copy, text.len};
}

rob_str rob_arena_format_list(rob_arena *arena, const char *format, va_list args)
{
    char first[256]; /* most texts are short: format once, then copy */
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(first, sizeof first, format, args);
    char *text = len < 0 ? NULL : take(arena, (size_t)len + 1);
    if (text && (size_t)len < sizeof first) memcpy(text, first, (size_t)len + 1);
    else if (text) vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text ? (rob_str){text, (size_t)len} : (rob_str){0};
}

rob_str rob_arena_format(rob_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    rob_str text = rob_arena_format_list(arena, format, args);
    va_end(args);
    return text;
}

void rob_arena_rewind(rob_arena *arena, rob_arena_mark mark)
{
    while (arena->chunks != mark.chunk) {
        rob_arena_chunk *chunk = arena->chunks;
        arena->chunks = chunk->older;
        arena->used -= chunk->size;
        free(chunk);
    }
    arena->at = mark.at;
    arena->end = mark.chunk ? mark.chunk->bytes + mark.chunk->size : NULL;
}

void rob_arena_reset(rob_arena *arena)
{
    rob_arena_chunk *chunk = arena->chunks;
    if (!chunk) return;
    while (chunk->older) {
        rob_arena_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
    arena->chunks = chunk;
    arena->used = chunk->size;
    arena->at = chunk->bytes;
    arena->end = chunk->bytes + chunk->size;
}

void rob_arena_free(rob_arena *arena)
{
    rob_arena_reset(arena);
    free(arena->chunks);
    rob_arena_init(arena, arena->cap);
}
