"""Writes params-cases.jsonl: what FastAPI answers to requests whose parameters come from everywhere.

    pip install fastapi==0.165.* pydantic==2.14.* python-multipart
    python params_cases.py > params-cases.jsonl

Each endpoint here has a twin of the same name, written as tables, in params_test.c. A row is a request
(endpoint, capture, query, headers, body; bytes as Latin-1) and the answer to it.
"""

import asyncio
import json
from enum import Enum
from typing import Annotated, Literal, Optional

from fastapi import Body, Cookie, FastAPI, Form, Header, Path, Query
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI()


class Role(str, Enum):
    admin = "admin"
    editor = "editor"
    viewer = "read-only"


class Sub(BaseModel):
    a: int
    b: str = "x"


class Page(BaseModel):
    limit: int = Field(10, ge=1, le=100)
    tags: list[str] = []
    order: Literal["up", "down"]
    after: Optional[int] = None


class StrictPage(Page):
    model_config = ConfigDict(extra="forbid")


class Head(BaseModel):
    save_data: bool
    x_tag: list[int] = []


class Jar(BaseModel):
    model_config = ConfigDict(extra="forbid")
    session_id: str
    n: Optional[int] = None


class Login(BaseModel):
    username: str = Field(min_length=2)
    tags: list[int] = []
    note: str = "none"


class StrictLogin(Login):
    model_config = ConfigDict(extra="forbid")


@app.post("/scalars/{id}")
def scalars(
    *,
    id: Annotated[int, Path(ge=1)],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    q: Optional[str] = None,
    x_token: Annotated[str, Header()],
    sid: Annotated[Optional[str], Cookie()] = None,
):
    return {"id": id, "limit": limit, "q": q, "x-token": x_token, "sid": sid}


@app.post("/lists/{id}")
def lists(
    *,
    id: str,
    role: Annotated[list[Role], Query()] = [],
    ids: Annotated[list[int], Query(max_length=2)],
    x_tag: Annotated[list[int], Header()] = [],
):
    return {"id": id, "role": role, "ids": ids, "x-tag": x_tag}


@app.post("/cookies/{id}")
def cookies(id: str, n: Annotated[list[int], Cookie()] = []):
    return {"id": id, "n": n}


@app.post("/page/{id}")
def page(id: str, page: Annotated[Page, Query()]):
    return {"id": id, "page": page}


@app.post("/strict_page/{id}")
def strict_page(id: str, page: Annotated[StrictPage, Query()]):
    return {"id": id, "page": page}


@app.post("/maybe_page/{id}")
def maybe_page(id: str, page: Annotated[Optional[Page], Query()] = None):
    return {"id": id, "page": page}


@app.post("/head/{id}")
def head(id: str, head: Annotated[Head, Header()]):
    return {"id": id, "head": head}


@app.post("/jar/{id}")
def jar(id: str, jar: Annotated[Jar, Cookie()]):
    return {"id": id, "jar": jar}


@app.post("/form/{id}")
def form(
    id: str,
    username: Annotated[str, Form(min_length=2)],
    age: Annotated[Optional[int], Form()] = None,
    tags: Annotated[list[int], Form()] = [],
):
    return {"id": id, "username": username, "age": age, "tags": tags}


@app.post("/login/{id}")
def login(id: str, login: Annotated[Login, Form()]):
    return {"id": id, "login": login}


@app.post("/strict_login/{id}")
def strict_login(id: str, login: Annotated[StrictLogin, Form()]):
    return {"id": id, "login": login}


@app.post("/whole/{id}")
def whole(id: int, body: Sub):
    return {"id": id, "body": body}


@app.post("/maybe/{id}")
def maybe(id: int, body: Optional[Sub] = None):
    return {"id": id, "body": body}


@app.post("/number/{id}")
def number(id: int, body: Annotated[int, Body()]):
    return {"id": id, "body": body}


@app.post("/text/{id}")
def text(id: int, body: Annotated[str, Body(max_length=12)]):
    return {"id": id, "body": body}


@app.post("/two/{id}")
def two(id: int, item: Sub, rank: Annotated[int, Body()] = 1, user: Optional[Sub] = None):
    return {"id": id, "item": item, "rank": rank, "user": user}


@app.post("/all/{id}")
def all(
    id: int,
    q: int,
    x_n: Annotated[int, Header()],
    c: Annotated[int, Cookie()],
    body: Sub,
):
    return {"id": id, "q": q, "x-n": x_n, "c": c, "body": body}


JSON = ["Content-Type", "application/json"]
URLENCODED = ["content-type", "application/x-www-form-urlencoded"]
MULTIPART = ["Content-Type", "multipart/form-data; boundary=XX"]


def part(name, value):
    return f'--XX\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'


