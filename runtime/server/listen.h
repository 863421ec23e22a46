/* listen.h: listening sockets. */
#ifndef ROB_SERVER_LISTEN_H
#define ROB_SERVER_LISTEN_H

#include <robync/generated.h>

enum { ROB_URL_TEXT = 320 };

/* Bind `count` sockets to settings->host and port, listening, non-blocking; with port 0 all to the same
 * free one. url gets `http://127.0.0.1:8000`. False: a sentence is on stderr, nothing is left open. */
bool rob_listen(const rob_settings *settings, int *sockets, unsigned count, char url[ROB_URL_TEXT]);

#endif
