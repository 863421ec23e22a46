#include "native/server.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver.h"
#include "install_paths.h"
#include "native/handlers.h"
#include "native/objects.h"
#include "native/python.h"
#include "native/toolchain.h"
#include "terminal.h"

enum { GUARD = 1, BRIDGE_FILES = 9 };

/* One build in progress. */
typedef struct making {
    server_build *b;
    rob_arena *arena;
    toolchain tools;
    install_paths kit;
    words flags;   /* for every compile */
    words include; /* -I of emitted code and spec, cflags of libraries: handlers only */
    words libs;
    python_env python; /* executable empty: no route runs in Python */
    rob_str python_path; /* folders for sys.path */
    object *objects;
    size_t count, cap;
    bool any_cxx;
} making;

static bool has_ending(rob_str name, const char *ending)
{
    size_t len = strlen(ending);
    return name.len > len && memcmp(name.ptr + name.len - len, ending, len) == 0;
}

static bool is_cxx(rob_str name)
{
    return has_ending(name, ".cc") || has_ending(name, ".cpp");
}

rob_str path_join(rob_arena *arena, rob_str folder, rob_str name)
{
    if (name.len && name.ptr[0] == '/') return name;
    if (rob_str_eq(folder, ROB_STR("."))) return rob_arena_copy(arena, name);
    return rob_arena_format(arena, "%.*s/%.*s", ROB_STR_ARG(folder), ROB_STR_ARG(name));
}

/* ------------------------------------------------------------------ sources */

typedef struct path_list {
    rob_arena *arena;
    rob_str *items;
    size_t count, cap;
} path_list;

static void add_path(path_list *list, rob_str path)
{
    for (size_t i = 0; i < list->count; i++) {
        if (rob_str_eq(list->items[i], path)) return;
    }
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 16;
        list->items = rob_arena_grow(list->arena, list->items, list->cap * sizeof *list->items, cap * sizeof *list->items);
        if (!list->items) abort();
        list->cap = cap;
    }
    list->items[list->count++] = path;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const rob_str *)a)->ptr, ((const rob_str *)b)->ptr);
}

static bool add_beside(path_list *list, rob_str folder)
{
    DIR *dir = opendir(folder.ptr);
    if (!dir) {
        terminal_error("cannot read the folder %s: %s", folder.ptr, strerror(errno));
        return false;
    }
    for (struct dirent *entry; (entry = readdir(dir));) {
        rob_str name = rob_str_of(entry->d_name);
        if (name.ptr[0] == '.' || !(has_ending(name, ".c") || is_cxx(name))) continue;
        add_path(list, path_join(list->arena, folder, rob_arena_copy(list->arena, name)));
    }
    closedir(dir);
    return true;
}

bool server_sources(const ir_api *api, rob_str folder, rob_arena *arena, rob_str **paths, size_t *count)
{
    path_list list = {.arena = arena};
    if (!add_beside(&list, folder)) return false;
    for (uint32_t i = 0; i < api->source_count; i++) {
        glob_t found = {0};
        rob_str pattern = path_join(arena, folder, api->sources[i]);
        if (glob(pattern.ptr, 0, NULL, &found) != 0) {
            terminal_error("`sources \"%.*s\"` names no file", ROB_STR_ARG(api->sources[i]));
            globfree(&found);
            return false;
        }
        for (size_t k = 0; k < found.gl_pathc; k++) add_path(&list, rob_arena_copy(arena, rob_str_of(found.gl_pathv[k])));
        globfree(&found);
    }
    if (list.count) qsort(list.items, list.count, sizeof *list.items, by_text);
    *paths = list.items;
    *count = list.count;
    return true;
}

/* ------------------------------------------------------------------ commands */

static void add_words(words *to, const words *from)
{
    for (size_t i = 0; i < from->count; i++) words_add(to, from->items[i]);
}

static void add_option(making *m, words *to, const char *option, rob_str value)
{
    words_add(to, rob_arena_format(m->arena, "%s%.*s", option, ROB_STR_ARG(value)).ptr);
}

