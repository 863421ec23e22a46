/* sink.h: text to stdout and stderr without ever waiting for whoever reads them.
 *
 * A pipe that nobody empties, a stopped terminal or a socket that is full must not stop a loop. The
 * descriptors are shared with other processes, so they are not made non-blocking themselves: pipes and
 * terminals are opened a second time, sockets are asked each time. Any thread. */
#ifndef ROB_SERVER_SINK_H
#define ROB_SERVER_SINK_H

#include <robync/types.h>

typedef enum rob_sink { ROB_SINK_OUT, ROB_SINK_ERR, ROB_SINK_COUNT } rob_sink;

typedef struct rob_sunk {
    size_t taken; /* bytes */
    bool broken;  /* the rest will never be taken: a full device, a closed pipe */
} rob_sunk;

/* Whole lines; a pipe takes each whole or not at all (up to PIPE_BUF bytes), whoever else writes to it. */
rob_sunk rob_sink_write(rob_sink sink, rob_str lines);

/* Wait until it takes something again, for that long at most. */
void rob_sink_wait(rob_sink sink, int milliseconds);

#endif
