/* bench: each implementation of each route under the same load, side by side. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>

#include "bench/measure.h"
#include "bench/variant.h"
#include "command/command.h"
#include "command/make.h"
#include "terminal.h"

#define SECOND UINT64_C(1000000000)

/* The command line, as text and as what it means. */
typedef struct request_line {
    const char *connections, *duration, *rounds, *rate, *threads, *route, *values, *html, *output, *python;
    bool json, force;
    char **rest;
} request_line;

typedef struct benching {
    driver d;
    rob_arena *arena;
    request_line line;
    bench_values values;
    bench_report report;
    cores where;
    rob_str *binaries; /* one for each variant */
    uint32_t case_cap;
    const bench_side *shown; /* the last one of which a line was printed */
} benching;

/* ------------------------------------------------------------------ flags */

static bool bad_flag(const char *flag, const char *expected, const char *text)
{
    terminal_error("--%s takes %s, not `%s`", flag, expected, text);
    return false;
}

static bool read_number(const char *flag, const char *text, uint64_t most, uint64_t *out)
{
    char *end;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    if (errno || *end || *text < '0' || *text > '9' || !n || n > most) {
        char expected[64];
        snprintf(expected, sizeof expected, "a whole number from 1 to %llu", (unsigned long long)most);
        return bad_flag(flag, expected, text);
    }
    *out = n;
    return true;
}

static bool read_count(const char *flag, const char *text, unsigned most, unsigned *out)
{
    uint64_t n;
    if (!text) return true;
    if (!read_number(flag, text, most, &n)) return false;
    *out = (unsigned)n;
    return true;
}

/* "2s", "500ms", "1.5s" */
static bool read_duration(const char *text, uint64_t *out)
{
    if (!text) return true;
    char *end;
    double n = strtod(text, &end);
    double unit = strcmp(end, "ms") == 0 ? 1e6 : strcmp(end, "s") == 0 ? 1e9 : strcmp(end, "min") == 0 ? 60e9 : 0;
    if (!(n > 0) || !unit || n * unit < 1e6 || n * unit > 3600e9 || *text < '0' || *text > '9')
        return bad_flag("duration", "a time from 1ms to 60min, such as 2s", text);
    *out = (uint64_t)(n * unit);
    return true;
}

/* "n=10,20,30 m=x": words of name and values. */
static bool read_values(benching *b)
{
    words pairs = {.arena = b->arena};
    if (b->line.values) words_split(&pairs, rob_str_of(b->line.values));
    b->values.items = arena_need(b->arena, sizeof(bench_value) * (pairs.count + 1));
    for (size_t i = 0; i < pairs.count; i++) {
        const char *equals = strchr(pairs.items[i], '=');
        bool whole = equals && equals != pairs.items[i] && equals[1];
        if (!whole) return bad_flag("value", "NAME=VALUE,…", pairs.items[i]);
        bench_value *v = &b->values.items[b->values.count++];
        *v = (bench_value){.name = {pairs.items[i], (size_t)(equals - pairs.items[i])}};
        v->texts = arena_need(b->arena, sizeof(rob_str) * strlen(equals));
        for (const char *at = equals + 1; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
            v->texts[v->count++] = arena_text(b->arena, (rob_str){at, strcspn(at, ",")});
        }
    }
    return true;
}

static bool read_settings(benching *b)
{
    bench_settings *s = &b->report.settings;
    *s = (bench_settings){.connections = 64, .rounds = 3, .threads = 1, .duration = 2 * SECOND, .force = b->line.force};
    return read_count("connections", b->line.connections, 20000, &s->connections) &&
           read_count("rounds", b->line.rounds, 64, &s->rounds) &&
           read_count("threads", b->line.threads, 256, &s->threads) && read_duration(b->line.duration, &s->duration) &&
           (!b->line.rate || read_number("rate", b->line.rate, 10000000, &s->rate)) && read_values(b);
}

/* ------------------------------------------------------------------ progress */

static void show_progress(void *to, const bench_case *c, uint32_t side, unsigned round, double part)
{
    benching *b = to;
    const bench_side *s = &c->sides[side];
    const char *target = c->request.target.ptr;
    bool replaced = round ? terminal_status("Measuring", "%s · %s · round %u of %u · %.0f %%", target, s->label.ptr,
                                            round, b->report.settings.rounds, part * 100)
                          : terminal_status("Warming up", "%s · %s", target, s->label.ptr);
    if (replaced || b->shown == s || round != 1) return;
    b->shown = s;
    terminal_progress("Measuring", "%s · %s", target, s->label.ptr);
}

/* ------------------------------------------------------------------ cases */

