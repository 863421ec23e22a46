/* Responses, whole and cut at every place; and what is no response. */
#include "load/response.h"

#include "check.h"

typedef struct sample {
    const char *name, *bytes;
    uint16_t status;
    const char *body;
    response_state state; /* at the end of the bytes */
    size_t rest;          /* bytes that belong to the next response */
    bool to_head, closes;
} sample;

static const sample samples[] = {
    {"length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", RESPONSE_DONE, 0, false, false},
    {"any case, white space", "HTTP/1.1 201 Made\r\ncontent-LENGTH:\t 2  \r\n\r\nok", 201, "ok", RESPONSE_DONE, 0, false, false},
    {"empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, "", RESPONSE_DONE, 0, false, false},
    {"no reason", "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", 404, "", RESPONSE_DONE, 0, false, false},
    {"chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n, you two!\r\n0\r\n\r\n", 200,
     "hello, you two!", RESPONSE_DONE, 0, false, false},
    {"trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\nZ: w\r\n\r\n", 200, "a",
     RESPONSE_DONE, 0, false, false},
    {"no content", "HTTP/1.1 204 No Content\r\n\r\n", 204, "", RESPONSE_DONE, 0, false, false},
    {"not modified, with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, "", RESPONSE_DONE, 0, false, false},
    {"to a HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", 200, "", RESPONSE_DONE, 0, true, false},
    {"interim first", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x", RESPONSE_DONE, 0, false, false},
    {"the next one follows", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1", 200, "x", RESPONSE_DONE, 8, false, false},
    {"closes", "HTTP/1.1 500 No\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx", 500, "x", RESPONSE_DONE, 0, false, true},
    {"1.0 closes", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x", RESPONSE_DONE, 0, false, true},
    {"until close", "HTTP/1.1 200 OK\r\n\r\nall of it", 200, "all of it", RESPONSE_UNTIL_CLOSE, 0, false, true},
    {"the same length twice", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 200, "x", RESPONSE_DONE, 0, false, false},
    {"body missing", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell", 200, "hell", RESPONSE_LENGTH, 0, false, false},
};

static const char *const broken[] = {
    "SSH-2.0-OpenSSH_9\r\n\r\n",
    "HTTP/2 200 OK\r\n\r\n",
    "HTTP/1.1 20 OK\r\n\r\n",
    "HTTP/1.1 2000 OK\r\n\r\n",
    "HTTP/1.1 099 OK\r\n\r\n",
    "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11111111111111111\r\n",
};

/* What the sink was given. */
typedef struct seen {
    char body[256];
    size_t len;
    int heads;
} seen;

static void on_head(void *to, rob_str head)
{
    ((seen *)to)->heads++;
    CHECK(head.len > 4 && memcmp(head.ptr + head.len - 4, "\r\n\r\n", 4) == 0, "a head ends with a blank line");
}

static void on_body(void *to, rob_str part)
{
    seen *s = to;
    memcpy(s->body + s->len, part.ptr, part.len);
    s->len += part.len;
}

/* Give the bytes in pieces that end at `cut`, and every `step` bytes behind it. */
static size_t feed(response *r, const char *bytes, size_t len, size_t cut, size_t step, const response_sink *sink)
{
    size_t at = 0, have = cut;
    for (;;) {
        at += response_read(r, bytes + at, have - at, sink);
        if (response_over(r) || have == len) return at;
        have = have + step < len ? have + step : len;
    }
}

static void check_sample(const sample *s, size_t cut, size_t step)
{
    seen got = {0};
    response_sink sink = {on_head, on_body, &got};
    response r = response_new(s->to_head);
    size_t len = strlen(s->bytes), used = feed(&r, s->bytes, len, cut, step, &sink);
    CHECK(r.state == s->state, "%s, cut at %zu by %zu: state %d", s->name, cut, step, (int)r.state);
    CHECK(r.status == s->status && r.closes == s->closes, "%s: %u", s->name, r.status);
    CHECK(used == len - s->rest, "%s, cut at %zu: used %zu of %zu", s->name, cut, used, len);
    CHECK(got.heads == 1 && got.len == strlen(s->body) && memcmp(got.body, s->body, got.len) == 0, "%s, cut at %zu: `%.*s`",
          s->name, cut, (int)got.len, got.body);
}

static void samples_read_the_same_wherever_they_are_cut(void)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        size_t len = strlen(samples[i].bytes);
        for (size_t cut = 0; cut <= len; cut++) check_sample(&samples[i], cut, len);
        check_sample(&samples[i], 0, 1);
    }
}

static void what_is_no_response_is_bad(void)
{
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        response r = response_new(false);
        feed(&r, broken[i], strlen(broken[i]), 0, 1, NULL);
        CHECK(r.state == RESPONSE_BAD, "`%s` gave state %d", broken[i], (int)r.state);
    }
}

static void a_close_ends_only_what_has_no_length(void)
{
    response r = response_new(false);
    response_read(&r, "HTTP/1.1 200 OK\r\n\r\nabc", 22, NULL);
    CHECK(response_end(&r) && r.state == RESPONSE_DONE, "until close");
    r = response_new(false);
    response_read(&r, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc", 41, NULL);
    CHECK(!response_end(&r), "one byte is missing");
    r = response_new(false);
    CHECK(!response_end(&r), "nothing came");
}

int main(void)
{
    samples_read_the_same_wherever_they_are_cut();
    what_is_no_response_is_bad();
    a_close_ends_only_what_has_no_length();
    return failures != 0;
}
