"""One request of each kind for fault.api, with the status that it gets."""

import json


def request(method, target, body=b"", headers=()):
    lines = [f"{method} {target} HTTP/1.1", "Host: test", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


JSON = ("Content-Type: application/json",)
ITEM = json.dumps(
    {"name": "a b", "price": 1.5, "tags": ["x", "yé"], "sizes": {"s": 1}, "at": "2024-02-29T12:00:00Z"}
).encode()
WRONG = json.dumps({"name": "A", "price": -1, "tags": [1, {}], "sizes": {"s": "x"}, "at": "never"}).encode()
PART = b'--B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
FORM = PART % (b"name", b"ab") + PART % (b"count", b"3") + PART % (b"url", b"http://\xc3\xbcber.de/") + b"--B--\r\n"
MULTIPART = ("Content-Type: multipart/form-data; boundary=B",)
URLENCODED = ("Content-Type: application/x-www-form-urlencoded",)

SCENES = {
    "const": (request("GET", "/const"), 200),
    "head": (request("HEAD", "/const"), 200),
    "params": (request("GET", "/params/7?q=a+b&q=%C3%A9", headers=("token: t", 'Cookie: sid="a\\073b"; x=y')), 200),
    "wrong params": (request("GET", "/params/0?q=a"), 422),
    "item": (request("POST", "/items", ITEM, JSON), 201),
    "declared error": (request("POST", "/items", b'{"name":"taken","price":1}', JSON), 409),
    "wrong item": (request("POST", "/items", WRONG, JSON), 422),
    "broken item": (request("POST", "/items", ITEM[:-2], JSON), 422),
    "multipart": (request("POST", "/form", FORM, MULTIPART), 200),
    "broken multipart": (request("POST", "/form", FORM[2:], MULTIPART), 400),
    "urlencoded": (request("POST", "/form", b"name=ab&count=%33", URLENCODED), 200),
    "chunked": (
        request("POST", "/size", headers=("Transfer-Encoding: chunked",)) + b"3\r\nabc\r\n10\r\n" + b"x" * 16 + b"\r\n0\r\n\r\n",
        200,
    ),
    "large": (request("POST", "/size", b"y" * 100_000), 200),
    "blocking": (request("GET", "/blocking"), 200),
    "redirect": (request("GET", "/old/a%2Fb/c?x=1"), 308),
    "slash": (request("GET", "/const/"), 307),
    "not found": (request("GET", "/nope"), 404),
    "wrong method": (request("DELETE", "/const"), 405),
    "refused": (b"GET /const HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    "big": (request("GET", "/big"), 200),
    "failed": (request("GET", "/fail"), 500),
}
