"""Waiting for awaitables and ending tasks, in Pyodide (one event loop that never stops) and on CPython (tests)."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Iterator
from typing import Any

IN_PYODIDE = sys.platform == "emscripten"
CANCEL_GRACE_SECONDS = 1.0
"""How long tasks that a step left behind may take to end once they are cancelled."""

_cancel_requested = False


def wait_for(awaitable: Awaitable[Any]) -> Any:
    """Blocks until the awaitable is done, and gives its value or raises its error.

    Nothing but a value passes through the event loop: loops treat `SystemExit` and `KeyboardInterrupt` as their own end.
    """

    async def outcome() -> tuple[Any, BaseException | None]:
        try:
            return await awaitable, None
        except BaseException as error:  # noqa: BLE001 - carried to the caller, whatever it is
            return None, error

    value, error = _run(outcome())
    if error is not None:
        try:
            raise error
        finally:
            del error  # else it would hold this frame, and the frame it
    return value


def _run(coroutine: Any) -> Any:
    if IN_PYODIDE:
        from pyodide.ffi import run_sync

        return run_sync(coroutine)
    return asyncio.run(coroutine)


def tasks() -> set[asyncio.Task[Any]]:
    """All tasks that are not done yet."""
    try:
        loop = asyncio.get_event_loop() if IN_PYODIDE else asyncio.get_running_loop()
    except RuntimeError:
        return set()
    return asyncio.all_tasks(loop)


def cancel(pending: set[asyncio.Task[Any]]) -> int:
    """Asks tasks to end; tells how many listened."""
    return sum(task.cancel("stopped") for task in pending)


def end_tasks(pending: set[asyncio.Task[Any]]) -> None:
    """Cancels tasks and waits until they are gone, for a second at most."""
    if not pending:
        return
    cancel(pending)
    wait_for(asyncio.wait(pending, timeout=CANCEL_GRACE_SECONDS))


def request_stop() -> int:
    """Stop was pressed: cancels every task. A `CancelledError` after this is the person's, not the step's own."""
    global _cancel_requested
    _cancel_requested = True
    return cancel(tasks())


@contextlib.contextmanager
def unreported() -> Iterator[None]:
    """Inside, the loop doesn't print what tasks raise: it reports each failed task at once, awaited later or not."""
    running = asyncio.get_running_loop()
    handler = running.get_exception_handler()
    running.set_exception_handler(lambda *_: None)
    try:
        yield
    finally:
        running.set_exception_handler(handler)


def stop_requested() -> bool:
    """Whether Stop was pressed since `forget_stop`."""
    return _cancel_requested


def forget_stop() -> None:
    """A step begins: an earlier Stop does not concern it."""
    global _cancel_requested
    _cancel_requested = False
