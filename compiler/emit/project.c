/* project.c: the CMakeLists.txt of an emitted folder. */
#include "c.h"

/* Between CMake's quotes. */
static rob_str quoted(c_emitter *e, rob_str word)
{
    text out = text_new(e->arena);
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (strchr("\\\"$", c)) text_char(&out, '\\');
        text_char(&out, c);
    }
    return text_done(&out);
}

static rob_str patterns(c_emitter *e, const template *t)
{
    text out = text_new(e->arena);
    for (uint32_t i = 0; i < e->api->source_count; i++)
        FILL(t, "source", &out, {"pattern", quoted(e, e->api->sources[i])});
    return text_done(&out);
}

static bool runs_python(const ir_api *api)
{
    for (uint32_t i = 0; i < api->route_count; i++)
        if (c_is_python(api->routes[i])) return true;
    return false;
}

static rob_str python_lines(c_emitter *e, const template *t)
{
    text out = text_new(e->arena);
    if (runs_python(e->api)) template_fill(t, "python", &out, NULL, 0);
    return text_done(&out);
}

static rob_str emitted_files(c_emitter *e, const template *t)
{
    static const char *const names[] = {"router.c", "decode.c", "encode.c", "endpoints.c", "openapi.c", "main.c"};
    text out = text_new(e->arena);
    if (c_has_fast(e)) FILL(t, "file_name", &out, {"prefix", e->api->prefix}, {"name", ROB_STR("fast.c")});
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        FILL(t, "file_name", &out, {"prefix", e->api->prefix}, {"name", rob_str_of(names[i])});
    if (runs_python(e->api)) FILL(t, "file_name", &out, {"prefix", e->api->prefix}, {"name", ROB_STR("python.c")});
    return text_done(&out);
}

static rob_str includes(c_emitter *e, const template *t)
{
    text out = text_new(e->arena);
    for (uint32_t i = 0; i < e->api->include_count; i++)
        FILL(t, "include", &out, {"folder", quoted(e, e->api->includes[i])});
    return text_done(&out);
}

static bool uses_kind(const ir_api *api, rob_kind first, rob_kind last)
{
    for (uint32_t i = 0; i < api->type_count; i++) {
        if (api->types[i]->table.kind >= first && api->types[i]->table.kind <= last) return true;
    }
    return false;
}

static void add_link(const template *t, const char *library, text *out)
{
    FILL(t, "link", out, {"library", rob_str_of(library)});
}

/* What the runtime needs for some types only, and what the spec links. */
static rob_str libraries(c_emitter *e, const template *t)
{
    const ir_api *api = e->api;
    text out = text_new(e->arena);
    if (api->has_docs) add_link(t, "robync::docs", &out);
    if (uses_kind(api, ROB_KIND_JSON, ROB_KIND_JSON)) add_link(t, "cjson", &out);
    if (uses_kind(api, ROB_KIND_EMAIL, ROB_KIND_URI)) add_link(t, "idn2", &out);
    for (uint32_t i = 0; i < api->link_count; i++)
        FILL(t, "found_link", &out, {"variable", c_format(e, "library_%u", i + 1)},
             {"library", quoted(e, api->links[i])});
    return text_done(&out);
}

void emit_project(const ir_api *api, output *out)
{
    c_emitter e = c_emitter_new(api, out->arena);
    template t = template_open(e.arena, "CMakeLists.txt.in");
    text file = text_new(e.arena);
    FILL(&t, "file", &file, {"title", e.title}, {"spec", e.spec}, {"prefix", api->prefix},
         {"sources", patterns(&e, &t)}, {"files", emitted_files(&e, &t)}, {"includes", includes(&e, &t)},
         {"libraries", libraries(&e, &t)}, {"python", python_lines(&e, &t)});
    output_add(out, ROB_STR("CMakeLists.txt"), template_tidy(e.arena, text_done(&file)));
}
