/* template.h: fill the files of templates/ (their language is described in templates/README.md).
 *
 * A template is cut once into parts, a part into lines and holes. An emitter fills parts into texts,
 * and texts into the holes of other parts. A part or hole that does not exist is a mistake in the
 * compiler, found by the first test that emits anything: these functions then abort. */
#ifndef ROBYNC_TEMPLATE_H
#define ROBYNC_TEMPLATE_H

#include "text.h"

/* What to put into @{name}. */
typedef struct hole {
    const char *name;
    rob_str value;
} hole;

/* Text up to a hole. */
typedef struct template_piece {
    rob_str before;
    rob_str hole; /* empty: the part ends here */
    bool alone;   /* the hole is the rest of a line that begins with nothing but `lead` */
    rob_str lead; /* blanks and comment stars; goes before each line of the value */
} template_piece;

typedef struct template_part {
    rob_str name;
    template_piece *pieces;
    uint32_t count, cap;
} template_part;

typedef struct template {
    rob_arena *arena;
    template_part *parts;
    uint32_t count, cap;
} template;

/* Cut the embedded template of that file name. */
template template_open(rob_arena *arena, const char *name);

/* Cut a text. */
template template_parse(rob_arena *arena, rob_str source);

/* Append a part with its holes filled. Each hole of the part needs an entry. */
void template_fill(const template *t, const char *part, text *out, const hole *holes, size_t count);

#define FILL(t, part, out, ...)                                             \
    template_fill((t), (part), (out), (const hole[]){__VA_ARGS__},          \
                  sizeof((const hole[]){__VA_ARGS__}) / sizeof(hole))

/* A whole file: never two blank lines in a row, none at the ends or behind an opening brace, no blanks at the end of a line. */
rob_str template_tidy(rob_arena *arena, rob_str file);

#endif
