/* command.h: what each command offers: its flags as a table, from which --help is made. */
#ifndef ROBYNC_COMMAND_H
#define ROBYNC_COMMAND_H

#include "driver.h"

/* One flag. Exactly one of on and text is set. */
typedef struct flag {
    const char *name; /* "output" */
    char letter;      /* 'o'; 0: none */
    const char *value; /* "PATH"; NULL: a switch */
    const char *help;
    bool *on;
    const char **text;
} flag;

typedef struct command {
    const char *name;
    const char *usage;   /* after the name: "[FILE] [-- ARGS…]" */
    const char *summary; /* one line, for `robync --help` */
    const char *about;   /* the rest of `robync NAME --help` */
    int (*run)(int argc, char **argv); /* argv[0] is the command's name; gives the exit code */
} command;

extern const command command_bench, command_build, command_check, command_dev, command_explain, command_new,
    command_openapi, command_routes, command_run, command_stub;

extern const command *const all_commands[]; /* NULL at its end */

typedef enum flags_result { FLAGS_OK, FLAGS_HELP, FLAGS_BAD } flags_result;

/* Parse argv against flags (ends with a NULL name). Positional arguments are moved to words[0..*count),
 * at most `most`; what follows `--` is left in *rest (may be NULL: `--` is then an error). Help and
 * errors are printed; the caller returns EXIT_FINE after FLAGS_HELP, EXIT_UNUSABLE after FLAGS_BAD. */
flags_result flags_parse(const command *cmd, const flag *flags, int argc, char **argv,
                         const char **words, int most, int *count, char ***rest);

/* Flags that every command takes: --color WHEN, -q/--quiet, -h/--help; applied by flags_parse. */

#endif
