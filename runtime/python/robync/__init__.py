"""What Python handlers of a robync server may ask for beside their parameters."""

from __future__ import annotations

import json as _json
import types as _types
import typing as _t

__all__ = [
    "DeclaredError", "HTMLResponse", "HTTPException", "Invalid", "JSONResponse", "Model", "PlainTextResponse",
    "RedirectResponse", "Request", "Response", "UNSET", "after_request", "before_request", "on_shutdown",
    "on_startup", "state",
]

_F = _t.TypeVar("_F", bound=_t.Callable[..., _t.Any])


class _Unset:
    """Stands for a field that was not given, where None is a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET: _t.Any = _Unset()


class Model:
    """What all generated models have."""

    __slots__ = ()

    @property
    def model_fields_set(self) -> set[str]:
        """The names of the fields that the request had, or that the constructor was given."""
        absent: frozenset[str] = getattr(self, "_absent", frozenset())
        return {name for name in self._names() if name not in absent}

    def _names(self) -> _t.Iterable[str]:
        fields: dict[str, _t.Any] = getattr(self, "__dataclass_fields__", {})
        return (name for name in fields if name not in ("_absent", "model_extra"))

    def _settle(self, names: tuple[str, ...]) -> None:
        """Fields of three states that the constructor was not given: absent, and None to look at."""
        absent = [name for name in names if getattr(self, name) is UNSET]
        for name in absent:
            setattr(self, name, None)
        if absent:
            setattr(self, "_absent", frozenset(absent))


class DeclaredError(Exception):
    """Base of the errors that a spec declares."""

    status_code: int = 500


class HTTPException(Exception):
    """An answer with this status and `{"detail": …}`."""

    def __init__(self, status_code: int, detail: _t.Any = None, headers: _t.Mapping[str, str] | None = None) -> None:
        super().__init__(status_code, detail)
        self.status_code = status_code
        self.detail = detail
        self.headers = headers


class Invalid(Exception):
    """422 with one error; loc is dotted: "body.items.0.name"."""

    def __init__(self, loc: str, type: str, msg: str) -> None:
        super().__init__(loc, type, msg)
        self.loc = loc
        self.type = type
        self.msg = msg


class Response:
    """An answer of one's own, which the declared outcomes do not check."""

    media_type: str | None = None

    def __init__(
        self,
        content: _t.Any = None,
        status_code: int = 200,
        headers: _t.Mapping[str, str] | None = None,
        media_type: str | None = None,
    ) -> None:
        self.status_code = status_code
        self.headers = dict(headers or {})
        if media_type is not None:
            self.media_type = media_type
        self.body = self.render(content)

    def render(self, content: _t.Any) -> bytes:
        if content is None:
            return b""
        return content if isinstance(content, bytes) else str(content).encode()


class PlainTextResponse(Response):
    media_type = "text/plain; charset=utf-8"


class HTMLResponse(Response):
    media_type = "text/html; charset=utf-8"


class JSONResponse(Response):
    media_type = "application/json"

    def render(self, content: _t.Any) -> bytes:
        return _json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


class RedirectResponse(Response):
    def __init__(self, url: str, status_code: int = 307, headers: _t.Mapping[str, str] | None = None) -> None:
        super().__init__(None, status_code, {**(headers or {}), "Location": url})


class Headers(_t.Mapping[str, str]):
    """Request headers by name in any case; of several lines with one name, the first."""

    def __init__(self, raw: list[tuple[str, str]]) -> None:
        self.raw = raw

    def __getitem__(self, name: str) -> str:
        wanted = name.lower()
        for key, value in self.raw:
            if key.lower() == wanted:
                return value
        raise KeyError(name)

    def getlist(self, name: str) -> list[str]:
        wanted = name.lower()
        return [value for key, value in self.raw if key.lower() == wanted]

    def __iter__(self) -> _t.Iterator[str]:
        return iter(dict.fromkeys(key.lower() for key, _ in self.raw))

    def __len__(self) -> int:
        return len({key.lower() for key, _ in self.raw})


class Request:
    """The request, for handlers that have a parameter with this annotation."""

    __slots__ = ("method", "path", "query", "headers", "client", "id", "state")

    def __init__(self, method: str, path: str, query: str, headers: list[tuple[str, str]], client: str, id: str) -> None:
        self.method = method
        self.path = path
        self.query = query
        self.headers = Headers(headers)
        self.client = client
        self.id = id
        self.state = _types.SimpleNamespace()


#: What all requests share; startup hooks fill it.
state = _types.SimpleNamespace()

_hooks: dict[str, list[_t.Callable[..., _t.Any]]] = {"startup": [], "shutdown": [], "before": [], "after": []}


def on_startup(function: _F) -> _F:
    """Run before the first request."""
    _hooks["startup"].append(function)
    return function


def on_shutdown(function: _F) -> _F:
    """Run after the last answer."""
    _hooks["shutdown"].append(function)
    return function


def before_request(function: _F) -> _F:
    """Run before each handler in Python with the Request; a Response that it returns is the answer."""
    _hooks["before"].append(function)
    return function


def after_request(function: _F) -> _F:
    """Run after each handler in Python with the Request and what the handler returned; gives what to answer."""
    _hooks["after"].append(function)
    return function
