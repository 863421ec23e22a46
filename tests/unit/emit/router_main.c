/* router_main: ask an emitted router all of cases.txt. Compiled together with it by router_test.py. */
#include "store/tables.h"

#include <stdio.h>
#include <stdlib.h>

static bool same(rob_str captures, const rob_match *match)
{
    size_t at = 0;
    for (int i = 0; at < captures.len; i++) {
        rob_str got = match->captures[i];
        if (captures.len - at <= got.len || memcmp(captures.ptr + at, got.ptr, got.len) != 0) return false;
        at += got.len;
        if (captures.ptr[at++] != '|') return false;
    }
    return true;
}

/* "method\troute\tcaptures\tpath" */
static bool ask(char *line)
{
    const char *method = strtok(line, "\t");
    char *wanted = strtok(NULL, "\t"), *captures = wanted + strlen(wanted) + 1;
    char *tab = strchr(captures, '\t');
    rob_str path = rob_str_of(tab + 1);
    rob_match match;
    const rob_endpoint *found = store_route_request((rob_method)atoi(method), path, &match);
    const char *got = found ? found->name : "-";
    bool right = strcmp(got, wanted) == 0 && same((rob_str){captures, (size_t)(tab - captures)}, &match);
    bool allowed = store_allowed_methods(path) >> atoi(method) & 1;
    if (right && allowed == (found != NULL)) return true;
    fprintf(stderr, "method %s, path %s: route %s, wanted %s with %.*s\n", method, path.ptr, got, wanted,
            (int)(tab - captures), captures);
    return false;
}

int main(int argc, char **argv)
{
    static char line[4096];
    int failures = 0;
    FILE *cases = fopen(argc > 1 ? argv[1] : "cases.txt", "r");
    if (!cases) return 2;
    while (failures < 10 && fgets(line, sizeof line, cases)) {
        line[strcspn(line, "\n")] = 0;
        failures += !ask(line);
    }
    fclose(cases);
    return failures != 0;
}
