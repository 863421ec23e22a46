/* Patterns: errors, limits, the shape of the result, examples. What they match: cases_test.c. */
#include "pattern/pattern.h"

#include "base/dfa.h"
#include "base/utf8.h"
#include "cases_test.h"
#include "check.h"

#include <time.h>

int failures;
static rob_arena arena;

static bool compile(const char *pattern, rob_dfa *dfa, pattern_error *err)
{
    rob_arena_reset(&arena);
    return pattern_compile(&arena, rob_str_of(pattern), dfa, err);
}

/* ------------------------------------------------------------------ errors */

static void errors_point_at_what_is_wrong(void)
{
    static const struct {
        const char *pattern;
        pattern_error_kind kind;
        size_t at, len;
    } CASES[] = {
        {"ab(?=c)", PATTERN_NOT_REGULAR, 2, 3},  {"(?<!x)a", PATTERN_NOT_REGULAR, 0, 4},
        {"(a)\\1", PATTERN_NOT_REGULAR, 3, 2},   {"a(b", PATTERN_SYNTAX, 1, 1},
        {"a)b", PATTERN_SYNTAX, 1, 1},           {"é[a-", PATTERN_SYNTAX, 2, 1},
        {"x[z-a]", PATTERN_SYNTAX, 2, 3},        {"a|*", PATTERN_SYNTAX, 2, 1},
        {"\\q", PATTERN_SYNTAX, 0, 2},           {"a{2", PATTERN_SYNTAX, 1, 2},
        {"a{3,2}", PATTERN_SYNTAX, 1, 5},        {"\\p{Klingon}", PATTERN_SYNTAX, 0, 11},
        {"ab\\", PATTERN_SYNTAX, 2, 1},          {"(?P<n>a)(?P<n>b)", PATTERN_SYNTAX, 12, 1},
        {"a\xff", PATTERN_SYNTAX, 1, 0},         {"(?z)", PATTERN_SYNTAX, 2, 1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        rob_dfa dfa;
        pattern_error err;
        CHECK(!compile(CASES[i].pattern, &dfa, &err), "`%s` compiled", CASES[i].pattern);
        CHECK(err.kind == CASES[i].kind && err.at == CASES[i].at && err.len == CASES[i].len,
              "`%s`: kind %d at %zu+%zu: %s", CASES[i].pattern, err.kind, err.at, err.len, err.message);
    }
}

/* ------------------------------------------------------------------ limits */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void expect_too_large(const char *name, const char *pattern)
{
    rob_dfa dfa;
    pattern_error err;
    double started = now();
    bool ok = compile(pattern, &dfa, &err);
    double took = now() - started;
    CHECK(!ok && err.kind == PATTERN_TOO_LARGE, "%s: %s", name, ok ? "compiled" : err.message);
    printf("%s: refused in %.0f ms\n", name, took * 1e3);
    CHECK(took < 5, "%s took %.1f s", name, took);
}

/* count copies of a text, with a head and a tail; freed by the caller. */
static char *repeat(const char *head, const char *text, size_t count, const char *tail)
{
    size_t len = strlen(text);
    char *out = malloc(strlen(head) + count * len + strlen(tail) + 1), *at = stpcpy(out, head);
    for (size_t i = 0; i < count; i++) at = stpcpy(at, text);
    strcpy(at, tail);
    return out;
}

static void explosions_are_refused_quickly(void)
{
    expect_too_large("{1000}{1000}", "a{1000}{1000}");
    expect_too_large("empty, often", "(?:){4294967294}");
    expect_too_large("nested empty", "((((){9999}){9999}){9999}){9999}");
    expect_too_large("nth from the end", "^(a|b)*a(a|b){30}$");
    expect_too_large("words", "^\\w{1000}$");
    expect_too_large("wide and long", "^(\\w{5}x?){200}\\b\\d{500}");
    expect_too_large("many counters", "a.{99}b.{99}c.{99}d.{99}e");
    char *many = malloc(5000 * 16), *at = many;
    for (unsigned i = 0; i < 5000; i++) at += sprintf(at, "\\x{%x}", 0x4e00 + i * 2);
    expect_too_large("many characters", many);
    free(many);
    many = malloc(3000 * 16), at = stpcpy(many, "^");
    for (unsigned i = 0; i < 2000; i++) at += sprintf(at, "[\\w\\x{%x}]", 0x2000 + i * 2);
    strcpy(at, "$");
    expect_too_large("many classes", many);
    free(many);
}

static void nesting_is_limited(void)
{
    char *patterns[] = {repeat("", "(", 100000, ""), repeat("", "[", 100000, ""), repeat("a", "*", 100000, ""),
                        repeat("", "(a|", 100000, "")};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        rob_dfa dfa;
        pattern_error err;
        CHECK(!compile(patterns[i], &dfa, &err) && err.kind == PATTERN_SYNTAX, "nested %zu", i);
        free(patterns[i]);
    }
}

