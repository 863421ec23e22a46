/* templates.h: the files of templates/, linked into the compiler.
 *
 * A template is found by its file name below templates/. The build turns the folder into
 * templates.c; texts are static, hold no NUL, and end as the file does. */
#ifndef ROBYNC_TEMPLATES_H
#define ROBYNC_TEMPLATES_H

#include <stddef.h>

typedef struct embedded_template {
    const char *name; /* "types.h.in" */
    const char *text; /* NUL-terminated */
    size_t len;       /* bytes of text */
} embedded_template;

/* Sorted by name, in byte order. */
extern const embedded_template embedded_templates[];
extern const size_t embedded_template_count;

/* The template of that file name; NULL when there is none, which is a mistake in the compiler. */
const embedded_template *template_find(const char *name);

#endif
