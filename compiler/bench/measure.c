#include "bench/measure.h"

#include <errno.h>
#include <string.h>

#include "bench/answer.h"

#define WARM_UP UINT64_C(200000000) /* ns at most; a fifth of a round if that is shorter */

/* One case in progress. */
typedef struct measuring {
    rob_arena *arena;
    bench_case *c;
    const bench_settings *settings;
    const measure_watcher *watcher;
    subject *servers; /* one for each side */
    uint32_t side;    /* whose turn it is */
    unsigned round;
    rob_str *why;
} measuring;

static bool failed(measuring *m, const char *what)
{
    *m->why = arena_format(m->arena, "%s: %s", m->c->sides[m->side].label.ptr, what);
    return false;
}

/* ------------------------------------------------------------------ answers */

static bool get_answer(measuring *m, uint32_t side, answer *out)
{
    m->side = side;
    if (answer_get(m->arena, m->servers[side].port, &m->c->request, out)) return true;
    rob_str said = subject_words(&m->servers[side], m->arena);
    return failed(m, arena_format(m->arena, "no answer to %s %.*s", m->c->route->text.ptr, ROB_STR_ARG(said)).ptr);
}

static bool compare_answers(measuring *m)
{
    answer first, other;
    if (!get_answer(m, 0, &first)) return false;
    m->c->status = first.status;
    for (uint32_t i = 1; i < m->c->side_count; i++) {
        if (!get_answer(m, i, &other)) return false;
        rob_str difference = answer_difference(m->arena, &first, &other);
        if (!difference.len) continue;
        m->c->difference = arena_format(m->arena, "%s and %s differ in %s", m->c->sides[0].label.ptr,
                                        m->c->sides[i].label.ptr, difference.ptr);
        return true;
    }
    return true;
}

/* ------------------------------------------------------------------ load */

static void on_progress(void *to, double part)
{
    const measuring *m = to;
    m->watcher->tell(m->watcher->to, m->c, m->side, m->round, part);
}

static load_plan plan_for(measuring *m, uint64_t duration)
{
    return (load_plan){
        .port = m->servers[m->side].port,
        .requests = &m->c->request.bytes,
        .request_count = 1,
        .to_head = m->c->request.to_head,
        .connections = m->settings->connections,
        .duration = duration,
        .rate = m->settings->rate,
        .progress = on_progress,
        .progress_to = m,
    };
}

/* One load on the side whose turn it is. */
static bool run_load(measuring *m, uint64_t duration, load_result *result, uint64_t *cpu)
{
    load_plan plan = plan_for(m, duration);
    subject *server = &m->servers[m->side];
    on_progress(m, 0);
    load *l = load_open(&plan);
    if (!l) return failed(m, arena_format(m->arena, "cannot connect: %s", strerror(errno)).ptr);
    uint64_t before = subject_cpu(server);
    load_run(l, result);
    *cpu = subject_cpu(server) - before;
    load_close(l);
    if (!subject_lives(server)) {
        rob_str said = subject_words(server, m->arena);
        return failed(m, arena_format(m->arena, "the server ended. %.*s", ROB_STR_ARG(said)).ptr);
    }
    return result->requests || failed(m, "not one request was answered");
}

static void add_result(load_result *to, const load_result *from)
{
    histogram_merge(&to->latency, &from->latency);
    to->requests += from->requests;
    to->not_2xx += from->not_2xx;
    to->broken += from->broken;
    to->abandoned += from->abandoned;
    to->unconnected += from->unconnected;
    to->bytes += from->bytes;
    to->elapsed += from->elapsed;
}

static bool run_round(measuring *m, load_result *result)
{
    bench_side *side = &m->c->sides[m->side];
    uint64_t cpu = 0;
    if (!run_load(m, m->settings->duration, result, &cpu)) return false;
    side->rounds[m->round - 1] = (bench_round){result->requests, result->elapsed, cpu};
    side->cpu += cpu;
    side->memory = subject_memory(&m->servers[m->side]);
    add_result(&side->total, result);
    return true;
}

/* A B, A B, A B: what changes on the machine meanwhile meets both. */
static bool run_rounds(measuring *m)
{
    static load_result result; /* a quarter of a megabyte */
    uint64_t cpu, warm_up = m->settings->duration / 5 < WARM_UP ? m->settings->duration / 5 : WARM_UP;
    m->round = 0;
    for (m->side = 0; m->side < m->c->side_count; m->side++) {
        m->c->sides[m->side].memory_idle = subject_memory(&m->servers[m->side]);
        if (!run_load(m, warm_up, &result, &cpu)) return false;
    }
    for (m->round = 1; m->round <= m->settings->rounds; m->round++) {
        for (m->side = 0; m->side < m->c->side_count; m->side++) {
            if (!run_round(m, &result)) return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------------ together */

static bool start_all(measuring *m, const cores *where, const char *const *options)
{
    rob_str why;
    for (m->side = 0; m->side < m->c->side_count; m->side++) {
        if (!subject_start(&m->servers[m->side], m->c->sides[m->side].binary, options, &where->server, m->arena, &why))
            return failed(m, arena_text(m->arena, why).ptr);
    }
    return true;
}

measure_result measure_case(rob_arena *arena, bench_case *c, const bench_settings *settings, const cores *where,
                            const char *const *options, const measure_watcher *watcher, rob_str *why)
{
    measuring m = {.arena = arena, .c = c, .settings = settings, .watcher = watcher, .why = why,
                   .servers = arena_need(arena, sizeof(subject) * c->side_count)};
    for (uint32_t i = 0; i < c->side_count; i++) {
        m.servers[i].log = -1;
        c->sides[i].rounds = arena_need(arena, sizeof(bench_round) * settings->rounds);
    }
    measure_result result = MEASURE_FAILED;
    if (start_all(&m, where, options) && compare_answers(&m)) {
        if (c->difference.len && !settings->force) result = MEASURE_DIFFERS;
        else if (run_rounds(&m)) result = MEASURED;
    }
    for (uint32_t i = 0; i < c->side_count; i++) subject_stop(&m.servers[i]);
    return result;
}
