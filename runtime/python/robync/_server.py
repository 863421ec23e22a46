"""What the server asks of a handler before it serves, and `robync build` before it builds."""

from __future__ import annotations

import importlib
import inspect
import typing

from . import Request, Response, _hooks


class Unfit(Exception):
    """A handler that cannot serve its route; the message says why, file and line say where."""

    def __init__(self, message: str, file: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.file = file
        self.line = line


def find(module: str, function: str) -> typing.Any:
    """The function that a spec names. What the module raises on import passes through."""
    found: typing.Any = importlib.import_module(module)
    for name in function.split("."):
        try:
            found = getattr(found, name)
        except AttributeError:
            raise Unfit(f"module `{module}` has no `{function}`", getattr(found, "__file__", None), 1) from None
    if not callable(found):
        raise Unfit(f"`{module}:{function}` is not a function", None, None)
    return found


def _place(function: typing.Any) -> tuple[str | None, int | None]:
    code = getattr(inspect.unwrap(function), "__code__", None)
    return (code.co_filename, code.co_firstlineno) if code else (None, None)


def _wants_request(parameter: inspect.Parameter, hints: dict[str, typing.Any]) -> bool:
    hint = hints.get(parameter.name, parameter.annotation)
    if hint in ("Request", "robync.Request") or (isinstance(hint, type) and issubclass(hint, Request)):
        return True
    return hint is inspect.Parameter.empty and parameter.name == "request"


def fit(function: typing.Any, names: list[str]) -> tuple[bool, str | None]:
    """Whether it is `async def`, and the name of the parameter that wants the request. Raises Unfit."""
    label = getattr(function, "__qualname__", repr(function))
    file, line = _place(function)
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return False, None
    try:
        hints = typing.get_type_hints(function)
    except Exception:
        hints = {}
    takes_all = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    request = None
    for parameter in parameters.values():
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.name in names:
            if parameter.kind is parameter.POSITIONAL_ONLY:
                raise Unfit(f"`{label}` takes `{parameter.name}` by position only; arguments come by name", file, line)
        elif _wants_request(parameter, hints):
            request = parameter.name
        elif parameter.default is parameter.empty:
            raise Unfit(f"`{label}` takes `{parameter.name}`, which the route does not have", file, line)
    for name in names:
        if name not in parameters and not takes_all:
            raise Unfit(f"`{label}` does not take `{name}`, which the route has", file, line)
    called = function if inspect.isroutine(function) else getattr(function, "__call__", function)
    if inspect.isasyncgenfunction(called) or inspect.isgeneratorfunction(called):
        raise Unfit(f"`{label}` is a generator; a handler returns its answer", file, line)
    return inspect.iscoroutinefunction(called), request


HIDDEN = "__robync_request"  # the parameter of wrapped functions; no spec can name it


def _sync_hooks(label: str) -> None:
    for hook in _hooks["before"] + _hooks["after"]:
        if inspect.iscoroutinefunction(hook):
            raise Unfit(f"`{label}` is not `async def`, but the hook `{hook.__name__}` is", *_place(hook))


def _around(function: typing.Any, request_name: str | None) -> typing.Any:
    def call(**arguments: typing.Any) -> typing.Any:
        request = arguments.pop(HIDDEN)
        for hook in _hooks["before"]:
            answer = hook(request)
            if isinstance(answer, Response):
                return answer
        if request_name:
            arguments[request_name] = request
        result = function(**arguments)
        for hook in _hooks["after"]:
            result = hook(request, result)
        return result

    return call


def _around_async(function: typing.Any, request_name: str | None) -> typing.Any:
    async def run(hook: typing.Any, *arguments: typing.Any) -> typing.Any:
        result = hook(*arguments)
        return await result if inspect.iscoroutine(result) else result

    async def call(**arguments: typing.Any) -> typing.Any:
        request = arguments.pop(HIDDEN)
        for hook in _hooks["before"]:
            answer = await run(hook, request)
            if isinstance(answer, Response):
                return answer
        if request_name:
            arguments[request_name] = request
        result = await function(**arguments)
        for hook in _hooks["after"]:
            result = await run(hook, request, result)
        return result

    return call


def bind(function: typing.Any, names: list[str]) -> tuple[typing.Any, bool, str | None]:
    """What to call for each request, whether that is async, and its parameter for the request. Every module
    has been imported, so all hooks are known; without any, the function itself is called."""
    is_async, request = fit(function, names)
    if not _hooks["before"] and not _hooks["after"]:
        return function, is_async, request
    if not is_async:
        _sync_hooks(getattr(function, "__qualname__", repr(function)))
    return (_around_async if is_async else _around)(function, request), is_async, HIDDEN
