"""Environment variables, files and limits: facts 15, 16, 32 and 33."""

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
