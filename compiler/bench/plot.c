#include "bench/plot.h"

#include <math.h>
#include <stdlib.h>

/* Of the latency plot, in its own units; it scales with the page. */
enum { WIDTH = 640, HEIGHT = 300, LEFT = 62, RIGHT = 628, TOP = 8, BOTTOM = 272 };
enum { BARS_WIDTH = 320, BAR_LONGEST = 232, BAR_STEP = 28, BAR_MIDDLE = 10 };

static const char *reference(char c)
{
    if (c == '&') return "&amp;";
    if (c == '<') return "&lt;";
    if (c == '>') return "&gt;";
    if (c == '"') return "&quot;";
    return c == '\'' ? "&#39;" : NULL;
}

rob_str html_text(rob_arena *arena, rob_str plain)
{
    text out = text_new(arena);
    for (size_t i = 0; i < plain.len; i++) {
        const char *escaped = reference(plain.ptr[i]);
        if (escaped) text_add(&out, rob_str_of(escaped));
        else text_char(&out, plain.ptr[i]);
    }
    return text_done(&out);
}

static rob_str number(const template *t, double n)
{
    return arena_format(t->arena, "%.1f", n);
}

static rob_str color_of(const template *t, uint32_t side)
{
    return arena_format(t->arena, "%u", side % PLOT_COLORS);
}

/* ------------------------------------------------------------------ axes */

/* What the latency plot shows: nines from 0 to `nines`, decades of ns from `low` to `high`. */
typedef struct axes {
    double nines;
    double low, high; /* log10 */
} axes;

static double nines_of(double percent)
{
    return -log10(1 - percent / 100);
}

static double x_of(const axes *a, double percent)
{
    return LEFT + (RIGHT - LEFT) * nines_of(percent) / a->nines;
}

static double y_of(const axes *a, double ns)
{
    return BOTTOM - (BOTTOM - TOP) * (log10(ns < 1 ? 1 : ns) - a->low) / (a->high - a->low);
}

static axes axes_for(const bench_case *c)
{
    axes a = {.nines = 2, .low = 12, .high = 0};
    for (uint32_t i = 0; i < c->side_count; i++) {
        const histogram *h = &c->sides[i].total.latency;
        if (!h->count) continue;
        a.nines = fmax(a.nines, log10((double)h->count));
        a.low = fmin(a.low, log10((double)(h->min ? h->min : 1)));
        a.high = fmax(a.high, log10((double)(h->max ? h->max : 1)));
    }
    a.nines = fmin(a.nines, 6);
    a.low = a.low > a.high ? 0 : a.low - 0.05;
    a.high = fmax(a.high + 0.05, a.low + 0.5);
    return a;
}

static void add_levels(const template *t, const axes *a, text *out)
{
    static const double steps[] = {1, 2, 5};
    size_t dense = a->high - a->low > 2.2 ? 1 : 3;
    for (double decade = floor(a->low); decade <= a->high; decade++) {
        for (size_t i = 0; i < dense; i++) {
            double ns = pow(10, decade) * steps[i];
            if (log10(ns) < a->low || log10(ns) > a->high) continue;
            double y = y_of(a, ns);
            rob_str label = show_time(t->arena, ns);
            /* "1.00 ms" on an axis is "1 ms". */
            const char *unit = strchr(label.ptr, ' ');
            FILL(t, "level", out, {"left", number(t, LEFT)}, {"right", number(t, RIGHT)}, {"y", number(t, y)},
                 {"text_x", number(t, LEFT - 8)}, {"text_y", number(t, y + 4)},
                 {"text", arena_format(t->arena, "%d%s", atoi(label.ptr), unit ? unit : "")});
        }
    }
}

static void add_percents(const template *t, const axes *a, text *out)
{
    static const struct {
        double percent;
        const char *text;
    } ticks[] = {{0, "0"}, {50, "50 %"}, {90, "90 %"}, {99, "99 %"}, {99.9, "99.9 %"}, {99.99, "99.99 %"},
                 {99.999, "99.999 %"}, {99.9999, "99.9999 %"}};
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
        if (nines_of(ticks[i].percent) > a->nines + 1e-9) return;
        FILL(t, "percent", out, {"x", number(t, x_of(a, ticks[i].percent))}, {"top", number(t, TOP)},
             {"bottom", number(t, BOTTOM)}, {"text_y", number(t, BOTTOM + 18)}, {"text", rob_str_of(ticks[i].text)});
    }
}

/* ------------------------------------------------------------------ curves */

/* How far the percentiles of a side are more than its longest latency said again. */
static double own_nines(const axes *a, const bench_side *side)
{
    uint64_t count = side->total.latency.count;
    return fmin(a->nines, log10((double)(count ? count : 1)));
}

