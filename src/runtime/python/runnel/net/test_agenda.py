import asyncio
import types
import unittest

from runnel.net.agenda import Agenda, schedule


class AgendaTest(unittest.TestCase):
    def setUp(self):
        self.now = 100.0
        self.alarms = []
        self.calls = []
        self.agenda = Agenda(lambda: self.now, lambda seconds, ring: self.alarms.append((seconds, ring)))
        self.loop = types.SimpleNamespace(
            time=lambda: self.now, get_debug=lambda: False, _timer_handle_cancelled=lambda handle: None
        )

    def later(self, delay, name):
        return schedule(self.agenda, self.loop, delay, self.calls.append, (name,), None)

    def ring(self):
        self.alarms.pop(0)[1]()

    def test_what_is_due_is_called_in_order(self):
        self.later(2, "later")
        self.later(1, "sooner")
        self.later(0, "first")
        self.later(-1, "second")
        self.agenda.run_due()
        self.assertEqual(self.calls, ["first", "second"])
        self.assertEqual(self.agenda.seconds_left(), 1)
        self.now += 2
        self.agenda.run_due()
        self.assertEqual(self.calls, ["first", "second", "sooner", "later"])
        self.assertIsNone(self.agenda.seconds_left())

    def test_what_is_added_meanwhile_waits_for_the_next_turn(self):
        def again():
            self.calls.append("again")
            schedule(self.agenda, self.loop, 0, again, (), None)

        again()
        self.agenda.run_due()
        self.assertEqual(self.calls, ["again", "again"])

    def test_a_call_that_blocks_for_others_gets_them_called(self):
        def blocks():
            self.agenda.run_due()
            self.calls.append("blocked")

        schedule(self.agenda, self.loop, 0, blocks, (), None)
        self.later(0, "other")
        self.agenda.run_due()
        self.assertEqual(self.calls, ["other", "blocked"])

    def test_the_cancelled_and_the_endless_are_not_waited_for(self):
        self.later(float("inf"), "never")
        self.later(1, "cancelled").cancel()
        self.assertIsNone(self.agenda.seconds_left())

    def test_an_alarm_rings_for_the_earliest_and_then_for_the_next(self):
        self.later(5, "five")
        self.later(3, "three")
        self.later(4, "four")
        self.assertEqual([seconds for seconds, _ in self.alarms], [5, 3])
        self.now += 3
        self.alarms.pop(0)
        self.ring()
        self.assertEqual(self.calls, ["three"])
        self.assertEqual([seconds for seconds, _ in self.alarms], [1])
        self.now += 2
        self.ring()
        self.assertEqual(self.calls, ["three", "four", "five"])
        self.assertEqual(self.alarms, [])

    def test_while_something_blocks_there_are_no_alarms(self):
        self.agenda.enter()
        self.later(0, "left")
        self.assertTrue(self.agenda.is_blocking)
        self.assertEqual(self.alarms, [])
        self.agenda.leave()
        self.assertFalse(self.agenda.is_blocking)
        self.ring()
        self.assertEqual(self.calls, ["left"])

    def test_one_that_raises_does_not_keep_the_others_from_their_alarm(self):
        def fails():
            raise KeyboardInterrupt

        schedule(self.agenda, self.loop, 0, fails, (), None)
        self.later(0, "other")
        with self.assertRaises(KeyboardInterrupt):
            self.ring()
        self.ring()
        self.assertEqual(self.calls, ["other"])

    def test_handles_are_asyncio_s(self):
        handle = self.later(5, "due")
        self.assertIsInstance(handle, asyncio.TimerHandle)
        self.assertEqual(handle.when(), 105.0)


if __name__ == "__main__":
    unittest.main()
