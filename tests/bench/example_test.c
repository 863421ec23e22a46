/* Every type of a spec gets a value that the decoder takes; a pattern gets a text of the asked length. */
#include "bench/example.h"

#include <stdio.h>

#include "base/dfa.h"
#include "check.h"
#include "driver.h"
#include "pattern/pattern.h"

static rob_arena arena;

static void every_type_gets_a_value(const char *path)
{
    driver d;
    int code = driver_load(&d, path);
    CHECK(code == EXIT_FINE, "%s does not load", path);
    for (uint32_t i = 0; code == EXIT_FINE && i < d.api->type_count; i++) {
        const ir_type *type = d.api->types[i];
        rob_str json = example_of_type(&d.arena, type);
        CHECK(json.ptr, "no value for `%.*s`", ROB_STR_ARG(type->text));
        if (json.ptr) CHECK(example_fits(&d.arena, type, json), "%.*s is no `%.*s`", ROB_STR_ARG(json), ROB_STR_ARG(type->text));
    }
    driver_free(&d);
}

static size_t code_points(rob_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += (text.ptr[i] & 0xC0) != 0x80;
    return count;
}

static void check_pattern(const char *pattern, uint32_t min, uint32_t max)
{
    rob_dfa dfa;
    pattern_error error;
    if (!pattern_compile(&arena, rob_str_of(pattern), &dfa, &error)) {
        CHECK(false, "`%s`: %s", pattern, error.message);
        return;
    }
    rob_str found = example_of_pattern(&arena, &dfa, min, max);
    CHECK(found.ptr && rob_dfa_matches(&dfa, found), "`%s` %u to %u: `%.*s`", pattern, min, max, ROB_STR_ARG(found));
    CHECK(code_points(found) >= min && code_points(found) <= max, "`%s` %u to %u: `%.*s`", pattern, min, max, ROB_STR_ARG(found));
}

static void patterns_get_texts_of_the_asked_length(void)
{
    static const struct {
        const char *pattern;
        uint32_t min, max;
    } samples[] = {
        {"^[a-z0-9-]+$", 3, 40}, {"^[0-9]{4}$", 0, 100}, {"[a-z]", 10, 12}, {"^(ab)+$", 5, 6}, {"x$", 8, 8},
        {"^[^@\\s]+@[^@\\s]+\\.[a-z]+$", 0, 1000}, {"^[A-Z]{2}-[0-9]+$", 20, 20}, {"", 4, 4}, {"^(a|bc){2,3}$", 6, 6},
        {"^\\p{Greek}+$", 1, 5},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) check_pattern(samples[i].pattern, samples[i].min, samples[i].max);
}

int main(int argc, char **argv)
{
    rob_arena_init(&arena, 0);
    for (int i = 1; i < argc; i++) every_type_gets_a_value(argv[i]);
    patterns_get_texts_of_the_asked_length();
    rob_arena_free(&arena);
    return failures != 0;
}
