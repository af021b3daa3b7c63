import asyncio
import time
import types
import unittest

from runnel.net import clock, host


class Loop:
    """As Pyodide's loop: hands its callbacks to the browser's timers."""

    def __init__(self):
        self.timers = []

    def call_later(self, delay, callback, *args, context=None):
        handle = asyncio.Handle(callback, args, self, context=context)
        self.timers.append((delay, handle))
        return handle

    def fire(self):
        _, handle = self.timers.pop(0)
        if not handle.cancelled():
            handle._run()

    def get_debug(self):
        return False


class Clock(unittest.TestCase):
    def setUp(self):
        self.asked = 0.0
        host.attach(types.SimpleNamespace(askedSeconds=lambda: self.asked))
        self.addCleanup(host.attach, None)
        self.kind = type("MendedLoop", (Loop,), {})
        clock.install(self.kind)
        self.loop = self.kind()
        self.calls = []
        self.real = time.monotonic
        self.now = 100.0
        time.monotonic = lambda: self.now
        self.addCleanup(setattr, time, "monotonic", self.real)

    def test_a_timer_fires_when_it_is_due(self):
        self.loop.call_later(5, self.calls.append, "due")
        self.now += 5
        self.loop.fire()
        self.assertEqual(self.calls, ["due"])
        self.assertEqual(self.loop.timers, [])

    def test_the_time_in_which_a_person_is_asked_does_not_count(self):
        self.loop.call_later(5, self.calls.append, "due")
        self.now, self.asked = self.now + 5, 4.0
        self.loop.fire()
        self.assertEqual(self.calls, [])
        self.assertAlmostEqual(self.loop.timers[0][0], 4.0)
        self.now += 4
        self.loop.fire()
        self.assertEqual(self.calls, ["due"])

    def test_a_timer_that_was_put_off_can_be_cancelled(self):
        handle = self.loop.call_later(5, self.calls.append, "due")
        self.now, self.asked = self.now + 5, 5.0
        self.loop.fire()
        handle.cancel()
        self.now += 5
        self.loop.fire()
        self.assertEqual(self.calls, [])

    def test_a_deadline_in_the_past_is_now(self):
        self.loop.call_at(self.loop.time() - 1, self.calls.append, "late")
        self.assertEqual(self.loop.timers[0][0], 0)
        self.loop.fire()
        self.assertEqual(self.calls, ["late"])

    def test_the_clock_runs_before_the_host_is_there(self):
        host.attach(None)
        self.assertEqual(self.loop.time(), 100.0)


if __name__ == "__main__":
    unittest.main()