static bool is_asked_for(const benching *b, const ir_route *route)
{
    return !b->line.route || strstr(route->text.ptr, b->line.route) || strstr(route->operation_id.ptr, b->line.route);
}

/* The types of a handler have the name of the route's one C function, so a second one would not be called. */
static bool has_two_natives(const ir_route *route)
{
    uint32_t natives = 0;
    for (uint32_t i = 0; i < route->impl_count; i++) natives += route->impls[i].kind == IR_NATIVE;
    return natives > 1;
}

static void add_sides(benching *b, bench_case *c)
{
    c->sides = arena_need(b->arena, sizeof(bench_side) * c->route->impl_count);
    for (uint32_t i = 0; i < c->route->impl_count; i++) {
        bench_side *side = &c->sides[c->side_count++];
        side->label = implementation_label(b->arena, &c->route->impls[i]);
        side->binary = b->binaries[i].ptr;
    }
}

static bool add_cases(benching *b, const ir_route *route)
{
    if (has_two_natives(route)) {
        terminal_error("%s: of a route's implementations only one can be native", route->text.ptr);
        return false;
    }
    uint32_t count = bench_request_count(route, &b->values);
    bench_report *r = &b->report;
    r->cases = arena_room(b->arena, r->cases, &b->case_cap, r->case_count + count, sizeof(bench_case));
    for (uint32_t i = 0; i < count; i++) {
        bench_case c = {.route = route};
        rob_str why = {0};
        if (!bench_request_make(b->arena, route, &b->values, i, &c.request, &why)) {
            terminal_error("%s: %s", route->text.ptr, why.ptr);
            return false;
        }
        add_sides(b, &c);
        r->cases[r->case_count++] = c;
    }
    return true;
}

/* The routes with a choice; all of them when no route has one, or when one was named. */
static bool choose_cases(benching *b)
{
    const ir_api *api = b->report.api;
    bool any_choice = false;
    for (uint32_t i = 0; i < api->route_count; i++) any_choice |= api->routes[i]->impl_count > 1;
    for (uint32_t i = 0; i < api->route_count; i++) {
        const ir_route *route = api->routes[i];
        bool wanted = is_asked_for(b, route) && (b->line.route || !any_choice || route->impl_count > 1);
        if (wanted && !add_cases(b, route)) return false;
    }
    for (uint32_t i = 0; i < b->values.count; i++) {
        const bench_value *v = &b->values.items[i];
        if (v->used) continue;
        terminal_error("no measured route has a parameter `%.*s`", ROB_STR_ARG(v->name));
        return false;
    }
    if (b->report.case_count) return true;
    const char *named = b->line.route;
    terminal_error("no route to measure%s%s", named ? " matches " : "", named ? named : "");
    return false;
}

/* One server for each turn of implementations. */
static int build_all(benching *b)
{
    uint32_t count = variant_count(b->d.api);
    make_options options = {.python = b->line.python};
    b->binaries = arena_need(b->arena, sizeof(rob_str) * count);
    for (uint32_t i = 0; i < count; i++) {
        rob_str work = i ? arena_format(b->arena, "implementation-%u", i + 1) : (rob_str){0};
        int code = make_loaded(&b->d, variant_of(b->arena, b->d.api, i), work, &options, &b->binaries[i]);
        if (code != EXIT_FINE) return code;
        if (!strchr(b->binaries[i].ptr, '/')) b->binaries[i] = arena_format(b->arena, "./%s", b->binaries[i].ptr);
    }
    return EXIT_FINE;
}

/* ------------------------------------------------------------------ measure */

static int measure_all(benching *b)
{
    words options = {.arena = b->arena};
    words_add(&options, "--threads");
    words_add(&options, arena_format(b->arena, "%u", b->report.settings.threads).ptr);
    for (char **word = b->line.rest; word && *word; word++) words_add(&options, *word);
    measure_watcher watcher = {show_progress, b};
    if (b->where.apart) sched_setaffinity(0, sizeof b->where.load, &b->where.load);
    for (uint32_t i = 0; i < b->report.case_count; i++) {
        bench_case *c = &b->report.cases[i];
        rob_str why = {0};
        measure_result result =
            measure_case(b->arena, c, &b->report.settings, &b->where, words_end(&options), &watcher, &why);
        terminal_status("", "%s", "");
        if (result == MEASURE_DIFFERS) {
            terminal_error("%s: %s; --force measures them all the same", c->request.target.ptr, c->difference.ptr);
            return EXIT_SPEC;
        }
        if (result == MEASURE_FAILED) {
            terminal_error("%s", why.ptr);
            return EXIT_UNUSABLE;
        }
    }
    return EXIT_FINE;
}

