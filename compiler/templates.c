/* templates.c: find an embedded template by name. */
#include "templates.h"

#include <string.h>

const embedded_template *template_find(const char *name)
{
    size_t low = 0, high = embedded_template_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name, embedded_templates[middle].name);
        if (order == 0) return &embedded_templates[middle];
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}