static void collect_flags(making *m)
{
    static const char *const always[] = {"-Wall", "-Wextra", "-ffunction-sections", "-fdata-sections", "-pthread"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) words_add(&m->flags, always[i]);
    words_split(&m->flags, rob_str_of(m->b->debug ? "-O0 -g" : "-O2"));
    words_split(&m->flags, rob_str_of(m->kit.flags));
    add_option(m, &m->flags, "-I", m->kit.include);
    add_option(m, &m->flags, "-I", path_join(m->arena, m->b->work, ROB_STR("c")));

    add_option(m, &m->include, "-I", m->b->folder);
    const ir_api *api = m->b->api;
    for (uint32_t i = 0; i < api->include_count; i++) {
        add_option(m, &m->include, "-I", path_join(m->arena, m->b->folder, api->includes[i]));
    }
    for (uint32_t i = 0; i < api->link_count; i++) toolchain_library(api->links[i], &m->include, &m->libs, m->arena);
}

/* An object is named after its source's path, seen from the spec's folder, with slashes made harmless, so
 * that two files never share one. Long paths keep their end and a hash of the whole. */
rob_str object_path_of(rob_arena *arena, rob_str folder, bool debug, rob_str source)
{
    enum { LONGEST = 120 };
    const char *objects = debug ? "build/obj-debug" : "build/obj";
    rob_str name = source;
    if (name.len > folder.len + 1 && memcmp(name.ptr, folder.ptr, folder.len) == 0 && name.ptr[folder.len] == '/') {
        name = (rob_str){name.ptr + folder.len + 1, name.len - folder.len - 1};
    }
    uint64_t hash = 14695981039346656037u; /* FNV-1a, 64 bits */
    for (size_t i = 0; i < name.len; i++) hash = (hash ^ (unsigned char)name.ptr[i]) * 1099511628211u;
    if (name.len > LONGEST) {
        const char *end = name.ptr + name.len - LONGEST;
        name = rob_arena_format(arena, "%016llx-%.*s", (unsigned long long)hash, (int)LONGEST, end);
    }
    rob_str path = path_join(arena, folder, rob_arena_format(arena, "%s/%.*s.o", objects, ROB_STR_ARG(name)));
    for (char *at = (char *)path.ptr + path.len - name.len - 2; *at; at++) {
        if (*at == '/') *at = '+';
    }
    return path;
}

static void add_object(making *m, rob_str source, bool emitted)
{
    object *o = &m->objects[m->count++];
    *o = (object){.source = source, .path = object_path_of(m->arena, m->b->folder, m->b->debug, source), .command = {.arena = m->arena}, .is_cxx = is_cxx(source)};
    add_words(&o->command, o->is_cxx ? &m->tools.cxx : &m->tools.cc);
    words_add(&o->command, o->is_cxx ? "-std=c++17" : emitted ? "-std=c11" : "-std=gnu11");
    add_words(&o->command, &m->flags);
    if (m->any_cxx && !o->is_cxx) words_add(&o->command, "-fexceptions"); /* what C++ throws passes through */
    if (emitted) words_add(&o->command, "-Werror");
    else add_words(&o->command, &m->include);
}

/* The bridge's sources are compiled against the interpreter's headers, whose warnings are not ours. */
static void add_bridge(making *m)
{
    static const char *const files[] = {"answers.c", "bridge.c", "from_python.c", "functions.c", "hooks.c", "request.c",
                                        "shapes.c", "tasks.c", "to_python.c"};
    if (!m->python.executable.len) return;
    for (size_t i = 0; i < BRIDGE_FILES; i++) {
        add_object(m, path_join(m->arena, m->kit.python, rob_str_of(files[i])), false);
        words *w = &m->objects[m->count - 1].command;
        add_words(w, &m->python.cflags);
        words_add(w, rob_arena_format(m->arena, "-DROB_PYTHON_EXECUTABLE=\"%s\"", m->python.executable.ptr).ptr);
        words_add(w, rob_arena_format(m->arena, "-DROB_PYTHON_PATH=\"%s\"", m->python_path.ptr).ptr);
    }
}

