#include "load/schedule.h"

#define SECOND UINT64_C(1000000000)

schedule schedule_new(uint64_t start, uint64_t rate, uint64_t duration)
{
    uint64_t whole = duration / SECOND, rest = duration % SECOND;
    uint64_t total = whole * rate + rest * rate / SECOND;
    return (schedule){.start = start, .rate = rate, .total = total ? total : 1};
}

uint64_t schedule_time(const schedule *s, uint64_t index)
{
    /* By whole seconds and the rest, so that no interval's rounding adds up. */
    return s->start + index / s->rate * SECOND + index % s->rate * SECOND / s->rate;
}

bool schedule_take(schedule *s, uint64_t now, uint64_t *intended)
{
    if (schedule_is_over(s)) return false;
    uint64_t due = schedule_time(s, s->taken);
    if (due > now) return false;
    s->taken++;
    *intended = due;
    return true;
}
