"""Errors as the page shows them: whose frames, which line, how long."""

from __future__ import annotations

from .support import BridgeTest


class Tracebacks(BridgeTest):
    def test_chained_exceptions(self) -> None:
        code = """
            def handler(pd):
                try:
                    {}["a"]
                except KeyError as error:
                    raise RuntimeError("no a") from error
        """
        error = self.run_failing(code)
        self.assertEqual((error["type"], error["message"], error["line"]), ("RuntimeError", "no a", 6))
        self.assertIn("KeyError: 'a'", error["traceback"])
        self.assertIn("direct cause", error["traceback"])
        self.assertNotIn("step.py", error["traceback"])

    def test_frames_of_the_bridge_are_hidden(self) -> None:
        for code in (
            "def handler(pd):\n  pd.export('x', {1})",
            "def handler(pd):\n  pd.steps['nope']",
            "async def handler(pd):\n  pd.flow.delay(-1)",
            "def handler(pd):\n  pd.inputs['nope']",
        ):
            with self.subTest(code):
                error = self.run_failing(code)
                self.assertEqual(error["line"], 2)
                self.assertEqual(error["traceback"].count("  File "), 1, error["traceback"])

    def test_exception_group(self) -> None:
        error = self.run_failing("def handler(pd):\n  raise ExceptionGroup('many', [ValueError('a'), KeyError('b')])")
        self.assertEqual(error["type"], "ExceptionGroup")
        self.assertIn("ValueError: a", error["traceback"])

    def test_class_of_the_step(self) -> None:
        error = self.run_failing("class Odd(Exception): ...\ndef handler(pd):\n  raise Odd('x')")
        self.assertEqual((error["type"], error["message"]), ("Odd", "x"))

    def test_innermost_line_is_the_step_s(self) -> None:
        code = """
            import functools
            def inner(a, b):
                return a.nope
            def handler(pd):
                functools.reduce(inner, [1, 2])
        """
        error = self.run_failing(code)
        self.assertEqual((error["line"], error["column"]), (4, 12))

    def test_column_counts_characters(self) -> None:
        error = self.run_failing("def handler(pd):\n  x = ['äöü😀', 1/0]")
        self.assertEqual((error["line"], error["column"]), (2, 16))

    def test_huge_message(self) -> None:
        error = self.run_failing("def handler(pd):\n  raise ValueError('x' * 10_000_000)")
        self.assertLess(len(error["message"]), 70_000)
        self.assertLess(len(error["traceback"]), 140_000)
        self.assertIn("more characters", error["message"])
        self.assertIn("more characters", error["traceback"])

    def test_message_that_fails(self) -> None:
        code = """
            class Odd(Exception):
                def __str__(self):
                    raise TypeError
            def handler(pd):
                raise Odd
        """
        self.assertIn("__str__", self.run_failing(code)["message"])

    def test_recursion(self) -> None:
        error = self.run_failing("def f(n):\n  return f(n + 1)\ndef handler(pd):\n  f(0)")
        self.assertEqual((error["type"], error["line"]), ("RecursionError", 2))
        self.assertLess(len(error["traceback"]), 5_000)

    def test_step_named_like_a_module(self) -> None:
        code = "import json\nclass A: ...\ndef handler(pd):\n  return json.dumps([A.__module__])"
        exports = self.run_ok(code, name="json")
        self.assertEqual(exports, {"$return_value": '["step_json"]'})


