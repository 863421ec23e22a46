#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"

void output_init(output *out, rob_arena *arena)
{
    *out = (output){.arena = arena};
}

void output_add(output *out, rob_str path, rob_str text)
{
    output_file *file = arena_new(out->arena, output_file);
    *file = (output_file){.path = path, .text = text};
    if (out->last) out->last->next = file;
    else out->first = file;
    out->last = file;
}

/* ------------------------------------------------------------------ one file */

static bool fail(rob_arena *arena, const char *what, const char *path, rob_str *why)
{
    *why = arena_format(arena, "cannot %s %s: %s", what, path, strerror(errno));
    return false;
}

/* Reads no further than the first byte that differs. */
static bool same_content(const char *path, rob_str text)
{
    char bytes[16384];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size == text.len;
    for (size_t at = 0; same && at < text.len;) {
        ssize_t got = read(fd, bytes, sizeof bytes);
        same = got > 0 && at + (size_t)got <= text.len && memcmp(bytes, text.ptr + at, (size_t)got) == 0;
        if (same) at += (size_t)got;
    }
    close(fd);
    return same;
}

static bool write_all(int fd, rob_str text)
{
    while (text.len) {
        ssize_t wrote = write(fd, text.ptr, text.len);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return false;
        text = (rob_str){text.ptr + wrote, text.len - (size_t)wrote};
    }
    return true;
}

static bool write_temporary(const char *path, rob_str text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return false;
    bool ok = write_all(fd, text);
    int kept = errno;
    if (close(fd) != 0 && ok) return false;
    errno = kept;
    return ok;
}

/* ------------------------------------------------------------------ folders */

/* All folders above path that are not there. */
static bool make_folders(rob_arena *arena, const char *path)
{
    char *part = (char *)arena_text(arena, rob_str_of(path)).ptr;
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(part, 0777) != 0 && errno != EEXIST) return false;
        *slash = '/';
    }
    return true;
}

/* ------------------------------------------------------------------ all files */

/* A file that is about to take its place. */
typedef struct change {
    const char *temporary, *path;
} change;

static void drop(const change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) unlink(changes[i].temporary);
}

/* Write what has changed beside its place, so that a full disk leaves the old files whole. */
static bool prepare(const output *out, rob_str folder, change *changes, size_t *count, rob_str *why)
{
    for (const output_file *file = out->first; file; file = file->next) {
        const char *path = arena_format(out->arena, "%.*s/%.*s", ROB_STR_ARG(folder), ROB_STR_ARG(file->path)).ptr;
        if (same_content(path, file->text)) continue;
        change *next = &changes[*count];
        *next = (change){arena_format(out->arena, "%s.%ld.tmp", path, (long)getpid()).ptr, path};
        if (!make_folders(out->arena, path)) return fail(out->arena, "make the folder of", path, why);
        if (!write_temporary(next->temporary, file->text)) {
            fail(out->arena, "write", path, why);
            unlink(next->temporary);
            return false;
        }
        ++*count;
    }
    return true;
}

bool output_commit(const output *out, rob_str folder, size_t *written, rob_str *why)
{
    size_t files = 0, count = 0;
    for (const output_file *file = out->first; file; file = file->next) files++;
    change *changes = arena_need(out->arena, (files + 1) * sizeof *changes);
    *written = 0;
    if (!prepare(out, folder, changes, &count, why)) {
        drop(changes, count);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (rename(changes[i].temporary, changes[i].path) != 0) {
            fail(out->arena, "write", changes[i].path, why);
            drop(changes + i, count - i);
            return false;
        }
    }
    *written = count;
    return true;
}
