/* Requests whose parameters come from everywhere, answered as FastAPI answers them: the endpoints of
 * params_cases.py once more as tables, and its recorded answers.
 *
 *   params_test params-cases.jsonl */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

#include "answer.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "http/request.h"

#define TEXT(literal) ROB_STR_INIT(literal)
#define MODEL(NAME, C, ...)                                                                            \
    static const rob_field NAME##_fields[] = {__VA_ARGS__};                                            \
    static const rob_model NAME##_model = {.name = TEXT(#NAME), .fields = NAME##_fields,               \
                                           .field_count = sizeof NAME##_fields / sizeof(rob_field)};   \
    static const rob_type NAME##_type = {.kind = ROB_KIND_MODEL, .size = sizeof(C), .model = &NAME##_model}
#define STRICT(NAME, OF, C)                                                                            \
    static const rob_model NAME##_model = {.name = TEXT(#NAME), .fields = OF##_fields,                 \
                                           .field_count = sizeof OF##_fields / sizeof(rob_field),      \
                                           .extra = ROB_EXTRA_FORBID};                                 \
    static const rob_type NAME##_type = {.kind = ROB_KIND_MODEL, .size = sizeof(C), .model = &NAME##_model}

/* A field of struct C: required; with a default; `T | None = None`. */
#define NEEDED(C, WIRE, MEMBER, TYPE) \
    {.name = TEXT(WIRE), .type = TYPE, .offset = offsetof(C, MEMBER), .has_offset = ROB_NO_OFFSET}
#define FALLBACK(C, WIRE, MEMBER, TYPE, VALUE)                                                   \
    {.name = TEXT(WIRE), .type = TYPE, .offset = offsetof(C, MEMBER), .has_offset = ROB_NO_OFFSET, \
     .fallback = VALUE}
