"""What an event loop has still to call: its own list, since nothing that waits in JavaScript runs while the thread blocks."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
from collections.abc import Callable
from typing import Any


class Agenda:
    """Handles by the time when they are due. `set_alarm(seconds, callback)` is JavaScript's timer, for when nothing blocks."""

    def __init__(self, now: Callable[[], float], set_alarm: Callable[[float, Callable[[], None]], None]) -> None:
        self._now = now
        self._set_alarm = set_alarm
        self._entries: list[tuple[float, int, asyncio.Handle]] = []
        self._numbers = itertools.count()
        self._alarm_at = math.inf
        self._blocking = 0

    def add(self, when: float, handle: asyncio.Handle) -> None:
        """Handles that are due at the same time are called in the order in which they were added."""
        if when == math.inf:
            return
        heapq.heappush(self._entries, (when, next(self._numbers), handle))
        self._arm()

    def seconds_left(self) -> float | None:
        """How long until the next one is due; None where there is none."""
        while self._entries and self._entries[0][2].cancelled():
            heapq.heappop(self._entries)
        return max(0.0, self._entries[0][0] - self._now()) if self._entries else None

    def run_due(self) -> None:
        """Calls those that are due now, and none that they add."""
        now = self._now()
        due = sum(1 for when, _, _ in self._entries if when <= now)
        for _ in range(due):
            # One by one: a handle that blocks for others needs those that come after it.
            if not self._entries or self._entries[0][0] > now:
                return
            handle = heapq.heappop(self._entries)[2]
            if not handle.cancelled():
                handle._run()

    def enter(self) -> None:
        """From now until `leave`, whoever blocks calls `run_due` itself."""
        self._blocking += 1

    def leave(self) -> None:
        self._blocking -= 1
        self._arm()

    @property
    def is_blocking(self) -> bool:
        return self._blocking > 0

    def _arm(self) -> None:
        if self._blocking > 0 or not self._entries or self._entries[0][0] >= self._alarm_at:
            return
        self._alarm_at = self._entries[0][0]
        self._set_alarm(max(0.0, self._alarm_at - self._now()), self._ring)

    def _ring(self) -> None:
        self._alarm_at = math.inf
        try:
            self.run_due()
        finally:
            self._arm()


def schedule(agenda: Agenda, loop: Any, delay: float, callback: Callable[..., Any], args: tuple, context: Any) -> Any:
    """A `call_later`."""
    when = loop.time() + max(0.0, delay)
    handle = asyncio.TimerHandle(when, callback, args, loop, context)
    agenda.add(when, handle)
    return handle
