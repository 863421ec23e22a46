"""What wire.md promises of an emitted server, where no other test asks: odd paths, odd answers."""

import unittest

import harness

SPEC = """
api "Wire" version "1"
GET /name/{name: str} -> { name: str } = native name
GET /rest/{rest: path} -> { rest: str } = native rest
GET /headers (text: str) -> { n: int } with (x_text: header str, x_list: header list[str], c: cookie str) = native headers
"""

HANDLERS = """#include "wire/handlers.h"

wire_name_out wire_name(rob_ctx *ctx, const wire_name_in *in)
{
    (void)ctx;
    return wire_name_ok(&(wire_name_response){.name = in->name});
}

wire_rest_out wire_rest(rob_ctx *ctx, const wire_rest_in *in)
{
    (void)ctx;
    return wire_rest_ok(&(wire_rest_response){.rest = in->rest});
}

wire_headers_out wire_headers(rob_ctx *ctx, const wire_headers_in *in)
{
    rob_str *twice = rob_alloc(ctx, 2 * sizeof *twice);
    twice[0] = twice[1] = in->text;
    wire_headers_ok_with with = {.x_text = in->text, .x_list = {twice, 2}, .c = in->text};
    return wire_headers_ok(&(wire_headers_response){.n = 1}, with);
}
"""


def setUpModule():
    global server
    where = harness.write(harness.folder("wire"), {"wire.api": SPEC, "handlers.c": HANDLERS})
    server = harness.Server(harness.build(where))


def tearDownModule():
    assert server.stop() == 0


class Paths(unittest.TestCase):
    def test_dot_segments_are_404(self):
        for target in ("/name/.", "/name/..", "/name/%2e", "/name/%2E%2e", "/name/.%2e", "/rest/a/../b", "/rest/./a", "/rest/.."):
            with self.subTest(target):
                self.assertEqual(server.json("GET", target), (404, {"detail": "Not Found"}))

    def test_the_document_too_has_one_path(self):
        status, headers, _ = server.request("GET", "/openapi.json/")
        self.assertEqual((status, headers["Location"]), (307, f"http://127.0.0.1:{server.port}/openapi.json"))

    def test_other_dots_are_text(self):
        for name in ("...", ".a", "a.", "..a"):
            with self.subTest(name):
                self.assertEqual(server.json("GET", f"/name/{name}"), (200, {"name": name}))

    def test_a_slash_may_be_part_of_a_segment(self):
        self.assertEqual(server.json("GET", "/name/a%2Fb"), (200, {"name": "a/b"}))
        self.assertEqual(server.json("GET", "/rest/a%2Fb//c"), (200, {"rest": "a/b//c"}))
        self.assertEqual(server.json("GET", "/name/..%2F"), (200, {"name": "../"}))


class Headers(unittest.TestCase):
    def answer(self, text):
        connection = server.connect()
        try:
            connection.request("GET", "/headers?text=" + text)
            response = connection.getresponse()
            response.read()
            return response
        finally:
            connection.close()

    def test_an_empty_value_is_sent(self):
        answer = self.answer("")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["x-text"].strip(), "")
        self.assertEqual(answer.headers["Set-Cookie"], 'c=""; Path=/; SameSite=lax')

    def test_a_list_repeats_the_line(self):
        self.assertEqual(self.answer("a,b").headers.get_all("x-list"), ["a,b", "a,b"])

    def test_what_a_header_cannot_hold_is_a_500_with_an_id(self):
        for text in ("a%0D%0Ab", "%00", "%01", "%E2%82%AC"):
            with self.subTest(text):
                answer = self.answer(text)
                self.assertEqual(answer.status, 500)
                self.assertRegex(answer.headers["X-Request-Id"], "^[0-9a-f]{16}$")


if __name__ == "__main__":
    unittest.main()
