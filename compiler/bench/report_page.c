/* The report as one HTML page that needs nothing else: no script, no font, no address. */
#include "bench/plot.h"

/* One page in the making. */
typedef struct page {
    rob_arena *arena;
    template t;
    const bench_report *report;
} page;

static rob_str html(const page *p, rob_str plain)
{
    return html_text(p->arena, plain);
}

/* ------------------------------------------------------------------ words */

/* Each implementation beside the first one, in the words of that part. */
static rob_str verdicts(page *p, const bench_case *c, const char *part)
{
    text out = text_new(p->arena);
    bool is_short = strcmp(part, "short_verdict") == 0;
    for (uint32_t i = 1; i < c->side_count; i++) {
        double ratio = bench_cpu_ratio(p->report, &c->sides[i], &c->sides[0]);
        if (ratio <= 0) continue;
        bool first_is_cheaper = ratio >= 1;
        hole holes[] = {{"dear", html(p, c->sides[first_is_cheaper ? i : 0].label)},
                        {"ratio", show_ratio(p->arena, first_is_cheaper ? ratio : 1 / ratio)},
                        {"cheap", html(p, c->sides[first_is_cheaper ? 0 : i].label)}};
        template_fill(&p->t, part, &out, holes, is_short ? 2 : 3);
    }
    return text_done(&out);
}

static void add_trouble(page *p, text *out, rob_str words)
{
    FILL(&p->t, "trouble", out, {"text", html(p, words)});
}

static rob_str troubles(page *p, const bench_case *c)
{
    text out = text_new(p->arena);
    if (c->difference.len) {
        add_trouble(p, &out, arena_format(p->arena, "Different answers: %.*s", ROB_STR_ARG(c->difference)));
    }
    for (uint32_t i = 0; i < c->side_count; i++) {
        const bench_side *s = &c->sides[i];
        if (s->total.not_2xx) {
            add_trouble(p, &out, arena_format(p->arena, "%.*s: %s of %s answers were not 2xx", ROB_STR_ARG(s->label),
                                              show_count(p->arena, (double)s->total.not_2xx).ptr,
                                              show_count(p->arena, (double)s->total.requests).ptr));
        }
        if (bench_failures(s)) {
            add_trouble(p, &out, arena_format(p->arena, "%.*s: %s requests failed", ROB_STR_ARG(s->label),
                                              show_count(p->arena, (double)bench_failures(s)).ptr));
        }
    }
    return text_done(&out);
}

static rob_str key(page *p, const bench_case *c)
{
    text out = text_new(p->arena);
    for (uint32_t i = 0; i < c->side_count; i++) {
        FILL(&p->t, "key", &out, {"color", arena_format(p->arena, "%u", i % PLOT_COLORS)},
             {"label", html(p, c->sides[i].label)});
    }
    return text_done(&out);
}

static rob_str rows(page *p, const bench_case *c)
{
    text out = text_new(p->arena);
    for (uint32_t i = 0; i < c->side_count; i++) {
        const bench_side *s = &c->sides[i];
        FILL(&p->t, "row", &out, {"label", html(p, s->label)}, {"rate", show_count(p->arena, bench_rate(s))},
             {"p50", show_time(p->arena, bench_percentile(s, 50))},
             {"p90", show_time(p->arena, bench_percentile(s, 90))},
             {"p99", show_time(p->arena, bench_percentile(s, 99))},
             {"p999", show_time(p->arena, bench_percentile(s, 99.9))},
             {"longest", show_time(p->arena, (double)s->total.latency.max)},
             {"cpu", show_time(p->arena, bench_cpu(s))}, {"memory", show_bytes(p->arena, (double)s->memory)},
             {"requests", show_count(p->arena, (double)s->total.requests)});
    }
    return text_done(&out);
}

/* ------------------------------------------------------------------ bars */

static void add_figure(page *p, text *out, const char *caption, rob_str plot)
{
    FILL(&p->t, "figure", out, {"caption", rob_str_of(caption)}, {"plot", plot});
}

static rob_str cpu_plot(page *p, const bench_case *c)
{
    unsigned count = p->report->settings.rounds;
    double *values = arena_need(p->arena, sizeof(double) * c->side_count);
    double *rounds = arena_need(p->arena, sizeof(double) * c->side_count * count);
    rob_str *texts = arena_need(p->arena, sizeof(rob_str) * c->side_count);
    for (uint32_t i = 0; i < c->side_count; i++) {
        const bench_side *s = &c->sides[i];
        values[i] = bench_cpu(s);
        texts[i] = show_time(p->arena, values[i]);
        for (unsigned k = 0; k < count; k++) {
            const bench_round *r = &s->rounds[k];
            rounds[i * count + k] = r->requests ? (double)r->cpu / (double)r->requests : 0;
        }
    }
    return plot_bars(&p->t, c, values, texts, rounds, count);
}

