/* The tree as indented text: one line per node, in source order. Only for golden tests and for people who
 * work on the parser, so every member of a node that is set must show. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "parse.h"

typedef struct dump {
    FILE *out;
    int depth;
} dump;

static void line(const dump *d, const char *format, ...) ROB_PRINTF(2, 3);

static void line(const dump *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(d->out, "%*s", d->depth * 2, "");
    vfprintf(d->out, format, args);
    fputc('\n', d->out);
    va_end(args);
}

static void put(const dump *d, rob_str text)
{
    fputc('"', d->out);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\') fprintf(d->out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F) fprintf(d->out, "\\x%02x", c);
        else fputc(c, d->out);
    }
    fputc('"', d->out);
}

/* `label "text"` on a line of its own; nothing for a text that was not written. */
static void text_line(const dump *d, const char *label, rob_str text)
{
    if (!text.ptr) return;
    fprintf(d->out, "%*s%s ", d->depth * 2, "", label);
    put(d, text);
    fputc('\n', d->out);
}

/* ------------------------------------------------------------------ values */

static void dump_values(dump *d, const ast_value *values);

static void dump_value(dump *d, const ast_value *v)
{
    fprintf(d->out, "%*s", d->depth * 2, "");
    if (v->key.ptr) {
        put(d, v->key);
        fputs(": ", d->out);
    }
    switch (v->kind) {
    case AST_NULL: fputs("null", d->out); break;
    case AST_BOOL: fputs(v->boolean ? "true" : "false", d->out); break;
    case AST_INT: fprintf(d->out, "int %" PRId64 "%s", v->number, v->too_large ? " too large" : ""); break;
    case AST_FLOAT: fprintf(d->out, "float %.17g", v->real); break;
    case AST_STR: fputs("str ", d->out), put(d, v->text); break;
    case AST_MEMBER: fputs("member ", d->out), put(d, v->text); break;
    case AST_SIZE: fprintf(d->out, "size %" PRId64 " bytes", v->number); break;
    case AST_DURATION: fprintf(d->out, "duration %" PRId64 " ms", v->number); break;
    case AST_RATE: fprintf(d->out, "rate %" PRId64 " per ", v->number), put(d, v->text); break;
    case AST_ENV: fputs("env ", d->out), put(d, v->text); break;
    case AST_LIST: fputs("list", d->out); break;
    case AST_OBJECT: fputs("object", d->out); break;
    }
    fputc('\n', d->out);
    dump_values(d, v->items);
}

static void dump_values(dump *d, const ast_value *values)
{
    d->depth++;
    for (; values; values = values->next) dump_value(d, values);
    d->depth--;
}

static void dump_attributes(dump *d, const ast_attribute *attributes)
{
    for (; attributes; attributes = attributes->next) {
        line(d, "@%.*s", ROB_STR_ARG(attributes->name.text));
        dump_values(d, attributes->args);
    }
}

/* ------------------------------------------------------------------ types and fields */

static void dump_fields(dump *d, const char *label, const ast_field *fields);

static void dump_type(dump *d, const ast_type *t)
{
    switch (t->kind) {
    case AST_TYPE_NAME: line(d, "type %.*s", ROB_STR_ARG(t->name.text)); break;
    case AST_TYPE_LITERAL: line(d, "literal"); break;
    case AST_TYPE_UNION: line(d, "union"); break;
    case AST_TYPE_NULLABLE: line(d, "nullable"); break;
    case AST_TYPE_OBJECT: line(d, "object"); break;
    }
    d->depth++;
    for (const ast_type *arg = t->args; arg; arg = arg->next) dump_type(d, arg);
    if (t->constraints) line(d, "constraints");
    dump_values(d, t->constraints);
    d->depth--;
    dump_values(d, t->literals);
    d->depth++;
    dump_fields(d, "field", t->fields);
    d->depth--;
}

