/* tasks.c: `async def` handlers on one asyncio loop. */
#include "bridge.h"

bool tasks_start(rob_jobs *jobs)
{
    (void)jobs;
    PyErr_SetString(PyExc_NotImplementedError, "async def");
    return false;
}

void tasks_stop(void)
{
}

