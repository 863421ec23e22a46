/* plot.h: the plots of the page, as inline SVG made of the parts of templates/bench.html.in. */
#ifndef ROBYNC_BENCH_PLOT_H
#define ROBYNC_BENCH_PLOT_H

#include "bench/report.h"
#include "template.h"

enum { PLOT_COLORS = 4 }; /* c0 to c3 of the template; more sides begin again */

/* Latency over percentiles, one curve for each side. The percentile axis gives every further nine the same
 * width (as HdrHistogram's plots do), the latency axis is logarithmic. */
rob_str plot_latency(const template *t, const bench_case *c);

/* A bar for each side. values: side_count of them; texts: how each is written. rounds: NULL, or settings.rounds
 * values for each side, one side after the other, shown as dots on its bar. */
rob_str plot_bars(const template *t, const bench_case *c, const double *values, const rob_str *texts,
                  const double *rounds, unsigned round_count);

/* Text for HTML: & < > and quotes as references. */
rob_str html_text(rob_arena *arena, rob_str plain);

#endif
