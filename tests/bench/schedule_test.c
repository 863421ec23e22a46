/* Requests of an open loop are due at start + i / rate, however late they are taken. */
#include "load/schedule.h"

#include "check.h"

#define SECOND UINT64_C(1000000000)

static void no_rounding_adds_up(void)
{
    schedule s = schedule_new(5, 3, 1000 * SECOND);
    CHECK(s.total == 3000, "%llu", (unsigned long long)s.total);
    CHECK(schedule_time(&s, 0) == 5, "the first one leaves at once");
    CHECK(schedule_time(&s, 1) == 5 + SECOND / 3, "a third of a second");
    CHECK(schedule_time(&s, 2) == 5 + 2 * SECOND / 3, "two thirds");
    CHECK(schedule_time(&s, 2997) == 5 + 999 * SECOND, "still whole seconds after a thousand of them");
    s = schedule_new(0, 7000000, 3600 * SECOND);
    CHECK(schedule_time(&s, s.total) == 3600 * SECOND, "no overflow within an hour");
}

static void who_is_late_gets_all_that_was_due(void)
{
    schedule s = schedule_new(0, 10, SECOND);
    uint64_t at = 99;
    CHECK(schedule_take(&s, 0, &at) && at == 0, "%llu", (unsigned long long)at);
    CHECK(!schedule_take(&s, SECOND / 10 - 1, &at), "too early");
    for (uint64_t i = 1; i < 10; i++) CHECK(schedule_take(&s, 5 * SECOND, &at) && at == i * SECOND / 10, "%llu", (unsigned long long)at);
    CHECK(schedule_is_over(&s) && !schedule_take(&s, 5 * SECOND, &at), "ten were due, not more");
}

static void totals_follow_the_duration(void)
{
    CHECK(schedule_new(0, 1000, SECOND / 2).total == 500, "half a second");
    CHECK(schedule_new(0, 1, SECOND / 2).total == 1, "at least one");
    CHECK(schedule_new(0, 3, 3 * SECOND / 2).total == 4, "a part of a request does not leave");
}

int main(void)
{
    no_rounding_adds_up();
    who_is_late_gets_all_that_was_due();
    totals_follow_the_duration();
    return failures != 0;
}
