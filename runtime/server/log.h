/* log.h: the access log on stdout, and errors on stderr.
 *
 * Access lines gather in a buffer of their loop and go out in one write at the end of its turn. Neither waits
 * for its reader: what is not taken while the buffer fills up is dropped, counted, and the count written. */
#ifndef ROB_SERVER_LOG_H
#define ROB_SERVER_LOG_H

#include "http/exchange.h"

enum { ROB_LOG_BUFFER = 16 * 1024 };

typedef struct rob_access_log {
    rob_log_style style;
    size_t len;
    char *buffer;  /* ROB_LOG_BUFFER bytes, from the first line on */
    uint64_t lost; /* lines dropped since the last one that says how many */
} rob_access_log;

/* One line for a finished request; status 0: the client left before an answer. */
void rob_access_log_add(rob_access_log *log, const rob_exchange *x, unsigned status);
void rob_access_log_flush(rob_access_log *log);
void rob_access_log_free(rob_access_log *log);

/* One line on stderr, with time, id and route of the request. Control characters are escaped. Any thread. */
void rob_log_request(rob_request *req, rob_str text);

/* The same with time alone, for what belongs to no request or to one that must not be touched any more. */
void rob_log_line(const char *format, ...) ROB_PRINTF(1, 2);

#endif