def requests():
    def row(endpoint, capture="1", query="", headers=(), body=""):
        return {"endpoint": endpoint, "capture": capture, "query": query, "headers": list(headers), "body": body}

    token = ["X-Token", "t"]
    for id in ["1", "0", "x", " 2 ", "1.0", "1e3"]:
        yield row("scalars", id, headers=[token])
    for query in ["", "limit=5&q=a%20b", "limit=0", "limit=x&limit=7", "limit=7&limit=x", "limit=", "q=", "q", "q=1&&q=%zz",
                  "q=%ff", "limit=101&q=a+b", "Limit=3", "q=%C3%A9&limit=%31"]:
        yield row("scalars", query=query, headers=[token])
    for headers in [[], [["x-token", ""]], [["X-TOKEN", "a"], ["x-token", "b"]], [["x-token", "caf\xe9"]], [["x_token", "a"]],
                    [token, ["cookie", "sid=a"]], [token, ["Cookie", "sid=a; sid=b"]], [token, ["cookie", "sid=a"], ["cookie", "sid=c"]],
                    [token, ["cookie", "sid="]], [token, ["cookie", 'other=1;sid="q\\"x"']], [token, ["cookie", "Sid=a"]]]:
        yield row("scalars", headers=headers)
    yield row("scalars", "zero", "limit=0&q=1")
    for query in ["ids=1", "ids=1&ids=2", "ids=1&ids=x", "ids=1&ids=2&ids=3", "", "ids=", "ids=1&role=admin&role=read-only",
                  "ids=1&role=viewer&role=x", "ids=1&role=", "ids=1,2"]:
        yield row("lists", query=query)
    for headers in [[["X-Tag", "1"], ["x-tag", "2"]], [["x-tag", "1,2"]], [["X-Tag", "x"], ["x-tag", "y"]]]:
        yield row("lists", query="ids=1", headers=headers)
    for cookie in ["n=1", "n=1; n=2", "m=1"]:
        yield row("cookies", headers=[["Cookie", cookie]])
    for endpoint in ["page", "strict_page", "maybe_page"]:
        for query in ["", "order=up", "order=left", "order=up&limit=0&tags=a&tags=b", "order=up&x=1", "x=1&y=2&x=3", "limit=5&z=",
                      "order=down&after=7", "order=down&after=x&limit=x", "order=up&order=down", "after=", "tags=&order=up"]:
            yield row(endpoint, query=query)
    for headers in [[["save-data", "on"]], [["Save-Data", "maybe"]], [["save_data", "on"]], [],
                    [["Save-Data", "1"], ["X-Tag", "1"], ["x-tag", "2"]], [["Save-Data", "1"], ["X-Tag", "a"], ["Other", "b"], ["other", "c"]],
                    [["Other", "b"], ["OTHER", "c"], ["x-tag", "q"]]]:
        yield row("head", headers=headers)
    for cookie in ["session_id=a", "session_id=a; n=1", "session_id=a; n=x", "n=1", "session_id=a; extra=1; more=2; extra=3", ""]:
        yield row("jar", headers=[["cookie", cookie]])
    for endpoint in ["form", "login", "strict_login"]:
        for body in ["username=ab", "username=a", "", "username=", "username=ab&tags=1&tags=2", "username=ab&tags=x&tags=",
                     "username=ab&age=3", "username=ab&age=", "username=ab&age=x&other=1&other=2", "username=ab&tags=",
                     "username=x&username=yy", "username=%C3%A9+b&note=%26"]:
            yield row(endpoint, headers=[URLENCODED], body=body)
        yield row(endpoint, headers=[MULTIPART], body=part("username", "ab") + part("tags", "5") + part("tags", "6") + "--XX--\r\n")
        yield row(endpoint, headers=[MULTIPART], body=part("username", "") + part("tags", "x") + "--XX--\r\n")
        yield row(endpoint, headers=[JSON], body='{"username":"ab"}')
        yield row(endpoint, body="username=ab")
        yield row(endpoint)
        yield row(endpoint, headers=[["Content-Type", "multipart/form-data"]], body="--XX--\r\n")
    for endpoint in ["whole", "maybe", "number", "text", "two"]:
        for body in ["", "null", "{}", '{"a":1}', '{"a":"x","b":2}', "[]", "5", '"5"', '"five"', "true", '{"a":1', '{"a":1,"c":[1.50,null]}',
                     '{"item":{"a":1}}', '{"item":{"a":1},"rank":2,"user":{"a":"2"}}', '{"item":{"a":"x"},"rank":"y","user":{}}',
                     '{"item":null,"rank":null,"user":null}', '{"item":[],"user":5}', '{"rank":2}', " ", "x"]:
            yield row(endpoint, headers=[JSON], body=body)
        for content_type in ["text/plain", "application/problem+json", "application/json; charset=utf-8", "APPLICATION/JSON",
                             "application/x-www-form-urlencoded", "json", ""]:
            yield row(endpoint, headers=[["Content-Type", content_type]], body='{"a":1}')
        yield row(endpoint, body="5")
        yield row(endpoint, headers=[["Content-Type", "text/plain"]], body='x "quoted" caf\xc3\xa9')
        yield row(endpoint, headers=[["Content-Type", "text/plain"]], body="")
        yield row(endpoint, "x", headers=[JSON], body="{")
        yield row(endpoint, "x", headers=[JSON], body="[]")
    yield row("all", "1", "q=2", [["x-n", "3"], ["cookie", "c=4"], JSON], '{"a":5}')
    yield row("all", "a", "q=b", [["x-n", "c"], ["cookie", "c=d"], JSON], '{"a":"e"}')
    yield row("all", "a", "", [JSON], "{}")
    yield row("all", "a", "q=b", [["x-n", "c"], JSON], "{,}")


async def answer(request):
    body = request["body"].encode("latin-1")
    capture = request["capture"]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": f"/{request['endpoint']}/{capture}", "raw_path": b"", "query_string": request["query"].encode("latin-1"),
        "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request["headers"]],
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    text = b"".join(m.get("body", b"") for m in sent).decode("utf-8")
    return {**request, "status": sent[0]["status"], "answer": text}


for request in requests():
    print(json.dumps(asyncio.run(answer(request)), ensure_ascii=False))