#define OR_NULL(C, WIRE, MEMBER, TYPE)                                                                    \
    {.name = TEXT(WIRE), .type = TYPE, .offset = offsetof(C, MEMBER), .has_offset = offsetof(C, has_##MEMBER), \
     .flags = ROB_FIELD_NULLABLE | ROB_FIELD_DEFAULT_NULL}

/* ------------------------------------------------------------------ types */

typedef struct list {
    void *items;
    size_t count;
} list;

static const int64_t one = 1, ten = 10;
static const rob_str x = TEXT("x"), none = TEXT("none");
static const list empty;

static const rob_type t_int = {.kind = ROB_KIND_INT, .size = sizeof(int64_t)};
static const rob_type t_id = {.kind = ROB_KIND_INT, .size = sizeof(int64_t), .rules = ROB_GE, .integer = {.ge = 1}};
static const rob_type t_limit = {.kind = ROB_KIND_INT, .size = sizeof(int64_t), .rules = ROB_GE | ROB_LE,
                                 .integer = {.ge = 1, .le = 100}};
static const rob_type t_bool = {.kind = ROB_KIND_BOOL, .size = sizeof(bool)};
static const rob_type t_str = {.kind = ROB_KIND_STR, .size = sizeof(rob_str)};
static const rob_type t_str_2 = {.kind = ROB_KIND_STR, .size = sizeof(rob_str), .rules = ROB_MIN_LENGTH,
                                 .text = {.min_length = 2}};
static const rob_type t_str_12 = {.kind = ROB_KIND_STR, .size = sizeof(rob_str), .rules = ROB_MAX_LENGTH,
                                  .text = {.max_length = 12}};
static const rob_choice role_choices[] = {{.text = TEXT("admin")}, {.text = TEXT("editor")}, {.text = TEXT("read-only")}};
static const rob_enum role_enum = {role_choices, 3, false, TEXT("'admin', 'editor' or 'read-only'")};
static const rob_type t_role = {.kind = ROB_KIND_ENUM, .size = sizeof(uint32_t), .choice = &role_enum};
static const rob_choice order_choices[] = {{.text = TEXT("up")}, {.text = TEXT("down")}};
static const rob_enum order_enum = {order_choices, 2, true, TEXT("'up' or 'down'")};
static const rob_type t_order = {.kind = ROB_KIND_ENUM, .size = sizeof(uint32_t), .choice = &order_enum};
static const rob_type t_ints = {.kind = ROB_KIND_LIST, .size = sizeof(list),
                                .list = {.item = &t_int, .item_size = sizeof(int64_t)}};
static const rob_type t_two_ints = {.kind = ROB_KIND_LIST, .size = sizeof(list), .rules = ROB_MAX_LENGTH,
                                    .list = {.item = &t_int, .item_size = sizeof(int64_t), .max_length = 2}};
static const rob_type t_strs = {.kind = ROB_KIND_LIST, .size = sizeof(list),
                                .list = {.item = &t_str, .item_size = sizeof(rob_str)}};
static const rob_type t_roles = {.kind = ROB_KIND_LIST, .size = sizeof(list),
                                 .list = {.item = &t_role, .item_size = sizeof(uint32_t)}};

typedef struct sub {
    int64_t a;
    rob_str b;
} sub;
MODEL(sub, sub, NEEDED(sub, "a", a, &t_int), FALLBACK(sub, "b", b, &t_str, &x));

typedef struct page {
    int64_t limit, after;
    list tags;
    uint32_t order;
    bool has_after;
} page;
MODEL(page, page, FALLBACK(page, "limit", limit, &t_limit, &ten), FALLBACK(page, "tags", tags, &t_strs, &empty),
      NEEDED(page, "order", order, &t_order), OR_NULL(page, "after", after, &t_int));
STRICT(strict_page, page, page);

typedef struct head {
    bool save_data;
    list x_tag;
} head;
MODEL(head, head, NEEDED(head, "save_data", save_data, &t_bool), FALLBACK(head, "x_tag", x_tag, &t_ints, &empty));

typedef struct jar {
    rob_str session_id;
    int64_t n;
    bool has_n;
} jar;
static const rob_field jar_fields[] = {NEEDED(jar, "session_id", session_id, &t_str), OR_NULL(jar, "n", n, &t_int)};
STRICT(jar, jar, jar);

typedef struct login {
    rob_str username, note;
    list tags;
} login;
MODEL(login, login, NEEDED(login, "username", username, &t_str_2), FALLBACK(login, "tags", tags, &t_ints, &empty),
      FALLBACK(login, "note", note, &t_str, &none));
STRICT(strict_login, login, login);

/* ------------------------------------------------------------------ endpoints */

/* One struct holds what any of the endpoints takes. */
typedef struct in {
    int64_t id, limit, n, q_int, c;
    rob_str id_text, text, q, x_token, sid, username;
    list role, ids, tags;
    page page;
    head head;
    jar jar;
    login login;
    sub body, user;
    bool has_q, has_sid, has_page, has_n, has_body, has_user;
} in;

#define PATH_INT {.field = NEEDED(in, "id", id, &t_int), .source = ROB_FROM_PATH}
#define PATH_STR {.field = NEEDED(in, "id", id_text, &t_str), .source = ROB_FROM_PATH}
#define FROM(SOURCE, FIELD) {.field = FIELD, .source = SOURCE}
#define SPREAD(SOURCE, FIELD) {.field = FIELD, .source = SOURCE, .spread = true}
#define PARAMS(NAME, ...) static const rob_param NAME[] = {__VA_ARGS__}

PARAMS(scalars, {.field = NEEDED(in, "id", id, &t_id), .source = ROB_FROM_PATH},
       FROM(ROB_FROM_QUERY, FALLBACK(in, "limit", limit, &t_limit, &ten)), FROM(ROB_FROM_QUERY, OR_NULL(in, "q", q, &t_str)),
       FROM(ROB_FROM_HEADER, NEEDED(in, "x-token", x_token, &t_str)), FROM(ROB_FROM_COOKIE, OR_NULL(in, "sid", sid, &t_str)));
PARAMS(lists, PATH_STR, FROM(ROB_FROM_QUERY, FALLBACK(in, "role", role, &t_roles, &empty)),
       FROM(ROB_FROM_QUERY, NEEDED(in, "ids", ids, &t_two_ints)),
       FROM(ROB_FROM_HEADER, FALLBACK(in, "x-tag", tags, &t_ints, &empty)));
PARAMS(cookies, PATH_STR, FROM(ROB_FROM_COOKIE, FALLBACK(in, "n", ids, &t_ints, &empty)));
PARAMS(pages, PATH_STR, SPREAD(ROB_FROM_QUERY, NEEDED(in, "page", page, &page_type)));
PARAMS(strict_pages, PATH_STR, SPREAD(ROB_FROM_QUERY, NEEDED(in, "page", page, &strict_page_type)));
PARAMS(maybe_pages, PATH_STR, SPREAD(ROB_FROM_QUERY, OR_NULL(in, "page", page, &page_type)));
PARAMS(heads, PATH_STR, SPREAD(ROB_FROM_HEADER, NEEDED(in, "head", head, &head_type)));
PARAMS(jars, PATH_STR, SPREAD(ROB_FROM_COOKIE, NEEDED(in, "jar", jar, &jar_type)));
PARAMS(forms, PATH_STR, FROM(ROB_FROM_FORM, NEEDED(in, "username", username, &t_str_2)),
       FROM(ROB_FROM_FORM, OR_NULL(in, "age", n, &t_int)), FROM(ROB_FROM_FORM, FALLBACK(in, "tags", tags, &t_ints, &empty)));
PARAMS(logins, PATH_STR, SPREAD(ROB_FROM_FORM, NEEDED(in, "login", login, &login_type)));
PARAMS(strict_logins, PATH_STR, SPREAD(ROB_FROM_FORM, NEEDED(in, "login", login, &strict_login_type)));
PARAMS(wholes, PATH_INT, FROM(ROB_FROM_BODY, NEEDED(in, "body", body, &sub_type)));
PARAMS(maybes, PATH_INT, FROM(ROB_FROM_BODY, OR_NULL(in, "body", body, &sub_type)));
PARAMS(numbers, PATH_INT, FROM(ROB_FROM_BODY, NEEDED(in, "body", n, &t_int)));
PARAMS(texts, PATH_INT, FROM(ROB_FROM_BODY, NEEDED(in, "body", text, &t_str_12)));
PARAMS(twos, PATH_INT, FROM(ROB_FROM_BODY, NEEDED(in, "item", body, &sub_type)),
       FROM(ROB_FROM_BODY, FALLBACK(in, "rank", n, &t_int, &one)), FROM(ROB_FROM_BODY, OR_NULL(in, "user", user, &sub_type)));
PARAMS(alls, PATH_INT, FROM(ROB_FROM_QUERY, NEEDED(in, "q", q_int, &t_int)), FROM(ROB_FROM_HEADER, NEEDED(in, "x-n", n, &t_int)),
       FROM(ROB_FROM_COOKIE, NEEDED(in, "c", c, &t_int)), FROM(ROB_FROM_BODY, NEEDED(in, "body", body, &sub_type)));

#define ENDPOINT(NAME, ITEMS, BODY) {NAME, {ITEMS, sizeof ITEMS / sizeof(rob_param), BODY}}
static const struct {
    const char *name;
    rob_params params;
} endpoints[] = {
    ENDPOINT("scalars", scalars, ROB_BODY_NONE),      ENDPOINT("lists", lists, ROB_BODY_NONE),
    ENDPOINT("cookies", cookies, ROB_BODY_NONE),      ENDPOINT("page", pages, ROB_BODY_NONE),
    ENDPOINT("strict_page", strict_pages, ROB_BODY_NONE), ENDPOINT("maybe_page", maybe_pages, ROB_BODY_NONE),
    ENDPOINT("head", heads, ROB_BODY_NONE),           ENDPOINT("jar", jars, ROB_BODY_NONE),
    ENDPOINT("form", forms, ROB_BODY_FORM),           ENDPOINT("login", logins, ROB_BODY_FORM),
    ENDPOINT("strict_login", strict_logins, ROB_BODY_FORM), ENDPOINT("whole", wholes, ROB_BODY_WHOLE),
    ENDPOINT("maybe", maybes, ROB_BODY_WHOLE),        ENDPOINT("number", numbers, ROB_BODY_WHOLE),
    ENDPOINT("text", texts, ROB_BODY_WHOLE),          ENDPOINT("two", twos, ROB_BODY_EMBEDDED),
    ENDPOINT("all", alls, ROB_BODY_WHOLE),
};

static const rob_params *params_of(const char *name)
{
    for (size_t i = 0; i < sizeof endpoints / sizeof *endpoints; i++) {
        if (strcmp(endpoints[i].name, name) == 0) return &endpoints[i].params;
    }
    return NULL;
}

/* ------------------------------------------------------------------ a row as a request */

/* Rows hold bytes as Latin-1. */
static rob_str bytes_of(rob_arena *arena, const char *text)
{
    char *bytes = rob_arena_alloc(arena, strlen(text) + 1);
    rob_str left = rob_str_of(text);
    size_t len = 0;
    uint32_t point;
    for (size_t n; (n = rob_utf8_decode(left, &point)); left = (rob_str){left.ptr + n, left.len - n}) bytes[len++] = (char)point;
    return (rob_str){bytes, len};
}

static rob_str field_of(rob_arena *arena, const cJSON *row, const char *key)
{
    return bytes_of(arena, cJSON_GetObjectItem(row, key)->valuestring);
}

static void read_headers(rob_request *req, const cJSON *list)
{
    rob_header_line *lines = rob_arena_alloc(req->arena, (size_t)cJSON_GetArraySize(list) * sizeof *lines);
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        lines[req->header_count++] = (rob_header_line){bytes_of(req->arena, cJSON_GetArrayItem(item, 0)->valuestring),
                                                       bytes_of(req->arena, cJSON_GetArrayItem(item, 1)->valuestring)};
    }
    req->headers = lines;
}

