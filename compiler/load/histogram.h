/* histogram.h: latencies, counted in buckets that keep three significant digits.
 *
 * The idea is HdrHistogram's (Gil Tene, hdrhistogram.org): values below 2048 have a bucket each; above,
 * every power of two is cut into 1024 equal buckets, so a bucket is never wider than a thousandth of the
 * values in it. Adding is a count of leading zeros and an increment, and histograms of several rounds add up
 * exactly, which percentiles of percentiles would not. */
#ifndef ROBYNC_LOAD_HISTOGRAM_H
#define ROBYNC_LOAD_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Largest value that keeps its digits: 2^42 ns is 73 minutes. Larger ones count as the largest. */
enum { HISTOGRAM_BITS = 42, HISTOGRAM_HALF = 1024, HISTOGRAM_BUCKETS = (HISTOGRAM_BITS - 9) * HISTOGRAM_HALF };

/* About 264 KiB; zero-initialised is empty. Values are nanoseconds everywhere in load/. */
typedef struct histogram {
    uint64_t counts[HISTOGRAM_BUCKETS];
    uint64_t count; /* values */
    uint64_t sum;
    uint64_t min, max; /* exact; 0 while empty */
} histogram;

void histogram_add(histogram *h, uint64_t value);

/* Add all of `from`. */
void histogram_merge(histogram *h, const histogram *from);

/* The smallest value v such that at least `percent` (0 to 100) of all values are <= v, rounded up to the end
 * of its bucket and never above the exact maximum. 0 for an empty histogram. */
uint64_t histogram_percentile(const histogram *h, double percent);

double histogram_mean(const histogram *h);

/* The bucket of a value, and the largest value that falls into a bucket. */
size_t histogram_bucket(uint64_t value);
uint64_t histogram_bucket_end(size_t bucket);

#endif