static rob_str cpu_model(rob_arena *arena)
{
    char line[256], name[200] = "unknown";
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file && fgets(line, sizeof line, file) && sscanf(line, "model name : %199[^\n]", name) != 1) continue;
    if (file) fclose(file);
    return arena_text(arena, rob_str_of(name));
}

static void look_at_machine(benching *b)
{
    struct utsname system;
    b->where = cores_split(b->report.settings.threads);
    b->report.cores = b->where.count;
    b->report.apart = b->where.apart;
    b->report.cpu = cpu_model(b->arena);
    if (uname(&system) == 0) b->report.kernel = arena_format(b->arena, "%s %s", system.sysname, system.release);
}

/* ------------------------------------------------------------------ results */

static bool write_file(const char *path, rob_str text)
{
    FILE *file = fopen(path, "w");
    bool written = file && fwrite(text.ptr, 1, text.len, file) == text.len;
    if (file) written = fclose(file) == 0 && written;
    if (!written) terminal_error("cannot write %s: %s", path, strerror(errno));
    return written;
}

static int show_results(benching *b)
{
    const request_line *line = &b->line;
    rob_str shown = line->json ? bench_json(b->arena, &b->report)
                               : bench_table(b->arena, &b->report, !line->output && terminal_color(stdout));
    bool written = true;
    if (line->output) written = write_file(line->output, shown);
    else fwrite(shown.ptr, 1, shown.len, stdout);
    if (line->html) {
        written = write_file(line->html, bench_page(b->arena, &b->report)) && written;
        if (written) terminal_progress("Wrote", "%s", line->html);
    }
    return written ? EXIT_FINE : EXIT_UNUSABLE;
}

static int bench(benching *b, const char *path)
{
    int code = driver_load(&b->d, path);
    if (code != EXIT_FINE) return code;
    b->arena = &b->d.arena;
    b->report.api = b->d.api;
    if (!read_settings(b)) return EXIT_UNUSABLE;
    look_at_machine(b);
    code = build_all(b);
    if (code == EXIT_FINE && !choose_cases(b)) code = EXIT_UNUSABLE;
    if (code == EXIT_FINE) code = measure_all(b);
    return code == EXIT_FINE ? show_results(b) : code;
}

static int run(int argc, char **argv)
{
    benching b = {0};
    request_line *l = &b.line;
    const flag flags[] = {
        {"connections", 'c', "N", "open connections (default: 64)", NULL, &l->connections},
        {"duration", 'd', "TIME", "of each round of each implementation (default: 2s)", NULL, &l->duration},
        {"rounds", 0, "N", "turns that each implementation gets (default: 3)", NULL, &l->rounds},
        {"rate", 0, "N", "open loop: so many requests per second, whatever the server does", NULL, &l->rate},
        {"route", 0, "TEXT", "only routes whose method, path or operation id has this in it", NULL, &l->route},
        {"value", 0, "NAME=A,B", "values for a parameter, in place of the spec's: \"n=1,2 m=x\"", NULL, &l->values},
        {"threads", 0, "N", "loop threads of a server, on as many cores (default: 1)", NULL, &l->threads},
        {"python", 0, "PATH", "the interpreter for routes in Python (default: the environment's)", NULL, &l->python},
        {"force", 0, NULL, "measure even what gives different answers", &l->force, NULL},
        {"json", 0, NULL, "the results as JSON", &l->json, NULL},
        {"output", 'o', "PATH", "write the table or JSON there", NULL, &l->output},
        {"html", 0, "PATH", "write a page with plots there as well", NULL, &l->html},
        {0},
    };
    const char *path = ".";
    int count = 0;
    flags_result parsed = flags_parse(&command_bench, flags, argc, argv, &path, 1, &count, &l->rest);
    if (parsed != FLAGS_OK) return parsed == FLAGS_HELP ? EXIT_FINE : EXIT_UNUSABLE;
    int code = bench(&b, path);
    driver_free(&b.d);
    return code;
}

const command command_bench = {
    .name = "bench",
    .usage = "[FILE] [options] [-- SERVER OPTIONS]",
    .summary = "Measure each route's implementations side by side",
    .about = "Builds a server for each implementation, checks that all give the same answer, and loads them in\n"
             "turns (A B, A B, A B). Routes with one implementation are measured when no route has several, or with\n"
             "--route. Requests are made of @example, of defaults, or to fit the types; several examples are several\n"
             "cases. Without --rate each connection asks again as soon as it is answered; with it, requests leave at\n"
             "a steady rate, and latency counts from when they were meant to leave, so that queueing shows.\n",
    .run = run,
};
