#include "server/settings.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/numbers.h"

typedef enum setting_kind {
    TEXT,
    TEXT_OR_OFF, /* NULL: off */
    PORT,
    COUNT,
    SIZE, /* bytes */
    TIME, /* milliseconds */
    ERRORS,
    LOG,
    COMPILED /* a bool that can only be shown */
} setting_kind;

typedef struct setting {
    const char *name;
    setting_kind kind;
    size_t offset;
    const char *help;
} setting;

#define SETTING(member, kind, help) {#member, kind, offsetof(rob_settings, member), help}

static const setting settings[] = {
    SETTING(host, TEXT, "address to listen on"),
    SETTING(port, PORT, "port; 0 takes a free one"),
    SETTING(threads, COUNT, "loop threads; 0 is one for each core"),
    SETTING(workers, COUNT, "worker processes"),
    SETTING(body_limit, SIZE, "largest request body; then 413"),
    SETTING(head_limit, SIZE, "largest request head; then 431, or 414 for the request line"),
    SETTING(timeout, TIME, "for a handler; then 504"),
    SETTING(head_timeout, TIME, "for a request's head; then 408"),
    SETTING(body_timeout, TIME, "for a request's body, plus its length at 500 bytes/s; then 408"),
    SETTING(idle_timeout, TIME, "between two requests of a connection"),
    SETTING(max_connections, COUNT, "open connections"),
    SETTING(max_connections_per_address, COUNT, "open connections of one address; 0 for no limit"),
    SETTING(docs, TEXT_OR_OFF, "path of the documentation page, or off"),
    SETTING(openapi, TEXT_OR_OFF, "path of the OpenAPI document, or off"),
    SETTING(strict, COMPILED, "no coercion between types; compiled in"),
    SETTING(errors, ERRORS, "style of error answers: fastapi or problem (RFC 9457)"),
    SETTING(access_log, LOG, "text, json or off"),
    SETTING(admin, TEXT_OR_OFF, "address of metrics and health, or off"),
    SETTING(trusted_proxies, TEXT, "addresses of proxies that are believed"),
};
enum { SETTING_COUNT = sizeof settings / sizeof *settings };

static void *member(rob_settings *of, const setting *s)
{
    return (char *)of + s->offset;
}

/* ------------------------------------------------------------------ values */

typedef struct unit {
    const char *name;
    uint64_t factor;
} unit;

static const unit sizes[] = {{"", 1}, {"b", 1}, {"kb", 1024}, {"mb", 1 << 20}, {"gb", 1 << 30}, {NULL, 0}};
static const unit times[] = {{"ms", 1}, {"s", 1000}, {"min", 60000}, {"h", 3600000}, {NULL, 0}};

static bool read_with_unit(const char *text, const unit *units, uint64_t most, uint64_t *out)
{
    size_t digits = strspn(text, "0123456789");
    uint64_t n;
    if (!rob_u64_from_digits((rob_str){text, digits}, &n)) return false;
    for (; units->name; units++) {
        if (strcasecmp(text + digits, units->name) != 0) continue;
        if (n > most / units->factor) return false;
        *out = n * units->factor;
        return true;
    }
    return false;
}

static bool read_number(const char *text, uint64_t most, uint64_t *out)
{
    return rob_u64_from_digits(rob_str_of(text), out) && *out <= most;
}

static bool is_off(const char *text)
{
    return strcmp(text, "off") == 0 || strcmp(text, "false") == 0 || *text == '\0';
}

static bool read_choice(const char *text, const char *const *names, int *out)
{
    for (int i = 0; names[i]; i++) {
        if (strcmp(text, names[i]) != 0) continue;
        *out = i;
        return true;
    }
    return false;
}

static const char *const error_names[] = {[ROB_ERRORS_FASTAPI] = "fastapi", [ROB_ERRORS_PROBLEM] = "problem", NULL};
static const char *const log_names[] = {[ROB_LOG_OFF] = "off", [ROB_LOG_TEXT] = "text", [ROB_LOG_JSON] = "json", NULL};