static bool collect_objects(making *m)
{
    rob_str *handlers = NULL;
    size_t handler_count = 0, emitted_count = 0;
    if (!server_sources(m->b->api, m->b->folder, m->arena, &handlers, &handler_count)) return false;
    for (const output_file *f = m->b->emitted->first; f; f = f->next) emitted_count += has_ending(f->path, ".c");
    for (size_t i = 0; i < handler_count; i++) m->any_cxx |= is_cxx(handlers[i]);
    m->objects = rob_arena_alloc(m->arena, (handler_count + emitted_count + GUARD + BRIDGE_FILES) * sizeof *m->objects);
    if (!m->objects) abort();
    rob_str c = path_join(m->arena, m->b->work, ROB_STR("c"));
    for (const output_file *f = m->b->emitted->first; f; f = f->next) {
        if (has_ending(f->path, ".c")) add_object(m, path_join(m->arena, c, f->path), true);
    }
    for (size_t i = 0; i < handler_count; i++) add_object(m, handlers[i], false);
    if (m->any_cxx) add_object(m, path_join(m->arena, m->kit.kit, ROB_STR("cxx/guard.cc")), false);
    add_bridge(m);
    if (m->any_cxx && !m->tools.cxx.count) {
        terminal_error("no C++ compiler found for the .cc and .cpp files: install g++ or clang++, or name one in CXX");
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------ link */

static bool uses(const ir_api *api, rob_kind a, rob_kind b, rob_kind c)
{
    for (uint32_t i = 0; i < api->type_count; i++) {
        uint8_t kind = api->types[i]->table.kind;
        if (kind == a || kind == b || kind == c) return true;
    }
    return false;
}

static void collect_libs(making *m, words *w)
{
    const server_build *b = m->b;
    bool names_hosts = uses(b->api, ROB_KIND_EMAIL, ROB_KIND_URL, ROB_KIND_URI);
    if (names_hosts) words_add(w, "-Wl,-u,rob_idn_to_ascii"); /* weak elsewhere, so that others need no libidn2 */
    words_add(w, m->kit.runtime.ptr);
    if (b->api->has_docs) words_add(w, m->kit.docs.ptr);
    if (!b->shared) {
        words_add(w, m->kit.microhttpd.ptr);
    } else {
        if (m->kit.shared.len) {
            add_option(m, w, "-L", m->kit.shared);
            add_option(m, w, "-Wl,-rpath,", m->kit.shared);
        }
        words_add(w, "-lmicrohttpd");
    }
    add_words(w, &m->libs);
    add_words(w, &m->python.libs);
    if (uses(b->api, ROB_KIND_JSON, ROB_KIND_JSON, ROB_KIND_JSON)) words_add(w, "-lcjson");
    if (names_hosts) words_add(w, "-lidn2");
    words_add(w, "-lm");
}

static job link_job(making *m, const char *target)
{
    job one = {.command = {.arena = m->arena}, .status = -1};
    words *w = &one.command;
    add_words(w, m->any_cxx ? &m->tools.cxx : &m->tools.cc);
    words_split(w, rob_str_of("-pthread -Wl,--gc-sections -Wl,--as-needed"));
    words_split(w, rob_str_of(m->kit.flags));
    words_add(w, "-o");
    words_add(w, target);
    for (size_t i = 0; i < m->count; i++) words_add(w, m->objects[i].path.ptr);
    collect_libs(m, w);
    return one;
}

static bool is_linked(making *m, rob_str command, const char *record)
{
    rob_str made_by = file_read(record, m->arena);
    if (!made_by.ptr || !rob_str_eq(made_by, command)) return false;
    words inputs = {.arena = m->arena};
    for (size_t i = 0; i < m->count; i++) words_add(&inputs, m->objects[i].path.ptr);
    words_add(&inputs, m->kit.runtime.ptr);
    if (m->b->api->has_docs) words_add(&inputs, m->kit.docs.ptr);
    return file_is_fresh(m->b->binary.ptr, inputs.items, inputs.count);
}

static int link_server(making *m)
{
    server_build *b = m->b;
    rob_str temporary = rob_arena_format(m->arena, "%.*s.new", ROB_STR_ARG(b->binary));
    rob_str record = path_join(m->arena, b->work, b->debug ? ROB_STR("link-debug.cmd") : ROB_STR("link.cmd"));
    job one = link_job(m, temporary.ptr);
    rob_str command = rob_arena_format(m->arena, "%s", words_join(&one.command).ptr);
    if (m->b->compiled == 0 && is_linked(m, command, record.ptr)) return EXIT_FINE;
    if (!job_run(&one, m->arena)) {
        unlink(temporary.ptr);
        /* The linker's own words are of use only for what is not a missing handler. */
        if (!handlers_report_missing(b->api, b->folder, m->arena)) fwrite(one.output.ptr, 1, one.output.len, stderr);
        return EXIT_SPEC;
    }
    fwrite(one.output.ptr, 1, one.output.len, stderr);
    if (rename(temporary.ptr, b->binary.ptr) != 0) {
        terminal_error("cannot write %s: %s", b->binary.ptr, strerror(errno));
        unlink(temporary.ptr);
        return EXIT_UNUSABLE;
    }
    b->linked = true;
    return file_write(record.ptr, command) ? EXIT_FINE : EXIT_UNUSABLE;
}

/* ------------------------------------------------------------------ the whole */

static bool make_folder(rob_str path)
{
    if (mkdir(path.ptr, 0777) == 0 || errno == EEXIST) return true;
    terminal_error("cannot make the folder %s: %s", path.ptr, strerror(errno));
    return false;
}

/* <folder>/build holds nothing that belongs under version control, and says so itself. */
static bool make_work_folder(making *m)
{
    server_build *b = m->b;
    if (!make_folder(b->work)) return false;
    rob_str ignore = path_join(m->arena, b->work, ROB_STR(".gitignore"));
    if (access(ignore.ptr, F_OK) != 0 && !file_write(ignore.ptr, ROB_STR("*\n"))) {
        terminal_error("cannot write in %s: %s", b->work.ptr, strerror(errno));
        return false;
    }
    return make_folder(path_join(m->arena, b->work, b->debug ? ROB_STR("obj-debug") : ROB_STR("obj")));
}

/* Before anything is compiled: the linker would say it in its own words. */
static bool can_write_binary(making *m)
{
    const char *path = m->b->binary.ptr, *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    rob_str folder = !slash ? ROB_STR(".") : rob_arena_copy(m->arena, (rob_str){path, len ? len : 1});
    struct stat st;
    if (access(folder.ptr, W_OK) == 0 && (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))) return true;
    terminal_error("cannot write %s: %s", path, stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? "it is a folder" : strerror(errno));
    return false;
}

static bool find_kit(making *m)
{
    rob_str why = {0};
    if (!install_paths_find(m->arena, &m->kit, &why)) {
        terminal_error("%.*s", ROB_STR_ARG(why));
        return false;
    }
    if (m->b->api->has_docs && !m->kit.docs.len) {
        terminal_error("this robync was built without Swagger UI, which `docs` in server { } asks for");
        return false;
    }
    return true;
}

static rob_str absolute(making *m, rob_str path)
{
    char *resolved = realpath(path.ptr, NULL);
    rob_str copy = rob_arena_copy(m->arena, rob_str_of(resolved ? resolved : path.ptr));
    free(resolved);
    return copy;
}

/* After the emitted files are there: handlers import the models module. */
static int prepare_python(making *m)
{
    const server_build *b = m->b;
    if (!python_needed(b->api)) return EXIT_FINE;
    if (!python_find(b->python, &m->python, m->arena)) return EXIT_UNUSABLE;
    rob_str folder = absolute(m, b->folder), models = absolute(m, path_join(m->arena, b->work, ROB_STR("c/python")));
    m->python_path = rob_arena_format(m->arena, "%s:%s:%s", folder.ptr, models.ptr, m->kit.python.ptr);
    rob_str stamp = path_join(m->arena, b->work, ROB_STR("python.checked"));
    return python_check(&m->python, b->api, m->python_path.ptr, stamp.ptr, m->arena) ? EXIT_FINE : EXIT_SPEC;
}

int server_make(server_build *b, rob_arena *arena)
{
    making m = {.b = b, .arena = arena, .flags = {.arena = arena}, .include = {.arena = arena}, .libs = {.arena = arena}};
    rob_str why = {0};
    size_t written = 0;
    b->compiled = 0;
    b->linked = false;
    if (!toolchain_find(&m.tools, arena) || !find_kit(&m) || !make_work_folder(&m) || !can_write_binary(&m)) return EXIT_UNUSABLE;
    if (!output_commit(b->emitted, path_join(arena, b->work, ROB_STR("c")), &written, &why)) {
        terminal_error("%.*s", ROB_STR_ARG(why));
        return EXIT_UNUSABLE;
    }
    int python = prepare_python(&m);
    if (python != EXIT_FINE) return python;
    collect_flags(&m);
    if (!collect_objects(&m)) return EXIT_UNUSABLE;
    if (!objects_make(m.objects, m.count, arena, &b->compiled)) return EXIT_SPEC;
    return link_server(&m);
}
