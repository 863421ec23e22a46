#include "server/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MOST = 2048, TARGET_MOST = 1024 };

static void write_all(int fd, const char *text, size_t len)
{
    while (len > 0) {
        ssize_t written = write(fd, text, len);
        if (written <= 0) return;
        text += written;
        len -= (size_t)written;
    }
}

/* RFC 3339, UTC, with milliseconds. */
static size_t print_time(char out[32])
{
    struct timespec now;
    struct tm day;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &day);
    size_t len = strftime(out, 32, "%Y-%m-%dT%H:%M:%S", &day);
    return len + (size_t)snprintf(out + len, 32 - len, ".%03ldZ", now.tv_nsec / 1000000);
}

/* What a client or a handler wrote, made harmless: one line, and no end of a JSON string. */
static size_t print_escaped(char *out, size_t room, rob_str text)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len && len + 6 < room; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 || c == 0x7F) {
            len += (size_t)snprintf(out + len, room - len, "\\u%04x", c);
            continue;
        }
        if (c == '"' || c == '\\') out[len++] = '\\';
        out[len++] = (char)c;
    }
    out[len] = '\0';
    return len;
}

static double milliseconds_since(int64_t began)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)((int64_t)now.tv_sec * 1000000000 + now.tv_nsec - began) / 1e6;
}

/* Of a 504 nothing more is known here: the reply belongs to the job that is still at work. */
static size_t body_len(const rob_exchange *x, unsigned status)
{
    if (status == 504 || status == 0) return 0;
    return x->reply.constant ? x->reply.constant->body.len : x->reply.body.len;
}

static int print_access(char *out, rob_log_style style, const rob_exchange *x, unsigned status)
{
    const rob_request *req = &x->request;
    const rob_endpoint *endpoint = req->endpoint;
    size_t bytes = body_len(x, status);
    char when[32], target[TARGET_MOST];
    print_time(when);
    print_escaped(target, sizeof target, x->target);
    if (style == ROB_LOG_TEXT)
        return snprintf(out, LINE_MOST, "%s %.*s \"%.*s %s\" %u %zu %.3fms\n", when, ROB_STR_ARG(req->client),
                        (int)(req->method_name.len < 32 ? req->method_name.len : 32), req->method_name.ptr, target,
                        status, bytes, milliseconds_since(x->began));
    return snprintf(out, LINE_MOST,
                    "{\"time\":\"%s\",\"client\":\"%.*s\",\"method\":\"%.*s\",\"target\":\"%s\",\"route\":\"%s\","
                    "\"status\":%u,\"bytes\":%zu,\"ms\":%.3f}\n",
                    when, ROB_STR_ARG(req->client), (int)(req->method_name.len < 32 ? req->method_name.len : 32),
                    req->method_name.ptr, target, endpoint ? endpoint->route : "", status, bytes,
                    milliseconds_since(x->began));
}

void rob_access_log_add(rob_access_log *log, const rob_exchange *x, unsigned status)
{
    if (log->style == ROB_LOG_OFF) return;
    if (!log->buffer && !(log->buffer = malloc(ROB_LOG_BUFFER))) return;
    if (log->len + LINE_MOST > ROB_LOG_BUFFER) rob_access_log_flush(log);
    int len = print_access(log->buffer + log->len, log->style, x, status);
    if (len > 0 && len < LINE_MOST) log->len += (size_t)len;
}

void rob_access_log_flush(rob_access_log *log)
{
    if (log->len == 0) return;
    write_all(STDOUT_FILENO, log->buffer, log->len);
    log->len = 0;
}

void rob_access_log_free(rob_access_log *log)
{
    rob_access_log_flush(log);
    free(log->buffer);
}

/* ------------------------------------------------------------------ errors */

void rob_log_request(rob_request *req, rob_str text)
{
    char when[32], escaped[LINE_MOST], line[LINE_MOST + 256];
    print_time(when);
    print_escaped(escaped, sizeof escaped, text);
    int len = snprintf(line, sizeof line, "%s [%s] %s: %s\n", when, rob_request_id(req).ptr,
                       req->endpoint ? req->endpoint->route : "-", escaped);
    if (len >= (int)sizeof line) len = sizeof line - 1;
    if (len > 0) write_all(STDERR_FILENO, line, (size_t)len);
}

void rob_log(rob_ctx *ctx, const char *format, ...)
{
    char text[LINE_MOST / 2];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len < 0) return;
    if (len >= (int)sizeof text) len = sizeof text - 1;
    rob_log_request(ctx, (rob_str){text, (size_t)len});
}
