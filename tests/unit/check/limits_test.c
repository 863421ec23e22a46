/* Specs that would explode end in a message, soon; large honest ones are checked within their budget. */
#include <time.h>

#include "checked.h"
#include "text.h"

static rob_arena arena;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* code NULL: no errors are expected. */
static void expect_within(const char *what, text *spec, const char *code, double most)
{
    checked c;
    rob_str whole = text_done(spec);
    double start = seconds();
    check_text(&c, whole.ptr);
    double took = seconds() - start;
    if (code) EXPECT(!c.api && reported(&c, code), "%s: no %s", what, code);
    else EXPECT(c.api, "%s: %zu errors", what, c.d.errors);
    EXPECT(took < most, "%s: took %.3f s", what, took);
    end_checked(&c);
}

static void test_types_that_double(void)
{
    text spec = text_new(&arena);
    text_format(&spec, "type A0 = str\n");
    for (int i = 1; i < 60; i++) text_format(&spec, "type A%d = list[A%d] | dict[str, A%d]\n", i, i - 1, i - 1);
    text_format(&spec, "GET /a -> A59 = native a\n");
    expect_within("unions that double", &spec, "RB0119", 1);
}

static void test_models_that_double(void)
{
    text spec = text_new(&arena);
    text_format(&spec, "model M0 { a: str }\n");
    for (int i = 1; i < 60; i++) text_format(&spec, "model M%d { a: M%d, b: M%d }\n", i, i - 1, i - 1);
    expect_within("models that double", &spec, "RB0141", 1);
}

static void test_generics_without_end(void)
{
    text spec = text_new(&arena);
    text_format(&spec,
                "model P[A, B] { a: A, b: B }\nmodel G[T] { g?: G[P[T, T]] }\nGET /a -> G[int] = native a\n");
    expect_within("generics that grow", &spec, "RB0119", 1);
}

static void test_long_chains(void)
{
    text aliases = text_new(&arena), bases = text_new(&arena), models = text_new(&arena);
    for (int i = 0; i < 5000; i++) {
        text_format(&aliases, "type A%d = A%d\n", i, i + 1);
        text_format(&bases, "model B%d(B%d) { }\n", i, i + 1);
        text_format(&models, "model M%d { next?: M%d }\n", i, i + 1);
    }
    text_format(&aliases, "type A5000 = int\n");
    text_format(&bases, "model B5000 { }\n");
    text_format(&models, "model M5000 { a: int }\n");
    expect_within("aliases", &aliases, "RB0119", 2);
    expect_within("bases", &bases, "RB0119", 2);
    expect_within("models", &models, NULL, 2);
}

static void test_too_many_models(void)
{
    text spec = text_new(&arena);
    for (int i = 0; i < 10001; i++) text_format(&spec, "model M%d { }\n", i);
    expect_within("models", &spec, "RB0119", 2);
}

static void test_ambiguous_unions_of_large_models(void)
{
    text spec = text_new(&arena);
    for (int m = 0; m < 20; m++) {
        text_format(&spec, "model M%d {", m);
        for (int f = 0; f < 40; f++) text_format(&spec, " f%d: M%d,", f, m + 1);
        text_format(&spec, " }\n");
    }
    text_format(&spec, "model M20 { a: str }\nGET /a -> list[M18 | M19] = native a\n");
    expect_within("a witness that is hard to find", &spec, "RB0153", 5);
}

/* The budget is 50 ms on an idle machine; ten times that still finds what is quadratic. */
static void test_a_thousand_routes(void)
{
    text spec = text_new(&arena);
    for (int i = 0; i < 200; i++)
        text_format(&spec,
                    "model M%d { id: int(ge=1), name: str(max_length=%d), tags: list[str(max_length=20)] = [], next?: M%d }\n",
                    i, i + 1, (i + 1) % 200);
    for (int i = 0; i < 1000; i++)
        text_format(&spec,
                    "GET /r%d/{id: int(ge=1)}/x (limit: int(ge=1, le=%d) = 20, q?: str) -> M%d = native f%d\n", i, i + 100, i % 200, i);
    expect_within("1000 routes", &spec, NULL, 0.5);
}

int main(void)
{
    rob_arena_init(&arena, 0);
    test_types_that_double();
    test_models_that_double();
    test_generics_without_end();
    test_long_chains();
    test_too_many_models();
    test_ambiguous_unions_of_large_models();
    test_a_thousand_routes();
    rob_arena_free(&arena);
    return failures != 0;
}
