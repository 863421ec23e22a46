/* server { } and api: settings with their defaults, and the name of it all. */
#include "checker.h"

#include <stddef.h>

typedef enum setting_kind {
    TEXT, PATH_OR_OFF, WORD_OR_PATH, COUNT, PORT, BYTES, TIME, FLAG, ERRORS, LOG, ADDRESSES
} setting_kind;

typedef struct setting {
    const char *name;
    setting_kind kind;
    size_t offset; /* in rob_settings */
    bool from_env; /* may be env("NAME"): read when the server starts */
    int64_t least;
} setting;

#define AT(member) offsetof(rob_settings, member)

static const setting settings[] = {
    {"host", TEXT, AT(host), true, 0},
    {"port", PORT, AT(port), true, 0},
    {"threads", COUNT, AT(threads), true, 0},
    {"workers", COUNT, AT(workers), true, 1},
    {"body_limit", BYTES, AT(body_limit), true, 1},
    {"head_limit", BYTES, AT(head_limit), true, 256},
    {"timeout", TIME, AT(timeout), true, 1},
    {"head_timeout", TIME, AT(head_timeout), true, 1},
    {"body_timeout", TIME, AT(body_timeout), true, 1},
    {"idle_timeout", TIME, AT(idle_timeout), true, 1},
    {"max_connections", COUNT, AT(max_connections), true, 1},
    {"max_connections_per_address", COUNT, AT(max_connections_per_address), true, 1},
    {"docs", PATH_OR_OFF, AT(docs), false, 0},
    {"openapi", PATH_OR_OFF, AT(openapi), false, 0},
    {"strict", FLAG, AT(strict), false, 0},
    {"errors", ERRORS, AT(errors), false, 0},
    {"access_log", LOG, AT(access_log), true, 0},
    {"admin", WORD_OR_PATH, AT(admin), true, 0},
    {"trusted_proxies", ADDRESSES, AT(trusted_proxies), true, 0},
};

enum { SETTING_COUNT = sizeof settings / sizeof *settings };

static rob_settings default_settings(void)
{
    return (rob_settings){
        .host = "127.0.0.1", .port = 8000, .workers = 1, .body_limit = 1 << 20, .head_limit = 8 << 10,
        .timeout = 30000, .head_timeout = 10000, .body_timeout = 30000, .idle_timeout = 60000,
        .max_connections = 10000, .max_connections_per_address = 256, .openapi = "/openapi.json",
        .errors = ROB_ERRORS_FASTAPI, .access_log = ROB_LOG_TEXT, .trusted_proxies = "",
    };
}

/* ------------------------------------------------------------------ values */

static void wrong(checker *c, const setting *s, const ast_value *v, const char *wanted)
{
    report(c, v->at, "RB0402", "`%s` takes %s", s->name, wanted);
}

static bool is_word(const ast_value *v, const char *word)
{
    return (v->kind == AST_STR || v->kind == AST_MEMBER) && rob_str_eq(v->text, rob_str_of(word));
}

static bool is_off(const ast_value *v)
{
    return v->kind == AST_NULL || (v->kind == AST_BOOL && !v->boolean) || is_word(v, "off");
}

static void *slot(checker *c, const setting *s)
{
    return (char *)&c->api->settings + s->offset;
}

static void set_text(checker *c, const setting *s, const ast_value *v)
{
    if (v->kind != AST_STR || !v->text.len) wrong(c, s, v, "a string: `host: \"0.0.0.0\"`");
    else *(const char **)slot(c, s) = arena_text(c->arena, v->text).ptr;
}

static void set_path(checker *c, const setting *s, const ast_value *v)
{
    const char **out = slot(c, s);
    if (is_off(v)) *out = NULL;
    else if (v->kind == AST_STR && v->text.len && v->text.ptr[0] == '/') *out = arena_text(c->arena, v->text).ptr;
    else wrong(c, s, v, "a path that begins with `/`, or `off`");
}

static void set_admin(checker *c, const setting *s, const ast_value *v)
{
    const char **out = slot(c, s);
    if (is_off(v)) *out = NULL;
    else if (v->kind == AST_STR && v->text.len) *out = arena_text(c->arena, v->text).ptr;
    else wrong(c, s, v, "a string, or `off`");
}

