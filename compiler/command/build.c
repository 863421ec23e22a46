#include "command/command.h"
#include "command/make.h"

static int run(int argc, char **argv)
{
    make_options options = {0};
    bool emit_only = false;
    const flag flags[] = {
        {"output", 'o', "PATH", "the server's path (default: build/<name> beside the spec)", NULL, &options.output},
        {"debug", 'g', NULL, "no optimisation, with debug information", &options.debug, NULL},
        {"shared", 0, NULL, "link libmicrohttpd as a shared library", &options.shared, NULL},
        {"python", 0, "PATH", "the interpreter for routes in Python (default: that of the environment)", NULL, &options.python},
        {"emit-only", 0, NULL, "write the C code and its CMakeLists.txt (to -o DIR) and stop", &emit_only, NULL},
        {0},
    };
    const char *path = ".";
    int count = 0;
    flags_result parsed = flags_parse(&command_build, flags, argc, argv, &path, 1, &count, NULL);
    if (parsed != FLAGS_OK) return parsed == FLAGS_HELP ? EXIT_FINE : EXIT_UNUSABLE;
    driver d;
    rob_str binary = {0};
    int code = emit_only ? make_emitted(&d, path, options.output) : make_server(&d, path, &options, &binary);
    driver_free(&d);
    return code;
}

const command command_build = {
    .name = "build",
    .usage = "[FILE] [options]",
    .summary = "Compile a spec and its handlers to a server",
    .about = "FILE is a spec, or a folder with one (default: this folder). Handlers are the .c, .cc and .cpp\n"
             "files beside it. What did not change is not compiled again.\n",
    .run = run,
};
