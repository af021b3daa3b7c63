"""What a step gives: facts 10 to 14, and 30's copies."""

from __future__ import annotations

from .support import BridgeTest


class ReturnValue(BridgeTest):
    def test_return_value(self) -> None:
        """fact 10: any JSON value."""
        for value in ('{"a": [1, 2.5, "ü", None, True]}', "[]", "0", "False", '""', "10**400"):
            with self.subTest(value):
                self.assertEqual(self.run_ok(f"def handler(pd):\n  return {value}"), {"$return_value": eval(value)})

    def test_none_is_no_export(self) -> None:
        """fact 10: without a value there is no $return_value."""
        self.assertEqual(self.run_ok("def handler(pd):\n  return None"), {})

    def test_not_serialisable(self) -> None:
        """fact 10: the error names path and type."""
        code = """
            import datetime
            def handler(pd):
                return {"rows": [{}, {}, {}, {"when": datetime.datetime(2024, 1, 1)}]}
        """
        error = self.run_failing(code)
        self.assertEqual((error["code"], error["line"]), ("NotSerializable", 4))
        self.assertIn('$return_value["rows"][3]["when"]: datetime', error["message"])
        self.assertIn(".isoformat()", error["hint"])

    def test_falls_through(self) -> None:
        """fact 11: a key that is no export is looked up in the return value."""
        steps = {"a": {"named": 1, "$return_value": {"named": 2, "inner": 3, "none": None}}, "b": {"$return_value": [7, 8]}}
        code = """
            def handler(pd):
                a = pd.steps["a"]
                return [a["$return_value"]["inner"], a["inner"], a["named"], a["none"], a.get("inner"), pd.steps["b"][1]]
        """
        self.assertEqual(self.run_ok(code, steps=steps)["$return_value"], [3, 3, 1, None, 3, 8])

    def test_falls_through_to_nothing(self) -> None:
        """fact 11: a key that is nowhere raises KeyError; the hint lists both places."""
        steps = {"a": {"named": 1, "$return_value": {"inner": 3}}}
        error = self.run_failing('def handler(pd):\n  pd.steps["a"]["other"]', steps=steps)
        self.assertEqual(error["type"], "KeyError")
        self.assertIn("'named'", error["hint"])
        self.assertIn("'inner'", error["hint"])


class NamedExports(BridgeTest):
    def test_several(self) -> None:
        """fact 12: several exports and a return value stand together, in order."""
        code = """
            def handler(pd):
                pd.export("a", 1)
                pd.export("b", {"x": [1]})
                pd.export("a", 2)
                return "r"
        """
        exports = self.run_ok(code)
        self.assertEqual(exports, {"a": 2, "b": {"x": [1]}, "$return_value": "r"})
        self.assertEqual(list(exports), ["a", "b", "$return_value"])

    def test_failing_export_has_its_line(self) -> None:
        """fact 12: what can't be exported fails where it is exported, and can be caught."""
        error = self.run_failing("def handler(pd):\n  x = 1\n  pd.export('s', {1, 2})")
        self.assertEqual((error["code"], error["line"]), ("NotSerializable", 3))
        self.assertIn("s: set", error["message"])
        code = """
            def handler(pd):
                try:
                    pd.export("s", {1})
                except TypeError:
                    return "caught"
        """
        self.assertEqual(self.run_ok(code), {"$return_value": "caught"})

    def test_names_are_texts(self) -> None:
        """fact 12: a name must be a text."""
        for name in ("1", "None", "''"):
            with self.subTest(name):
                error = self.run_failing(f"def handler(pd):\n  pd.export({name}, 1)")
                self.assertEqual((error["type"], error["line"]), ("TypeError", 2))

    def test_value_is_a_copy(self) -> None:
        """fact 30: changing the value afterwards changes no export."""
        code = """
            def handler(pd):
                value = {"list": [1]}
                pd.export("v", value)
                value["list"].append(2)
                value["new"] = True
        """
        self.assertEqual(self.run_ok(code), {"v": {"list": [1]}})

    def test_inputs_are_copies(self) -> None:
        """fact 30: changing what an earlier step exported changes it for this step only."""
        code = "def handler(pd):\n  pd.steps['a']['list'].append(2)\n  return pd.steps['a']['list']"
        steps = {"a": {"list": [1]}}
        self.assertEqual(self.run_ok(code, steps=steps), {"$return_value": [1, 2]})
        self.assertEqual(self.run_ok(code, steps=steps), {"$return_value": [1, 2]})


class Logs(BridgeTest):
    def test_print_and_stderr(self) -> None:
        """fact 13: both streams, in the order of writing."""
        code = """
            import sys
            print("top")
            def handler(pd):
                print("one", "two", sep="-")
                print("three", file=sys.stderr)
                sys.stdout.write("four\\n")
        """
        self.run_ok(code)
        self.assertEqual(self.logs, "top\none-two\nthree\nfour\n")

    def test_step_that_closes_its_streams(self) -> None:
        """fact 13: the next step prints again."""
        self.run_ok("import sys\ndef handler(pd):\n  sys.stdout = sys.stderr = None")
        self.run_ok("def handler(pd):\n  print('still here')")
        self.assertEqual(self.logs, "still here\n")


class Failure(BridgeTest):
    def test_traceback_and_exports_stay(self) -> None:
        """fact 14: the step's own lines, and the exports made so far."""
        code = """
            import json
            def parse(text):
                return json.loads(text)
            def handler(pd):
                pd.export("before", 1)
                parse("{")
                pd.export("after", 2)
        """
        error = self.run_failing(code)
        self.assertEqual(self.exports, {"before": 1})
        self.assertEqual((error["type"], error["line"]), ("json.decoder.JSONDecodeError", 4))
        lines = error["traceback"].splitlines()
        self.assertEqual(lines[0], "Traceback (most recent call last):")
        self.assertEqual(lines[1:3], ['  File "python", line 7, in handler', '    parse("{")'])
        self.assertLess(error["traceback"].index('File "python", line 4'), error["traceback"].index("decoder.py"))
        self.assertNotIn("runnel", error["traceback"])

    def test_module_level_failure(self) -> None:
        """fact 14: the same outside of functions."""
        error = self.run_failing("x = 1\ny = x / 0\ndef handler(pd): ...")
        self.assertEqual((error["type"], error["message"], error["line"]), ("ZeroDivisionError", "division by zero", 2))
        self.assertIn("in <module>", error["traceback"])