static void set_count(checker *c, const setting *s, const ast_value *v)
{
    if (strcmp(s->name, "threads") == 0 && is_word(v, "cores")) return;
    bool fits = v->kind == AST_INT && !v->too_large && v->number >= s->least && v->number <= INT32_MAX;
    if (fits) *(uint32_t *)slot(c, s) = (uint32_t)v->number;
    else wrong(c, s, v, s->least ? "an integer above 0" : "an integer, 0 or more");
}

static void set_port(checker *c, const setting *s, const ast_value *v)
{
    bool fits = v->kind == AST_INT && !v->too_large && v->number >= 0 && v->number <= UINT16_MAX;
    if (fits) *(uint16_t *)slot(c, s) = (uint16_t)v->number;
    else wrong(c, s, v, "a port: 0 to 65535");
}

static void set_bytes(checker *c, const setting *s, const ast_value *v)
{
    bool number = (v->kind == AST_SIZE || v->kind == AST_INT) && !v->too_large;
    if (number && v->number >= s->least) *(uint64_t *)slot(c, s) = (uint64_t)v->number;
    else wrong(c, s, v, s->least > 1 ? "a size of at least 256 bytes: `8kb`" : "a size: `64kb`, `2mb`");
}

static void set_time(checker *c, const setting *s, const ast_value *v)
{
    bool fits = v->kind == AST_DURATION && v->number >= s->least && v->number <= UINT32_MAX;
    if (fits) *(uint32_t *)slot(c, s) = (uint32_t)v->number;
    else wrong(c, s, v, "a time above 0: `250ms`, `5s`, `10min`");
}

static void set_errors(checker *c, const setting *s, const ast_value *v)
{
    rob_error_style *out = slot(c, s);
    if (is_word(v, "fastapi")) *out = ROB_ERRORS_FASTAPI;
    else if (is_word(v, "problem")) *out = ROB_ERRORS_PROBLEM;
    else wrong(c, s, v, "\"fastapi\" or \"problem\"");
}

static void set_log(checker *c, const setting *s, const ast_value *v)
{
    rob_log_style *out = slot(c, s);
    if (is_off(v)) *out = ROB_LOG_OFF;
    else if (is_word(v, "text")) *out = ROB_LOG_TEXT;
    else if (is_word(v, "json")) *out = ROB_LOG_JSON;
    else wrong(c, s, v, "\"text\", \"json\" or `off`");
}

static void set_addresses(checker *c, const setting *s, const ast_value *v)
{
    text t = text_new(c->arena);
    bool ok = v->kind == AST_LIST;
    for (const ast_value *item = v->items; ok && item; item = item->next) {
        ok = item->kind == AST_STR && item->text.len && !memchr(item->text.ptr, ',', item->text.len);
        if (ok && item != v->items) text_char(&t, ',');
        if (ok) text_add(&t, item->text);
    }
    if (ok) *(const char **)slot(c, s) = text_done(&t).ptr;
    else wrong(c, s, v, "a list of addresses: `[\"10.0.0.1\"]`");
}

static void set_value(checker *c, const setting *s, const ast_value *v)
{
    switch (s->kind) {
    case TEXT: set_text(c, s, v); return;
    case PATH_OR_OFF: set_path(c, s, v); return;
    case WORD_OR_PATH: set_admin(c, s, v); return;
    case COUNT: set_count(c, s, v); return;
    case PORT: set_port(c, s, v); return;
    case BYTES: set_bytes(c, s, v); return;
    case TIME: set_time(c, s, v); return;
    case FLAG:
        if (v->kind == AST_BOOL) *(bool *)slot(c, s) = v->boolean;
        else wrong(c, s, v, "`true` or `false`");
        return;
    case ERRORS: set_errors(c, s, v); return;
    case LOG: set_log(c, s, v); return;
    case ADDRESSES: set_addresses(c, s, v); return;
    }
}

/* ------------------------------------------------------------------ server { } */

static void set_from_env(checker *c, const setting *s, const ast_value *v)
{
    if (!s->from_env) {
        report(c, v->at, "RB0403",
               "`%s` is settled when the server is built, so it cannot come from the environment", s->name);
        return;
    }
    c->api->env_settings[c->api->env_setting_count++] =
        (rob_env_setting){.setting = s->name, .variable = arena_text(c->arena, v->text).ptr};
}

