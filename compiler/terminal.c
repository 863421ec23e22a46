#include "terminal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

static terminal_choice color_choice = TERMINAL_AUTO;
static bool is_quiet;
static bool status_shows; /* the cursor is behind a line that terminal_status wrote */

void terminal_set_color(terminal_choice choice)
{
    color_choice = choice;
}

void terminal_set_quiet(bool quiet)
{
    is_quiet = quiet;
}

bool terminal_color(FILE *stream)
{
    if (color_choice != TERMINAL_AUTO) return color_choice == TERMINAL_ALWAYS;
    const char *no_color = getenv("NO_COLOR");
    if (no_color && *no_color) return false;
    const char *term = getenv("TERM");
    if (!term || strcmp(term, "dumb") == 0) return false;
    return isatty(fileno(stream));
}

static void clear_status(void)
{
    if (status_shows) fputs("\r\033[K", stderr);
    status_shows = false;
}

static bool can_replace_lines(void)
{
    const char *term = getenv("TERM");
    return isatty(fileno(stderr)) && term && strcmp(term, "dumb") != 0;
}

bool terminal_status(const char *verb, const char *format, ...)
{
    if (is_quiet || !can_replace_lines()) return false;
    clear_status();
    if (!*verb) return true;
    fprintf(stderr, terminal_color(stderr) ? "\033[1;36m%12s\033[0m " : "%12s ", verb);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fflush(stderr);
    status_shows = true;
    return true;
}

void terminal_error(const char *format, ...)
{
    clear_status();
    bool color = terminal_color(stderr);
    fputs(color ? "\033[1;31merror:\033[0m " : "error: ", stderr);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

void terminal_progress(const char *verb, const char *format, ...)
{
    if (is_quiet) return;
    clear_status();
    fprintf(stderr, terminal_color(stderr) ? "\033[1;32m%12s\033[0m " : "%12s ", verb);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}
