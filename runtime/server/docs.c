/* The API's own description: the OpenAPI document, and Swagger UI from inside the binary. */
#include <stdio.h>
#include <stdlib.h>

#include "server/host.h"

static size_t escape_html(char *out, const char *text)
{
    size_t len = 0;
    for (; *text; text++) {
        const char *entity = *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : *text == '&' ? "&amp;" : NULL;
        if (entity) len += (size_t)sprintf(out + len, "%s", entity);
        else out[len++] = *text;
    }
    out[len] = '\0';
    return len;
}

static const char page[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<link rel=\"icon\" href=\"data:,\">\n"
    "<title>%s - Swagger UI</title>\n<link rel=\"stylesheet\" href=\"%s/swagger-ui.css\">\n</head>\n<body>\n"
    "<div id=\"swagger-ui\"></div>\n<script src=\"%s/swagger-ui-bundle.js\"></script>\n<script>\n"
    "SwaggerUIBundle({url: \"%s\", dom_id: \"#swagger-ui\", deepLinking: true});\n</script>\n</body>\n</html>\n";

/* Where the page's files stand; below "/" there is no second slash. */
static const char *base_of(const char *docs)
{
    return strcmp(docs, "/") == 0 ? "" : docs;
}

const char *rob_docs_prepare(rob_host *host)
{
    const rob_settings *settings = &host->settings;
    host->openapi_path = rob_str_of(settings->openapi);
    if (!settings->docs) return NULL;
    if (!host->app->assets)
        return "`docs` is set, but this server was built without the documentation page: set `docs` in "
               "server { } and build again";
    if (!settings->openapi) return "`docs` shows the OpenAPI document, which `openapi` turns off";
    char *title = malloc(strlen(host->app->name) * 5 + 1), *html = NULL;
    if (!title) return "out of memory";
    escape_html(title, host->app->name);
    const char *base = base_of(settings->docs);
    host->docs_path = rob_str_of(settings->docs);
    host->docs_base = rob_str_of(base);
    int len = asprintf(&html, page, title, base, base, settings->openapi);
    free(title);
    if (len < 0) return "out of memory";
    host->docs_page = (rob_str){html, (size_t)len};
    return NULL;
}

static void answer(rob_exchange *x, const char *type, rob_str body, bool gzip)
{
    rob_reply *reply = &x->reply;
    bool readable = x->verb == ROB_VERB_KNOWN && (x->request.method == ROB_GET || x->request.method == ROB_HEAD);
    if (readable) {
        rob_reply_bytes(reply, 200, type, body);
        if (gzip) rob_reply_line_add(reply, "Content-Encoding", "gzip");
        return;
    }
    if (x->verb == ROB_VERB_KNOWN && x->request.method == ROB_OPTIONS) {
        rob_reply_empty(reply, 204);
    } else {
        rob_reply_error_with_lines(reply, 405);
    }
    rob_reply_line_add(reply, "Allow", "GET, HEAD, OPTIONS");
}

static bool answer_asset(const rob_host *host, rob_exchange *x)
{
    rob_str path = x->routed_path, base = host->docs_base;
    if (path.len <= base.len + 1 || memcmp(path.ptr, base.ptr, base.len) != 0) return false;
    if (path.ptr[base.len] != '/') return false;
    rob_str name = {path.ptr + base.len + 1, path.len - base.len - 1};
    for (size_t i = 0; i < host->app->assets->count; i++) {
        const rob_asset *asset = &host->app->assets->items[i];
        if (!rob_str_eq(name, rob_str_of(asset->name))) continue;
        answer(x, asset->content_type, asset->gzip, true);
        return true;
    }
    return false;
}

bool rob_docs_has(const rob_host *host, rob_str path)
{
    return path.len > 0 && (rob_str_eq(path, host->openapi_path) || rob_str_eq(path, host->docs_path));
}

bool rob_docs_answer(const rob_host *host, rob_exchange *x)
{
    if (host->openapi_path.len && rob_str_eq(x->routed_path, host->openapi_path)) {
        answer(x, "application/json", host->app->openapi, false);
        return true;
    }
    if (host->docs_path.len == 0) return false;
    if (rob_str_eq(x->routed_path, host->docs_path)) {
        answer(x, "text/html; charset=utf-8", host->docs_page, false);
        return true;
    }
    return answer_asset(host, x);
}
