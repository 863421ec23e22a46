/* templates_test.c: what the build embeds is what templates/ holds. */
#include "templates.h"

#include <stdio.h>
#include <string.h>

static int failures;

static void fail(const char *name, const char *what)
{
    printf("%s: %s\n", name, what);
    failures++;
}

static void is_byte_for_byte_the_file(const embedded_template *t)
{
    char path[4096], buffer[65536];
    snprintf(path, sizeof path, "%s/%s", TEMPLATES, t->name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail(t->name, "no such file");
        return;
    }
    size_t len = fread(buffer, 1, sizeof buffer, file);
    fclose(file);
    if (len != t->len || memcmp(buffer, t->text, len) != 0) fail(t->name, "differs from the file");
    if (strlen(t->text) != t->len) fail(t->name, "is not NUL-terminated at its length");
}

int main(void)
{
    for (size_t i = 0; i < embedded_template_count; i++) {
        const embedded_template *t = &embedded_templates[i];
        is_byte_for_byte_the_file(t);
        if (template_find(t->name) != t) fail(t->name, "is not found by its name");
    }
    if (template_find("no-such-template")) fail("no-such-template", "was found");
    if (template_find("")) fail("the empty name", "was found");
    return failures != 0;
}
