/* The load generator against a server that counts, stalls, closes and drops.
 *
 * Speeds are never judged. Counts are exact, and a request that was due while the server slept has waited at
 * least for the rest of the sleep, whatever else the machine does. */
#include "load/load.h"

#include <stdlib.h>

#include "check.h"
#include "server.h"

#define MS UINT64_C(1000000)
#define REQUEST(path) ROB_STR_INIT("GET " path " HTTP/1.1\r\nHost: x\r\n\r\n")

static const rob_str ok = REQUEST("/ok"), no = REQUEST("/no"), stall = REQUEST("/stall"), chunked = REQUEST("/chunked"),
                     closing = REQUEST("/close"), dropping = REQUEST("/drop"), silent = REQUEST("/silent");

static load_result result;

/* Run the plan on a server of its own; gives what the server counted. */
static uint64_t run(load_plan plan, const rob_str *requests, size_t count, uint64_t *connections)
{
    server *s = server_start();
    plan.port = server_port(s);
    plan.requests = requests;
    plan.request_count = count;
    load *l = load_open(&plan);
    CHECK(l, "cannot connect");
    if (!l) exit(1);
    load_run(l, &result);
    load_close(l);
    uint64_t counted = server_requests(s);
    if (connections) *connections = server_connections(s);
    server_stop(s);
    return counted;
}

static void check_counts(const char *what, uint64_t served, uint64_t expected)
{
    CHECK(served == expected, "%s: the server counted %llu, not %llu", what, (unsigned long long)served, (unsigned long long)expected);
    CHECK(result.requests + result.broken == expected, "%s: %llu answered, %llu broken", what,
          (unsigned long long)result.requests, (unsigned long long)result.broken);
    CHECK(result.latency.count == result.requests + result.abandoned, "%s: each one has a latency", what);
}

static void a_closed_loop_stops_at_its_number(void)
{
    const rob_str both[] = {ok, chunked};
    uint64_t connections, served = run((load_plan){.connections = 8, .most = 1001}, both, 2, &connections);
    check_counts("closed", served, 1001);
    CHECK(result.requests == 1001 && connections == 8, "%llu connections", (unsigned long long)connections);
    CHECK(!result.not_2xx && !result.abandoned && !result.unconnected, "nothing failed");
}

static void a_closed_loop_waits_for_what_it_sent(void)
{
    uint64_t served = run((load_plan){.connections = 5, .duration = 50 * MS}, &ok, 1, NULL);
    check_counts("50 ms", served, result.requests);
    CHECK(result.requests >= 5, "each connection asks once at least");
    /* Little's law: the latencies of n connections cannot add up to more than n times the time. */
    CHECK(result.latency.sum <= 5 * result.elapsed, "%llu", (unsigned long long)result.latency.sum);
}

static void an_open_loop_sends_what_is_due(void)
{
    uint64_t served = run((load_plan){.connections = 4, .duration = 200 * MS, .rate = 1000}, &ok, 1, NULL);
    check_counts("open", served, 200);
    CHECK(result.requests == 200, "%llu", (unsigned long long)result.requests);
}

static void an_open_loop_shows_the_queue_behind_a_stall(void)
{
    /* All 250 are due within the first 250 ms, and nobody is served before 300 ms have passed: the
     * median one has waited 175 ms. Counted from when they left, 249 would look fast. */
    uint64_t served = run((load_plan){.connections = 1, .duration = 250 * MS, .rate = 1000}, &stall, 1, NULL);
    check_counts("stall", served, 250);
    CHECK(histogram_percentile(&result.latency, 50) >= 175 * MS, "p50 %llu", (unsigned long long)histogram_percentile(&result.latency, 50));
    CHECK(histogram_percentile(&result.latency, 99) >= 297 * MS, "p99 %llu", (unsigned long long)histogram_percentile(&result.latency, 99));
    CHECK(result.latency.min >= (STALL_MS - 250) * MS, "min %llu", (unsigned long long)result.latency.min);
}

static void an_open_loop_goes_on_where_connections_end(void)
{
    uint64_t connections, served = run((load_plan){.connections = 3, .duration = 100 * MS, .rate = 1000}, &closing, 1, &connections);
    check_counts("close, open loop", served, 100);
    CHECK(result.requests == 100 && !result.broken, "all answered");
    CHECK(connections >= 100, "one connection each, not %llu", (unsigned long long)connections);
}

static void errors_are_counted(void)
{
    const rob_str half[] = {ok, no};
    uint64_t served = run((load_plan){.connections = 2, .most = 100}, half, 2, NULL);
    check_counts("not 2xx", served, 100);
    CHECK(result.not_2xx == 50, "%llu", (unsigned long long)result.not_2xx);
    served = run((load_plan){.connections = 2, .most = 60}, &dropping, 1, NULL);
    check_counts("drop", served, 60);
    CHECK(result.broken == 60 && !result.requests, "%llu broken", (unsigned long long)result.broken);
    served = run((load_plan){.connections = 2, .most = 60}, &closing, 1, NULL);
    check_counts("close", served, 60);
    CHECK(result.requests == 60, "%llu", (unsigned long long)result.requests);
}

static void what_is_never_answered_is_abandoned_and_not_forgotten(void)
{
    run((load_plan){.connections = 2, .duration = 20 * MS, .rate = 1000, .patience = 20 * MS}, &silent, 1, NULL);
    CHECK(result.abandoned == 20 && !result.requests, "%llu abandoned", (unsigned long long)result.abandoned);
    CHECK(result.latency.count == 20 && result.latency.min >= 20 * MS, "they waited until the end");
}

static void nobody_there_is_an_error(void)
{
    server *s = server_start();
    load_plan plan = {.port = server_port(s), .requests = &ok, .request_count = 1, .connections = 1, .most = 1};
    server_stop(s);
    CHECK(!load_open(&plan), "connected to nobody");
}

static void take_body(void *to, rob_str part)
{
    *(size_t *)to += part.len;
}

static void one_request_alone(void)
{
    server *s = server_start();
    uint16_t status = 0;
    size_t len = 0;
    response_sink sink = {NULL, take_body, &len};
    CHECK(load_fetch(server_port(s), chunked, false, 5000 * MS, &sink, &status) && status == 200 && len == 2, "%u, %zu bytes", status, len);
    CHECK(!load_fetch(server_port(s), dropping, false, 5000 * MS, &sink, &status), "dropped");
    CHECK(!load_fetch(server_port(s), silent, false, 20 * MS, &sink, &status), "silent");
    server_stop(s);
}

int main(void)
{
    a_closed_loop_stops_at_its_number();
    a_closed_loop_waits_for_what_it_sent();
    an_open_loop_sends_what_is_due();
    an_open_loop_shows_the_queue_behind_a_stall();
    an_open_loop_goes_on_where_connections_end();
    errors_are_counted();
    what_is_never_answered_is_abandoned_and_not_forgotten();
    nobody_there_is_an_error();
    one_request_alone();
    return failures != 0;
}
