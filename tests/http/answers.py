"""The answers that no route declares, and what handlers see and send: wire.md, Other answers."""

import sys

from client import Server, ask, closed_within, get, read_answer, run

QUIET = ("--access-log", "off")


def same(got, wanted, what=""):
    assert got == wanted, f"{what} got {got!r}, wanted {wanted!r}"


def test_constant_is_sent_as_it_is():
    with Server(*QUIET) as server:
        answer = get(server, "/")
        same(answer.status, 200)
        same(answer.body, b'{"message":"Hello, World!"}')
        same(answer.header("Content-Type"), "application/json")
        same(answer.header("Connection"), None)
        same(len(answer.all("Date")), 1)


def test_many_requests_on_one_connection():
    with Server(*QUIET) as server, server.connect() as connection:
        for number in range(300):
            connection.sendall(f"GET /items/{number} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            same(read_answer(connection).body, str(number).encode())


def test_pipelined_requests_are_answered_in_order():
    with Server(*QUIET) as server, server.connect() as connection:
        connection.sendall(b"".join(b"GET /items/%d HTTP/1.1\r\nHost: a\r\n\r\n" % n for n in range(50)))
        same([read_answer(connection).body for _ in range(50)], [b"%d" % n for n in range(50)])


def test_a_request_may_come_byte_by_byte():
    with Server(*QUIET) as server, server.connect() as connection:
        for byte in b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello":
            connection.sendall(bytes([byte]))
        same(read_answer(connection).body, b"hello")


def test_no_route_is_404():
    with Server(*QUIET) as server:
        for target in ("/nope", "/items/", "/items/a/b", "//", "/items//", "/%2E%2E/", "/a/./b", "/a/%2e"):
            answer = get(server, target)
            same((answer.status, answer.body), (404, b'{"detail":"Not Found"}'), target)


def test_wrong_method_is_405_with_all_methods_sorted():
    with Server(*QUIET) as server:
        answer = get(server, "/items/1", "DELETE")
        same((answer.status, answer.body), (405, b'{"detail":"Method Not Allowed"}'))
        same(answer.header("Allow"), "GET, HEAD, OPTIONS, PUT")
        same(get(server, "/", "TRACE").status, 405)
        same(get(server, "/", "QUERY").status, 405)
        same(get(server, "/nope", "TRACE").status, 404)
        same(get(server, "/small").header("Allow"), "OPTIONS, POST")


def test_unknown_method_is_501():
    with Server(*QUIET) as server:
        for method in ("FOO", "get", "PROPFIND"):
            answer = get(server, "/", method)
            same((answer.status, answer.body), (501, b'{"detail":"Not Implemented"}'), method)


def test_connect_is_refused():
    with Server(*QUIET) as server:
        same(ask(server, "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n").status, 400)


def test_head_has_the_headers_of_get_and_no_body():
    with Server(*QUIET) as server:
        answer = get(server, "/", "HEAD")
        same((answer.status, answer.header("Content-Length"), answer.body), (200, "27", b""))
        same(get(server, "/items/abc", "HEAD").header("Content-Length"), "3")
        same(get(server, "/small", "HEAD").status, 405)
        same(get(server, "/nope", "HEAD").status, 404)


def test_options_is_204_with_allow():
    with Server(*QUIET) as server:
        answer = get(server, "/items/1", "OPTIONS")
        same((answer.status, answer.header("Allow")), (204, "GET, HEAD, OPTIONS, PUT"))
        same(answer.header("Content-Length"), None)
        same(get(server, "*", "OPTIONS").status, 204)
        same(get(server, "/nope", "OPTIONS").status, 404)


def test_the_other_slash_is_redirected_whatever_the_method():
    with Server(*QUIET) as server:
        answer = get(server, "/slash?a=1&b=%20x")
        same((answer.status, answer.body), (307, b""))
        same(answer.header("Location"), "http://test/slash/?a=1&b=%20x")
        same(answer.header("Content-Length"), "0")
        same(get(server, "/items/1/", "POST").header("Location"), "http://test/items/1")
        same(get(server, "/items/a%2Fb/").header("Location"), "http://test/items/a%2Fb")
        same(get(server, "/items/1//").status, 404, "two slashes are not one")


def test_absolute_target_stands_in_for_host():
    with Server(*QUIET) as server:
        answer = ask(server, "GET http://other:81/slash HTTP/1.1\r\nHost: test\r\n\r\n")
        same(answer.header("Location"), "http://other:81/slash/")
        same(ask(server, "GET http://other HTTP/1.1\r\nHost: test\r\n\r\n").status, 200)
        same(ask(server, "GET http:///x HTTP/1.1\r\nHost: test\r\n\r\n").status, 400)
        same(ask(server, "GET https://a/ HTTP/1.1\r\nHost: test\r\n\r\n").status, 400)


def test_declared_redirect_encodes_its_captures_again():
    with Server(*QUIET) as server:
        answer = get(server, "/old/a%20b/c%2Fd/%C3%A9?q=1")
        same((answer.status, answer.header("Location")), (308, "/v1/a%20b/c%2Fd/%C3%A9?q=1"))
        same(get(server, "/old/").header("Location"), "/v1/")
        same(get(server, "/old/%0d%0aX:1").header("Location"), "/v1/%0D%0AX%3A1")


def test_an_encoded_slash_stays_in_its_segment():
    with Server(*QUIET) as server:
        same(get(server, "/items/a%2fb").body, b"a\0b", "the decoder turns it back into a slash")
        same(get(server, "/items%2Fa").status, 404)


def test_content_encoding_is_415():
    with Server(*QUIET) as server:
        answer = get(server, "/", "POST", "Content-Encoding: gzip\r\n", "abc")
        same((answer.status, answer.body), (415, b'{"detail":"Unsupported Media Type"}'))
        same(get(server, "/", "POST", "Content-Encoding: Identity\r\n", "abc").body, b"abc")


def test_bodies_are_collected_whole():
    with Server(*QUIET) as server:
        for size in (0, 1, 1023, 1024, 1025, 65535, 65536, 200000, 1 << 20):
            body = "x" * size
            same(get(server, "/", "POST", body=body).body, body.encode(), size)
        chunks = "".join(f"{len(c):x}\r\n{c}\r\n" for c in ("a" * 10, "b" * 3000, "c" * 70000))
        answer = ask(server, f"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n")
        same(answer.body, b"a" * 10 + b"b" * 3000 + b"c" * 70000)


def test_body_over_the_limit_is_413_and_the_connection_ends():
    with Server(*QUIET) as server:
        for request in (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n" + "x" * 300000,
            "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello hello",
            "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello hello\r\n0\r\n\r\n",
            "POST /nope HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n",
        ):
            with server.connect() as connection:
                connection.sendall(request.encode())
                answer = read_answer(connection)
                same((answer.status, answer.body), (413, b'{"detail":"Request Entity Too Large"}'), request[:60])
                same(answer.header("Connection"), "close")
                assert closed_within(connection, 1), "stays open"
        same(get(server, "/small", "POST", body="0123456789").status, 200)


def test_expect_continue():
    with Server(*QUIET) as server, server.connect() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        same(connection.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
        connection.sendall(b"abc")
        same(read_answer(connection).body, b"abc")


def test_a_body_where_none_is_wanted_is_dropped():
    with Server(*QUIET) as server, server.connect() as connection:
        connection.sendall(b"GET /nope HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        same(read_answer(connection).status, 404)
        same(read_answer(connection).status, 200)


def test_failures_are_500_with_an_id_and_no_reason():
    server = Server(*QUIET)
    for target in ("/failed", "/nothing", "/unfit", "/split/a%0Db"):
        answer = get(server, target)
        same((answer.status, answer.body), (500, b"Internal Server Error"), target)
        same(answer.header("Content-Type"), "text/plain; charset=utf-8")
        assert len(answer.header("X-Request-Id")) == 16
        last = answer.header("X-Request-Id")
    code, errors = server.stop()
    same(code, 0)
    assert last in errors and "a secret of the database" in errors and "`price`: not a number" in errors, errors


def test_a_declared_500_is_not_a_failure():
    server = Server(*QUIET)
    answer = get(server, "/declared")
    same((answer.status, answer.body, answer.header("X-Request-Id")), (500, b'{"detail":"declared"}', None))
    same(server.stop(), (0, "shut down, state=up\n"))


def test_pipelined_requests_wait_for_a_pool_handler():
    with Server(*QUIET) as server, server.connect() as connection:
        for target in ("/sleep", "/items/1", "/sleep", "/"):
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        same([read_answer(connection).body for _ in range(4)][:3], [b"slept", b"1", b"slept"])


def test_invalid_of_a_handler_is_422():
    with Server(*QUIET) as server:
        same(
            get(server, "/invalid").body,
            b'{"detail":[{"type":"taken","loc":["body","items",0,"na-me"],"msg":"Is \\"taken\\"","input":null}]}',
        )


def test_unreadable_is_400_and_exhausted_memory_413():
    with Server(*QUIET) as server:
        answer = get(server, "/unreadable")
        same((answer.status, answer.body), (400, b'{"detail":"There was an error parsing the body"}'))
        same(get(server, "/exhaust").status, 413)
        same(get(server, "/").status, 200)


def test_problem_style():
    with Server("--errors", "problem", *QUIET) as server:
        answer = get(server, "/nope")
        same(answer.header("Content-Type"), "application/problem+json")
        same(answer.json(), {"type": "about:blank", "title": "Not Found", "status": 404})
        same(get(server, "/", "PUT").header("Content-Type"), "application/problem+json")
        same(get(server, "/unreadable").json()["status"], 400)


def test_empty_answers():
    with Server(*QUIET) as server:
        for target, status in (("/empty", 204), ("/304", 304)):
            answer = get(server, target)
            same((answer.status, answer.body, answer.header("Content-Type")), (status, b"", None))
            same(answer.header("Content-Length"), None, target)


def test_a_large_answer_arrives_whole():
    with Server(*QUIET) as server:
        same(get(server, "/big").body, b'"' + b"0123456789" * 100000 + b'"')


def test_typed_headers_and_cookies():
    with Server(*QUIET) as server:
        answer = get(server, "/headers")
        same(answer.header("X-Number"), "-42")
        same(answer.all("X-List"), ["one", "two"])
        same(answer.header("X-Text"), "caf\xe9")
        cookies = ["sid=abc123", 'odd="a b\\073c\\"d"', 'latin="\\351\\015\\012"', 'empty=""']
        same(answer.all("Set-Cookie"), [cookie + "; Path=/; SameSite=lax" for cookie in cookies])


def test_handlers_see_the_request():
    with Server(*QUIET) as server:
        same(get(server, "/describe", headers="X-TEST: yes\r\n").body, b"GET /describe 127.0.0.1 yes state=up")


def test_a_json_value_as_a_tree():
    with Server(*QUIET) as server:
        same(get(server, "/tree", "POST", body='[1,{"a":[2]},"x"]').body, b"3 items")
        same(get(server, "/tree", "POST", body="[1,").body, b"-1 items")


def test_pool_handlers_run_beside_others():
    with Server(*QUIET) as server:
        slow = [server.connect() for _ in range(8)]
        for connection in slow:
            connection.sendall(b"GET /sleep HTTP/1.1\r\nHost: a\r\n\r\n")
        same(get(server, "/").status, 200, "the loop is free meanwhile")
        same([read_answer(connection).body for connection in slow], [b"slept"] * 8)


def test_documentation():
    with Server(*QUIET) as server:
        page = get(server, "/docs")
        same(page.header("Content-Type"), "text/html; charset=utf-8")
        assert b"Test &lt;app&gt;" in page.body and b'url: "/openapi.json"' in page.body, page.body
        assert b"//" not in page.body.replace(b"<!DOCTYPE html>", b""), "an address outside"
        same(get(server, "/openapi.json").json(), {"openapi": "3.1.0"})
        asset = get(server, "/docs/swagger-ui.css")
        same((asset.header("Content-Encoding"), asset.header("Content-Type")), ("gzip", "text/css"))
        same(get(server, "/docs/nope.css").status, 404)
        same(get(server, "/docs", "POST").status, 405)
    with Server("--docs", "off", "--openapi", "off", *QUIET) as server:
        same(get(server, "/docs").status, 404)
        same(get(server, "/openapi.json").status, 404)


if __name__ == "__main__":
    run(sys.modules["__main__"])