static const setting *find_setting(rob_str name)
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        if (rob_str_eq(name, rob_str_of(settings[i].name))) return &settings[i];
    return NULL;
}

static void set_one(checker *c, const ast_value *v, map *seen)
{
    const setting *s = find_setting(v->key);
    if (!s) {
        diag_item *item = report(c, v->key_at, "RB0401", "unknown setting `%.*s`", ROB_STR_ARG(v->key));
        rob_str names[SETTING_COUNT];
        for (size_t i = 0; i < SETTING_COUNT; i++) names[i] = rob_str_of(settings[i].name);
        diag_suggest(c->d, item, v->key, names, SETTING_COUNT);
        return;
    }
    const ast_value *before = map_add(c->arena, seen, v->key, (void *)v);
    if (before) {
        diag_item *item = report(c, v->key_at, "RB0404", "`%s` is set twice", s->name);
        diag_also(c->d, item, before->key_at, "first here");
        return;
    }
    if (v->kind == AST_ENV) set_from_env(c, s, v);
    else set_value(c, s, v);
}

void check_settings(checker *c)
{
    map seen = {0};
    c->api->settings = default_settings();
    c->api->env_settings = arena_need(c->arena, sizeof(rob_env_setting) * SETTING_COUNT);
    for (const ast_decl *d = c->root->file->decls; d; d = d->next) {
        if (d->kind != AST_SERVER) continue;
        for (const ast_value *v = d->server.members; v; v = v->next) set_one(c, v, &seen);
    }
    c->api->has_docs = c->api->settings.docs != NULL;
    const ast_value *docs = map_get(&seen, ROB_STR("docs"));
    if (docs && c->api->has_docs && !c->api->settings.openapi)
        report(c, docs->at, "RB0408", "`docs` shows the OpenAPI document, which `openapi: off` switches off");
}

/* ------------------------------------------------------------------ api */

/* Members of api { } that belong in OpenAPI's info object, under their names there. */
static const struct { const char *ours, *theirs; ast_value_kind kind; } info_members[] = {
    {"description", "description", AST_STR}, {"summary", "summary", AST_STR},
    {"terms_of_service", "termsOfService", AST_STR}, {"contact", "contact", AST_OBJECT},
    {"license", "license", AST_OBJECT},
};

enum { INFO_COUNT = sizeof info_members / sizeof *info_members };

static bool add_info(checker *c, const ast_value *v, text *info)
{
    for (size_t i = 0; i < INFO_COUNT; i++) {
        if (!rob_str_eq(v->key, rob_str_of(info_members[i].ours))) continue;
        if (v->kind != info_members[i].kind) {
            const char *wanted = info_members[i].kind == AST_STR ? "a string" : "an object";
            report(c, v->at, "RB0402", "`%s` takes %s", info_members[i].ours, wanted);
            return true;
        }
        if (info->len > 1) text_char(info, ',');
        text_json_string(info, rob_str_of(info_members[i].theirs));
        text_char(info, ':');
        text_add(info, plain_json(c, v));
        return true;
    }
    return false;
}

static void unknown_member(checker *c, const ast_value *v)
{
    diag_item *item = report(c, v->key_at, "RB0401", "`api` has no member `%.*s`", ROB_STR_ARG(v->key));
    rob_str names[INFO_COUNT + 2] = {ROB_STR_INIT("servers"), ROB_STR_INIT("tags")};
    for (size_t i = 0; i < INFO_COUNT; i++) names[i + 2] = rob_str_of(info_members[i].ours);
    diag_suggest(c->d, item, v->key, names, INFO_COUNT + 2);
}

static void read_members(checker *c, const ast_decl *decl)
{
    text info = text_new(c->arena);
    text_char(&info, '{');
    map seen = {0};
    for (const ast_value *v = decl->api.members; v; v = v->next) {
        if (map_add(c->arena, &seen, v->key, (void *)v)) {
            report(c, v->key_at, "RB0404", "`%.*s` is set twice", ROB_STR_ARG(v->key));
            continue;
        }
        bool servers = rob_str_eq(v->key, ROB_STR("servers")), tags = rob_str_eq(v->key, ROB_STR("tags"));
        if ((servers || tags) && v->kind != AST_LIST)
            report(c, v->at, "RB0402", "`%.*s` takes a list of objects", ROB_STR_ARG(v->key));
        else if (servers) c->api->servers = plain_json(c, v);
        else if (tags) c->api->tags = plain_json(c, v);
        else if (!add_info(c, v, &info)) unknown_member(c, v);
    }
    text_char(&info, '}');
    c->api->info = text_done(&info);
}

