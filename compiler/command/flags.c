#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "terminal.h"

/* One parse in progress. */
typedef struct parse {
    const command *cmd;
    const flag *flags;
    const char *color;
    bool quiet, help;
} parse;

static void print_flag(const flag *f)
{
    char left[64];
    int len = f->letter ? snprintf(left, sizeof left, "-%c, --%s", f->letter, f->name)
                        : snprintf(left, sizeof left, "    --%s", f->name);
    if (f->value) snprintf(left + len, sizeof left - (size_t)len, " %s", f->value);
    printf("  %-24s %s\n", left, f->help);
}

static void print_help(const parse *p, const flag *common)
{
    printf("%s\n\nUsage: robync %s %s\n\n%s\nOptions:\n", p->cmd->summary, p->cmd->name, p->cmd->usage, p->cmd->about);
    for (const flag *f = p->flags; f->name; f++) print_flag(f);
    for (const flag *f = common; f->name; f++) print_flag(f);
}

static const flag *find(const flag *flags, const char *name, size_t len, char letter)
{
    for (const flag *f = flags; f->name; f++) {
        if (letter ? f->letter == letter : strlen(f->name) == len && memcmp(f->name, name, len) == 0) return f;
    }
    return NULL;
}

static bool bad(const parse *p, const char *what, const char *word)
{
    terminal_error("%s `%s`; see `robync %s --help`", what, word, p->cmd->name);
    return false;
}

/* Take one word that begins with '-'. *next is the word after it, or NULL; *used says it was taken. */
static bool take_flag(const parse *p, const flag *common, char *word, char *next, bool *used)
{
    bool is_long = word[1] == '-';
    char *name = word + (is_long ? 2 : 1), *value = NULL;
    size_t len = is_long ? strcspn(name, "=") : 1;
    if (is_long && name[len] == '=') value = name + len + 1;
    if (!is_long && name[1]) value = name + 1; /* -oPATH */
    const flag *f = find(p->flags, name, len, is_long ? 0 : *name);
    if (!f) f = find(common, name, len, is_long ? 0 : *name);
    if (!f) return bad(p, "unknown option", word);
    if (f->on) {
        *f->on = true;
        return !value || bad(p, "no value is taken by", word);
    }
    if (!value) {
        if (!next) return bad(p, "a value is missing after", word);
        value = next;
        *used = true;
    }
    *f->text = value;
    return true;
}

static bool apply_common(const parse *p)
{
    terminal_set_quiet(p->quiet);
    if (!p->color || strcmp(p->color, "auto") == 0) terminal_set_color(TERMINAL_AUTO);
    else if (strcmp(p->color, "always") == 0) terminal_set_color(TERMINAL_ALWAYS);
    else if (strcmp(p->color, "never") == 0) terminal_set_color(TERMINAL_NEVER);
    else return bad(p, "--color takes auto, always or never, not", p->color);
    return true;
}

flags_result flags_parse(const command *cmd, const flag *flags, int argc, char **argv,
                         const char **words, int most, int *count, char ***rest)
{
    parse p = {.cmd = cmd, .flags = flags};
    const flag common[] = {
        {"color", 0, "WHEN", "auto (the default), always or never", NULL, &p.color},
        {"quiet", 'q', NULL, "no progress, only errors", &p.quiet, NULL},
        {"help", 'h', NULL, "print this", &p.help, NULL},
        {0},
    };
    *count = 0;
    for (int i = 1; i < argc; i++) {
        char *word = argv[i];
        bool used = false;
        if (strcmp(word, "--") == 0 && rest) {
            *rest = argv + i + 1;
            break;
        }
        if (word[0] == '-' && word[1]) {
            if (!take_flag(&p, common, word, i + 1 < argc ? argv[i + 1] : NULL, &used)) return FLAGS_BAD;
            i += used;
        } else if (*count == most) {
            bad(&p, "unexpected argument", word);
            return FLAGS_BAD;
        } else {
            words[(*count)++] = word;
        }
    }
    if (p.help) {
        print_help(&p, common);
        return FLAGS_HELP;
    }
    return apply_common(&p) ? FLAGS_OK : FLAGS_BAD;
}
