"""The event loop's clock stands still while a person is asked whether a connection may be made.

Otherwise the timeout of an HTTP client would end the step while the question is still being read.
"""

import time

from . import host


def install(loop_class) -> None:
    """Replaces `time` and `call_later` of Pyodide's loop."""
    schedule = loop_class.call_later

    def now(self) -> float:
        return time.monotonic() - host.asked_seconds()

    def call_later(self, delay, callback, *args, context=None):
        if delay <= 0:
            # A deadline that has just passed is not an error.
            return schedule(self, 0, callback, *args, context=context)
        due = now(self) + delay

        def when_due():
            missing = due - now(self)
            if handle.cancelled():
                return
            # The browser's timers are exact to about a millisecond.
            if missing > 0.002:
                schedule(self, missing, when_due, context=context)
            else:
                callback(*args)

        handle = schedule(self, delay, when_due, context=context)
        return handle

    def call_at(self, when, callback, *args, context=None):
        return call_later(self, when - now(self), callback, *args, context=context)

    loop_class.time = now
    loop_class.call_later = call_later
    loop_class.call_at = call_at
