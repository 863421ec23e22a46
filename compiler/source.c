#include "source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "memory.h"

span span_join(span a, span b)
{
    return (span){a.file, a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
}

static void index_lines(rob_arena *arena, source *src)
{
    const char *start = src->text.ptr, *end = start + src->text.len;
    uint32_t *lines = NULL, cap = 0, count = 0;
    for (const char *line = start; line; count++) {
        lines = arena_room(arena, lines, &cap, count + 1, sizeof *lines);
        lines[count] = (uint32_t)(line - start);
        line = memchr(line, '\n', (size_t)(end - line));
        if (line) line++;
    }
    src->lines = lines;
    src->line_count = count;
}

/* `text` is NUL-terminated and stays. A byte order mark says nothing about UTF-8 and is left out. */
static source *take(sources *all, rob_str path, rob_str text)
{
    if (text.len >= 3 && memcmp(text.ptr, "\xef\xbb\xbf", 3) == 0) {
        text.ptr += 3;
        text.len -= 3;
    }
    source *src = arena_new(all->arena, source);
    *src = (source){.path = arena_text(all->arena, path), .text = text, .index = all->count};
    index_lines(all->arena, src);
    all->items = arena_room(all->arena, all->items, &all->cap, all->count + 1, sizeof *all->items);
    all->items[all->count++] = src;
    return src;
}

source *source_add(sources *all, rob_str path, rob_str text)
{
    if (text.len > SOURCE_MOST_BYTES) text.len = SOURCE_MOST_BYTES;
    return take(all, path, arena_text(all->arena, text));
}

static const char *too_large = "it is larger than 16 MiB";

/* Reads in steps, since a pipe (`robync check /dev/stdin`) has no size to ask for. */
static const char *read_all(rob_arena *arena, FILE *in, rob_str *out)
{
    size_t cap = 64 << 10, len = 0;
    char *text = arena_need(arena, cap);
    for (;;) {
        len += fread(text + len, 1, cap - 1 - len, in);
        if (ferror(in)) return strerror(errno);
        if (len > SOURCE_MOST_BYTES) return too_large;
        if (len < cap - 1) break;
        char *grown = arena_need(arena, cap * 4);
        memcpy(grown, text, len);
        text = grown;
        cap *= 4;
    }
    text[len] = '\0';
    *out = (rob_str){text, len};
    return NULL;
}

static const char *open_text(const char *path, FILE **in)
{
    struct stat info;
    if (stat(path, &info) != 0) return strerror(errno);
    if (S_ISDIR(info.st_mode)) return "it is a directory";
    if (info.st_size > SOURCE_MOST_BYTES) return too_large;
    *in = fopen(path, "rb");
    return *in ? NULL : strerror(errno);
}

source *source_read(sources *all, rob_str path, const char **why)
{
    *why = NULL;
    if (all->count >= SOURCE_MOST_FILES) {
        *why = "more than 1024 files are imported";
        return NULL;
    }
    if (path.len == 0 || memchr(path.ptr, '\0', path.len)) {
        *why = "that is not a file name";
        return NULL;
    }
    FILE *in = NULL;
    *why = open_text(arena_text(all->arena, path).ptr, &in);
    if (*why) return NULL;
    rob_str text;
    *why = read_all(all->arena, in, &text);
    fclose(in);
    return *why ? NULL : take(all, path, text);
}

/* Index of the line that holds the offset. */
static uint32_t find_line(const source *src, uint32_t offset)
{
    uint32_t low = 0, high = src->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (src->lines[middle] <= offset) low = middle;
        else high = middle;
    }
    return low;
}

void source_position(const source *src, uint32_t offset, uint32_t *line, uint32_t *column)
{
    if (offset > src->text.len) offset = (uint32_t)src->text.len;
    uint32_t index = find_line(src, offset);
    uint32_t points = 0;
    for (uint32_t i = src->lines[index]; i < offset; i++) {
        points += ((unsigned char)src->text.ptr[i] & 0xC0) != 0x80; /* not a continuation byte */
    }
    *line = index + 1;
    *column = points + 1;
}

rob_str source_slice(const sources *all, span at)
{
    const source *src = all->items[at.file];
    return (rob_str){src->text.ptr + at.start, at.end - at.start};
}
