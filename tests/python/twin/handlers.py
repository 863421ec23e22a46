"""Handlers of twin.api: each way to answer, and each way to fail."""

import asyncio
import contextvars
import sys
import time

import robync
from robync import (HTMLResponse, HTTPException, Invalid, JSONResponse, PlainTextResponse, RedirectResponse, Request,
                    Response, state)
from twin_models import (All, Card, Conflict, Item, Loose, Narrow, NotFound, Patch, Payment, PaymentCard, Role,
                         Unauthorized)

cancelled = 0
variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable", default="unset")


@robync.on_startup
def start_sync() -> None:
    state.order = ["sync"]


@robync.on_startup
async def start_async() -> None:
    await asyncio.sleep(0)
    state.order.append("async")


@robync.on_shutdown
async def end() -> None:
    print("ended", file=sys.stderr)


def answer(id: int, limit: int, q: str | None) -> Item:
    if id == 404:
        raise NotFound()
    if id == 409:
        raise Conflict(field="id")
    if id == 401:
        raise Unauthorized(challenge="Basic")
    if id == 418:
        raise HTTPException(418, {"why": ["tea"]}, {"X-Pot": "yes"})
    if id == 422:
        raise Invalid("path.id", "value_error", "not that one")
    return Item(id=id, limit=limit, q=q)


def item(id: int, limit: int, q: str | None, role: list[Role]) -> Item:
    assert all(type(one) is Role for one in role)
    return answer(id, limit, q)


async def async_item(id: int, limit: int, q: str | None) -> Item:
    assert asyncio.current_task() is not None
    if id % 2:
        await asyncio.sleep(0)
    return answer(id, limit, q)


def everything(body: All) -> All:
    return body


async def everything_async(body: All) -> dict:
    """The same as a dict of Python values."""
    await asyncio.sleep(0)
    return {name: getattr(body, name) for name in body.__dataclass_fields__ if name != "_absent"
            and (name in body.model_fields_set)}


def pay(body: Payment) -> Payment:
    match body:
        case PaymentCard(last4="0000"):
            return PaymentCard(last4="1111")
    assert body.kind in ("card", "iban")
    return body


def either(value: int | str | Card) -> int | str | Card:
    return value


def patch(body: Patch) -> dict:
    return {"given": sorted(body.model_fields_set), "back": body}


def loose(body: Loose) -> Loose:
    assert isinstance(body.model_extra, dict)
    return body


def shout(body: str) -> str:
    return body.upper()


def made(how: str):
    body = {"id": 1, "limit": 2}
    if how == "none":
        return None, 204
    if how == "lacking":
        return {**body, "q": None}, 201, {}
    if how == "plain":
        return {**body, "q": None}, 201, {"location": "/here", "ETag": '"x"', "sid": "abc", "X-Own": 5}
    if how == "undeclared":
        return body, 299
    if how == "split":
        return {**body, "q": None}, 201, {"location": "/a\r\nSet-Cookie: x=y"}
    return {**body, "q": "q"}, 201, {"location": "/here"}


async def response(how: str) -> object:
    answers = {
        "json": lambda: JSONResponse({"a": "é"}, 202, {"X-A": "b"}),
        "text": lambda: PlainTextResponse("hello"),
        "html": lambda: HTMLResponse("<p>", status_code=400),
        "redirect": lambda: RedirectResponse("/native"),
        "bytes": lambda: Response(b"\x00\xff", media_type="application/octet-stream"),
        "empty": lambda: Response(status_code=204),
        "plain": lambda: [1, {"a": None}],
    }
    return answers[how]()


def narrow(how: str) -> object:
    return {
        "large": lambda: Narrow(n=11),
        "many": lambda: Narrow(n=1, tags=["a", "b", "c"]),
        "fits": lambda: Narrow(n=1),
    }[how]()


def recurse(n: int) -> int:
    return recurse(n + 1) + 1


def fail(how: str) -> object:
    loop: list = []
    loop.append(loop)
    ways = {
        "raise": lambda: 1 / 0,
        "exit": lambda: sys.exit(3),
        "interrupt": lambda: (_ for _ in ()).throw(KeyboardInterrupt()),
        "recursion": lambda: recurse(0),
        "memory": lambda: (_ for _ in ()).throw(MemoryError()),
        "generator-exit": lambda: (_ for _ in ()).throw(GeneratorExit()),
        "stop-iteration": lambda: next(iter([])),
        "none": lambda: None,
        "str": lambda: "text",
        "int": lambda: 5,
        "list": lambda: [],
        "empty-dict": lambda: {},
        "wrong-field": lambda: {"id": "x", "limit": 1, "q": None},
        "huge-int": lambda: {"id": 1 << 70, "limit": 1, "q": None},
        "surrogate": lambda: {"id": 1, "limit": 1, "q": "\ud800"},
        "object": lambda: object(),
        "circle": lambda: loop,
        "class": lambda: Item,
        "undeclared": lambda: (_ for _ in ()).throw(NotFound()),
        "slots": lambda: Item.__new__(Item),
        "tuple": lambda: ({"id": 1, "limit": 1, "q": None}, 999),
        "exception-in-str": lambda: (_ for _ in ()).throw(Unprintable()),
    }
    return ways[how]()


class Unprintable(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text")


def bad(how: str) -> object:
    return fail(how)


async def async_bad(how: str) -> object:
    await asyncio.sleep(0)
    return fail(how)


def show(x: str, request: Request) -> dict:
    return {"x": x, "method": request.method, "path": request.path, "query": request.query,
            "agent": request.headers.get("X-TEST"), "client": request.client}


async def sleep(ms: int) -> dict:
    global cancelled
    try:
        async with asyncio.timeout(20) if sys.version_info >= (3, 11) else _nothing():
            await asyncio.sleep(ms / 1000)
    except asyncio.CancelledError:
        cancelled += 1
        raise
    return {"slept": ms}


class _nothing:
    async def __aenter__(self) -> None: ...
    async def __aexit__(self, *_: object) -> None: ...


def block(ms: int) -> dict:
    time.sleep(ms / 1000)
    return {"slept": ms}


def cancelled_count() -> int:
    return cancelled


def context() -> str:
    before = variable.get()
    variable.set("left behind")
    return before


def app_state() -> dict:
    return {"order": state.order}