static void add_plain_bars(page *p, const bench_case *c, const char *caption, double (*of)(const bench_side *),
                           rob_str (*show)(rob_arena *, double), text *out)
{
    double *values = arena_need(p->arena, sizeof(double) * c->side_count);
    rob_str *texts = arena_need(p->arena, sizeof(rob_str) * c->side_count);
    for (uint32_t i = 0; i < c->side_count; i++) {
        values[i] = of(&c->sides[i]);
        texts[i] = show(p->arena, values[i]);
    }
    add_figure(p, out, caption, plot_bars(&p->t, c, values, texts, NULL, 0));
}

static double memory_of(const bench_side *side)
{
    return (double)side->memory;
}

static rob_str bars(page *p, const bench_case *c)
{
    text out = text_new(p->arena);
    add_figure(p, &out, "CPU per request (dots: each round)", cpu_plot(p, c));
    add_plain_bars(p, c, "Requests per second", bench_rate, show_count, &out);
    add_plain_bars(p, c, "Memory under load", memory_of, show_bytes, &out);
    return text_done(&out);
}

/* ------------------------------------------------------------------ together */

static rob_str number_of(page *p, const bench_case *c)
{
    return arena_format(p->arena, "%u", (unsigned)(c - p->report->cases) + 1);
}

static rob_str target_of(page *p, const bench_case *c)
{
    rob_str method = {c->route->text.ptr, strcspn(c->route->text.ptr, " ")};
    return html(p, arena_format(p->arena, "%.*s %.*s", ROB_STR_ARG(method), ROB_STR_ARG(c->request.target)));
}

static void add_case(page *p, const bench_case *c, text *out)
{
    FILL(&p->t, "case", out, {"number", number_of(p, c)}, {"target", target_of(p, c)},
         {"status", arena_format(p->arena, "answers %u", c->status)}, {"verdicts", verdicts(p, c, "verdict")},
         {"troubles", troubles(p, c)}, {"key", key(p, c)}, {"latency", plot_latency(&p->t, c)}, {"bars", bars(p, c)},
         {"rows", rows(p, c)});
}

/* All cases at a glance, when there are several. The key is that of the first: sides have the same colours. */
static rob_str overview(page *p)
{
    const bench_report *r = p->report;
    text tiles = text_new(p->arena), out = text_new(p->arena);
    if (r->case_count < 2) return (rob_str){0};
    bool same_sides = true;
    for (uint32_t i = 0; i < r->case_count; i++) {
        const bench_case *c = &r->cases[i];
        same_sides &= c->route == r->cases[0].route;
        FILL(&p->t, "tile", &tiles, {"number", number_of(p, c)}, {"target", target_of(p, c)}, {"plot", cpu_plot(p, c)},
             {"verdicts", verdicts(p, c, "short_verdict")});
    }
    FILL(&p->t, "overview", &out, {"key", same_sides ? key(p, r->cases) : (rob_str){0}}, {"tiles", text_done(&tiles)});
    return text_done(&out);
}

static rob_str under(page *p)
{
    const bench_settings *s = &p->report->settings;
    text out = text_new(p->arena);
    text_format(&out, "%u connection%s · %u round%s of %s, in turns · ", s->connections,
                s->connections == 1 ? "" : "s", s->rounds, s->rounds == 1 ? "" : "s", show_time(p->arena, (double)s->duration).ptr);
    if (!s->rate) {
        text_add(&out, ROB_STR("closed loop: a connection asks again as soon as it is answered"));
    } else {
        text_format(&out, "open loop at %s requests/s: latency counts from when a request was due",
                    show_count(p->arena, (double)s->rate).ptr);
    }
    return text_done(&out);
}

static rob_str footer(page *p)
{
    const bench_report *r = p->report;
    return arena_format(p->arena, "robync bench · %.*s · %u core%s · %.*s · %s", ROB_STR_ARG(html(p, r->cpu)), r->cores,
                        r->cores == 1 ? "" : "s", ROB_STR_ARG(html(p, r->kernel)),
                        r->apart ? "server and load on cores of their own" : "server and load share one core");
}

rob_str bench_page(rob_arena *arena, const bench_report *report)
{
    page p = {.arena = arena, .t = template_open(arena, "bench.html.in"), .report = report};
    text cases = text_new(arena), out = text_new(arena);
    for (uint32_t i = 0; i < report->case_count; i++) add_case(&p, &report->cases[i], &cases);
    rob_str title = arena_format(arena, "%.*s %.*s", ROB_STR_ARG(report->api->name), ROB_STR_ARG(report->api->version));
    FILL(&p.t, "page", &out, {"title", html(&p, title)}, {"under", under(&p)}, {"overview", overview(&p)},
         {"cases", text_done(&cases)},
         {"footer", footer(&p)});
    return text_done(&out);
}
