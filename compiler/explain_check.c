/* RB01xx to RB04xx: what the checker reports. */
#include "explain.h"

const explanation explain_check[] = {
    {0},
};
