/* The IR as indented text: what golden tests compare, and `robync check --dump ir` prints. */
#include "check.h"

#include <inttypes.h>
#include <stdio.h>

static void put(FILE *out, const char *name, rob_str text)
{
    if (text.len) fprintf(out, " %s=%.*s", name, ROB_STR_ARG(text));
}

static void dump_flags(FILE *out, uint16_t flags)
{
    static const char *const names[] = {"optional", "nullable", "readonly", "writeonly", "indirect",
                                        "default_null", "tristate"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (flags >> i & 1) fprintf(out, " %s", names[i]);
}

static void dump_meta(FILE *out, const ir_meta *meta)
{
    if (meta->doc.len) {
        fprintf(out, " doc=\"");
        for (size_t i = 0; i < meta->doc.len; i++) {
            if (meta->doc.ptr[i] == '\n') fputs("\\n", out);
            else fputc(meta->doc.ptr[i], out);
        }
        fprintf(out, "\"");
    }
    put(out, "title", meta->title);
    put(out, "example", meta->example);
    put(out, "openapi", meta->openapi);
    if (meta->deprecated) fprintf(out, " deprecated");
}

static void dump_field(FILE *out, const ir_field *f, const char *indent)
{
    fprintf(out, "%s%.*s: %.*s at %u", indent, ROB_STR_ARG(f->c_name), ROB_STR_ARG(f->type->text), f->table.offset);
    if (f->c_has.len) fprintf(out, " %.*s at %u", ROB_STR_ARG(f->c_has), f->table.has_offset);
    if (!rob_str_eq(f->table.name, f->c_name)) fprintf(out, " wire=\"%.*s\"", ROB_STR_ARG(f->table.name));
    dump_flags(out, f->table.flags);
    put(out, "default", f->fallback_json);
    dump_meta(out, &f->meta);
    fprintf(out, "\n");
}

static void dump_enum(FILE *out, const ir_enum *e)
{
    fprintf(out, "enum %.*s%s", ROB_STR_ARG(e->c_name), e->table.literal ? " literal" : "");
    put(out, "name", e->name);
    dump_meta(out, &e->meta);
    fprintf(out, "\n");
    for (uint32_t i = 0; i < e->count; i++)
        fprintf(out, "  %.*s = %.*s\n", ROB_STR_ARG(e->choices[i].c_name), ROB_STR_ARG(e->choices[i].json));
}

static void dump_model(FILE *out, const ir_model *m)
{
    static const char *const extras[] = {"", " extra=forbid", " extra=allow"};
    fprintf(out, "model %.*s %.*s size=%u align=%u%s", ROB_STR_ARG(m->name), ROB_STR_ARG(m->c_name), m->size,
            m->align, extras[m->table.extra]);
    if (!rob_str_eq(m->name, m->component)) put(out, "component", m->component);
    fprintf(out, "%s%s%s%s", m->anonymous ? " anonymous" : "", m->used_in ? " in" : "", m->used_out ? " out" : "",
            m->shapes_differ ? " differs" : "");
    dump_meta(out, &m->meta);
    fprintf(out, "\n");
    for (uint32_t i = 0; i < m->field_count; i++) dump_field(out, &m->fields[i], "  ");
}

static void dump_union(FILE *out, const ir_union *u)
{
    fprintf(out, "union %.*s size=%u align=%u value at %u", ROB_STR_ARG(u->c_name), u->size, u->align,
            u->table.value_offset);
    put(out, "name", u->name);
    put(out, "tag", u->tag_name);
    dump_meta(out, &u->meta);
    fprintf(out, "\n");
    for (uint32_t i = 0; i < u->count; i++) {
        const ir_arm *arm = &u->arms[i];
        fprintf(out, "  %.*s %.*s: %.*s label=%.*s%s", ROB_STR_ARG(arm->c_tag), ROB_STR_ARG(arm->c_name),
                ROB_STR_ARG(arm->type->text), ROB_STR_ARG(arm->label), arm->declares_tag ? " declares_tag" : "");
        put(out, "component", arm->component);
        fprintf(out, "\n");
    }
}

static void dump_type(FILE *out, const ir_type *t)
{
    fprintf(out, "type %u %.*s %.*s c=%.*s size=%u label=%.*s\n", t->id, ROB_STR_ARG(t->c_table),
            ROB_STR_ARG(t->text), ROB_STR_ARG(t->c_type), t->table.size, ROB_STR_ARG(t->label));
}

static void dump_param(FILE *out, const ir_param *p)
{
    static const char *const sources[] = {"path", "query", "header", "cookie", "form", "body", "raw"};
    fprintf(out, "  %s%s%s", sources[p->source], p->spread ? " spread" : "", p->takes_slashes ? " rest" : "");
    if (p->source == ROB_FROM_PATH) fprintf(out, " %u", p->path_index);
    put(out, "media", p->media_type);
    dump_field(out, &p->field, " ");
}

static void dump_outcome(FILE *out, const ir_outcome *o)
{
    static const char *const media[] = {"empty", "json", "text", "html", "raw"};
    fprintf(out, "  -> %u %s %.*s tag=%.*s constructor=%.*s", o->status, media[o->media], ROB_STR_ARG(o->name),
            ROB_STR_ARG(o->c_tag), ROB_STR_ARG(o->c_constructor));
    if (o->type) put(out, "type", o->type->text);
    put(out, "member", o->c_member);
    put(out, "media_type", o->media_type);
    put(out, "with", o->c_with);
    if (o->error) fprintf(out, " error");
    fprintf(out, "\n");
    for (uint32_t i = 0; i < o->header_count; i++)
        dump_field(out, &o->headers[i].field, o->headers[i].cookie ? "    cookie " : "    header ");
}

static void dump_impl(FILE *out, const ir_impl *impl)
{
    switch (impl->kind) {
    case IR_NATIVE: fprintf(out, "  = native %.*s\n", ROB_STR_ARG(impl->function)); return;
    case IR_PYTHON:
        fprintf(out, "  = python %.*s:%.*s\n", ROB_STR_ARG(impl->module), ROB_STR_ARG(impl->callable));
        return;
    case IR_CONST: fprintf(out, "  = const %u %.*s\n", impl->status, ROB_STR_ARG(impl->constant)); return;
    case IR_REDIRECT:
        fprintf(out, "  = redirect %u", impl->status);
        for (uint32_t i = 0; i < impl->part_count; i++)
            fprintf(out, " \"%.*s\" %d%s", ROB_STR_ARG(impl->parts[i].literal), impl->parts[i].capture,
                    impl->parts[i].slashes_stay ? " slashes" : "");
        fprintf(out, "\n");
    }
}

static void dump_route(FILE *out, const ir_route *r)
{
    static const char *const bodies[] = {"", " body=whole", " body=embedded", " body=form", " body=raw"};
    fprintf(out, "route %.*s %.*s id=%.*s summary=\"%.*s\" in=%u%s%s%s%s", ROB_STR_ARG(r->text),
            ROB_STR_ARG(r->c_function),
            ROB_STR_ARG(r->operation_id), ROB_STR_ARG(r->summary), r->in_size, bodies[r->body],
            r->body_required ? " required" : "", r->runs == ROB_RUNS_ON_POOL ? " blocking" : "",
            r->hidden ? " hidden" : "");
    if (r->body_limit) fprintf(out, " body_limit=%" PRIu64, r->body_limit);
    for (uint32_t i = 0; i < r->tag_count; i++) put(out, "tag", r->tags[i]);
    dump_meta(out, &r->meta);
    fprintf(out, "\n");
    for (uint32_t i = 0; i < r->param_count; i++) dump_param(out, &r->params[i]);
    for (uint32_t i = 0; i < r->outcome_count; i++) dump_outcome(out, &r->outcomes[i]);
    for (uint32_t i = 0; i < r->impl_count; i++) dump_impl(out, &r->impls[i]);
}

static void dump_settings(FILE *out, const ir_api *api)
{
    const rob_settings *s = &api->settings;
    fprintf(out, "server host=%s port=%u threads=%u workers=%u body_limit=%" PRIu64 " head_limit=%" PRIu64
                 " timeout=%u head_timeout=%u body_timeout=%u idle_timeout=%u connections=%u/%u",
            s->host, s->port, s->threads, s->workers, s->body_limit, s->head_limit, s->timeout, s->head_timeout,
            s->body_timeout, s->idle_timeout, s->max_connections, s->max_connections_per_address);
    fprintf(out, " docs=%s openapi=%s strict=%d errors=%d log=%d admin=%s proxies=%s\n", s->docs ? s->docs : "-",
            s->openapi ? s->openapi : "-", s->strict, (int)s->errors, (int)s->access_log,
            s->admin ? s->admin : "-", s->trusted_proxies);
    for (uint32_t i = 0; i < api->env_setting_count; i++)
        fprintf(out, "  %s from %s\n", api->env_settings[i].setting, api->env_settings[i].variable);
}

static void dump_texts(FILE *out, const char *what, const rob_str *texts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) fprintf(out, "%s %.*s\n", what, ROB_STR_ARG(texts[i]));
}