/* What came in, as an object of the parameters. */
static void echo(rob_writer *w, const rob_params *params, const in *values)
{
    rob_field fields[8];
    for (size_t i = 0; i < params->count; i++) fields[i] = params->items[i].field;
    rob_model model = {.fields = fields, .field_count = params->count};
    rob_type type = {.kind = ROB_KIND_MODEL, .size = sizeof(in), .model = &model};
    rob_write_value(w, &type, values);
}

static unsigned answer(rob_arena *arena, const cJSON *row, rob_writer *w)
{
    rob_endpoint endpoint = {.params = params_of(cJSON_GetObjectItem(row, "endpoint")->valuestring)};
    rob_request req = {.arena = arena, .endpoint = &endpoint, .query = field_of(arena, row, "query"),
                       .body = field_of(arena, row, "body")};
    req.match.captures[0] = field_of(arena, row, "capture");
    read_headers(&req, cJSON_GetObjectItem(row, "headers"));
    in values = {0};
    rob_status status = rob_decode_params(&req, &values);
    if (status != ROB_OK) return answer_of(status, &req.errors, req.refusal, w);
    echo(w, endpoint.params, &values);
    return w->status == ROB_OK ? 200 : 500;
}

static bool check_row(const char *line, size_t len)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    cJSON *row = cJSON_ParseWithLength(line, len);
    rob_writer w = {.arena = &arena};
    unsigned status = answer(&arena, row, &w), wanted = (unsigned)cJSON_GetObjectItem(row, "status")->valueint;
    const char *body = cJSON_GetObjectItem(row, "answer")->valuestring;
    bool equal = status == wanted && rob_str_eq((rob_str){w.ptr, w.len}, rob_str_of(body));
    if (!equal) printf("%.*s\n  got    %u %.*s\n", (int)len, line, status, (int)w.len, w.ptr);
    cJSON_Delete(row);
    rob_arena_free(&arena);
    return equal;
}

