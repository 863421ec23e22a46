/* server.h: a small HTTP server on a thread of this process, that counts and misbehaves as it is asked.
 *
 *   /ok      200, two bytes           /chunked  the same in chunks        /no       500
 *   /close   200, Connection: close   /drop     closes without an answer  /silent   never answers
 *   /stall   200; the very first one after a sleep, during which nobody else is served */
#ifndef TESTS_BENCH_SERVER_H
#define TESTS_BENCH_SERVER_H

#include <stdint.h>

enum { STALL_MS = 300 };

typedef struct server server;

server *server_start(void);
uint16_t server_port(const server *s);
uint64_t server_requests(const server *s);    /* read so far */
uint64_t server_connections(const server *s); /* accepted so far */
void server_stop(server *s);

#endif