static const char *source_name(ast_source source)
{
    switch (source) {
    case AST_FROM_NOWHERE: return NULL;
    case AST_FROM_PATH: return "path";
    case AST_FROM_QUERY: return "query";
    case AST_FROM_HEADER: return "header";
    case AST_FROM_COOKIE: return "cookie";
    case AST_FROM_FORM: return "form";
    case AST_FROM_BODY: return "body";
    case AST_FROM_TEXT: return "text";
    case AST_FROM_RAW: return "raw";
    }
    return NULL;
}

static void dump_field(dump *d, const char *label, const ast_field *f)
{
    line(d, "%s %.*s%s", label, ROB_STR_ARG(f->name.text), f->optional ? " optional" : "");
    d->depth++;
    text_line(d, "doc", f->doc);
    const char *source = source_name(f->source);
    if (source && f->source_name.ptr) text_line(d, source, f->source_name);
    else if (source) line(d, "%s", source);
    if (f->type) dump_type(d, f->type);
    if (f->fallback) {
        line(d, "default");
        d->depth++;
        dump_value(d, f->fallback);
        d->depth--;
    }
    dump_attributes(d, f->attributes);
    d->depth--;
}

static void dump_fields(dump *d, const char *label, const ast_field *fields)
{
    for (; fields; fields = fields->next) dump_field(d, label, fields);
}

/* ------------------------------------------------------------------ routes */

static void dump_path(dump *d, const ast_path *path)
{
    text_line(d, "path", path->text);
    d->depth++;
    for (const ast_segment *s = path->segments; s; s = s->next) {
        if (!s->is_param) {
            text_line(d, "literal", s->literal);
            continue;
        }
        line(d, "param %.*s", ROB_STR_ARG(s->name.text));
        d->depth++;
        if (s->type) dump_type(d, s->type);
        d->depth--;
    }
    d->depth--;
}

static const char *media_name(ast_media media)
{
    switch (media) {
    case AST_MEDIA_NONE: return "empty";
    case AST_MEDIA_JSON: return "json";
    case AST_MEDIA_TEXT: return "text";
    case AST_MEDIA_HTML: return "html";
    case AST_MEDIA_RAW: return "raw";
    }
    return "?";
}

static void dump_outcome(dump *d, const ast_outcome *o)
{
    line(d, "outcome %" PRId64 " %s", o->status, media_name(o->media));
    d->depth++;
    text_line(d, "media type", o->media_type);
    if (o->type) dump_type(d, o->type);
    dump_fields(d, "header", o->headers);
    d->depth--;
}

static void dump_impl(dump *d, const ast_impl *i)
{
    switch (i->kind) {
    case AST_IMPL_NATIVE: text_line(d, "native", i->function.text); return;
    case AST_IMPL_PYTHON: text_line(d, "python", i->function.text); return;
    case AST_IMPL_CONST:
        line(d, "const");
        d->depth++;
        dump_value(d, i->value);
        d->depth--;
        return;
    case AST_IMPL_REDIRECT:
        line(d, "redirect %" PRId64, i->status);
        d->depth++;
        text_line(d, "target", i->target);
        d->depth--;
        return;
    }
}

static void dump_route(dump *d, const ast_route *r)
{
    dump_path(d, &r->path);
    dump_fields(d, "param", r->params);
    for (const ast_outcome *o = r->outcomes; o; o = o->next) dump_outcome(d, o);
    for (const ast_name_item *n = r->raises; n; n = n->next) line(d, "raises %.*s", ROB_STR_ARG(n->name.text));
    for (const ast_impl *i = r->impls; i; i = i->next) dump_impl(d, i);
}

/* ------------------------------------------------------------------ declarations */

static void dump_names(dump *d, const char *label, const ast_name_item *names)
{
    for (; names; names = names->next) {
        line(d, "%s %.*s", label, ROB_STR_ARG(names->name.text));
        d->depth++;
        for (const ast_type *arg = names->args; arg; arg = arg->next) dump_type(d, arg);
        d->depth--;
    }
}

