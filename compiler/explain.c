#include "explain.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

const explanation *const explain_tables[] = {explain_syntax, explain_check, explain_routes, NULL};

const explanation *explain_find(const char *code)
{
    if (strncasecmp(code, "RB", 2) == 0) code += 2;
    char *end;
    unsigned long number = strtoul(code, &end, 10);
    if (end == code || *end || code[0] == '-') return NULL;
    for (const explanation *const *table = explain_tables; *table; table++) {
        for (const explanation *e = *table; e->code; e++) {
            if (strtoul(e->code + 2, NULL, 10) == number) return e;
        }
    }
    return NULL;
}
