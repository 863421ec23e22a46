/* The endpoint walker: the one place that sees the whole serve street, route, decode, call, encode. */
#include <stdio.h>

#include "http/connection.h"
#include "server/host.h"

enum {
    MEMORY_BASE = 4 << 20, /* bytes that one request may take, */
    MEMORY_PER_BYTE = 16   /* and for each byte that its body may have: decoded values, and the answer */
};

static const char *const method_names[ROB_METHOD_COUNT] = {
    [ROB_GET] = "GET",       [ROB_POST] = "POST", [ROB_PUT] = "PUT",         [ROB_PATCH] = "PATCH",
    [ROB_DELETE] = "DELETE", [ROB_HEAD] = "HEAD", [ROB_OPTIONS] = "OPTIONS",
};

/* ------------------------------------------------------------------ begin: routing */

/* All methods of the path, sorted, with the two that every path has for nothing. */
static void add_allow(rob_reply *reply, uint32_t methods)
{
    static const rob_method sorted[] = {ROB_DELETE, ROB_GET, ROB_HEAD, ROB_OPTIONS, ROB_PATCH, ROB_POST, ROB_PUT};
    char text[64];
    size_t len = 0;
    if (methods & 1u << ROB_GET) methods |= 1u << ROB_HEAD;
    methods |= 1u << ROB_OPTIONS;
    for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++)
        if (methods & 1u << sorted[i])
            len += (size_t)snprintf(text + len, sizeof text - len, len ? ", %s" : "%s", method_names[sorted[i]]);
    rob_reply_line_add(reply, "Allow", rob_arena_copy(reply->request->arena, (rob_str){text, len}).ptr);
}

static void answer_options(rob_exchange *x, uint32_t methods)
{
    rob_reply_empty(&x->reply, 204);
    add_allow(&x->reply, methods);
}

static void answer_not_allowed(rob_exchange *x, uint32_t methods)
{
    rob_reply_error_with_lines(&x->reply, 405);
    add_allow(&x->reply, methods);
}

/* The path with its last slash taken away, or one added. Empty when there is none: `//` is never merged
 * into `/`, and memory may be out. */
static rob_str other_slash(rob_exchange *x)
{
    rob_str path = x->routed_path;
    bool has_slash = path.ptr[path.len - 1] == '/';
    if (path.len == 1 || (has_slash && path.ptr[path.len - 2] == '/')) return (rob_str){0};
    if (has_slash) return (rob_str){path.ptr, path.len - 1};
    char *longer = rob_arena_alloc(&x->memory, path.len + 1);
    if (!longer) return (rob_str){0};
    memcpy(longer, path.ptr, path.len);
    longer[path.len] = '/';
    return (rob_str){longer, path.len + 1};
}

static void answer_unrouted(const rob_host *host, rob_exchange *x)
{
    uint32_t methods = host->app->allowed(x->routed_path);
    if (methods && x->verb == ROB_VERB_KNOWN && x->request.method == ROB_OPTIONS) answer_options(x, methods);
    else if (methods) answer_not_allowed(x, methods);
    else {
        rob_str other = other_slash(x);
        if (other.len > 0 && (host->app->allowed(other) || rob_docs_has(host, other))) rob_reply_slash_redirect(&x->reply, x->host);
        else rob_reply_error(&x->reply, 404);
    }
}

static const rob_endpoint *find(const rob_host *host, rob_exchange *x)
{
    rob_request *req = &x->request;
    if (x->verb != ROB_VERB_KNOWN) return NULL;
    const rob_endpoint *endpoint = host->app->route(req->method, x->routed_path, &req->match);
    if (!endpoint && req->method == ROB_HEAD) endpoint = host->app->route(ROB_GET, x->routed_path, &req->match);
    return endpoint;
}

static bool begin(void *cls, rob_exchange *x)
{
    const rob_host *host = cls;
    rob_request *req = &x->request;
    x->body_limit = host->settings.body_limit;
    x->memory.cap = MEMORY_BASE + MEMORY_PER_BYTE * (size_t)x->body_limit;
    if (x->verb == ROB_VERB_UNKNOWN) {
        rob_reply_error(&x->reply, 501);
    } else if (x->routed_path.len == 0) {
        rob_reply_error(&x->reply, 404); /* it had dot segments */
    } else if (x->routed_path.ptr[0] == '*') {
        answer_options(x, UINT32_MAX);
    } else if (!rob_docs_answer(host, x)) {
        req->endpoint = find(host, x);
        if (!req->endpoint) answer_unrouted(host, x);
        else if (x->encoded_body) rob_reply_error(&x->reply, 415);
    }
    if (x->reply.status) return true;
    const rob_endpoint *endpoint = req->endpoint;
    if (endpoint->body_limit) {
        x->body_limit = endpoint->body_limit;
        x->memory.cap = MEMORY_BASE + MEMORY_PER_BYTE * (size_t)x->body_limit;
    }
    if (endpoint->params && endpoint->params->body != ROB_BODY_NONE) x->take = rob_body_collect;
    return true;
}