static void long_patterns_compile(void)
{
    char *patterns[] = {repeat("^", "ab", 2000, "$"), repeat("x", "|xy", 2000, ""), repeat("^", "[a-f]?", 300, "$")};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        rob_dfa dfa;
        pattern_error err;
        CHECK(compile(patterns[i], &dfa, &err), "long %zu: %s", i, err.message);
        free(patterns[i]);
    }
}

static void usual_patterns_are_small_and_quick(void)
{
    static const struct {
        const char *pattern;
        unsigned states;
    } CASES[] = {{"", 3}, {"a", 3}, {"^[a-z0-9-]+$", 4}, {"^[0-9]{4}$", 7}, {"^.{0,500}$", 503}, {"(a|b)*abb", 5},
                 {"[^\\s\\S]", 3}, {"^(?:a|b|c)$", 4}, {"(?s)^.*$", 3}};
    double started = now();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        rob_dfa dfa;
        pattern_error err;
        CHECK(compile(CASES[i].pattern, &dfa, &err), "`%s`: %s", CASES[i].pattern, err.message);
        CHECK(dfa.states == CASES[i].states, "`%s` has %u states", CASES[i].pattern, dfa.states);
    }
    double took = now() - started;
    printf("%zu usual patterns in %.2f ms\n", sizeof CASES / sizeof *CASES, took * 1e3);
    CHECK(took < 0.2, "took %.0f ms", took * 1e3);
}

/* ------------------------------------------------------------------ the result */

/* What robync/generated.h promises to those who run it. */
static void sinks_have_their_numbers(void)
{
    static const char *const PATTERNS[] = {"", "a", "^a", "^\\w+$", "\\bfoo\\b", "[^\\s\\S]", "(?i)é|\\d{2}"};
    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++) {
        rob_dfa dfa;
        pattern_error err;
        if (!compile(PATTERNS[i], &dfa, &err)) exit(2);
        CHECK(dfa.accept_at_end[ROB_DFA_MATCHED] == 1 && dfa.accept_at_end[ROB_DFA_DEAD] == 0, "accept");
        for (unsigned c = 0; c < dfa.classes; c++) {
            CHECK(dfa.next[ROB_DFA_MATCHED * dfa.classes + c] == ROB_DFA_MATCHED, "`%s`: 1", PATTERNS[i]);
            CHECK(dfa.next[ROB_DFA_DEAD * dfa.classes + c] == ROB_DFA_DEAD, "`%s`: 2", PATTERNS[i]);
        }
        for (size_t cell = 0; cell < (size_t)dfa.states * dfa.classes; cell++) {
            CHECK(dfa.next[cell] < dfa.states, "`%s`: cell %zu", PATTERNS[i], cell);
        }
        for (unsigned byte = 0; byte < 256; byte++) CHECK(dfa.class_of[byte] < dfa.classes, "class of %u", byte);
    }
}