/* A slash that was percent-encoded comes as NUL inside a capture, and is a slash again in the value. */
static bool encoded_slashes_come_back(void)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_endpoint endpoint = {.params = params_of("page")};
    rob_request req = {.arena = &arena, .endpoint = &endpoint, .query = ROB_STR("order=up")};
    req.match.captures[0] = ROB_STR("a\0b");
    in values = {0};
    bool fine = rob_decode_params(&req, &values) == ROB_OK && rob_str_eq(values.id_text, ROB_STR("a/b"));
    if (!fine) printf("a slash in a capture: %.*s\n", ROB_STR_ARG(values.id_text));
    rob_arena_free(&arena);
    return fine;
}

/* FastAPI keeps bytes that are not UTF-8 until its own answer fails; here they are a 400. */
static bool a_text_body_that_is_not_utf8_is_unreadable(void)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_endpoint endpoint = {.params = params_of("text")};
    rob_request req = {.arena = &arena, .endpoint = &endpoint, .body = ROB_STR("caf\xE9")};
    req.match.captures[0] = ROB_STR("1");
    in values = {0};
    bool fine = rob_decode_params(&req, &values) == ROB_UNREADABLE;
    if (!fine) printf("a body that is not UTF-8 was taken\n");
    rob_arena_free(&arena);
    return fine;
}

