/* Numbers read off a report, and how they look. */
#include "bench/report.h"

#include <math.h>
#include <stdlib.h>

double bench_rate(const bench_side *side)
{
    return side->total.elapsed ? (double)side->total.requests * 1e9 / (double)side->total.elapsed : 0;
}

double bench_cpu(const bench_side *side)
{
    return side->total.requests ? (double)side->cpu / (double)side->total.requests : 0;
}

double bench_percentile(const bench_side *side, double percent)
{
    return (double)histogram_percentile(&side->total.latency, percent);
}

uint64_t bench_failures(const bench_side *side)
{
    return side->total.broken + side->total.abandoned + side->total.unconnected;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double round_cpu(const bench_round *round)
{
    return round->requests ? (double)round->cpu / (double)round->requests : 0;
}

double bench_cpu_ratio(const bench_report *report, const bench_side *side, const bench_side *other)
{
    double ratios[64];
    size_t count = 0;
    for (unsigned i = 0; i < report->settings.rounds && count < sizeof ratios / sizeof *ratios; i++) {
        double mine = round_cpu(&side->rounds[i]), theirs = round_cpu(&other->rounds[i]);
        if (mine > 0 && theirs > 0) ratios[count++] = mine / theirs;
    }
    if (!count) return 0;
    qsort(ratios, count, sizeof *ratios, by_value);
    return count % 2 ? ratios[count / 2] : (ratios[count / 2 - 1] + ratios[count / 2]) / 2;
}

double bench_next_percent(double percent, uint64_t count)
{
    if (percent < 0) return 0;
    /* Sixteen points for each further nine. */
    double distance = (100 - percent) * pow(10, -1.0 / 16);
    return distance < 100 / (double)(count ? count : 1) ? 101 : 100 - distance;
}

/* ------------------------------------------------------------------ how numbers look */

/* Three significant digits: 1.23, 12.3, 123. */
rob_str show_ratio(rob_arena *arena, double n)
{
    int places = n < 9.995 ? 2 : n < 99.95 ? 1 : 0;
    return arena_format(arena, "%.*f", places, n);
}

static rob_str three_digits(rob_arena *arena, double n, const char *unit)
{
    return arena_format(arena, "%s %s", show_ratio(arena, n).ptr, unit);
}

rob_str show_time(rob_arena *arena, double ns)
{
    if (ns < 999.5) return arena_format(arena, "%.0f ns", ns);
    if (ns < 999.5e3) return three_digits(arena, ns / 1e3, "µs");
    if (ns < 999.5e6) return three_digits(arena, ns / 1e6, "ms");
    return three_digits(arena, ns / 1e9, "s");
}

rob_str show_bytes(rob_arena *arena, double bytes)
{
    if (bytes < 1000 * 1024.0) return three_digits(arena, bytes / 1024, "KiB");
    if (bytes < 1000 * 1048576.0) return three_digits(arena, bytes / 1048576, "MiB");
    return three_digits(arena, bytes / 1073741824, "GiB");
}

rob_str show_count(rob_arena *arena, double count)
{
    unsigned long long n = (unsigned long long)llround(count);
    if (n < 1000) return arena_format(arena, "%llu", n);
    if (n < 1000000) return arena_format(arena, "%llu,%03llu", n / 1000, n % 1000);
    return arena_format(arena, "%llu,%03llu,%03llu", n / 1000000, n / 1000 % 1000, n % 1000);
}
