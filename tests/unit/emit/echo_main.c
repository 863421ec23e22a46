/* echo_main: emitted encoders write what the table-driven one writes, and refuse what it refuses.
 *
 * For each line of echo.tsv the loose twin of a type is decoded, taken for the strict one (same layout),
 * and written both ways. Compiled together with emitted code by echo_test.py. */
#include "echo/tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "codec/decode.h"

static rob_arena arena;
static const rob_type *strict; /* of the answer under test */
static const char *line_now;
static int failures;
static size_t accepted, refused;

/* ------------------------------------------------------------------ instead of the server */

static void differ(const char *what, rob_str emitted, rob_str plain)
{
    failures++;
    fprintf(stderr, "%s\n  %s\n  emitted: %.*s\n  runtime: %.*s\n", line_now, what, ROB_STR_ARG(emitted), ROB_STR_ARG(plain));
}

void rob_reply_json(rob_reply *reply, unsigned status, rob_encode_fn *encode, const void *value)
{
    (void)reply;
    (void)status;
    rob_writer emitted = {.arena = &arena}, plain = {.arena = &arena};
    encode(&emitted, value);
    rob_write_value(&plain, strict, value);
    rob_str a = {emitted.ptr, emitted.len}, b = {plain.ptr, plain.len};
    if (emitted.status != plain.status) {
        differ("status", rob_str_of(rob_status_text(emitted.status)), rob_str_of(rob_status_text(plain.status)));
    } else if (plain.status == ROB_OK) {
        accepted++;
        if (!rob_str_eq(a, b)) differ("text", a, b);
    } else {
        refused++;
        if (!rob_str_eq(emitted.where, plain.where)) differ("member", emitted.where, plain.where);
        if (!emitted.why) differ("why", ROB_STR("(nothing)"), rob_str_of(plain.why));
    }
}

void rob_reply_invalid(rob_reply *reply, const rob_invalid *invalid)
{
    (void)reply;
    (void)invalid;
    failures++;
}

void rob_reply_failed(rob_reply *reply, rob_str why)
{
    (void)reply;
    differ("no outcome", why, why);
}

rob_status rob_decode_params(rob_request *req, void *in)
{
    (void)req;
    (void)in;
    return ROB_FAILED;
}

/* ------------------------------------------------------------------ handlers */

/* `loose` has the layout of the answer. */
#define ECHO_POINTER(name, type)                                                            \
    echo_echo_##name##_out echo_echo_##name(rob_ctx *ctx, const echo_echo_##name##_in *in)  \
    {                                                                                       \
        type answer;                                                                        \
        (void)ctx;                                                                          \
        _Static_assert(sizeof answer == sizeof in->loose, "twins");                         \
        memcpy(&answer, &in->loose, sizeof answer);                                         \
        return echo_echo_##name##_ok(&answer);                                              \
    }
#define ECHO_VALUE(name, type)                                                              \
    echo_echo_##name##_out echo_echo_##name(rob_ctx *ctx, const echo_echo_##name##_in *in)  \
    {                                                                                       \
        type answer;                                                                        \
        (void)ctx;                                                                          \
        _Static_assert(sizeof answer == sizeof in->loose, "twins");                         \
        memcpy(&answer, &in->loose, sizeof answer);                                         \
        return echo_echo_##name##_ok(answer);                                               \
    }

ECHO_POINTER(numbers, echo_numbers)
ECHO_POINTER(texts, echo_texts)
ECHO_POINTER(lists, echo_lists)
ECHO_POINTER(dicts, echo_dicts)
ECHO_POINTER(times, echo_times)
ECHO_POINTER(options, echo_options)
ECHO_POINTER(payment, echo_payment)
ECHO_POINTER(tree, echo_tree)
ECHO_POINTER(all, echo_all)
ECHO_VALUE(trees, echo_tree_list)
ECHO_VALUE(score, double)
ECHO_VALUE(role, echo_role)
ECHO_VALUE(maybe, echo_card_or_null_list)

/* ------------------------------------------------------------------ the test */

static const rob_endpoint *find_endpoint(const char *name)
{
    for (size_t i = 0; i < ENDPOINTS; i++) {
        if (strcmp(echo_all_endpoints[i]->name + strlen("echo_"), name) == 0) return echo_all_endpoints[i];
    }
    fprintf(stderr, "no route %s\n", name);
    exit(2);
}

static void answer(const rob_endpoint *endpoint, const void *in)
{
    void *out = rob_arena_alloc(&arena, endpoint->out_size);
    strict = endpoint->params->items[0].field.type;
    endpoint->call(NULL, in, out);
    endpoint->encode(out, NULL);
}

static void run(const char *name, const char *json)
{
    const rob_endpoint *endpoint = find_endpoint(name);
    const rob_field *loose = &endpoint->params->items[1].field;
    char *in = rob_arena_alloc(&arena, endpoint->in_size);
    rob_errors errors = {0};
    if (rob_decode_text(&arena, loose->type, rob_str_of(json), in + loose->offset, &errors) != ROB_OK) {
        differ("does not decode", rob_str_of(json), errors.first ? errors.first->json : ROB_STR(""));
        return;
    }
    answer(endpoint, in);
}

/* What no document can hold. */
static void run_impossible(void)
{
    line_now = "(made by hand)";
    echo_echo_numbers_in numbers = {.loose = {.a = 1, .c = 5, .d = (double)NAN}};
    answer(find_endpoint("numbers"), &numbers);
    numbers.loose.d = (double)INFINITY;
    answer(find_endpoint("numbers"), &numbers);
    echo_echo_role_in role = {.loose = (echo_role)7};
    answer(find_endpoint("role"), &role);
    echo_echo_texts_in texts = {.loose = {.s = ROB_STR("\xff"), .t = ROB_STR("ab"), .p = ROB_STR("a"), .em = ROB_STR("a@b.co")}};
    answer(find_endpoint("texts"), &texts);
    echo_echo_payment_in payment = {.loose = {.tag = (echo_loose_payment_tag)9}};
    answer(find_endpoint("payment"), &payment);
    echo_loose_tree circle = {.name = ROB_STR("a"), .has_left = true};
    circle.left = &circle;
    echo_echo_tree_in tree = {.loose = circle};
    answer(find_endpoint("tree"), &tree);
}

int main(int argc, char **argv)
{
    static char line[8192], copy[8192];
    FILE *cases = argc > 1 ? fopen(argv[1], "r") : NULL;
    if (!cases) return 2;
    rob_arena_init(&arena, 0);
    while (fgets(line, sizeof line, cases)) {
        line[strcspn(line, "\n")] = 0;
        line_now = strcpy(copy, line);
        char *tab = strchr(line, '\t');
        *tab = 0;
        run(line, tab + 1);
    }
    run_impossible();
    fclose(cases);
    rob_arena_free(&arena);
    printf("%zu values written, %zu refused, %d differ\n", accepted, refused, failures);
    return failures || accepted < 30 || refused < 30;
}