/* ------------------------------------------------------------------ serve: decode, call, encode */

/* endpoint->call, catching what C++ handlers throw; there only where some are (runtime/cxx/guard.cc). */
__attribute__((weak)) void rob_call_guarded(const rob_endpoint *endpoint, rob_ctx *ctx, const void *in, void *out);

void rob_endpoint_call(rob_exchange *x)
{
    const rob_endpoint *endpoint = x->request.endpoint;
    if (rob_call_guarded) rob_call_guarded(endpoint, &x->request, x->in, x->out);
    else endpoint->call(&x->request, x->in, x->out);
    endpoint->encode(x->out, &x->reply);
    if (!x->reply.status) rob_reply_failed(&x->reply, ROB_STR("the handler returned no outcome"));
}

/* It ran on the loop thread and cannot be interrupted: everything else waited for it. */
static void call_inline(const rob_host *host, rob_exchange *x)
{
    int64_t before = rob_clock();
    rob_endpoint_call(x);
    int64_t took = rob_clock() - before;
    if (took >= host->settings.timeout)
        rob_log(&x->request, "the handler took %lld ms on a loop thread; mark the route @blocking", (long long)took);
}

/* Who may take the job. */
static rob_lane lane_of(const rob_host *host, const rob_endpoint *endpoint)
{
    if (endpoint->runs == ROB_RUNS_ON_POOL) return ROB_LANE_POOL;
    return host->is_async[endpoint->python->index] ? ROB_LANE_COROUTINES : ROB_LANE_CALLS;
}

static rob_progress call_elsewhere(const rob_host *host, rob_exchange *x)
{
    if (rob_jobs_put(host->jobs, x, lane_of(host, x->request.endpoint))) return ROB_WAITING;
    rob_reply_error_with_lines(&x->reply, 503);
    rob_reply_line_add(&x->reply, "Retry-After", "1");
    return ROB_ANSWERED;
}

static rob_progress serve(void *cls, rob_exchange *x)
{
    const rob_host *host = cls;
    const rob_endpoint *endpoint = x->request.endpoint;
    if (x->reply.status) return ROB_ANSWERED;
    if (endpoint->constant) {
        rob_reply_constant(&x->reply, endpoint->constant);
        return ROB_ANSWERED;
    }
    if (endpoint->redirect) {
        rob_reply_redirect(&x->reply, endpoint->redirect);
        return ROB_ANSWERED;
    }
    x->in = rob_arena_alloc(&x->memory, endpoint->in_size);
    x->out = rob_arena_alloc(&x->memory, endpoint->out_size);
    rob_status decoded = x->in && x->out ? ROB_OK : ROB_NO_MEMORY;
    if (decoded == ROB_OK && endpoint->decode) decoded = endpoint->decode(&x->request, x->in);
    if (decoded != ROB_OK) {
        rob_reply_undecoded(&x->reply, decoded);
        return ROB_ANSWERED;
    }
    if (endpoint->runs != ROB_RUNS_INLINE) return call_elsewhere(host, x);
    call_inline(host, x);
    return ROB_ANSWERED;
}

/* ------------------------------------------------------------------ over */

static void over(void *cls, rob_exchange *x, unsigned status)
{
    const rob_host *host = cls;
    if (status == 500 && x->reply.failed)
        rob_log_request(&x->request, x->reply.why.len ? x->reply.why : ROB_STR("failed"));
    rob_access_log_add(&host->logs[rob_loop_number(x->loop)], x, status);
}

/* The job still writes to x: only what never changes is read here. */
static void overdue(void *cls, rob_exchange *x)
{
    const rob_host *host = cls;
    rob_log_line("%s: no answer after %u ms", x->request.endpoint->route, host->settings.timeout);
    if (lane_of(host, x->request.endpoint) == ROB_LANE_COROUTINES) rob_jobs_nudge(host->jobs);
}

/* A coroutine can be stopped; what runs on a thread cannot. */
static void left(void *cls, rob_exchange *x)
{
    const rob_host *host = cls;
    if (lane_of(host, x->request.endpoint) == ROB_LANE_COROUTINES) rob_jobs_nudge(host->jobs);
}

static void woken(void *cls, rob_loop *loop)
{
    const rob_host *host = cls;
    rob_exchange *next, *x = rob_way_back_take(&host->ways_back[rob_loop_number(loop)]);
    for (; x; x = next) {
        next = x->next;
        rob_loop_answer(loop, x);
    }
}

static void turned(void *cls, rob_loop *loop)
{
    const rob_host *host = cls;
    if (host->jobs) rob_jobs_wake(host->jobs);
    rob_access_log_flush(&host->logs[rob_loop_number(loop)]);
}

const rob_service rob_endpoint_service = {
    .begin = begin, .serve = serve, .over = over, .overdue = overdue, .left = left, .woken = woken, .turned = turned,
};