/* Every code point, through the bytes of UTF-8. */
static void every_code_point_is_told_apart(void)
{
    rob_dfa dfa;
    pattern_error err;
    if (!compile("^[a-z\\x{7f}-\\x{80}\\x{7ff}\\x{900}-\\x{d7ff}\\x{ffff}-\\x{10000}\\x{10ffff}]$", &dfa, &err)) exit(2);
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        char text[4];
        if (c >= 0xd800 && c <= 0xdfff) continue;
        bool in = (c >= 'a' && c <= 'z') || c == 0x7f || c == 0x80 || c == 0x7ff || (c >= 0x900 && c <= 0xd7ff) ||
                  c == 0xffff || c == 0x10000 || c == 0x10ffff;
        size_t len = rob_utf8_encode(text, c);
        CHECK(rob_dfa_matches(&dfa, (rob_str){text, len}) == in, "U+%04X", c);
    }
}

static void examples_are_short_and_readable(void)
{
    static const struct {
        const char *pattern, *example; /* NULL: nothing matches */
    } CASES[] = {{"", ""}, {"^[a-z0-9-]+$", "a"}, {"^[0-9]{4}$", "0000"}, {"^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", "a@a.a"},
                 {"^\\d{3}-\\d{4}$", "000-0000"}, {"^(yes|no)$", "no"}, {"^[ -~]$", "a"}, {"^é?[^\\x00-\\x7f]$", "\xc2\x80"},
                 {"a\\bb", NULL}, {"[^\\s\\S]", NULL}, {"^\\x{1F600}$", "\xf0\x9f\x98\x80"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        rob_dfa dfa;
        pattern_error err;
        bool none;
        if (!compile(CASES[i].pattern, &dfa, &err)) exit(2);
        rob_str got = pattern_example(&arena, &dfa, &none);
        CHECK(none == !CASES[i].example, "`%s`: none is %d", CASES[i].pattern, none);
        if (none) continue;
        CHECK(rob_str_eq(got, rob_str_of(CASES[i].example)), "`%s`: `%.*s`", CASES[i].pattern, ROB_STR_ARG(got));
        CHECK(rob_utf8_valid(got), "`%s`: not UTF-8", CASES[i].pattern);
    }
}

/* ------------------------------------------------------------------ any bytes */

static uint64_t seed = 1;

static unsigned dice(unsigned sides)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % sides;
}

/* Made of what means something; the sanitizers watch. */
static void garbage_does_no_harm(void)
{
    static const char *const PIECES[] = {"(", ")", "[", "]", "{", "}", "?", "*", "+", "|", "^", "$", "\\", "-", "&&",
                                         "~~", "--", "a", "9", ",", "\\p", "\\x", "(?", "P<n>", ":", "[:alpha:]", "\\b",
                                         "é", "\xff", "#", " ", "i", "x", "{2,5}", "\\pL", "\\w", "u-", "\\"};
    for (int round = 0; round < 4000; round++) {
        char pattern[256] = "";
        rob_dfa dfa;
        pattern_error err;
        for (unsigned n = dice(12); n > 0; n--) strcat(pattern, PIECES[dice(sizeof PIECES / sizeof *PIECES)]);
        if (compile(pattern, &dfa, &err)) continue;
        CHECK(err.message && err.at + err.len <= strlen(pattern), "`%s`: at %zu+%zu", pattern, err.at, err.len);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    rob_arena_init(&arena, 0);
    errors_point_at_what_is_wrong();
    explosions_are_refused_quickly();
    nesting_is_limited();
    long_patterns_compile();
    usual_patterns_are_small_and_quick();
    sinks_have_their_numbers();
    every_code_point_is_told_apart();
    examples_are_short_and_readable();
    garbage_does_no_harm();
    CHECK(cases_hold(argv[1]) > 4000, "cases are missing");
    rob_arena_free(&arena);
    return failures != 0;
}
