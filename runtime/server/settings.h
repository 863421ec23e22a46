/* settings.h: `server { }` with environment and flags applied.
 *
 * A flag wins, then ROBYNC_<NAME>, then a setting written as env("NAME") in the spec, then the spec's own
 * value. Sizes as 64kb or 2mb, times as 250ms, 5s, 10min or 1h. */
#ifndef ROB_SERVER_SETTINGS_H
#define ROB_SERVER_SETTINGS_H

#include <robync/generated.h>

typedef enum rob_start {
    ROB_START_SERVE,
    ROB_START_DONE, /* --help or --version has been printed: exit 0 */
    ROB_START_WRONG /* a sentence is on stderr: exit 2 */
} rob_start;

/* out borrows from app, argv and the environment. */
rob_start rob_settings_read(const rob_app *app, int argc, char **argv, rob_settings *out);

#endif
