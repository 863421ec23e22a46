/* main.c: the front door. Finds the command, hands over, exits with its code. */
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "terminal.h"

#ifndef ROBYNC_VERSION
#define ROBYNC_VERSION "0.1.0"
#endif

const command *const all_commands[] = {
    &command_new,     &command_check,  &command_build, &command_run,     &command_dev,     &command_bench,
    &command_openapi, &command_routes, &command_stub,  &command_explain, NULL,
};

static void print_help(FILE *stream)
{
    fputs("Compile a typed HTTP API to a native server.\n\nUsage: robync COMMAND [FILE] [options]\n\nCommands:\n", stream);
    for (const command *const *c = all_commands; *c; c++) fprintf(stream, "  %-10s %s\n", (*c)->name, (*c)->summary);
    fputs("\n`robync COMMAND --help` says more of each. FILE is a spec or its folder (default: this folder).\n"
          "Exit codes: 0 done, 1 mistakes in the spec or its handlers, 2 something else is in the way.\n",
          stream);
}

static const command *find_command(const char *name)
{
    for (const command *const *c = all_commands; *c; c++) {
        if (strcmp((*c)->name, name) == 0) return *c;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : NULL;
    if (!word) {
        print_help(stderr);
        return EXIT_UNUSABLE;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        print_help(stdout);
        return EXIT_FINE;
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        puts("robync " ROBYNC_VERSION);
        return EXIT_FINE;
    }
    const command *found = find_command(word);
    if (found) return found->run(argc - 1, argv + 1);
    terminal_error("unknown command `%s`; `robync --help` lists them", word);
    return EXIT_UNUSABLE;
}