class Syntax(BridgeTest):
    def test_place_and_text(self) -> None:
        error = self.run_failing("def handler(pd):\n  x = = 1\n")
        self.assertEqual((error["code"], error["type"], error["line"], error["column"]), ("SyntaxError",) * 2 + (2, 7))
        self.assertIn("x = = 1", error["traceback"])
        self.assertIn('File "python", line 2', error["traceback"])

    def test_kinds(self) -> None:
        for code, kind in (
            ("def handler(pd):\nreturn 1", "IndentationError"),
            ("def handler(pd):\n\tif 1:\n        pass\n", "TabError"),
            ("def handler(pd):\n  'open", "SyntaxError"),
            ("def handler(pd): \x00", "SyntaxError"),
            ("def handler(pd): '\ud800'", "SyntaxError"),
        ):
            with self.subTest(kind):
                error = self.run_failing(code)
                self.assertEqual((error["code"], error["type"]), ("SyntaxError", kind))

    def test_hints(self) -> None:
        for code, words in (
            ("return 1", "def handler(pd"),
            ("const x = 1;", "JavaScript"),
            ("def handler(pd):\n  async with x: pass", "async def"),
        ):
            with self.subTest(code):
                self.assertIn(words, self.run_failing(code)["hint"])

    def test_syntax_error_of_other_code(self) -> None:
        error = self.run_failing("def handler(pd):\n  eval('1 +')")
        self.assertEqual((error["code"], error["type"], error["line"]), ("PythonError", "SyntaxError", 2))


class Ends(BridgeTest):
    def test_exit_zero_is_success(self) -> None:
        for call in ("sys.exit()", "sys.exit(0)", "raise SystemExit"):
            with self.subTest(call):
                self.assertEqual(self.run_ok(f"import sys\ndef handler(pd):\n  pd.export('a', 1)\n  {call}"), {"a": 1})

    def test_exit_otherwise_is_failure(self) -> None:
        for call, message in (("sys.exit(3)", "sys.exit(3) ended the step."), ("sys.exit('no rows')", "no rows")):
            for head in ("def", "async def"):
                with self.subTest(call + head):
                    error = self.run_failing(f"import sys\n{head} handler(pd):\n  {call}")
                    self.assertEqual((error["type"], error["message"], error["line"]), ("SystemExit", message, 3))
                    self.assertIn("pd.flow.exit", error["hint"])

    def test_interrupts_are_stops(self) -> None:
        for head in ("def", "async def"):
            with self.subTest(head):
                self.assertEqual(self.run_step(f"{head} handler(pd):\n  raise KeyboardInterrupt"), {"status": "stopped"})

    def test_cancel_while_stopping_is_a_stop(self) -> None:
        code = """
            import asyncio
            from runnel.step import cancel_all
            async def handler(pd):
                asyncio.get_running_loop().call_soon(cancel_all)
                await asyncio.sleep(30)
        """
        self.assertEqual(self.run_step(code), {"status": "stopped"})

    def test_own_cancel_is_a_failure(self) -> None:
        code = """
            import asyncio
            async def handler(pd):
                task = asyncio.create_task(asyncio.sleep(30))
                task.cancel()
                await task
        """
        error = self.run_failing(code)
        self.assertEqual(error["type"], "asyncio.exceptions.CancelledError")
        self.assertIn("own code cancelled", error["hint"])

    def test_handler_with_the_wrong_parameters(self) -> None:
        error = self.run_failing("x = 1\ndef handler():\n  return 1")
        self.assertEqual((error["type"], error["line"]), ("TypeError", 2))
        self.assertIn("def handler(pd", error["hint"])

    def test_type_error_inside_is_not_taken_for_it(self) -> None:
        error = self.run_failing("def f(): ...\ndef handler(pd):\n  f(1)")
        self.assertEqual(error["line"], 3)
        self.assertIsNone(error["hint"])

    def test_generator_handler(self) -> None:
        error = self.run_failing("def handler(pd):\n  yield 1")
        self.assertEqual(error["code"], "NotSerializable")
        self.assertIn("yield", error["hint"])

    def test_input_cannot_ask(self) -> None:
        error = self.run_failing("def handler(pd):\n  input('Name? ')")
        self.assertEqual((error["type"], error["line"]), ("EOFError", 2))
        self.assertIn("environment variable", error["hint"])

    def test_large_return_value(self) -> None:
        error = self.run_failing("def handler(pd):\n  return {'data': 'x' * 50_000_000}")
        self.assertEqual((error["code"], error["line"]), ("ExportTooLarge", 2))
        self.assertEqual(self.exports, {})
