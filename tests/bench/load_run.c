/* load_run PORT PATH CONNECTIONS MILLISECONDS RATE: one load, its result as JSON. RATE 0 is a closed loop. */
#include "load/load.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    static load_result r;
    static char bytes[1024];
    if (argc != 6) return 2;
    rob_str request = {bytes, (size_t)snprintf(bytes, sizeof bytes, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", argv[2])};
    load_plan plan = {
        .port = (uint16_t)atoi(argv[1]),
        .requests = &request,
        .request_count = 1,
        .connections = (unsigned)atoi(argv[3]),
        .duration = (uint64_t)atoi(argv[4]) * 1000000,
        .rate = (uint64_t)atoi(argv[5]),
    };
    load *l = load_open(&plan);
    if (!l) return 1;
    load_run(l, &r);
    load_close(l);
    printf("{\"requests\": %llu, \"not_2xx\": %llu, \"failed\": %llu, \"elapsed\": %llu, \"mean\": %.1f, \"p50\": %llu, \"p99\": %llu}\n",
           (unsigned long long)r.requests, (unsigned long long)r.not_2xx,
           (unsigned long long)(r.broken + r.abandoned + r.unconnected), (unsigned long long)r.elapsed,
           histogram_mean(&r.latency), (unsigned long long)histogram_percentile(&r.latency, 50),
           (unsigned long long)histogram_percentile(&r.latency, 99));
    return 0;
}
