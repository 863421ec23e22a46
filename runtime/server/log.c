#include "server/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "server/sink.h"

enum {
    LINE_MOST = 2048,
    TARGET_MOST = 1024,
    LAST_WAIT = 500 /* ms at the end for a log that is not taken */
};

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

static bool has_room(const rob_access_log *log)
{
    return log->len + LINE_MOST <= ROB_LOG_BUFFER;
}

/* A log with a hole says so, once there is room again. */
static void add_lost(rob_access_log *log)
{
    char when[32];
    if (!log->lost || !has_room(log)) return;
    print_time(when);
    const char *format = log->style == ROB_LOG_TEXT ? "%s %llu lines lost\n" : "{\"time\":\"%s\",\"lost\":%llu}\n";
    log->len += (size_t)snprintf(log->buffer + log->len, LINE_MOST, format, when, (unsigned long long)log->lost);
    log->lost = 0;
}

void rob_access_log_add(rob_access_log *log, const rob_exchange *x, unsigned status)
{
    if (log->style == ROB_LOG_OFF) return;
    if (!log->buffer && !(log->buffer = malloc(ROB_LOG_BUFFER))) return;
    if (!has_room(log)) rob_access_log_flush(log);
    add_lost(log);
    int len = has_room(log) ? print_access(log->buffer + log->len, log->style, x, status) : 0;
    if (len > 0 && len < LINE_MOST) log->len += (size_t)len;
    else log->lost++;
}

void rob_access_log_flush(rob_access_log *log)
{
    if (log->len == 0) return;
    rob_sunk sunk = rob_sink_write(ROB_SINK_OUT, (rob_str){log->buffer, log->len});
    if (sunk.broken) {
        for (; sunk.taken < log->len; sunk.taken++) log->lost += log->buffer[sunk.taken] == '\n';
    }
    log->len -= sunk.taken;
    memmove(log->buffer, log->buffer + sunk.taken, log->len);
}

void rob_access_log_free(rob_access_log *log)
{
    if (log->buffer) add_lost(log);
    rob_access_log_flush(log);
    for (int waited = 0; log->len > 0 && waited < LAST_WAIT; waited += LAST_WAIT / 10) {
        rob_sink_wait(ROB_SINK_OUT, LAST_WAIT / 10);
        rob_access_log_flush(log);
    }
    free(log->buffer);
}

/* ------------------------------------------------------------------ errors */

static atomic_uint errors_lost;

static void write_error(rob_str line)
{
    char note[64];
    unsigned lost = atomic_exchange(&errors_lost, 0);
    if (lost) {
        int len = snprintf(note, sizeof note, "%u messages lost\n", lost);
        if (rob_sink_write(ROB_SINK_ERR, (rob_str){note, (size_t)len}).taken == 0) atomic_fetch_add(&errors_lost, lost);
    }
    if (rob_sink_write(ROB_SINK_ERR, line).taken < line.len) atomic_fetch_add(&errors_lost, 1);
}

void rob_log_request(rob_request *req, rob_str text)
{
    char when[32], escaped[LINE_MOST], line[LINE_MOST + 256];
    print_time(when);
    print_escaped(escaped, sizeof escaped, text);
    int len = snprintf(line, sizeof line, "%s [%s] %s: %s\n", when, rob_request_id(req).ptr,
                       req->endpoint ? req->endpoint->route : "-", escaped);
    if (len >= (int)sizeof line) len = sizeof line - 1;
    if (len > 0) write_error((rob_str){line, (size_t)len});
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

void rob_log_line(const char *format, ...)
{
    char when[32], text[LINE_MOST / 2], line[LINE_MOST];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    print_time(when);
    int len = snprintf(line, sizeof line, "%s %s\n", when, text);
    if (len > 0) write_error((rob_str){line, (size_t)len});
}
