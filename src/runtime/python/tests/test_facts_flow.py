"""Flow control: facts 20 to 25. That a run waits, and how it goes on, is tested with the run store (src/runs)."""

from __future__ import annotations

from typing import Any

from .support import URLS, BridgeTest

YEAR_MS = 365 * 24 * 60 * 60 * 1000


class FlowTest(BridgeTest):
    def wait_of(self, code: str, **request: Any) -> dict[str, Any] | None:
        """What the run waits for after a step of this body; None: nothing."""
        lines = "\n".join(f"  {line}" for line in code.splitlines())
        outcome = self.run_step(f"def handler(pd):\n{lines}", **request)
        self.assertEqual((outcome["status"], outcome.get("exit")), ("success", None), outcome)
        wait: dict[str, Any] | None = outcome["wait"]
        return wait


class Exit(FlowTest):
    def test_exit_with_return(self) -> None:
        """fact 20: return pd.flow.exit(reason) ends the workflow; the reason shows; nothing is exported for it."""
        outcome = self.run_step("def handler(pd):\n  return pd.flow.exit('no new rows')")
        self.assertEqual(outcome, {"status": "success", "exit": {"reason": "no new rows"}, "wait": None})
        self.assertEqual(self.exports, {})

    def test_exit_without_return(self) -> None:
        """fact 21: the rest of the step still runs, then the workflow ends."""
        code = """
            def handler(pd):
                pd.flow.exit("done")
                pd.export("after", 1)
                return 2
        """
        outcome = self.run_step(code)
        self.assertEqual(outcome, {"status": "success", "exit": {"reason": "done"}, "wait": None})
        self.assertEqual(self.exports, {"after": 1, "$return_value": 2})

    def test_exit_without_a_reason(self) -> None:
        """fact 20: the reason may be left out."""
        self.assertEqual(self.run_step("def handler(pd):\n  pd.flow.exit()")["exit"], {"reason": ""})

    def test_no_exit(self) -> None:
        """fact 21: without the call the workflow goes on; one step's exit is not the next one's."""
        self.run_step("def handler(pd):\n  pd.flow.exit()")
        self.assertIsNone(self.run_step("def handler(pd): ...")["exit"])

    def test_failure_after_exit(self) -> None:
        """fact 21: an exception counts more than the flag."""
        self.assertEqual(self.run_failing("def handler(pd):\n  pd.flow.exit()\n  1/0")["type"], "ZeroDivisionError")


class Delay(FlowTest):
    def test_waits_at_the_end_of_the_step(self) -> None:
        """fact 22: delay gives both urls at once, the rest of the step runs, and the outcome says how long to wait."""
        wait = self.wait_of("urls = pd.flow.delay(15 * 60 * 1000)\npd.export('after', 1)\nreturn urls")
        self.assertEqual(wait, {"kind": "delay", "ms": 900_000})
        self.assertEqual(self.exports, {"after": 1, "$return_value": URLS})

    def test_what_it_takes(self) -> None:
        """fact 22: any real number of milliseconds from 0 to a year; part of one counts as one."""
        from fractions import Fraction

        for given, ms in ((0, 0), (0.5, 1), (1, 1), (2.0, 2), (Fraction(5, 2), 3), (YEAR_MS, YEAR_MS)):
            with self.subTest(given):
                wait = self.wait_of(f"from fractions import Fraction\npd.flow.delay({given!r})")
                self.assertEqual(wait, {"kind": "delay", "ms": ms})

    def test_what_it_refuses(self) -> None:
        """fact 22: anything else is an error that says what it takes, at the step's own line."""
        for given, kind, text in (
            ("'5 s'", "TypeError", "takes a number of milliseconds, not '5 s'"),
            ("None", "TypeError", "not None"),
            ("True", "TypeError", "not True"),
            ("-1", "ValueError", "from 0 milliseconds up to a year"),
            ("float('nan')", "ValueError", "not nan"),
            (str(YEAR_MS + 1), "ValueError", "up to a year (31536000000)"),
            ("'x' * 999", "TypeError", "…"),
        ):
            for call in ("delay", "rerun") if given == "None" else ("delay", "suspend", "rerun"):
                with self.subTest(call=call, given=given):
                    error = self.run_failing(f"def handler(pd):\n  pd.flow.{call}({given})")
                    self.assertEqual((error["type"], error["line"]), (kind, 2))
                    self.assertIn(f"pd.flow.{call}() takes", error["message"])
                    self.assertIn(text, error["message"])
                    self.assertLess(len(error["message"]), 200)
                    self.assertIn("1000 milliseconds", error["hint"])

    def test_the_last_one_counts(self) -> None:
        """fact 22: of several waits the last one counts; exit counts more, whenever it is called."""
        self.assertEqual(self.wait_of("pd.flow.suspend()\npd.flow.delay(1)\npd.flow.delay(2)"), {"kind": "delay", "ms": 2})
        for code in ("pd.flow.delay(1)\n  pd.flow.exit('x')", "pd.flow.exit('x')\n  pd.flow.delay(1)"):
            outcome = self.run_step(f"def handler(pd):\n  {code}")
            self.assertEqual((outcome["exit"], outcome["wait"]), ({"reason": "x"}, None))

    def test_ends_with_its_step(self) -> None:
        """fact 22: one step's wait is not the next one's, and a step that fails doesn't wait."""
        self.wait_of("pd.flow.delay(1)")
        self.assertIsNone(self.wait_of("pass"))
        self.assertNotIn("wait", self.run_step("def handler(pd):\n  pd.flow.delay(1)\n  1/0"))

    def test_a_refused_wait_leaves_the_one_before(self) -> None:
        """fact 22: code that catches the error waits as it said before."""
        code = "pd.flow.delay(7)\ntry:\n  pd.flow.delay(-1)\nexcept ValueError: pass"
        self.assertEqual(self.wait_of(code), {"kind": "delay", "ms": 7})

    def test_urls_are_the_steps_own(self) -> None:
        """fact 22: changing what delay gave changes nothing for the next call."""
        self.wait_of("pd.flow.delay(1).clear()\nreturn pd.flow.delay(1)")
        self.assertEqual(self.exports, {"$return_value": URLS})

    def test_sleep(self) -> None:
        """fact 23: time.sleep blocks the step for as long as it says."""
        code = """
            import time
            def handler(pd):
                start = time.monotonic()
                time.sleep(0.01)
                return time.monotonic() - start >= 0.01
        """
        self.assertEqual(self.run_ok(code), {"$return_value": True})


