/* objects.h: one source file to one object file, when it has to be.
 *
 * An object is fresh when it was made by the same command and is younger than every file that the
 * compiler's own dependency list (-MD) names. Its time stamp is that of the compile's start, so that a
 * file saved during the compile makes it stale. */
#ifndef ROBYNC_OBJECTS_H
#define ROBYNC_OBJECTS_H

#include "native/job.h"

typedef struct object {
    rob_str source;   /* path */
    rob_str path;     /* path of the .o */
    words command;    /* without -o, -c, -MD and the source */
    bool is_cxx;
} object;

/* Bring all objects up to date. *compiled counts those that had to be made. What the compiler says is
 * passed on to stderr as it came. */
bool objects_make(object *objects, size_t count, rob_arena *arena, size_t *compiled);

/* Whether target is younger than every input; false when any is missing. */
bool file_is_fresh(const char *target, const char *const *inputs, size_t count);

/* The files an object was made from, of its dependency list. An empty list when it has none. */
words object_inputs(const object *o, rob_arena *arena);

/* Small files whole, in the arena. text.ptr NULL when it cannot be read. */
rob_str file_read(const char *path, rob_arena *arena);
bool file_write(const char *path, rob_str text); /* through a temporary file and rename */

#endif