void ir_dump(const ir_api *api, void *stdio_file)
{
    FILE *out = stdio_file;
    fprintf(out, "api \"%.*s\" version %.*s prefix %.*s info=%.*s", ROB_STR_ARG(api->name),
            ROB_STR_ARG(api->version),
            ROB_STR_ARG(api->prefix), ROB_STR_ARG(api->info));
    put(out, "servers", api->servers);
    put(out, "tags", api->tags);
    dump_meta(out, &api->meta);
    fprintf(out, "\n");
    dump_settings(out, api);
    dump_texts(out, "link", api->links, api->link_count);
    dump_texts(out, "sources", api->sources, api->source_count);
    dump_texts(out, "include", api->includes, api->include_count);
    for (uint32_t i = 0; i < api->enum_count; i++) dump_enum(out, api->enums[i]);
    for (uint32_t i = 0; i < api->model_count; i++) dump_model(out, api->models[i]);
    for (uint32_t i = 0; i < api->union_count; i++) dump_union(out, api->unions[i]);
    for (uint32_t i = 0; i < api->type_count; i++) dump_type(out, api->types[i]);
    fprintf(out, "structs");
    for (uint32_t i = 0; i < api->by_value_count; i++) fprintf(out, " %.*s", ROB_STR_ARG(api->by_value[i]->c_type));
    fprintf(out, "\n");
    for (uint32_t i = 0; i < api->route_count; i++) dump_route(out, api->routes[i]);
}