static void add_curve(const template *t, const axes *a, const bench_side *side, uint32_t index, text *out)
{
    text points = text_new(t->arena);
    uint64_t count = side->total.latency.count;
    for (double p = bench_next_percent(-1, count); p <= 100; p = bench_next_percent(p, count)) {
        if (nines_of(p) > own_nines(a, side)) break;
        text_format(&points, "%s%.1f %.1f", points.len ? " L" : "M", x_of(a, p), y_of(a, bench_percentile(side, p)));
    }
    double last = 100 - 100 * pow(10, -own_nines(a, side));
    text_format(&points, " L%.1f %.1f", x_of(a, last), y_of(a, bench_percentile(side, last)));
    FILL(t, "curve", out, {"color", color_of(t, index)}, {"points", text_done(&points)});
}

static void add_dots(const template *t, const axes *a, const bench_side *side, uint32_t index, text *out)
{
    static const double percents[] = {50, 90, 99, 99.9};
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++) {
        if (nines_of(percents[i]) > own_nines(a, side)) return;
        double ns = bench_percentile(side, percents[i]);
        rob_str says = arena_format(t->arena, "%.*s: %g %% within %s", ROB_STR_ARG(side->label), percents[i],
                                    show_time(t->arena, ns).ptr);
        FILL(t, "dot", out, {"color", color_of(t, index)}, {"x", number(t, x_of(a, percents[i]))},
             {"y", number(t, y_of(a, ns))}, {"text", html_text(t->arena, says)});
    }
}

static rob_str plot(const template *t, int width, int height, const char *label, rob_str content)
{
    text out = text_new(t->arena);
    FILL(t, "plot", &out, {"width", arena_format(t->arena, "%d", width)},
         {"height", arena_format(t->arena, "%d", height)}, {"label", rob_str_of(label)}, {"content", content});
    return text_done(&out);
}

rob_str plot_latency(const template *t, const bench_case *c)
{
    axes a = axes_for(c);
    text content = text_new(t->arena);
    add_levels(t, &a, &content);
    add_percents(t, &a, &content);
    for (uint32_t i = 0; i < c->side_count; i++) add_curve(t, &a, &c->sides[i], i, &content);
    for (uint32_t i = 0; i < c->side_count; i++) add_dots(t, &a, &c->sides[i], i, &content);
    return plot(t, WIDTH, HEIGHT, "latency by percentile", text_done(&content));
}

/* ------------------------------------------------------------------ bars */

/* More than nothing, so that one can divide by it. */
static double largest(const double *values, size_t count)
{
    double most = 0;
    for (size_t i = 0; i < count; i++) most = fmax(most, values[i]);
    return most > 0 ? most : 1;
}

/* The rounds of one side as dots on its bar; gives how far the last one lies to the right. */
static double add_rounds(const template *t, uint32_t side, const double *rounds, unsigned count, double scale,
                         text *out)
{
    double end = 0;
    for (unsigned k = 0; k < count; k++) {
        double x = rounds[k] * scale;
        end = fmax(end, x);
        FILL(t, "round", out, {"color", color_of(t, side)}, {"x", number(t, x)},
             {"y", number(t, (double)side * BAR_STEP + BAR_MIDDLE)},
             {"text", arena_format(t->arena, "round %u", k + 1)});
    }
    return end;
}

rob_str plot_bars(const template *t, const bench_case *c, const double *values, const rob_str *texts,
                  const double *rounds, unsigned round_count)
{
    unsigned dots = rounds ? round_count : 0;
    double most = fmax(largest(values, c->side_count), dots ? largest(rounds, (size_t)c->side_count * dots) : 0);
    double scale = BAR_LONGEST / most;
    text content = text_new(t->arena);
    for (uint32_t i = 0; i < c->side_count; i++) {
        text on_top = text_new(t->arena);
        double y = (double)i * BAR_STEP, len = fmax(values[i] * scale, 3);
        double end = dots ? add_rounds(t, i, rounds + (size_t)i * dots, dots, scale, &on_top) : 0;
        FILL(t, "bar", &content, {"color", color_of(t, i)}, {"y", number(t, y)}, {"len", number(t, len)},
             {"label", html_text(t->arena, c->sides[i].label)}, {"text_x", number(t, fmax(len, end) + 8)},
             {"text_y", number(t, y + BAR_MIDDLE + 4.5)}, {"text", texts[i]});
        text_add(&content, text_done(&on_top));
    }
    return plot(t, BARS_WIDTH, (int)c->side_count * BAR_STEP - 8, "bars", text_done(&content));
}