/* "a/hello/routes.api" gives "hello", "orders.api" gives "orders". */
static rob_str name_from_path(rob_str path)
{
    size_t end = path.len;
    if (end > 4 && memcmp(path.ptr + end - 4, ".api", 4) == 0) end -= 4;
    size_t start = end;
    while (start > 0 && path.ptr[start - 1] != '/') start--;
    rob_str stem = {path.ptr + start, end - start};
    if (!rob_str_eq(stem, ROB_STR("routes")) || start < 2) return stem.len ? stem : (rob_str)ROB_STR("api");
    end = start - 1;
    for (start = end; start > 0 && path.ptr[start - 1] != '/';) start--;
    rob_str folder = {path.ptr + start, end - start};
    bool nameless = folder.len == 0 || folder.ptr[0] == '.';
    return nameless ? stem : folder;
}

/* Prefixes whose names belong to our runtime, the C library or POSIX. */
static bool prefix_is_taken(rob_str prefix)
{
    static const char *const taken[] = {"rob", "robync", "pthread", "posix", "sem", "shm", "mq", "timer",
                                        "clock", "sched", "cjson", "mhd"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (rob_str_eq(prefix, rob_str_of(taken[i]))) return true;
    return false;
}

static bool is_prefix(rob_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char ch = text.ptr[i];
        bool letter = ch >= 'a' && ch <= 'z', more = (ch >= '0' && ch <= '9') || ch == '_';
        if (!letter && !(more && i > 0)) return false;
    }
    return text.len > 0;
}

static rob_str choose_prefix(checker *c, const ast_decl *decl)
{
    rob_str prefix = names_snake(c->arena, c->api->name);
    span at = decl ? decl->name.at : (span){.file = c->root->file->source->index};
    if (decl && decl->api.prefix.ptr) {
        at = decl->api.prefix_at;
        if (!is_prefix(decl->api.prefix))
            report(c, at, "RB0405", "a prefix is lower-case letters, digits and `_`, a letter first");
        else prefix = decl->api.prefix;
    }
    if (!prefix_is_taken(prefix)) return prefix;
    if (!decl) return arena_format(c->arena, "%.*s_api", ROB_STR_ARG(prefix));
    diag_item *item = report(c, at, "RB0405", "names that begin `%.*s_` belong to a library", ROB_STR_ARG(prefix));
    diag_hint(c->d, item, "choose another one: `api \"%.*s\" version \"…\" prefix my_%.*s`",
              ROB_STR_ARG(c->api->name), ROB_STR_ARG(prefix));
    return prefix;
}

static const ast_decl *api_decl(checker *c)
{
    const ast_decl *found = NULL;
    for (const ast_decl *d = c->root->file->decls; d; d = d->next) {
        if (d->kind != AST_API) continue;
        if (found) {
            diag_item *item = report(c, d->name.at, "RB0406", "a file has one `api`");
            diag_also(c->d, item, found->name.at, "the first one");
        } else {
            found = d;
        }
    }
    return found;
}

void check_api(checker *c)
{
    ir_api *api = c->api;
    const ast_decl *decl = api_decl(c);
    attributes said = {0};
    api->root_path = c->root->file->source->path;
    api->texts = c->d->sources;
    api->name = decl ? decl->name.text : name_from_path(api->root_path);
    api->version = decl && decl->api.version.len ? decl->api.version : (rob_str)ROB_STR("0.1.0");
    api->info = ROB_STR("{}");
    if (decl) {
        read_attributes(c, decl->attributes, ON_API, &said);
        read_members(c, decl);
    }
    api->meta = make_meta(c, decl ? decl->doc : (rob_str){0}, &said, decl ? decl->name.at : (span){0});
    api->prefix = choose_prefix(c, decl);
    names_init(&c->names, c->arena, api->prefix);
}
