#include <errno.h>
#include <stdio.h>

#include "command/command.h"
#include "emit/emit.h"
#include "native/objects.h"
#include "terminal.h"

static int write_document(rob_str document, const char *path)
{
    if (path && strcmp(path, "-") != 0) {
        if (file_write(path, document)) return EXIT_FINE;
        terminal_error("cannot write %s: %s", path, strerror(errno));
        return EXIT_UNUSABLE;
    }
    bool ok = fwrite(document.ptr, 1, document.len, stdout) == document.len && fflush(stdout) == 0;
    return ok ? EXIT_FINE : EXIT_UNUSABLE;
}

static int run(int argc, char **argv)
{
    const char *output = NULL, *path = ".";
    const flag flags[] = {
        {"output", 'o', "PATH", "write it there instead of to stdout", NULL, &output},
        {0},
    };
    int count = 0;
    flags_result parsed = flags_parse(&command_openapi, flags, argc, argv, &path, 1, &count, NULL);
    if (parsed != FLAGS_OK) return parsed == FLAGS_HELP ? EXIT_FINE : EXIT_UNUSABLE;
    driver d;
    int code = driver_load(&d, path);
    if (code == EXIT_FINE) code = write_document(emit_openapi(d.api, &d.arena, true), output);
    driver_free(&d);
    return code;
}

const command command_openapi = {
    .name = "openapi",
    .usage = "[FILE] [options]",
    .summary = "Print the OpenAPI 3.1 document of a spec",
    .about = "The same document that the server answers at /openapi.json, indented.\n",
    .run = run,
};
