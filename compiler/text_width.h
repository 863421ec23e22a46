/* text_width.h: how source text looks on a terminal, so that a caret stands under its character. */
#ifndef ROBYNC_TEXT_WIDTH_H
#define ROBYNC_TEXT_WIDTH_H

#include <robync/types.h>

/* One character as it can be shown. */
typedef struct glyph {
    uint32_t bytes;   /* of the text, at least 1 */
    uint32_t columns; /* 0 for combining marks, 2 for wide characters */
    bool printable;   /* false: a control character or a byte that is not UTF-8; show U+FFFD */
} glyph;

/* The character at the start of a text that is not empty. A tab counts as a control character here. */
glyph glyph_at(rob_str text);

#endif