static const char *expected(setting_kind kind)
{
    switch (kind) {
    case TEXT: return "a text";
    case TEXT_OR_OFF: return "a text, or off";
    case PORT: return "a port from 0 to 65535";
    case COUNT: return "a whole number up to 16777216";
    case SIZE: return "a size such as 64kb or 2mb";
    case TIME: return "a time such as 250ms, 5s or 10min";
    case ERRORS: return "fastapi or problem";
    case LOG: return "text, json or off";
    case COMPILED: return "possible here: it is compiled in; set it in server { } and build again";
    }
    return "";
}

static bool set(rob_settings *of, const setting *s, const char *text)
{
    void *at = member(of, s);
    uint64_t n = 0;
    int choice = 0;
    bool good = false;
    switch (s->kind) {
    case TEXT: *(const char **)at = text; return true;
    case TEXT_OR_OFF: *(const char **)at = is_off(text) ? NULL : text; return true;
    case PORT:
        good = read_number(text, UINT16_MAX, &n);
        if (good) *(uint16_t *)at = (uint16_t)n;
        return good;
    case COUNT:
        good = read_number(text, 1 << 24, &n);
        if (good) *(uint32_t *)at = (uint32_t)n;
        return good;
    case SIZE: return read_with_unit(text, sizes, 1ull << 40, at);
    case TIME:
        good = read_with_unit(text, times, INT_MAX, &n);
        if (good) *(uint32_t *)at = (uint32_t)n;
        return good;
    case ERRORS:
        good = read_choice(text, error_names, &choice);
        if (good) *(rob_error_style *)at = (rob_error_style)choice;
        return good;
    case LOG:
        good = read_choice(is_off(text) ? "off" : text, log_names, &choice);
        if (good) *(rob_log_style *)at = (rob_log_style)choice;
        return good;
    case COMPILED: return false;
    }
    return false;
}

/* ------------------------------------------------------------------ --help */

static void print_value(char out[64], const rob_settings *of, const setting *s)
{
    const void *at = (const char *)of + s->offset;
    const unit *units = s->kind == SIZE ? sizes : times;
    uint64_t n = 0;
    switch (s->kind) {
    case TEXT:
    case TEXT_OR_OFF: snprintf(out, 64, "%s", *(const char *const *)at ? *(const char *const *)at : "off"); return;
    case PORT: snprintf(out, 64, "%u", *(const uint16_t *)at); return;
    case COUNT: snprintf(out, 64, "%u", *(const uint32_t *)at); return;
    case ERRORS: snprintf(out, 64, "%s", error_names[*(const rob_error_style *)at]); return;
    case LOG: snprintf(out, 64, "%s", log_names[*(const rob_log_style *)at]); return;
    case COMPILED: snprintf(out, 64, "%s", *(const bool *)at ? "true" : "false"); return;
    case SIZE: n = *(const uint64_t *)at; break;
    case TIME: n = *(const uint32_t *)at; break;
    }
    const unit *best = units;
    for (; units->name; units++)
        if (n >= units->factor && n % units->factor == 0) best = units;
    snprintf(out, 64, "%llu%s", (unsigned long long)(n / best->factor), best->name);
}

static void print_names(const setting *s, char flag[48], char variable[64])
{
    size_t i = 0;
    snprintf(flag, 48, "--%s", s->name);
    for (char *c = flag; *c; c++)
        if (*c == '_') *c = '-';
    i = (size_t)snprintf(variable, 64, "ROBYNC_%s", s->name);
    for (size_t at = 0; at < i; at++) variable[at] = (char)toupper((unsigned char)variable[at]);
}

static void print_help(const rob_app *app, const char *program)
{
    char flag[48], variable[64], value[64];
    printf("%s %s\n\nUsage: %s [--SETTING VALUE]...\n\n", app->name, app->version, program);
    printf("A flag wins over its environment variable, which wins over the value built in.\n\n");
    printf("  %-30s %-36s %-16s %s\n", "flag", "environment", "built in", "");
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        print_names(&settings[i], flag, variable);
        print_value(value, &app->settings, &settings[i]);
        printf("  %-30s %-36s %-16s %s\n", flag, variable, *value ? value : "\"\"", settings[i].help);
    }
    printf("  %-30s\n  %-30s\n", "--help", "--version");
}

