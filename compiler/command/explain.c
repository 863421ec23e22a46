#include "explain.h"

#include <stdio.h>

#include "base/utf8.h"
#include "command/command.h"
#include "terminal.h"

/* An example of broken text shows its bytes as \xE9, so that the terminal gets UTF-8. */
static void print_line(rob_str line)
{
    while (line.len) {
        size_t good = rob_utf8_valid_len(line);
        fwrite(line.ptr, 1, good, stdout);
        if (good < line.len) printf("\\x%02X", (unsigned char)line.ptr[good++]);
        line = (rob_str){line.ptr + good, line.len - good};
    }
    putchar('\n');
}

static void print_example(const char *title, const char *spec)
{
    printf("\n%s\n\n", title);
    for (const char *at = spec; at && *at;) {
        size_t len = strcspn(at, "\n");
        fputs("    ", stdout);
        print_line((rob_str){at, len});
        at += len + (at[len] == '\n');
    }
}

static void print_one(const explanation *e)
{
    printf("%s: %s\n\n%s\n", e->code, e->title, e->text);
    print_example("Wrong:", e->wrong);
    print_example("Right:", e->right);
}

static void print_all(void)
{
    for (const explanation *const *table = explain_tables; *table; table++) {
        for (const explanation *e = *table; e->code; e++) printf("%s  %s\n", e->code, e->title);
    }
}

static int run(int argc, char **argv)
{
    const char *code = NULL;
    const flag flags[] = {{0}};
    int count = 0;
    flags_result parsed = flags_parse(&command_explain, flags, argc, argv, &code, 1, &count, NULL);
    if (parsed != FLAGS_OK) return parsed == FLAGS_HELP ? EXIT_FINE : EXIT_UNUSABLE;
    if (!code) {
        print_all();
        return EXIT_FINE;
    }
    const explanation *found = explain_find(code);
    if (!found) {
        terminal_error("no such code: `%s`; `robync explain` lists them all", code);
        return EXIT_UNUSABLE;
    }
    print_one(found);
    return EXIT_FINE;
}

const command command_explain = {
    .name = "explain",
    .usage = "[CODE]",
    .summary = "Explain a diagnostic at length, with a wrong and a right example",
    .about = "CODE is what stands in brackets after `error`: RB0204. Without one, all are listed.\n",
    .run = run,
};
