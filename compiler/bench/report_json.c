/* The report as one JSON document. Members carry their unit in their name. */
#include "bench/report.h"

#include <cjson/cJSON.h>

static cJSON *add_text(cJSON *to, const char *name, rob_str value, rob_arena *arena)
{
    return cJSON_AddStringToObject(to, name, arena_text(arena, value).ptr);
}

static double microseconds(double ns)
{
    /* cJSON prints what it is given: no more digits than were measured. */
    return (double)(int64_t)(ns + 0.5) / 1000;
}

static double rounded(double n, double digits)
{
    return (double)(int64_t)(n * digits + 0.5) / digits;
}

static void add_latency(cJSON *to, const bench_side *side)
{
    static const struct {
        const char *name;
        double percent;
    } percentiles[] = {{"p50", 50}, {"p90", 90}, {"p99", 99}, {"p99.9", 99.9}};
    const histogram *h = &side->total.latency;
    cJSON *latency = cJSON_AddObjectToObject(to, "latency_us");
    cJSON_AddNumberToObject(latency, "min", microseconds((double)h->min));
    cJSON_AddNumberToObject(latency, "mean", microseconds(histogram_mean(h)));
    for (size_t i = 0; i < sizeof percentiles / sizeof *percentiles; i++) {
        double ns = bench_percentile(side, percentiles[i].percent);
        cJSON_AddNumberToObject(latency, percentiles[i].name, microseconds(ns));
    }
    cJSON_AddNumberToObject(latency, "max", microseconds((double)h->max));
    cJSON *points = cJSON_AddArrayToObject(to, "percentiles_us");
    for (double p = bench_next_percent(-1, h->count); p <= 100; p = bench_next_percent(p, h->count)) {
        double pair[] = {rounded(p, 1e5), microseconds(bench_percentile(side, p))};
        cJSON_AddItemToArray(points, cJSON_CreateDoubleArray(pair, 2));
    }
}

static void add_rounds(cJSON *to, const bench_report *report, const bench_side *side)
{
    cJSON *rounds = cJSON_AddArrayToObject(to, "rounds");
    for (unsigned i = 0; i < report->settings.rounds; i++) {
        const bench_round *r = &side->rounds[i];
        cJSON *round = cJSON_CreateObject();
        cJSON_AddNumberToObject(round, "requests", (double)r->requests);
        cJSON_AddNumberToObject(round, "elapsed_us", microseconds((double)r->elapsed));
        cJSON_AddNumberToObject(round, "cpu_us", microseconds((double)r->cpu));
        cJSON_AddItemToArray(rounds, round);
    }
}

static cJSON *side_json(rob_arena *arena, const bench_report *report, const bench_case *c, const bench_side *side)
{
    cJSON *out = cJSON_CreateObject();
    add_text(out, "implementation", side->label, arena);
    cJSON_AddNumberToObject(out, "requests", (double)side->total.requests);
    cJSON_AddNumberToObject(out, "requests_per_second", rounded(bench_rate(side), 10));
    cJSON_AddNumberToObject(out, "not_2xx", (double)side->total.not_2xx);
    cJSON_AddNumberToObject(out, "broken", (double)side->total.broken);
    cJSON_AddNumberToObject(out, "abandoned", (double)side->total.abandoned);
    cJSON_AddNumberToObject(out, "unconnected", (double)side->total.unconnected);
    cJSON_AddNumberToObject(out, "bytes_received", (double)side->total.bytes);
    cJSON_AddNumberToObject(out, "cpu_us_per_request", microseconds(bench_cpu(side)));
    cJSON_AddNumberToObject(out, "cpu_ratio_to_first", rounded(bench_cpu_ratio(report, side, c->sides), 1e4));
    cJSON_AddNumberToObject(out, "memory_bytes", (double)side->memory);
    cJSON_AddNumberToObject(out, "memory_idle_bytes", (double)side->memory_idle);
    add_latency(out, side);
    add_rounds(out, report, side);
    return out;
}

static cJSON *case_json(rob_arena *arena, const bench_report *report, const bench_case *c)
{
    cJSON *out = cJSON_CreateObject();
    add_text(out, "route", c->route->text, arena);
    add_text(out, "target", c->request.target, arena);
    if (c->request.body.len) add_text(out, "body", c->request.body, arena);
    cJSON_AddNumberToObject(out, "status", c->status);
    cJSON_AddBoolToObject(out, "same_answers", !c->difference.len);
    if (c->difference.len) add_text(out, "difference", c->difference, arena);
    cJSON *sides = cJSON_AddArrayToObject(out, "implementations");
    for (uint32_t i = 0; i < c->side_count; i++) cJSON_AddItemToArray(sides, side_json(arena, report, c, &c->sides[i]));
    return out;
}

static void add_settings(cJSON *to, const bench_report *report, rob_arena *arena)
{
    const bench_settings *s = &report->settings;
    cJSON *settings = cJSON_AddObjectToObject(to, "settings");
    cJSON_AddNumberToObject(settings, "connections", s->connections);
    cJSON_AddNumberToObject(settings, "rounds", s->rounds);
    cJSON_AddNumberToObject(settings, "duration_us", microseconds((double)s->duration));
    cJSON_AddStringToObject(settings, "loop", s->rate ? "open" : "closed");
    if (s->rate) cJSON_AddNumberToObject(settings, "rate", (double)s->rate);
    cJSON_AddNumberToObject(settings, "threads", s->threads);
    cJSON *machine = cJSON_AddObjectToObject(to, "machine");
    add_text(machine, "cpu", report->cpu, arena);
    add_text(machine, "kernel", report->kernel, arena);
    cJSON_AddNumberToObject(machine, "cores", report->cores);
    cJSON_AddBoolToObject(machine, "load_on_other_cores", report->apart);
}

rob_str bench_json(rob_arena *arena, const bench_report *report)
{
    cJSON *out = cJSON_CreateObject();
    cJSON *api = cJSON_AddObjectToObject(out, "api");
    add_text(api, "name", report->api->name, arena);
    add_text(api, "version", report->api->version, arena);
    add_settings(out, report, arena);
    cJSON *cases = cJSON_AddArrayToObject(out, "cases");
    for (uint32_t i = 0; i < report->case_count; i++) {
        cJSON_AddItemToArray(cases, case_json(arena, report, &report->cases[i]));
    }
    char *printed = cJSON_Print(out);
    rob_str copy = arena_format(arena, "%s\n", printed ? printed : "{}");
    cJSON_free(printed);
    cJSON_Delete(out);
    return copy;
}
