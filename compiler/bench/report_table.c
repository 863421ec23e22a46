/* The report as a table for people. */
#include "bench/report.h"


enum { COLUMNS = 8 };

/* The cells of one case, row by row, and how wide they are. */
typedef struct table {
    rob_arena *arena;
    rob_str *cells;
    uint32_t count;
    size_t width[COLUMNS];
} table;

static size_t width_of(rob_str text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.len; i++) width += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return width;
}

static void add_cell(table *t, rob_str text)
{
    size_t width = width_of(text), *most = &t->width[t->count % COLUMNS];
    if (width > *most) *most = width;
    t->cells[t->count++] = text;
}

static void add_heads(table *t)
{
    static const char *const heads[COLUMNS] = {"", "requests/s", "p50", "p90", "p99", "p99.9", "CPU/request", "memory"};
    for (size_t i = 0; i < COLUMNS; i++) add_cell(t, rob_str_of(heads[i]));
}

static void add_side(table *t, const bench_side *side)
{
    static const double percents[] = {50, 90, 99, 99.9};
    add_cell(t, side->label);
    add_cell(t, show_count(t->arena, bench_rate(side)));
    for (size_t i = 0; i < 4; i++) add_cell(t, show_time(t->arena, bench_percentile(side, percents[i])));
    add_cell(t, show_time(t->arena, bench_cpu(side)));
    add_cell(t, show_bytes(t->arena, (double)side->memory));
}

static void pad(text *out, size_t width)
{
    for (; width; width--) text_char(out, ' ');
}

/* Names to the left, numbers to the right. */
static void print_cells(const table *t, text *out)
{
    for (uint32_t i = 0; i < t->count; i++) {
        uint32_t column = i % COLUMNS;
        size_t missing = t->width[column] - width_of(t->cells[i]);
        text_add(out, ROB_STR("  "));
        if (column) pad(out, missing);
        text_add(out, t->cells[i]);
        if (!column) pad(out, missing);
        if (column == COLUMNS - 1) text_char(out, '\n');
    }
}

/* ------------------------------------------------------------------ sentences */

static void print_comparison(const bench_report *report, const bench_case *c, text *out)
{
    for (uint32_t i = 1; i < c->side_count; i++) {
        double ratio = bench_cpu_ratio(report, &c->sides[i], &c->sides[0]);
        if (ratio <= 0) continue;
        bool first_is_cheaper = ratio >= 1;
        const bench_side *cheap = &c->sides[first_is_cheaper ? 0 : i], *dear = &c->sides[first_is_cheaper ? i : 0];
        text_format(out, "  %.*s takes %s times the CPU of %.*s\n", ROB_STR_ARG(dear->label),
                    show_ratio(out->arena, first_is_cheaper ? ratio : 1 / ratio).ptr, ROB_STR_ARG(cheap->label));
    }
}

static void print_troubles(const bench_case *c, text *out)
{
    if (c->difference.len) text_format(out, "  DIFFERENT ANSWERS: %.*s\n", ROB_STR_ARG(c->difference));
    for (uint32_t i = 0; i < c->side_count; i++) {
        const bench_side *s = &c->sides[i];
        if (s->total.not_2xx) {
            text_format(out, "  %.*s: %llu of %llu answers were not 2xx\n", ROB_STR_ARG(s->label),
                        (unsigned long long)s->total.not_2xx, (unsigned long long)s->total.requests);
        }
        if (bench_failures(s)) {
            text_format(out, "  %.*s: %llu requests broken, %llu abandoned, %llu connections refused\n",
                        ROB_STR_ARG(s->label), (unsigned long long)s->total.broken,
                        (unsigned long long)s->total.abandoned, (unsigned long long)s->total.unconnected);
        }
    }
}

static void print_case(rob_arena *arena, const bench_report *report, const bench_case *c, bool color, text *out)
{
    table t = {.arena = arena, .cells = arena_need(arena, sizeof(rob_str) * COLUMNS * (c->side_count + 1))};
    rob_str method = {c->route->text.ptr, strcspn(c->route->text.ptr, " ")};
    text_format(out, "%s%.*s %.*s%s", color ? "\033[1m" : "", ROB_STR_ARG(method), ROB_STR_ARG(c->request.target),
                color ? "\033[0m" : "");
    text_format(out, "  %u\n", c->status);
    add_heads(&t);
    for (uint32_t i = 0; i < c->side_count; i++) add_side(&t, &c->sides[i]);
    print_cells(&t, out);
    print_comparison(report, c, out);
    print_troubles(c, out);
    text_char(out, '\n');
}

static void print_settings(rob_arena *arena, const bench_report *report, text *out)
{
    const bench_settings *s = &report->settings;
    text_format(out, "%u connection%s, %u round%s of %s each", s->connections,
                s->connections == 1 ? "" : "s", s->rounds, s->rounds == 1 ? "" : "s", show_time(arena, (double)s->duration).ptr);
    if (s->rate) text_format(out, ", open loop at %s requests/s", show_count(arena, (double)s->rate).ptr);
    text_format(out, "; %u server thread%s%s\n", s->threads, s->threads == 1 ? "" : "s",
                report->apart ? ", load on another core" : "; server and load share one core, which blurs latencies");
}

rob_str bench_table(rob_arena *arena, const bench_report *report, bool color)
{
    text out = text_new(arena);
    for (uint32_t i = 0; i < report->case_count; i++) print_case(arena, report, &report->cases[i], color, &out);
    print_settings(arena, report, &out);
    return text_done(&out);
}
