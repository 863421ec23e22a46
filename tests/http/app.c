/* A server with tables written by hand, for tests of the HTTP layer alone. It decodes nothing: what is
 * read back is the path, the body and the headers as handlers see them. */
#include <robync/generated.h>

#include <cjson/cJSON.h>
#include <stdio.h>
#include <unistd.h>

#include "http/request.h"

typedef struct echo {
    rob_str text;
} echo;

static rob_status decode_body(rob_request *req, void *in)
{
    ((echo *)in)->text = req->body;
    return ROB_OK;
}

static rob_status decode_capture(rob_request *req, void *in)
{
    ((echo *)in)->text = req->match.captures[0];
    return ROB_OK;
}

static rob_status decode_unreadable(rob_request *req, void *in)
{
    (void)req;
    (void)in;
    return ROB_UNREADABLE;
}

static rob_status decode_too_large(rob_request *req, void *in)
{
    (void)in;
    while (rob_alloc(req, 1 << 16)) {}
    return ROB_NO_MEMORY;
}

static void call_echo(rob_ctx *ctx, const void *in, void *out)
{
    (void)ctx;
    *(echo *)out = *(const echo *)in;
}

static void call_describe(rob_ctx *ctx, const void *in, void *out)
{
    (void)in;
    rob_str agent = {0};
    rob_header(ctx, "x-test", &agent);
    ((echo *)out)->text = rob_format(ctx, "%.*s %.*s %.*s %.*s state=%s", ROB_STR_ARG(rob_method_name(ctx)),
                                     ROB_STR_ARG(rob_path(ctx)), ROB_STR_ARG(rob_client(ctx)), ROB_STR_ARG(agent),
                                     (const char *)rob_process_state(ctx));
}

static void call_tree(rob_ctx *ctx, const void *in, void *out)
{
    cJSON *tree = rob_json_tree(ctx, (rob_json){((const echo *)in)->text});
    ((echo *)out)->text = rob_format(ctx, "%d items", tree ? cJSON_GetArraySize(tree) : -1);
}

static void call_sleep(rob_ctx *ctx, const void *in, void *out)
{
    (void)in;
    usleep(300 * 1000);
    ((echo *)out)->text = rob_format(ctx, "slept");
}

static void call_stuck(rob_ctx *ctx, const void *in, void *out)
{
    (void)in;
    sleep(60);
    ((echo *)out)->text = rob_format(ctx, "at last");
}

static void call_log(rob_ctx *ctx, const void *in, void *out)
{
    (void)in;
    rob_log(ctx, "line one\nline two");
    ((echo *)out)->text = ROB_STR("logged");
}

static void call_nothing(rob_ctx *ctx, const void *in, void *out)
{
    (void)ctx;
    (void)in;
    (void)out;
}

static void encode_text(const void *out, rob_reply *reply)
{
    rob_reply_bytes(reply, 200, "text/plain; charset=utf-8", ((const echo *)out)->text);
}

static void encode_failed(const void *out, rob_reply *reply)
{
    (void)out;
    rob_reply_failed(reply, ROB_STR("a secret of the database"));
}

static void encode_declared(const void *out, rob_reply *reply)
{
    (void)out;
    rob_reply_bytes(reply, 500, "application/json", ROB_STR("{\"detail\":\"declared\"}"));
}

static void encode_nothing(const void *out, rob_reply *reply)
{
    (void)out;
    (void)reply;
}

static void encode_invalid(const void *out, rob_reply *reply)
{
    (void)out;
    rob_reply_invalid(reply, &(rob_invalid){.loc = ROB_STR("body.items.0.na-me"), .type = ROB_STR("taken"), .msg = ROB_STR("Is \"taken\"")});
}

static void encode_empty(const void *out, rob_reply *reply)
{
    (void)out;
    rob_reply_empty(reply, 204);
}

static void encode_not_modified(const void *out, rob_reply *reply)
{
    (void)out;
    rob_reply_empty(reply, 304);
}

static void write_big(rob_writer *w, const void *value)
{
    (void)value;
    ROB_WRITE(w, "\"");
    for (int i = 0; i < 100000; i++) ROB_WRITE(w, "0123456789");
    ROB_WRITE(w, "\"");
}

static void encode_big(const void *out, rob_reply *reply)
{
    rob_reply_json(reply, 200, write_big, out);
}

static void write_unfit(rob_writer *w, const void *value)
{
    (void)value;
    rob_writer_fail(w, ROB_UNENCODABLE, ROB_STR("price"), "not a number");
}

static void encode_unfit(const void *out, rob_reply *reply)
{
    rob_reply_json(reply, 200, write_unfit, out);
}

