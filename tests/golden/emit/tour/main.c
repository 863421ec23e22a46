/* tour/main.c: the server. Written by robync from tour.api. */
#include "tables.h"

/* Both may be missing. */
__attribute__((weak)) rob_status tour_startup(rob_process *process);
__attribute__((weak)) void tour_shutdown(rob_process *process);

static const rob_app app = {
    .abi = ROB_ABI,
    .name = "Tour",
    .version = "1.0.0",
    .prefix = "tour",
    .settings = {
        .host = "127.0.0.1",
        .port = 8080,
        .threads = 2,
        .workers = 1,
        .body_limit = 1048576,
        .head_limit = 8192,
        .timeout = 30000,
        .head_timeout = 10000,
        .body_timeout = 30000,
        .idle_timeout = 60000,
        .max_connections = 10000,
        .max_connections_per_address = 256,
        .docs = NULL,
        .openapi = "/openapi.json",
        .strict = false,
        .errors = ROB_ERRORS_FASTAPI,
        .access_log = ROB_LOG_OFF,
        .admin = NULL,
        .trusted_proxies = "",
    },
    .route = tour_route_request,
    .allowed = tour_allowed_methods,
    .endpoints = tour_all_endpoints,
    .endpoint_count = 12,
    .constant_count = 1,
    .openapi = { tour_openapi_document, sizeof tour_openapi_document - 1 },
    .startup = tour_startup,
    .shutdown = tour_shutdown,
};

int main(int argc, char **argv)
{
    return rob_main(&app, argc, argv);
}
