/* schedule.h: when requests of an open loop are meant to leave, whatever the server does.
 *
 * Request i is due at start + i / rate. A generator that is behind sends late but counts from the moment
 * that was meant; else a stall of the server would stop the very requests that would have seen it, and the
 * percentiles would never show it ("coordinated omission", Gil Tene). */
#ifndef ROBYNC_LOAD_SCHEDULE_H
#define ROBYNC_LOAD_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct schedule {
    uint64_t start; /* ns, of the clock that the caller uses */
    uint64_t rate;  /* requests per second, at least 1 */
    uint64_t total; /* requests in all */
    uint64_t taken;
} schedule;

/* As many requests as fit into `duration` ns, at least one. */
schedule schedule_new(uint64_t start, uint64_t rate, uint64_t duration);

/* When request `index` is due. */
uint64_t schedule_time(const schedule *s, uint64_t index);

/* Take the oldest request that is due at `now`; *intended is when it was. False: none is. */
bool schedule_take(schedule *s, uint64_t now, uint64_t *intended);

static inline bool schedule_is_over(const schedule *s)
{
    return s->taken == s->total;
}

#endif
