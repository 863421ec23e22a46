/* hooks.c: functions that run around requests and around the server's life. */
#include "bridge.h"

bool hooks_run(const char *kind)
{
    (void)kind;
    return true;
}
