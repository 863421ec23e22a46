#!/usr/bin/env python3
"""Ask Starlette what it makes of forms, query strings and cookies, and print the rows that form_test.c reads.

    make_forms.py [--seed N] [--count N] > forms.tsv

The rows are the examples below, whole and mutated. Needs starlette and python-multipart; the tests do not
run this, they read the table that it made.
"""
import argparse
import asyncio
import logging
import random
from urllib.parse import parse_qsl, quote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request, cookie_parser

PLAIN = (b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nvalue\r\n--B\r\nContent-Disposition: form-data; name="f"; '
         b'filename="x.txt"\r\nContent-Type: text/plain\r\n\r\nfile\r\ndata\r\n--B\r\nContent-Disposition: form-data; '
         b'name=b\r\n\r\n\r\n--B--\r\n')
MULTIPART = [
    PLAIN, b"\r\n" + PLAIN, b"--B--\r\n", b"", b"--B\r\n\r\nx\r\n--B--\r\n",
    b'--B\r\nContent-Disposition: form-data; name="a\\"b;c"; filename="C:\\x\\y.txt"; name*=utf-8\'\'z\r\nX-Y: 1\r\n\r\n'
    b'\xc3\xa9\xff\r\n--B \t\r\nContent-Disposition: form-data; name="z"\r\n\r\n1\r\n--Bx\r\n--B--',
]
MULTIPART_TYPES = [b"multipart/form-data; boundary=B", b'multipart/form-data; boundary="B"', b"multipart/form-data",
                   b"Multipart/Form-Data;charset=latin-1;boundary=B", b'multipart/form-data; Boundary = B ; x="a;b"']
URLENCODED = [b"a=1&b=2", b"a=%C3%A9&b=+x+&c", b"=&=x&&a==b", b"a=%zz&%=%4&b=%ff", b"\xc3\xa9=\xff%41&x=%C3\xa9", b"a&b&c&", b""]
URLENCODED_TYPES = [b"application/x-www-form-urlencoded", b"application/x-www-form-urlencoded; charset=utf-8",
                    b"Application/X-WWW-Form-Urlencoded ", b"text/plain"]
COOKIES = [b"a=1; b=2", b'a="x\\"y"; b="\\303\\251"; c', b'=x; ; a= "q" ', b'a="\\\\1\\0"; b="\\', b"a=b=c;\xe9=\xa0x\x85"]
PIECES = {
    "form": [b"\r\n", b"--B", b"\r", b"\n", b'"', b";", b"=", b" ", b"-", b"\r\n--B", b"\\", b":", b"\xe9", b"\t", b'name="q"', b"--"],
    "type": [b";", b"=", b'"', b" ", b"\\"],
    "urlencoded": [b"&", b"=", b"%", b"+", b"%41", b"%e9", b"\xe9", b";", b"a"],
    "cookie": [b";", b"=", b'"', b"\\", b" ", b"\\101", b"\xe9", b"\t", b"\xa0"],
}


def form_answer(content_type, body):
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def read():
        scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-type", content_type)], "app": None}
        try:
            form = await Request(scope, receive).form()
        except HTTPException as e:
            return "!" + e.detail
        return pairs([await form_pair(name, value) for name, value in form.multi_items()])

    return asyncio.run(read())


async def form_pair(name, value):
    if not isinstance(value, UploadFile):
        return name, value
    content = (await value.read()).decode("latin-1")
    return name, content.encode("latin-1"), value.filename, value.headers.get("content-type") or ""


def pairs(items):
    return "&".join("=".join(quote(part, safe="-._~") for part in item) for item in items)


def query_answer(_, body):
    if any(b > 0x7F for b in body):
        return None  # refused before
    return pairs(parse_qsl(body.decode("latin-1"), keep_blank_values=True))


def cookie_answer(_, header):
    names = [chunk.split("=")[0].strip() if "=" in chunk else "" for chunk in header.decode("latin-1").split(";")]
    if len(set(names)) < len(names):
        return None  # the runtime keeps all of them
    return pairs(cookie_parser(header.decode("latin-1")).items())


def mutate(rng, text, pieces):
    for _ in range(rng.choice((1, 1, 2, 3))):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + rng.choice((1, 1, 2, 5)):]
        elif kind == 1:
            text = text[:at] + rng.choice(pieces) + text[at:]
        elif kind == 2:
            text = text[:at] + text[at:at + rng.choice((2, 8, 20))] + text[at:]
        else:
            text = text[:at] + (b"" if rng.random() < 0.3 else rng.choice(pieces) + text[at + 1:])
    return text


def escape(data):
    return "".join(chr(b) if 0x20 <= b < 0x7F and b != 0x25 else f"%{b:02X}" for b in data)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    logging.disable(logging.CRITICAL)
    print("# made by make_forms.py; do not edit")
    seen = set()
    for kind, answer, types, texts, pieces in (
            ("form", form_answer, MULTIPART_TYPES, MULTIPART, "form"),
            ("form", form_answer, URLENCODED_TYPES, URLENCODED, "urlencoded"),
            ("query", query_answer, [b""], URLENCODED, "urlencoded"),
            ("cookie", cookie_answer, [b""], COOKIES, "cookie")):
        jobs = [(t, b) for t in types for b in texts]
        for _ in range(options.count * (2 if pieces == "form" else 1)):
            content_type = rng.choice(types)
            if kind == "form" and rng.random() < 0.2:
                content_type = mutate(rng, content_type, PIECES["type"])
            jobs.append((content_type, mutate(rng, rng.choice(texts), PIECES[pieces])))
        for content_type, body in jobs:
            expected = answer(content_type, body)
            if expected is not None and (kind, content_type, body) not in seen:
                seen.add((kind, content_type, body))
                print(kind, escape(content_type), escape(body), expected, sep="\t")


if __name__ == "__main__":
    main()
