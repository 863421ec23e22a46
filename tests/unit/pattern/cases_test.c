#include "cases_test.h"

#include "base/dfa.h"
#include "check.h"
#include "pattern/pattern.h"

/* %XX to bytes, in place. */
static rob_str unescape(char *text)
{
    char *out = text;
    for (const char *in = text; *in != '\0' && *in != '\n';) {
        if (*in != '%') {
            *out++ = *in++;
            continue;
        }
        char hex[3] = {in[1], in[2], '\0'};
        *out++ = (char)strtol(hex, NULL, 16);
        in += 3;
    }
    return (rob_str){text, (size_t)(out - text)};
}

/* The example must match, and there is one exactly when any text of the cases can match. */
static void example_holds(rob_arena *arena, rob_str pattern, const rob_dfa *dfa)
{
    bool none;
    rob_str example = pattern_example(arena, dfa, &none);
    if (none) return;
    CHECK(rob_dfa_matches(dfa, example), "`%.*s` is not found in its example `%.*s`", ROB_STR_ARG(pattern),
          ROB_STR_ARG(example));
}

static bool compile_case(rob_arena *arena, char kind, rob_str pattern, rob_dfa *out)
{
    pattern_error err;
    bool ok = pattern_compile(arena, pattern, out, &err);
    CHECK(ok == (kind == 'P'), "`%.*s`: compiled %d", ROB_STR_ARG(pattern), ok);
    if (ok) {
        example_holds(arena, pattern, out);
    } else {
        CHECK(err.kind == (kind == 'R' ? PATTERN_NOT_REGULAR : PATTERN_SYNTAX), "`%.*s`: kind %d: %s",
              ROB_STR_ARG(pattern), err.kind, err.message);
        CHECK(err.at + err.len <= pattern.len, "`%.*s`: error beyond the end", ROB_STR_ARG(pattern));
    }
    return ok;
}

unsigned cases_hold(const char *path)
{
    char line[4096], pattern_line[4096];
    rob_arena arena;
    rob_dfa dfa = {0};
    rob_str pattern = {0};
    unsigned count = 0;
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    rob_arena_init(&arena, 0);
    while (fgets(line, sizeof line, file)) {
        bool about_text = line[0] == '+' || line[0] == '-';
        count++;
        if (!about_text) {
            rob_arena_reset(&arena);
            memcpy(pattern_line, line, sizeof line);
            pattern = unescape(pattern_line + 2);
            if (!compile_case(&arena, line[0], pattern, &dfa)) dfa = (rob_dfa){0};
        } else if (dfa.states > 0) {
            rob_str text = unescape(line + 2);
            CHECK(rob_dfa_matches(&dfa, text) == (line[0] == '+'), "`%.*s` in `%.*s`: not %c",
                  ROB_STR_ARG(pattern), ROB_STR_ARG(text), line[0]);
        }
    }
    fclose(file);
    rob_arena_free(&arena);
    return count;
}
