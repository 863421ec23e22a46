#include "native/python.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "native/objects.h"
#include "native/toolchain.h"
#include "terminal.h"

/* Three lines: the executable, flags to compile with, flags to link with; or one that begins with `error:`. */
static const char questions[] =
    "import os, sys, sysconfig as s\n"
    "def no(why): print('error: ' + why); sys.exit()\n"
    "name = f'Python {sys.version_info[0]}.{sys.version_info[1]} of {sys.executable}'\n"
    "if sys.version_info < (3, 10): no(f'{name} is too old: robync embeds Python 3.10 or later')\n"
    "include = s.get_path('include')\n"
    "if not os.path.exists(os.path.join(include, 'Python.h')): "
    "no(f'{name} has no headers: install its development package (python3-dev)')\n"
    "v = s.get_config_var('LDVERSION') or s.get_python_version()\n"
    "shared = [d for d in (s.get_config_var('LIBDIR'), s.get_config_var('LIBPL')) if d and "
    "os.path.exists(os.path.join(d, f'libpython{v}.so'))]\n"
    "static = os.path.join(s.get_config_var('LIBPL') or '', f'libpython{v}.a')\n"
    "more = ' '.join(s.get_config_var(k) or '' for k in ('LIBS', 'SYSLIBS'))\n"
    "if shared: libs = f'-L{shared[0]} -Wl,-rpath,{shared[0]} -lpython{v}'\n"
    "elif os.path.exists(static): libs = f'-Wl,--export-dynamic {static} {more}'\n"
    "else: no(f'{name} has no library to link: install its development package (python3-dev)')\n"
    "print(sys.executable); print(f'-I{include}'); print(libs)\n";

bool python_needed(const ir_api *api)
{
    for (uint32_t i = 0; i < api->route_count; i++)
        if (api->routes[i]->impls[0].kind == IR_PYTHON) return true;
    return false;
}

/* ------------------------------------------------------------------ find */

static rob_str interpreter(const char *chosen, rob_arena *arena)
{
    if (chosen) return rob_arena_copy(arena, rob_str_of(chosen));
    const char *venv = getenv("VIRTUAL_ENV");
    if (venv && *venv) return rob_arena_format(arena, "%s/bin/python", venv);
    return ROB_STR("python3");
}

static rob_str next_line(rob_str *rest)
{
    const char *newline = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
    rob_str line = {rest->ptr, newline ? (size_t)(newline - rest->ptr) : rest->len};
    size_t step = line.len + (newline != NULL);
    *rest = (rob_str){rest->ptr + step, rest->len - step};
    return line;
}

bool python_find(const char *chosen, python_env *out, rob_arena *arena)
{
    rob_str program = interpreter(chosen, arena);
    *out = (python_env){.cflags = {.arena = arena}, .libs = {.arena = arena}};
    if (!program_exists(program.ptr)) {
        terminal_error("the Python interpreter `%s` is not there: install it, or name one with --python", program.ptr);
        return false;
    }
    job one = {.command = {.arena = arena}};
    words_add(&one.command, program.ptr);
    words_add(&one.command, "-c");
    words_add(&one.command, questions);
    bool ran = job_run(&one, arena);
    rob_str rest = one.output, first = next_line(&rest);
    if (!ran || !first.len || memcmp(first.ptr, "error: ", first.len < 7 ? first.len : 7) == 0) {
        if (ran && first.len > 7) terminal_error("%.*s", (int)first.len - 7, first.ptr + 7);
        else terminal_error("the Python interpreter `%s` does not run: %.*s", program.ptr, ROB_STR_ARG(one.output));
        return false;
    }
    out->executable = rob_arena_copy(arena, first);
    words_split(&out->cflags, rob_arena_copy(arena, next_line(&rest)));
    words_split(&out->libs, rob_arena_copy(arena, next_line(&rest)));
    return true;
}

/* ------------------------------------------------------------------ check */

/* What robync._check reads: five words for each route. */
static void add_route(const ir_api *api, const ir_route *route, words *w)
{
    rob_arena *arena = w->arena;
    const ir_impl *impl = &route->impls[0];
    uint32_t line, column;
    const source *spec = api->texts->items[impl->at.file];
    source_position(spec, impl->at.start, &line, &column);
    words_add(w, rob_arena_format(arena, "%.*s:%u:%u", ROB_STR_ARG(spec->path), line, column).ptr);
    words_add(w, rob_arena_copy(arena, route->text).ptr);
    words_add(w, rob_arena_copy(arena, impl->module).ptr);
    words_add(w, rob_arena_copy(arena, impl->callable).ptr);
    rob_str names = ROB_STR("");
    for (uint32_t i = 0; i < route->param_count; i++)
        names = rob_arena_format(arena, "%.*s%s%.*s", ROB_STR_ARG(names), i ? "," : "", ROB_STR_ARG(route->params[i].field.name));
    words_add(w, names.ptr);
}

/* The stamp's first line is the command that made it, the others are files that were imported. */
static bool is_checked(const char *stamp, rob_str command, rob_arena *arena)
{
    rob_str rest = file_read(stamp, arena);
    words inputs = {.arena = arena};
    if (!rest.ptr || !rob_str_eq(next_line(&rest), command)) return false;
    while (rest.len) words_add(&inputs, rob_arena_copy(arena, next_line(&rest)).ptr);
    return file_is_fresh(stamp, inputs.items, inputs.count);
}

void python_inputs(rob_str folder, const char *stamp, words *inputs)
{
    rob_arena *arena = inputs->arena;
    rob_str rest = file_read(stamp, arena);
    if (rest.ptr) next_line(&rest);
    while (rest.len) words_add(inputs, rob_arena_copy(arena, next_line(&rest)).ptr);
    glob_t found = {0};
    if (glob(rob_arena_format(arena, "%.*s/*.py", ROB_STR_ARG(folder)).ptr, 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++) words_add(inputs, rob_arena_copy(arena, rob_str_of(found.gl_pathv[i])).ptr);
    globfree(&found);
}

bool python_check(const python_env *env, const ir_api *api, const char *path, const char *stamp, rob_arena *arena)
{
    job one = {.command = {.arena = arena}};
    words *w = &one.command;
    words_add(w, env->executable.ptr);
    words_add(w, "-c");
    words_add(w, "import sys; sys.path[0:1] = sys.argv[1].split(':'); from robync import _check; _check.main()");
    words_add(w, path);
    for (uint32_t i = 0; i < api->route_count; i++)
        if (api->routes[i]->impls[0].kind == IR_PYTHON) add_route(api, api->routes[i], w);
    rob_str command = words_join(w);
    if (is_checked(stamp, command, arena)) return true;
    if (!job_run(&one, arena)) {
        fwrite(one.output.ptr, 1, one.output.len, stderr);
        return false;
    }
    return file_write(stamp, rob_arena_format(arena, "%.*s\n%.*s", ROB_STR_ARG(command), ROB_STR_ARG(one.output)));
}