/* `body?: Sub`: nothing and null are both absent. */
static bool null_is_absent_for_an_optional_body(void)
{
    static const rob_header_line json = {TEXT("content-type"), TEXT("application/json")};
    rob_param optional = {.field = OR_NULL(in, "body", body, &sub_type), .source = ROB_FROM_BODY};
    optional.field.flags = ROB_FIELD_OPTIONAL;
    rob_params params = {&optional, 1, ROB_BODY_WHOLE};
    rob_endpoint endpoint = {.params = &params};
    const char *const bodies[] = {"", "null", "{\"a\":1}"};
    bool fine = true;
    for (size_t i = 0; i < 3; i++) {
        rob_arena arena;
        rob_arena_init(&arena, 0);
        rob_request req = {.arena = &arena, .endpoint = &endpoint, .headers = &json, .header_count = 1,
                           .body = rob_str_of(bodies[i])};
        in values = {0};
        fine &= rob_decode_params(&req, &values) == ROB_OK && values.has_body == (i == 2);
        rob_arena_free(&arena);
    }
    if (!fine) printf("an optional body: nothing, null or a value\n");
    return fine;
}

/* Whatever the arena's cap is, running into it is a status. */
static bool a_full_arena_is_a_status(void)
{
    static const rob_header_line lines[] = {{ROB_STR_INIT("Other"), ROB_STR_INIT("caf\xE9")},
                                            {ROB_STR_INIT("cookie"), ROB_STR_INIT("session_id=a; n=x")}};
    static const char *const names[] = {"strict_page", "head", "jar", "lists", "scalars"};
    for (size_t cap = 16; cap < 9000; cap += 160) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            rob_arena arena;
            rob_arena_init(&arena, cap);
            rob_endpoint endpoint = {.params = params_of(names[i])};
            rob_request req = {.arena = &arena, .endpoint = &endpoint, .headers = lines, .header_count = 2,
                               .query = ROB_STR("limit=0&x=%41&y=2&order=u&x=4&ids=a&ids=b&tags=1&tags=2")};
            req.match.captures[0] = ROB_STR("a\0b");
            in values = {0};
            rob_status status = rob_decode_params(&req, &values);
            rob_arena_free(&arena);
            if (status == ROB_INVALID || status == ROB_NO_MEMORY) continue;
            printf("%s at %zu bytes: %s\n", names[i], cap, rob_status_text(status));
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    unsigned rows = 0, wrong = 0;
    char *line = NULL;
    size_t size = 0;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file) return 2;
    for (ssize_t len; (len = getline(&line, &size, file)) > 0; rows++) wrong += !check_row(line, (size_t)len);
    fclose(file);
    free(line);
    wrong += !encoded_slashes_come_back();
    wrong += !a_text_body_that_is_not_utf8_is_unreadable();
    wrong += !null_is_absent_for_an_optional_body();
    wrong += !a_full_arena_is_a_status();
    printf("%u rows, %u wrong\n", rows, wrong);
    return wrong || !rows;
}
