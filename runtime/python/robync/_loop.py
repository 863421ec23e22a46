"""The asyncio loop of `async def` handlers, and the hooks of the server's life."""

from __future__ import annotations

import asyncio
import inspect
import threading
import typing

from . import _hooks

_loop: asyncio.AbstractEventLoop | None = None
_thread: threading.Thread | None = None
_stopping = False

STOP_WITHIN = 5.0  # seconds for tasks that handlers left behind


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return typing.cast(asyncio.AbstractEventLoop, uvloop.new_event_loop())


def _run(loop: asyncio.AbstractEventLoop) -> None:
    """Until stop(): asyncio lets SystemExit and KeyboardInterrupt of a task end its loop, but a handler's end
    is not the server's."""
    asyncio.set_event_loop(loop)
    while not _stopping:
        try:
            loop.run_forever()
        except (SystemExit, KeyboardInterrupt):
            pass


def start(event: int, wake: typing.Callable[[], None]) -> asyncio.AbstractEventLoop:
    """Have a loop on a thread of its own call wake() whenever the event's descriptor is readable."""
    global _loop, _thread
    _loop = _new_loop()
    _loop.add_reader(event, wake)
    _thread = threading.Thread(target=_run, args=(_loop,), name="asyncio", daemon=True)
    _thread.start()
    return _loop


async def _wind_up(loop: asyncio.AbstractEventLoop) -> None:
    rest = [task for task in asyncio.all_tasks(loop) if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    await loop.shutdown_asyncgens()


def stop() -> None:
    global _stopping
    if _loop is None or _thread is None:
        return
    try:
        asyncio.run_coroutine_threadsafe(_wind_up(_loop), _loop).result(STOP_WITHIN)
    except TimeoutError:
        pass
    _stopping = True
    _loop.call_soon_threadsafe(_loop.stop)
    _thread.join(STOP_WITHIN)


def run_hooks(kind: str) -> None:
    hooks = _hooks[kind]
    for hook in hooks if kind == "startup" else reversed(hooks):
        result = hook()
        if not inspect.iscoroutine(result):
            continue
        if _loop is None:
            asyncio.run(result)
        else:
            asyncio.run_coroutine_threadsafe(result, _loop).result()
