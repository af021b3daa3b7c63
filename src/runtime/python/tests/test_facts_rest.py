"""Environment variables, flow control, files and limits: facts 15, 16, 20, 21, 23, 32 and 33."""

from __future__ import annotations

import os

from runnel import session

from .support import BridgeTest


class Environment(BridgeTest):
    def test_variables(self) -> None:
        """fact 15: os.environ holds the variables; a missing one raises KeyError."""
        code = "import os\ndef handler(pd):\n  return [os.environ['A'], os.environ.get('B'), 'A' in os.environ]"
        self.assertEqual(self.run_ok(code, env={"A": "1"}), {"$return_value": ["1", None, True]})

    def test_missing_variable(self) -> None:
        """fact 15: the hint says which variable is not defined, and where to define it."""
        error = self.run_failing("import os\ndef handler(pd):\n  os.environ['API_KEY']", env={"API_KEYS": "x"})
        self.assertEqual((error["type"], error["line"]), ("KeyError", 3))
        self.assertIn("API_KEY is not defined", error["hint"])
        self.assertIn("Environment", error["hint"])
        self.assertIn("'API_KEYS'", error["hint"], "a name that is close")

    def test_names_are_case_sensitive(self) -> None:
        """fact 16: another case is another variable, and missing it gives KeyError with the hint."""
        error = self.run_failing("import os\ndef handler(pd):\n  os.environ['token']", env={"TOKEN": "x"})
        self.assertEqual(error["type"], "KeyError")
        self.assertIn("token is not defined", error["hint"])
        self.assertNotIn("x", error["message"].replace("token", ""))

    def test_variables_of_one_step_are_gone_in_the_next(self) -> None:
        """fact 15: what a step sets itself does not reach the next one."""
        self.run_ok("import os\ndef handler(pd):\n  os.environ['MINE'] = '1'", env={"A": "1"})
        self.run_ok("import os\ndef handler(pd):\n  return [os.getenv('MINE'), os.getenv('A')]")
        self.assertEqual(self.exports, {"$return_value": [None, None]})
        self.assertNotIn("MINE", os.environ)


class Flow(BridgeTest):
    def test_exit_with_return(self) -> None:
        """fact 20: return pd.flow.exit(reason) ends the workflow; the reason shows; nothing is exported for it."""
        outcome = self.run_step("def handler(pd):\n  return pd.flow.exit('no new rows')")
        self.assertEqual(outcome, {"status": "success", "exit": {"reason": "no new rows"}})
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
        self.assertEqual(outcome, {"status": "success", "exit": {"reason": "done"}})
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

    def test_what_needs_a_server(self) -> None:
        for call in (
            "pd.flow.delay(1000)",
            "pd.flow.suspend(timeout_ms=1)",
            "pd.flow.rerun(1)",
            "pd.send.email(subject='x', text='y')",
            "pd.send.http(method='GET', url='x')",
        ):
            with self.subTest(call):
                error = self.run_failing(f"def handler(pd):\n  {call}")
                self.assertEqual((error["type"], error["line"]), ("NotInLocalRun", 2))
                self.assertIn(call.partition("(")[0], error["message"])
                self.assertIn("not available in a local run", error["message"])
                self.assertTrue(error["hint"])


class Files(BridgeTest):
    def test_shared_within_a_run(self) -> None:
        """fact 32: what one step writes, the next one reads; relative paths lie there too."""
        self.run_ok(f"def handler(pd):\n  open('{self.scratch}/a.txt', 'w').write('hello')")
        code = f"def handler(pd):\n  return [open('{self.scratch}/a.txt').read(), open('a.txt').read()]"
        self.assertEqual(self.run_ok(code), {"$return_value": ["hello", "hello"]})

    def test_empty_at_the_start_of_a_run(self) -> None:
        """fact 32: files, folders and links are gone in the next run."""
        code = """
            import os
            def handler(pd):
                os.makedirs("deep/er")
                open("deep/er/file", "w").close()
                open("file", "w").close()
                os.symlink("/", "link")
        """
        self.run_ok(code)
        session.begin_run()
        self.assertEqual(os.listdir(self.scratch), [])
        self.assertTrue(os.path.isdir("/usr"), "a link is removed, not what it leads to")


class Limits(BridgeTest):
    def test_interrupted_step_keeps_logs_and_exports(self) -> None:
        """fact 33: the host ends a step by an interrupt; what it gave so far stays."""
        code = """
            def handler(pd):
                pd.export("early", 1)
                print("so far")
                raise KeyboardInterrupt
        """
        self.assertEqual(self.run_step(code), {"status": "stopped"})
        self.assertEqual((self.exports, self.logs), ({"early": 1}, "so far\n"))
