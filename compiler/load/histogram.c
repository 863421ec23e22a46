#include "load/histogram.h"

#include <math.h>

#define LARGEST ((UINT64_C(1) << HISTOGRAM_BITS) - 1)

size_t histogram_bucket(uint64_t value)
{
    if (value > LARGEST) value = LARGEST;
    if (value < 2 * HISTOGRAM_HALF) return (size_t)value;
    /* Shift so that eleven bits stay, the highest of them set. */
    unsigned shift = 63u - (unsigned)__builtin_clzll(value) - 10u;
    return (size_t)shift * HISTOGRAM_HALF + (size_t)(value >> shift);
}

uint64_t histogram_bucket_end(size_t bucket)
{
    if (bucket < 2 * HISTOGRAM_HALF) return bucket;
    unsigned shift = (unsigned)(bucket / HISTOGRAM_HALF) - 1;
    uint64_t kept = bucket % HISTOGRAM_HALF + HISTOGRAM_HALF;
    return ((kept + 1) << shift) - 1;
}

void histogram_add(histogram *h, uint64_t value)
{
    h->counts[histogram_bucket(value)]++;
    if (!h->count || value < h->min) h->min = value;
    if (value > h->max) h->max = value;
    h->count++;
    h->sum += value;
}

void histogram_merge(histogram *h, const histogram *from)
{
    if (!from->count) return;
    for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++) h->counts[i] += from->counts[i];
    if (!h->count || from->min < h->min) h->min = from->min;
    if (from->max > h->max) h->max = from->max;
    h->count += from->count;
    h->sum += from->sum;
}

uint64_t histogram_percentile(const histogram *h, double percent)
{
    if (!h->count) return 0;
    uint64_t rank = (uint64_t)ceil(percent / 100 * (double)h->count), seen = 0;
    if (rank < 1) rank = 1;
    for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
        seen += h->counts[i];
        if (seen < rank) continue;
        uint64_t end = histogram_bucket_end(i);
        return end < h->max ? end : h->max;
    }
    return h->max;
}

double histogram_mean(const histogram *h)
{
    return h->count ? (double)h->sum / (double)h->count : 0;
}
