#include <robync/types.h>

const char *rob_status_text(rob_status status)
{
    switch (status) {
    case ROB_OK: return "ok";
    case ROB_NO_MEMORY: return "out of memory";
    case ROB_INVALID: return "input does not fit its type";
    case ROB_BAD_SYNTAX: return "the body is not JSON";
    case ROB_UNREADABLE: return "the body cannot be read";
    case ROB_UNENCODABLE: return "a value does not fit its declared type";
    case ROB_FAILED: return "failed";
    }
    return "unknown status";
}
