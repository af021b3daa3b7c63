"""asyncio and every wait where the browser can't suspend Python (no JSPI): the event loop blocks the thread, as CPython's does."""

from __future__ import annotations

import asyncio
import json
import math
import signal
import time
from typing import Any

from .. import loop as step_loop
from . import clock, host
from .agenda import Agenda, schedule

# The browser's timers take no more, in seconds.
_LONGEST = (2**31 - 1) / 1000

_NEEDS_JSPI = "in this browser: it needs WebAssembly JSPI, which a current Chrome, Edge or Firefox has"
_PYFETCH_TEXT = f"pyfetch can't be used in a step {_NEEDS_JSPI}. urllib, requests, httpx and aiohttp work here"
_PROMISE_TEXT = (
    "nothing is left that could end this wait: no task, no timer, no connection. "
    f"If it is for a promise of JavaScript, that can't be waited for {_NEEDS_JSPI}"
)


class BlockingRelay:
    """The host object, whose promises would never be kept while the thread blocks: futures stand for them."""

    def __init__(self, relay: Any) -> None:
        self._relay = relay
        self._waiting: dict[int, asyncio.Future] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._relay, name)

    def resolve(self, host: str) -> asyncio.Future:
        return self._begin("resolve", host)

    def connect(self, fd: int, host: str, port: int) -> asyncio.Future:
        return self._begin("connect", fd, host, port)

    def startTls(self, fd: int, options: str) -> asyncio.Future:  # noqa: N802 - the host object's name
        return self._begin("startTls", fd, options)

    def readable(self, fd: int) -> asyncio.Future:
        return self._begin("readable", fd)

    def drained(self, fd: int, size: int) -> asyncio.Future:
        return self._begin("drained", fd, size)

    def ready(self, fd: int, bits: int) -> asyncio.Future:
        return self._begin("ready", fd, bits)

    def storeReply(self, number: int) -> asyncio.Future:  # noqa: N802 - the host object's name
        return self._begin("storeReply", number)

    def _begin(self, name: str, *args: Any) -> asyncio.Future:
        future = asyncio.get_event_loop().create_future()
        self._waiting[self._relay.begin(name, *args)] = future
        return future

    @property
    def is_waiting(self) -> bool:
        """Whether something of the network is waited for."""
        return bool(self._waiting)

    def block(self, seconds: float | None) -> bool:
        """Waits for the network, for so long at most, and tells the futures. False: the step is being stopped."""
        answers = self._relay.block(None if seconds is None else min(seconds, _LONGEST) * 1000)
        if answers is None:
            return False
        for number, answer in json.loads(answers):
            future = self._waiting.pop(number)
            if not future.done():
                future.set_result(answer)
        return True


def install(relay: Any) -> BlockingRelay:
    """Makes everything that waits block. Gives the host object for `runnel.net`."""
    import pyodide.ffi
    import pyodide.http
    import pyodide.webloop
    from pyodide.ffi import create_once_callable
    from pyodide.webloop import WebLoop
    from pyodide_js._api import scheduleCallback

    blocking = BlockingRelay(relay)
    loop = asyncio.get_event_loop()

    def set_alarm(seconds, callback):
        def ring():
            loop._install_running_loop()
            loop._install_asyncgen_hooks()
            callback()

        scheduleCallback(create_once_callable(ring), min(seconds, _LONGEST) * 1000)

    agenda = Agenda(loop.time, set_alarm)
    _install_loop(WebLoop, agenda)

    def run_sync(awaitable):
        return _run_until_done(loop, agenda, blocking, awaitable)

    for module in (pyodide.ffi, pyodide.webloop):
        module.run_sync = run_sync
        module.can_run_sync = lambda: True
    time.sleep = _sleep_with(relay)
    signal.signal(signal.SIGINT, _interrupt_with(relay))
    _refuse_pyfetch(pyodide.http, agenda)
    return blocking


def _install_loop(loop_class: Any, agenda: Agenda) -> None:
    def call_later(self, delay, callback, *args, context=None):
        return schedule(agenda, self, delay, callback, args, context)

    loop_class.call_later = call_later
    loop_class.call_soon = lambda self, callback, *args, context=None: call_later(
        self, 0, callback, *args, context=context
    )
    loop_class.call_at = lambda self, when, callback, *args, context=None: call_later(
        self, when - self.time(), callback, *args, context=context
    )


def _run_until_done(loop: Any, agenda: Agenda, relay: BlockingRelay, awaitable: Any) -> Any:
    future = asyncio.ensure_future(awaitable, loop=loop)
    current = asyncio.current_task(loop)
    stopping = False
    if current is not None:
        # It waits here, so that others can run.
        asyncio.tasks._leave_task(loop, current)
    agenda.enter()
    try:
        loop._install_asyncgen_hooks()
        while not future.done():
            try:
                agenda.run_due()
                if not future.done() and agenda.seconds_left() is None and not relay.is_waiting:
                    raise RuntimeError(_PROMISE_TEXT)
                if not future.done() and not relay.block(agenda.seconds_left()):
                    raise KeyboardInterrupt
            except KeyboardInterrupt:
                # Coroutines clean up after themselves; who presses again doesn't want to wait for them.
                if stopping:
                    raise
                stopping = True
                step_loop.request_stop()
    finally:
        agenda.leave()
        if current is not None:
            asyncio.tasks._enter_task(loop, current)
    return future.result()


def _interrupt_with(relay: Any):
    functions = (Agenda.run_due, BlockingRelay.block, host.relay, clock.install, asyncio.Handle._run)
    internals = {function.__code__.co_filename for function in functions}

    def on_interrupt(number, frame):
        if frame is not None and frame.f_code.co_filename in internals:
            # Raised in the event loop it would lose what is about to be called. The next wait, or the next line elsewhere, sees it.
            relay.putInterruptBack()
        else:
            signal.default_int_handler(number, frame)

    return on_interrupt


def _sleep_with(relay: Any):
    def sleep(seconds, /):
        """Delay execution for a given number of seconds."""
        if not isinstance(seconds, (int, float)) and not hasattr(seconds, "__index__"):
            raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer or float")
        length = float(seconds)
        if math.isnan(length):
            raise ValueError("Invalid value NaN (not a number)")
        if length < 0:
            raise ValueError("sleep length must be non-negative")
        if not relay.sleep(length * 1000):
            raise KeyboardInterrupt

    return sleep


def _refuse_pyfetch(http: Any, agenda: Agenda) -> None:
    fetch = http.pyfetch

    async def pyfetch(*args, **kwargs):
        if agenda.is_blocking:
            raise RuntimeError(_PYFETCH_TEXT)
        return await fetch(*args, **kwargs)

    http.pyfetch = pyfetch