static const rob_type text_type = {.kind = ROB_KIND_STR, .size = sizeof(rob_str)};
static const rob_type int_type = {.kind = ROB_KIND_INT, .size = sizeof(int64_t)};
static const rob_type texts_type = {.kind = ROB_KIND_LIST, .size = 16, .list = {.item = &text_type, .item_size = sizeof(rob_str)}};

static void encode_headers(const void *out, rob_reply *reply)
{
    (void)out;
    static const int64_t number = -42;
    static rob_str items[] = {ROB_STR_INIT("one"), ROB_STR_INIT("two")};
    static const struct {
        rob_str *items;
        size_t count;
    } list = {items, 2};
    rob_str latin = ROB_STR("\xC3\xA9\r\n"), empty = ROB_STR("");
    rob_str text = ROB_STR("caf\xC3\xA9"), cookie = ROB_STR("a b;c\"d"), plain = ROB_STR("abc123");
    rob_reply_empty(reply, 200);
    rob_reply_header(reply, "X-Number", &int_type, &number);
    rob_reply_header(reply, "X-List", &texts_type, &list);
    rob_reply_header(reply, "X-Text", &text_type, &text);
    rob_reply_cookie(reply, "sid", &text_type, &plain);
    rob_reply_cookie(reply, "odd", &text_type, &cookie);
    rob_reply_cookie(reply, "latin", &text_type, &latin);
    rob_reply_cookie(reply, "empty", &text_type, &empty);
}

static void encode_split(const void *out, rob_reply *reply)
{
    rob_reply_header(reply, "X-Echo", &text_type, out);
    rob_reply_empty(reply, 200); /* too late: the header cannot be sent */
}

static const rob_constant hello = {.status = 200, .index = 0, .content_type = ROB_STR_INIT("application/json"),
                                   .body = ROB_STR_INIT("{\"message\":\"Hello, World!\"}")};
static const rob_redirect_part old_parts[] = {{.literal = ROB_STR_INIT("/v1/"), .capture = 0, .slashes_stay = true}};
static const rob_redirect old = {.parts = old_parts, .count = 1, .status = 308};
static const rob_params raw = {.body = ROB_BODY_RAW};

#define ENDPOINT(id, ...) static const rob_endpoint id = {.name = #id, .in_size = sizeof(echo), .out_size = sizeof(echo), __VA_ARGS__}
ENDPOINT(get_root, .route = "GET /", .constant = &hello);
ENDPOINT(post_root, .route = "POST /", .params = &raw, .decode = decode_body, .call = call_echo, .encode = encode_text);
ENDPOINT(post_small, .route = "POST /small", .params = &raw, .body_limit = 10, .decode = decode_body, .call = call_echo, .encode = encode_text);
ENDPOINT(post_tree, .route = "POST /tree", .params = &raw, .decode = decode_body, .call = call_tree, .encode = encode_text);
ENDPOINT(get_item, .route = "GET /items/{id}", .decode = decode_capture, .call = call_echo, .encode = encode_text);
ENDPOINT(put_item, .route = "PUT /items/{id}", .decode = decode_capture, .call = call_echo, .encode = encode_text);
ENDPOINT(get_rest, .route = "GET /old/{rest}", .redirect = &old);
ENDPOINT(get_slash, .route = "GET /slash/", .constant = &hello);
ENDPOINT(get_describe, .route = "GET /describe", .call = call_describe, .encode = encode_text);
ENDPOINT(get_sleep, .route = "GET /sleep", .call = call_sleep, .encode = encode_text, .runs = ROB_RUNS_ON_POOL);
ENDPOINT(get_stuck, .route = "GET /stuck", .call = call_stuck, .encode = encode_text, .runs = ROB_RUNS_ON_POOL);
ENDPOINT(get_block, .route = "GET /block", .call = call_sleep, .encode = encode_text);
ENDPOINT(get_log, .route = "GET /log", .call = call_log, .encode = encode_text);
ENDPOINT(get_failed, .route = "GET /failed", .call = call_nothing, .encode = encode_failed);
ENDPOINT(get_declared, .route = "GET /declared", .call = call_nothing, .encode = encode_declared);
ENDPOINT(get_nothing, .route = "GET /nothing", .call = call_nothing, .encode = encode_nothing);
ENDPOINT(get_invalid, .route = "GET /invalid", .call = call_nothing, .encode = encode_invalid);
ENDPOINT(get_empty, .route = "GET /empty", .call = call_nothing, .encode = encode_empty);
ENDPOINT(get_304, .route = "GET /304", .call = call_nothing, .encode = encode_not_modified);
ENDPOINT(get_big, .route = "GET /big", .call = call_nothing, .encode = encode_big);
ENDPOINT(get_unfit, .route = "GET /unfit", .call = call_nothing, .encode = encode_unfit);
ENDPOINT(get_headers, .route = "GET /headers", .call = call_nothing, .encode = encode_headers);
ENDPOINT(get_split, .route = "GET /split/{text}", .decode = decode_capture, .call = call_echo, .encode = encode_split);
ENDPOINT(get_unreadable, .route = "GET /unreadable", .decode = decode_unreadable, .call = call_nothing, .encode = encode_nothing);
ENDPOINT(get_exhaust, .route = "GET /exhaust", .decode = decode_too_large, .call = call_nothing, .encode = encode_nothing);

