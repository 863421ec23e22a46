/* answer.h: the status and body that a server gives for what a decoder found, as wire.md has it. */
#ifndef TEST_ANSWER_H
#define TEST_ANSWER_H

#include "codec/errors.h"

/* refusal: of a request that is unreadable; NULL for the usual text. */
static inline unsigned answer_of(rob_status status, const rob_errors *errors, const char *refusal, rob_writer *w)
{
    if (status == ROB_INVALID || status == ROB_BAD_SYNTAX) {
        rob_errors_write(errors, ROB_ERRORS_FASTAPI, w);
        return 422;
    }
    if (status != ROB_UNREADABLE) return status == ROB_NO_MEMORY ? 413 : 500;
    ROB_WRITE(w, "{\"detail\":");
    rob_write_str(w, rob_str_of(refusal ? refusal : "There was an error parsing the body"));
    ROB_WRITE(w, "}");
    return 400;
}

#endif