/* ------------------------------------------------------------------ where values come from */

static bool set_or_say(rob_settings *of, const setting *s, const char *text, const char *origin)
{
    if (set(of, s, text)) return true;
    fprintf(stderr, "%s: `%s` is not %s\n", origin, text, expected(s->kind));
    return false;
}

static const setting *find_setting(const char *name, size_t len)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const char *own = settings[i].name;
        size_t at = 0;
        while (at < len && own[at] && (own[at] == name[at] || (own[at] == '_' && name[at] == '-'))) at++;
        if (at == len && !own[at]) return &settings[i];
    }
    return NULL;
}

static bool read_environment(const rob_app *app, rob_settings *out)
{
    char flag[48], variable[64];
    for (size_t i = 0; i < app->env_setting_count; i++) {
        const rob_env_setting *env = &app->env_settings[i];
        const setting *s = find_setting(env->setting, strlen(env->setting));
        const char *value = getenv(env->variable);
        if (s && value && !set_or_say(out, s, value, env->variable)) return false;
    }
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        print_names(&settings[i], flag, variable);
        const char *value = getenv(variable);
        if (value && !set_or_say(out, &settings[i], value, variable)) return false;
    }
    return true;
}

/* One `--name value` or `--name=value`; moves *at to its last word. */
static bool read_flag(int argc, char **argv, int *at, rob_settings *out)
{
    const char *word = argv[*at];
    const char *name = strncmp(word, "--", 2) == 0 ? word + 2 : "";
    size_t len = strcspn(name, "=");
    const setting *s = find_setting(name, len);
    if (!s) {
        fprintf(stderr, "%s: there is no option `%s`; --help lists all\n", argv[0], word);
        return false;
    }
    const char *value = name[len] == '=' ? name + len + 1 : *at + 1 < argc ? argv[++*at] : NULL;
    if (!value) {
        fprintf(stderr, "%s: `%s` needs %s\n", argv[0], word, expected(s->kind));
        return false;
    }
    char origin[64];
    snprintf(origin, sizeof origin, "--%.*s", (int)len, name);
    return set_or_say(out, s, value, origin);
}

/* What is written down but does not work yet is refused, not ignored. */
static bool is_supported(const rob_settings *of)
{
    const char *wrong = NULL;
    if (of->workers > 1) wrong = "workers: more than one worker process is not supported yet; use threads";
    if (of->admin) wrong = "admin: the metrics and health address is not supported yet";
    if (of->trusted_proxies && *of->trusted_proxies) wrong = "trusted_proxies: proxies are not supported yet";
    if (of->head_limit < 512 || of->head_limit > 1 << 20) wrong = "head_limit: must be from 512b to 1mb";
    if (of->max_connections == 0) wrong = "max_connections: must be at least 1";
    if ((of->docs && of->docs[0] != '/') || (of->openapi && of->openapi[0] != '/'))
        wrong = "docs and openapi: a path begins with /";
    if (wrong) fprintf(stderr, "%s\n", wrong);
    return !wrong;
}

rob_start rob_settings_read(const rob_app *app, int argc, char **argv, rob_settings *out)
{
    *out = app->settings;
    if (!read_environment(app, out)) return ROB_START_WRONG;
    for (int at = 1; at < argc; at++) {
        if (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0) {
            print_help(app, argv[0]);
            return ROB_START_DONE;
        }
        if (strcmp(argv[at], "--version") == 0) {
            printf("%s %s\n", app->name, app->version);
            return ROB_START_DONE;
        }
        if (!read_flag(argc, argv, &at, out)) return ROB_START_WRONG;
    }
    return is_supported(out) ? ROB_START_SERVE : ROB_START_WRONG;
}
