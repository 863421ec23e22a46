/* Scopes: what each file declares and imports. */
#include "checker.h"

bool may_report(checker *c, span at, const char *code)
{
    if (c->mute) return false;
    rob_str key = arena_format(c->arena, "%s %u %u %u", code, at.file, at.start, at.end);
    return map_add(c->arena, &c->reported, key, c) == NULL;
}

/* ------------------------------------------------------------------ declarations that the parser lost */

static bool is_space(char ch)
{
    return ch == ' ' || ch == '\t';
}

static bool is_word_char(char ch)
{
    return ch == '_' || (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

/* `model Name` at the start of a line, for each word that declares a type. */
static void find_declared(checker *c, const scope *s, rob_str line)
{
    static const char *const words[] = {"model", "type", "enum", "union", "error"};
    while (line.len && is_space(line.ptr[0])) line = (rob_str){line.ptr + 1, line.len - 1};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = strlen(words[i]);
        if (line.len <= at || memcmp(line.ptr, words[i], at) != 0 || !is_space(line.ptr[at])) continue;
        while (at < line.len && is_space(line.ptr[at])) at++;
        size_t end = at;
        while (end < line.len && is_word_char(line.ptr[end])) end++;
        rob_str name = {line.ptr + at, end - at};
        if (!map_get(&s->own, name)) map_add(c->arena, &c->lost, name, c);
    }
}

/* After a syntax error the parser leaves a declaration out; that its name is unknown is no second
 * mistake. */
static void find_lost(checker *c, const scope *s)
{
    rob_str text = s->file->source->text;
    for (size_t start = 0; start < text.len;) {
        const char *newline = memchr(text.ptr + start, '\n', text.len - start);
        size_t end = newline ? (size_t)(newline - text.ptr) : text.len;
        find_declared(c, s, (rob_str){text.ptr + start, end - start});
        start = end + 1;
    }
}

bool was_lost(const checker *c, rob_str name)
{
    return map_get(&c->lost, name) != NULL;
}

/* ------------------------------------------------------------------ scopes */

/* The kinds of declaration that types can name. */
static bool declares_name(ast_kind kind)
{
    switch (kind) {
    case AST_TYPE: case AST_ENUM: case AST_MODEL: case AST_UNION: case AST_ERROR: return true;
    case AST_API: case AST_SERVER: case AST_GROUP: case AST_ROUTE: case AST_IMPORT: case AST_LINK:
    case AST_SOURCES: case AST_INCLUDE: return false;
    }
    return false;
}

static bool is_builtin(rob_str name)
{
    static const char *const words[] = {"list", "dict", "Literal", "None", "path"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (rob_str_eq(name, rob_str_of(words[i]))) return true;
    for (int kind = ROB_KIND_INT; kind <= ROB_KIND_JSON; kind++)
        if (rob_str_eq(name, rob_str_of(kind_name((rob_kind)kind)))) return true;
    return false;
}

static void add_name(checker *c, scope *s, const ast_name *name, symbol *sym)
{
    symbol *before = map_add(c->arena, &s->visible, name->text, sym);
    if (before == sym) return;
    if (before) {
        diag_item *item = report(c, name->at, "RB0101", "`%.*s` is declared twice", ROB_STR_ARG(name->text));
        diag_also(c->d, item, before->decl->name.at, "first declared here");
        return;
    }
    rob_str *copy = arena_new(c->arena, rob_str);
    *copy = name->text;
    list_push(c->arena, &s->names, copy);
}

/* What stands in a group by mistake is declared too, so that its users say nothing. */
static void declare_own(checker *c, scope *s, const ast_decl *first)
{
    for (const ast_decl *decl = first; decl; decl = decl->next) {
        if (decl->kind == AST_GROUP) declare_own(c, s, decl->group.decls);
        if (!declares_name(decl->kind)) continue;
        if (is_builtin(decl->name.text)) {
            report(c, decl->name.at, "RB0103", "`%.*s` is a built-in type and cannot be declared",
                   ROB_STR_ARG(decl->name.text));
            continue;
        }
        symbol *sym = arena_new(c->arena, symbol);
        *sym = (symbol){.decl = decl, .home = s};
        map_add(c->arena, &s->own, decl->name.text, sym);
        add_name(c, s, &decl->name, sym);
    }
}

/* "a/b/../c.api" as "a/c.api"; what leads out of the start stays. */
static rob_str normal_path(rob_arena *arena, rob_str path)
{
    text t = text_new(arena);
    for (size_t i = 0; i < path.len;) {
        size_t end = i;
        while (end < path.len && path.ptr[end] != '/') end++;
        rob_str part = {path.ptr + i, end - i};
        size_t last = t.len;
        while (last > 0 && t.ptr[last - 1] != '/') last--;
        bool up = rob_str_eq(part, ROB_STR("..")) && t.len > last &&
                  !rob_str_eq((rob_str){t.ptr + last, t.len - last}, ROB_STR(".."));
        if (up) t.len = last ? last - 1 : 0;
        else if (!rob_str_eq(part, ROB_STR(".")) && (part.len || i == 0)) {
            if (t.len || (i > 0 && path.ptr[0] == '/')) text_char(&t, '/');
            text_add(&t, part);
        }
        i = end + 1;
    }
    return text_done(&t);
}

static scope *imported_scope(checker *c, const scope *from, rob_str path)
{
    rob_str base = from->file->source->path;
    while (base.len && base.ptr[base.len - 1] != '/') base.len--;
    if (path.len && path.ptr[0] == '/') base.len = 0;
    rob_str whole = arena_format(c->arena, "%.*s%.*s", ROB_STR_ARG(base), ROB_STR_ARG(path));
    rob_str wanted = normal_path(c->arena, whole);
    for (size_t i = 0; i < c->program->count; i++)
        if (rob_str_eq(normal_path(c->arena, c->scopes[i].file->source->path), wanted)) return &c->scopes[i];
    return NULL;
}

static void suggest_from(checker *c, diag_item *item, rob_str wrong, const list *names, const list *more)
{
    size_t count = names->count + (more ? more->count : 0), at = 0;
    rob_str *all = arena_need(c->arena, sizeof(rob_str) * (count + 1));
    for (size_t i = 0; i < names->count; i++) all[at++] = *(rob_str *)names->items[i];
    for (size_t i = 0; more && i < more->count; i++) all[at++] = *(rob_str *)more->items[i];
    diag_suggest(c->d, item, wrong, all, count);
}

static void import_names(checker *c, scope *s, const ast_decl *decl)
{
    scope *from = imported_scope(c, s, decl->import.path);
    for (const ast_name_item *item = decl->import.names; item; item = item->next) {
        symbol *sym = from ? map_get(&from->own, item->name.text) : NULL;
        if (sym) {
            add_name(c, s, &item->name, sym);
            continue;
        }
        /* The parser said why the file, or the declaration, is not there. */
        bool said_before = map_add(c->arena, &c->lost, item->name.text, c) != NULL || !from;
        if (said_before) continue;
        diag_item *said = report(c, item->name.at, "RB0104", "\"%.*s\" declares no `%.*s`",
                                 ROB_STR_ARG(decl->import.path), ROB_STR_ARG(item->name.text));
        suggest_from(c, said, item->name.text, &from->names, NULL);
    }
}

void declare_all(checker *c)
{
    size_t count = c->program->count;
    bool syntax_errors = c->d->errors > 0;
    c->scopes = arena_need(c->arena, sizeof(scope) * (count + 1));
    for (size_t i = 0; i < count; i++) {
        c->scopes[i].file = &c->program->files[i];
        if (c->program->root == &c->program->files[i]) c->root = &c->scopes[i];
        declare_own(c, &c->scopes[i], c->scopes[i].file->decls);
        if (syntax_errors) find_lost(c, &c->scopes[i]);
    }
    for (size_t i = 0; i < count; i++)
        for (const ast_decl *decl = c->scopes[i].file->decls; decl; decl = decl->next)
            if (decl->kind == AST_IMPORT) import_names(c, &c->scopes[i], decl);
}

symbol *find_symbol(const scope *s, rob_str name)
{
    return map_get(&s->visible, name);
}

static void offer(checker *c, list *more, rob_str name)
{
    rob_str *copy = arena_new(c->arena, rob_str);
    *copy = name;
    list_push(c->arena, more, copy);
}

void suggest_type(checker *c, diag_item *item, const context *at, rob_str wrong)
{
    list more = {0};
    for (const binding *b = at->bound; b; b = b->next) offer(c, &more, b->name);
    for (int kind = ROB_KIND_INT; kind <= ROB_KIND_JSON; kind++)
        offer(c, &more, rob_str_of(kind_name((rob_kind)kind)));
    offer(c, &more, ROB_STR("list"));
    offer(c, &more, ROB_STR("dict"));
    suggest_from(c, item, wrong, &at->scope->names, &more);
}

rob_str claim_declared(checker *c, symbol *s)
{
    const ast_name *name = &s->decl->name;
    rob_str c_name = names_global(&c->names, name->text);
    if (s->claimed) return c_name;
    s->claimed = true;
    claim_name(c, c_name, name->text, name->at);
    if (s->decl->kind != AST_UNION) return c_name;
    rob_str tag = arena_format(c->arena, "%.*s tag", ROB_STR_ARG(name->text));
    claim_name(c, names_global(&c->names, tag), tag, name->at);
    return c_name;
}

static void claim_decls(checker *c, const ast_decl *first)
{
    for (const ast_decl *d = first; d; d = d->next) {
        if (d->kind == AST_GROUP) claim_decls(c, d->group.decls);
        symbol *s = declares_name(d->kind) ? map_get(&c->root->own, d->name.text) : NULL;
        bool has_c_name = d->kind != AST_TYPE && !(d->kind == AST_MODEL && d->model.params);
        if (s && s->decl == d && has_c_name) claim_declared(c, s);
    }
}

void claim_all_declared(checker *c)
{
    claim_decls(c, c->root->file->decls);
}

void claim_name(checker *c, rob_str c_name, rob_str name, span at)
{
    span other = at;
    if (names_claim(&c->names, c_name, at, &other)) return;
    diag_item *item = report(c, at, "RB0106", "`%.*s` would be called `%.*s` in C, which is taken",
                             ROB_STR_ARG(name), ROB_STR_ARG(c_name));
    if (other.end) diag_also(c->d, item, other, "taken by this");
    else diag_hint(c->d, item, "the server's startup and shutdown hooks are called so");
}

void check_member_name(checker *c, const ast_name *name, const char *what, const char *attribute)
{
    if (!names_reserved(name->text)) return;
    rob_str word = name->text;
    diag_item *item = report(c, name->at, "RB0105", "%s `%.*s`: the name is reserved in C or C++", what,
                             ROB_STR_ARG(word));
    if (!attribute) diag_hint(c->d, item, "call it `%.*s_`", ROB_STR_ARG(word));
    else diag_hint(c->d, item, "call it `%.*s_` with `%s(\"%.*s\")`", ROB_STR_ARG(word), attribute,
                   ROB_STR_ARG(word));
}