class Suspend(FlowTest):
    def test_timeouts(self) -> None:
        """fact 24: 24 hours unless the step says otherwise, by name or as the first argument."""
        for arguments, ms in (("", 86_400_000), ("None", 86_400_000), ("5000", 5000), ("timeout_ms=7.0", 7)):
            with self.subTest(arguments):
                self.assertEqual(self.wait_of(f"pd.flow.suspend({arguments})"), {"kind": "suspend", "ms": ms})

    def test_urls(self) -> None:
        """fact 24: the urls are there at once, to be sent somewhere before the step ends."""
        self.wait_of("urls = pd.flow.suspend()\nprint(urls['resume_url'], urls['cancel_url'])")
        self.assertEqual(self.logs, f"{URLS['resume_url']} {URLS['cancel_url']}\n")

    def test_resume_data(self) -> None:
        """fact 24: a later step finds what was given on resume in the export $resume_data."""
        code = "def handler(pd):\n  return pd.steps['ask']['$resume_data']['approved']"
        self.assertEqual(self.run_ok(code, steps={"ask": {"$resume_data": {"approved": True}}}), {"$return_value": True})


class Rerun(FlowTest):
    def test_what_the_page_is_told(self) -> None:
        """fact 25: delay, context and maxRetries, which is 10 unless the step says otherwise; the urls come back."""
        for arguments, context, retries in (
            ("1000", "null", 10),
            ("1000, {'hello': ['world', 1]}, 3", '{"hello": ["world", 1]}', 3),
            ("1000, None, None", "null", 10),
            ("delay_ms=1000, context='ü', maxRetries=0", '"ü"', 0),
        ):
            with self.subTest(arguments):
                wait = self.wait_of(f"return pd.flow.rerun({arguments})")
                self.assertEqual(wait, {"kind": "rerun", "ms": 1000, "context": context, "maxRetries": retries})
                self.assertEqual(self.exports, {"$return_value": URLS})

    def test_what_it_refuses(self) -> None:
        """fact 25: a context that JSON can't hold or that is too large, and a strange maxRetries."""
        for arguments, kind, text in (
            ("1, {'a': [object()]}", "NotSerializable", 'context["a"][0]: object'),
            ("1, 'x' * 2_000_000", "ExportTooLarge", "more than 1 MiB"),
            ("1, None, 2.5", "TypeError", "maxRetries must be a whole number, not 2.5"),
            ("1, None, True", "TypeError", "whole number"),
            ("1, None, -1", "ValueError", "can't be negative: -1"),
        ):
            with self.subTest(arguments):
                error = self.run_failing(f"def handler(pd):\n  pd.flow.rerun({arguments})")
                self.assertEqual((error["type"], error["line"]), (kind, 2))
                self.assertIn(text, error["message"])

    def test_context_of_the_run(self) -> None:
        """fact 25: pd.context["run"] is {runs, context}, beside what the trigger's context holds."""
        trigger = {"event": {}, "context": {"id": "e1", "workflow_name": "W"}}
        code = "def handler(pd):\n  return [pd.context['run'], pd.context['id'], pd.context['workflow_name']]"
        first = {"runs": 1, "context": None}
        self.assertEqual(self.run_ok(code, steps={"trigger": trigger}), {"$return_value": [first, "e1", "W"]})
        second = {"runs": 2, "context": {"n": 1}, "callback_request": {"body": {"ok": True}}}
        request = {"steps": {"trigger": trigger}, "flow": {"urls": URLS, "run": second}}
        self.assertEqual(self.run_ok(code, **request), {"$return_value": [second, "e1", "W"]})

    def test_changing_the_context_leaves_the_trigger(self) -> None:
        """fact 25: pd.context is a dict of the step's own."""
        code = """
            def handler(pd):
                pd.context["id"] = "mine"
                return pd.steps["trigger"]["context"]["id"]
        """
        self.assertEqual(self.run_ok(code, steps={"trigger": {"context": {"id": "e1"}}}), {"$return_value": "e1"})


class Server(FlowTest):
    def test_what_needs_a_server(self) -> None:
        """pd.send: the error says what is missing here and what to use in its place."""
        for call, instead in (
            ("pd.send.email(subject='x', text='y')", "smtplib"),
            ("pd.send.http(method='GET', url='x')", "requests.request(method, url"),
            ("pd.send.s3(bucket='b')", "API"),
        ):
            with self.subTest(call):
                error = self.run_failing(f"def handler(pd):\n  {call}")
                self.assertEqual((error["type"], error["line"]), ("NotInLocalRun", 2))
                self.assertIn(call.partition("(")[0], error["message"])
                self.assertIn("not available in a local run", error["message"])
                self.assertIn(instead, error["hint"])