static void dump_members(dump *d, const ast_member *members)
{
    for (; members; members = members->next) {
        line(d, "member %.*s", ROB_STR_ARG(members->name.text));
        d->depth++;
        text_line(d, "doc", members->doc);
        if (members->value) dump_value(d, members->value);
        dump_attributes(d, members->attributes);
        d->depth--;
    }
}

static void dump_arms(dump *d, const ast_arm *arms)
{
    for (; arms; arms = arms->next) {
        line(d, "arm %.*s", ROB_STR_ARG(arms->tag.text));
        d->depth++;
        text_line(d, "doc", arms->doc);
        dump_type(d, arms->type);
        d->depth--;
    }
}

static const char *kind_name(const ast_decl *decl)
{
    switch (decl->kind) {
    case AST_API: return "api";
    case AST_SERVER: return "server";
    case AST_TYPE: return "type";
    case AST_ENUM: return "enum";
    case AST_MODEL: return "model";
    case AST_UNION: return "union";
    case AST_ERROR: return "error";
    case AST_GROUP: return "group";
    case AST_ROUTE: return "route";
    case AST_IMPORT: return "import";
    case AST_LINK: return "link";
    case AST_SOURCES: return "sources";
    case AST_INCLUDE: return "include";
    }
    return "?";
}

static void dump_decls(dump *d, const ast_decl *decls);

static void dump_content(dump *d, const ast_decl *decl)
{
    switch (decl->kind) {
    case AST_API:
        text_line(d, "version", decl->api.version);
        text_line(d, "prefix", decl->api.prefix);
        dump_values(d, decl->api.members);
        return;
    case AST_SERVER: dump_values(d, decl->server.members); return;
    case AST_TYPE: dump_type(d, decl->type.type); return;
    case AST_ENUM: dump_members(d, decl->enumeration.members); return;
    case AST_MODEL:
        dump_names(d, "generic", decl->model.params);
        dump_names(d, "base", decl->model.bases);
        dump_fields(d, "field", decl->model.fields);
        return;
    case AST_UNION:
        line(d, "by %.*s", ROB_STR_ARG(decl->tagged.tag.text));
        dump_arms(d, decl->tagged.arms);
        return;
    case AST_ERROR:
        line(d, "status %" PRId64, decl->error.status);
        dump_fields(d, "field", decl->error.fields);
        dump_fields(d, "header", decl->error.headers);
        return;
    case AST_GROUP:
        dump_path(d, &decl->group.path);
        dump_decls(d, decl->group.decls);
        return;
    case AST_ROUTE: dump_route(d, &decl->route); return;
    case AST_IMPORT:
        text_line(d, "from", decl->import.path);
        dump_names(d, "name", decl->import.names);
        return;
    case AST_LINK:
    case AST_SOURCES:
    case AST_INCLUDE: text_line(d, "text", decl->text.text); return;
    }
}

static void dump_decls(dump *d, const ast_decl *decls)
{
    for (; decls; decls = decls->next) {
        rob_str name = decls->kind == AST_ROUTE ? decls->route.method : decls->name.text;
        line(d, "%s%s%.*s", kind_name(decls), name.len ? " " : "", ROB_STR_ARG(name));
        d->depth++;
        text_line(d, "doc", decls->doc);
        dump_attributes(d, decls->attributes);
        dump_content(d, decls);
        d->depth--;
    }
}

void ast_dump(const ast_program *program, void *stdio_file)
{
    dump d = {.out = stdio_file};
    for (size_t i = 0; i < program->count; i++) {
        line(&d, "file %.*s", ROB_STR_ARG(program->files[i].source->path));
        d.depth++;
        dump_decls(&d, program->files[i].decls);
        for (const ast_name_item *n = program->files[i].broken; n; n = n->next) {
            line(&d, "broken %.*s", ROB_STR_ARG(n->name.text));
        }
        d.depth--;
    }
}