typedef struct route {
    rob_method method;
    const char *path; /* `*` at the end captures the rest, which may hold no slash unless `**` */
    const rob_endpoint *endpoint;
} route;

static const route routes[] = {
    {ROB_GET, "/", &get_root},           {ROB_POST, "/", &post_root},         {ROB_POST, "/small", &post_small},
    {ROB_GET, "/items/*", &get_item},    {ROB_PUT, "/items/*", &put_item},    {ROB_GET, "/old/**", &get_rest},
    {ROB_GET, "/slash/", &get_slash},    {ROB_GET, "/describe", &get_describe}, {ROB_GET, "/sleep", &get_sleep},
    {ROB_GET, "/block", &get_block},     {ROB_GET, "/log", &get_log},         {ROB_GET, "/failed", &get_failed},
    {ROB_GET, "/nothing", &get_nothing}, {ROB_GET, "/invalid", &get_invalid}, {ROB_GET, "/empty", &get_empty},
    {ROB_GET, "/304", &get_304},         {ROB_GET, "/big", &get_big},         {ROB_GET, "/unfit", &get_unfit},
    {ROB_GET, "/headers", &get_headers}, {ROB_GET, "/split/*", &get_split},   {ROB_GET, "/unreadable", &get_unreadable},
    {ROB_GET, "/exhaust", &get_exhaust}, {ROB_GET, "/stuck", &get_stuck},     {ROB_GET, "/declared", &get_declared},
    {ROB_POST, "/tree", &post_tree},
};
enum { ROUTE_COUNT = sizeof routes / sizeof *routes };

static bool fits(const char *pattern, rob_str path, rob_str *capture)
{
    size_t len = strcspn(pattern, "*");
    if (!pattern[len]) return path.len == len && memcmp(path.ptr, pattern, len) == 0;
    if (path.len < len || memcmp(path.ptr, pattern, len) != 0) return false;
    *capture = (rob_str){path.ptr + len, path.len - len};
    return pattern[len + 1] == '*' || (capture->len > 0 && !memchr(capture->ptr, '/', capture->len));
}

static const rob_endpoint *find_route(rob_method method, rob_str path, rob_match *match)
{
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        if (routes[i].method == method && fits(routes[i].path, path, &match->captures[0])) return routes[i].endpoint;
    return NULL;
}

static uint32_t find_allowed(rob_str path)
{
    uint32_t methods = 0;
    rob_str capture;
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        if (fits(routes[i].path, path, &capture)) methods |= 1u << routes[i].method;
    return methods;
}

static rob_status start_up(rob_process *process)
{
    process->state = (void *)(uintptr_t)"up";
    return ROB_OK;
}

static void shut_down(rob_process *process)
{
    fprintf(stderr, "shut down, state=%s\n", (const char *)process->state);
}

static const rob_endpoint *endpoints[ROUTE_COUNT];
static const rob_env_setting env_settings[] = {{"timeout", "TEST_TIMEOUT"}};
static const rob_asset asset_items[] = {{"swagger-ui.css", "text/css", ROB_STR_INIT("not really gzip")}};
static const rob_assets assets = {asset_items, 1};

static const rob_app app = {
    .abi = ROB_ABI, .name = "Test <app>", .version = "1.2", .prefix = "test",
    .settings = {.host = "127.0.0.1", .port = 8000, .threads = 1, .workers = 1, .body_limit = 1 << 20, .head_limit = 8192,
                 .timeout = 30000, .head_timeout = 10000, .body_timeout = 30000, .idle_timeout = 60000,
                 .max_connections = 10000, .max_connections_per_address = 256, .docs = "/docs",
                 .openapi = "/openapi.json", .access_log = ROB_LOG_TEXT, .trusted_proxies = ""},
    .env_settings = env_settings, .env_setting_count = 1,
    .route = find_route, .allowed = find_allowed, .endpoints = endpoints, .endpoint_count = ROUTE_COUNT,
    .constant_count = 1, .openapi = ROB_STR_INIT("{\"openapi\":\"3.1.0\"}"), .assets = &assets,
    .startup = start_up, .shutdown = shut_down,
};

int main(int argc, char **argv)
{
    for (size_t i = 0; i < ROUTE_COUNT; i++) endpoints[i] = routes[i].endpoint;
    return rob_main(&app, argc, argv);
}
