/* Percentiles of the histogram against those of the sorted values. */
#include "load/histogram.h"

#include <math.h>
#include <stdlib.h>

#include "check.h"

enum { VALUES = 20000 };

static uint64_t state = 88172645463325252u;

static uint64_t next_random(void) /* xorshift64 */
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static histogram h, other, both;

static void check_percentiles(const char *what, uint64_t *values)
{
    static const double percents[] = {0, 1, 25, 50, 75, 90, 99, 99.9, 99.99, 100};
    h = (histogram){0};
    uint64_t sum = 0;
    for (size_t i = 0; i < VALUES; i++) {
        histogram_add(&h, values[i]);
        sum += values[i];
    }
    qsort(values, VALUES, sizeof *values, by_value);
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++) {
        size_t rank = (size_t)ceil(percents[i] / 100 * VALUES);
        uint64_t exact = values[rank ? rank - 1 : 0], found = histogram_percentile(&h, percents[i]);
        CHECK(found >= exact && found <= exact + exact / 1000, "%s, %g %%: %llu, exactly %llu", what, percents[i],
              (unsigned long long)found, (unsigned long long)exact);
    }
    CHECK(h.min == values[0] && h.max == values[VALUES - 1], "%s", what);
    CHECK(histogram_mean(&h) == (double)sum / VALUES, "%s", what);
}

static void percentiles_have_three_digits(void)
{
    static uint64_t values[VALUES];
    for (size_t i = 0; i < VALUES; i++) values[i] = next_random() % 2048;
    check_percentiles("small", values);
    for (size_t i = 0; i < VALUES; i++) values[i] = 100000 + next_random() % 50000;
    check_percentiles("even", values);
    for (size_t i = 0; i < VALUES; i++) values[i] = UINT64_C(1) << (next_random() % 41);
    check_percentiles("powers of two", values);
    for (size_t i = 0; i < VALUES; i++) values[i] = (uint64_t)(-log((double)(next_random() % 1000000 + 1) / 1e6) * 1e6);
    check_percentiles("exponential", values);
    for (size_t i = 0; i < VALUES; i++) values[i] = i % 1000 ? 80000 : UINT64_C(300000000);
    check_percentiles("a stall", values);
}

static void buckets_leave_no_gap(void)
{
    for (size_t i = 0; i + 1 < HISTOGRAM_BUCKETS; i++) {
        uint64_t end = histogram_bucket_end(i);
        if (histogram_bucket(end) == i && histogram_bucket(end + 1) == i + 1) continue;
        CHECK(false, "bucket %zu ends at %llu", i, (unsigned long long)end);
        return;
    }
    CHECK(histogram_bucket(UINT64_MAX) == HISTOGRAM_BUCKETS - 1, "%zu", histogram_bucket(UINT64_MAX));
}

static void merged_is_as_if_added(void)
{
    h = other = both = (histogram){0};
    for (size_t i = 0; i < VALUES; i++) {
        uint64_t value = next_random() % 10000000;
        histogram_add(i % 3 ? &h : &other, value);
        histogram_add(&both, value);
    }
    histogram_merge(&h, &other);
    CHECK(h.count == both.count && h.sum == both.sum && h.min == both.min && h.max == both.max, "totals");
    for (double p = 0; p <= 100; p += 0.5) CHECK(histogram_percentile(&h, p) == histogram_percentile(&both, p), "%g", p);
    other = (histogram){0};
    histogram_merge(&other, &h);
    CHECK(other.min == h.min && other.max == h.max, "into an empty one");
    histogram_merge(&h, &(histogram){0});
    CHECK(h.min == both.min, "of an empty one");
}

static void an_empty_one_is_zero(void)
{
    h = (histogram){0};
    CHECK(histogram_percentile(&h, 99) == 0 && histogram_mean(&h) == 0, "empty");
    histogram_add(&h, UINT64_MAX);
    CHECK(h.max == UINT64_MAX && h.count == 1, "beyond the largest");
}

int main(void)
{
    percentiles_have_three_digits();
    buckets_leave_no_gap();
    merged_is_as_if_added();
    an_empty_one_is_zero();
    return failures != 0;
}
