/* report.h: what `robync bench` measured, before it becomes a table, JSON or a page. Times are ns. */
#ifndef ROBYNC_BENCH_REPORT_H
#define ROBYNC_BENCH_REPORT_H

#include "bench/request.h"
#include "load/load.h"
#include "text.h"

typedef struct bench_settings {
    unsigned connections; /* at least 1 */
    unsigned rounds;      /* at least 1 */
    unsigned threads;     /* loop threads of each server, at least 1 */
    uint64_t duration;    /* of one round of one implementation */
    uint64_t rate;        /* requests per second of an open loop; 0: closed loop */
    bool force;           /* measure even what gives different answers */
} bench_settings;

/* One round of one implementation. */
typedef struct bench_round {
    uint64_t requests, elapsed, cpu;
} bench_round;

/* One implementation of one case: all rounds together, and each. */
typedef struct bench_side {
    rob_str label;      /* "native fibonacci" */
    const char *binary; /* the server that has this implementation in front */
    load_result total;  /* elapsed: of all rounds */
    bench_round *rounds; /* settings.rounds of them */
    uint64_t cpu;
    uint64_t memory_idle, memory; /* bytes: before the load, after it */
} bench_side;

/* One request, asked of each implementation. */
typedef struct bench_case {
    const ir_route *route;
    bench_request request;
    uint16_t status;    /* of the answer */
    rob_str difference; /* between the answers, as a sentence; empty: there is none */
    bench_side *sides;  /* in the order of the spec */
    uint32_t side_count;
} bench_case;

typedef struct bench_report {
    const ir_api *api;
    bench_settings settings;
    rob_str cpu, kernel; /* of this machine */
    unsigned cores;
    bool apart;          /* server and load generator had cores of their own */
    bench_case *cases;
    uint32_t case_count;
} bench_report;

/* What is read off a side. 0 where nothing was answered. */
double bench_rate(const bench_side *side);            /* requests per second */
double bench_cpu(const bench_side *side);             /* ns per request */
double bench_percentile(const bench_side *side, double percent); /* ns */
uint64_t bench_failures(const bench_side *side);      /* broken, abandoned, unconnected */

/* The median over the rounds of one side's CPU per request over another's, both of the same round. */
double bench_cpu_ratio(const bench_report *report, const bench_side *side, const bench_side *other);

/* Percentiles worth plotting: from 0, ever denser towards 100, as far as the number of values carries. Each
 * call gives the next; start with -1. Above 100: there is no more. */
double bench_next_percent(double percent, uint64_t count);

/* "7.42 µs", "1.3 MiB", "145,000": three digits or whole numbers, never longer than 9 columns. */
rob_str show_time(rob_arena *arena, double ns);
rob_str show_bytes(rob_arena *arena, double bytes);
rob_str show_count(rob_arena *arena, double count);
rob_str show_ratio(rob_arena *arena, double ratio);

/* The report as a table for people, as one JSON document, as one HTML page that needs nothing else. */
rob_str bench_table(rob_arena *arena, const bench_report *report, bool color);
rob_str bench_json(rob_arena *arena, const bench_report *report);
rob_str bench_page(rob_arena *arena, const bench_report *report);

#endif
