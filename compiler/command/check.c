#include <stdio.h>

#include "check.h"
#include "command/command.h"
#include "parse.h"
#include "terminal.h"

static int dump(const char *path, const char *what)
{
    driver d;
    int code = EXIT_UNUSABLE;
    if (strcmp(what, "ast") == 0) {
        code = driver_parse(&d, path);
        diag_print(&d.diag, DIAG_TEXT, stderr);
        if (code != EXIT_UNUSABLE) ast_dump(&d.program, stdout);
    } else if (strcmp(what, "ir") == 0) {
        code = driver_load(&d, path);
        if (code == EXIT_FINE) ir_dump(d.api, stdout);
    } else {
        terminal_error("--dump takes ast or ir, not `%s`", what);
        return EXIT_UNUSABLE;
    }
    driver_free(&d);
    return code;
}

static void say_result(const driver *d)
{
    uint32_t routes = d->api->route_count;
    size_t warnings = d->diag.warnings;
    const char *route_s = routes == 1 ? "" : "s";
    if (!warnings) terminal_progress("Checked", "%s: %u route%s, no mistakes", d->spec.ptr, routes, route_s);
    else terminal_progress("Checked", "%s: %u route%s, %zu warning%s", d->spec.ptr, routes, route_s, warnings, warnings == 1 ? "" : "s");
}

static int run(int argc, char **argv)
{
    bool json = false;
    const char *what = NULL, *path = ".";
    const flag flags[] = {
        {"json", 0, NULL, "print each message as one line of JSON on stdout", &json, NULL},
        {"dump", 0, "PHASE", "print the ast or the ir instead", NULL, &what},
        {0},
    };
    int count = 0;
    flags_result parsed = flags_parse(&command_check, flags, argc, argv, &path, 1, &count, NULL);
    if (parsed != FLAGS_OK) return parsed == FLAGS_HELP ? EXIT_FINE : EXIT_UNUSABLE;
    if (what) return dump(path, what);
    driver d;
    int code = json ? driver_check(&d, path) : driver_load(&d, path);
    if (json && code != EXIT_UNUSABLE) diag_print(&d.diag, DIAG_JSON, stdout);
    if (!json && code == EXIT_FINE) say_result(&d);
    driver_free(&d);
    return code;
}

const command command_check = {
    .name = "check",
    .usage = "[FILE] [options]",
    .summary = "Check a spec and print what is wrong with it",
    .about = "FILE is a spec, or a folder with one (default: this folder). Exit code 0: no errors; 1: errors;\n"
             "2: the spec cannot be read.\n",
    .run = run,
};
