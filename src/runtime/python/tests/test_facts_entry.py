"""Entry points of a step: facts 1 to 5."""

from __future__ import annotations

from .support import BridgeTest


class Entry(BridgeTest):
    def test_handler(self) -> None:
        """fact 1: the annotation "pipedream" need not resolve."""
        code = """
            def handler(pd: "pipedream"):
                return handler.__annotations__["pd"]
        """
        self.assertEqual(self.run_ok(code), {"$return_value": "pipedream"})

    def test_a_callable_object_is_a_handler(self) -> None:
        """fact 1: anything callable under that name."""
        self.assertEqual(self.run_ok("handler = lambda pd: 3"), {"$return_value": 3})

    def test_blank_handler(self) -> None:
        """fact 2: the new step's code prints from the context and returns."""
        code = """
            def handler(pd: "pipedream"):
              # Reference data from previous steps
              print(pd.steps["trigger"]["context"]["id"])
              # Return data for use in future steps
              return {"foo": {"test": True}}
        """
        exports = self.run_ok(code, steps={"trigger": {"event": {}, "context": {"id": "ctx-1"}}})
        self.assertEqual(exports, {"$return_value": {"foo": {"test": True}}})
        self.assertEqual(self.logs, "ctx-1\n")

    def test_module_level_runs_first(self) -> None:
        """fact 3: module-level code before the handler; imports in either."""
        code = """
            import json
            print("module")
            def handler(pd):
                import math
                print("handler")
                return json.dumps([math.pi > 3])
        """
        self.assertEqual(self.run_ok(code), {"$return_value": "[true]"})
        self.assertEqual(self.logs, "module\nhandler\n")

    def test_older_form(self) -> None:
        """fact 4: a script with script_helpers, no handler."""
        code = """
            from pipedream.script_helpers import (steps, export)
            event = steps["trigger"]["event"]
            export("name", event["name"].upper())
            export("count", len(steps["python_1"]["items"]))
        """
        steps = {"trigger": {"event": {"name": "ada"}}, "python_1": {"$return_value": {"items": [1, 2]}}}
        self.assertEqual(self.run_ok(code, steps=steps), {"name": "ADA", "count": 2})

    def test_older_form_by_module(self) -> None:
        """fact 4: however the helpers are imported."""
        for code in (
            "import pipedream.script_helpers\npipedream.script_helpers.export('a', 1)",
            "import pipedream.script_helpers as h\nh.export('a', 1)",
            "from pipedream import script_helpers\nscript_helpers.export('a', 1)",
            "from pipedream.script_helpers import *\nexport('a', len(steps) + 1)",
        ):
            with self.subTest(code):
                self.assertEqual(self.run_ok(code), {"a": 1})

    def test_older_form_sees_its_own_step_only(self) -> None:
        """fact 4: the helpers belong to the step that runs."""
        code = "from pipedream.script_helpers import steps, export\nexport('seen', sorted(steps))"
        self.assertEqual(self.run_ok(code, steps={"a": {}}), {"seen": ["a"]})
        self.assertEqual(self.run_ok(code, steps={"b": {}}), {"seen": ["b"]})

    def test_handler_beside_the_helpers(self) -> None:
        """fact 4: with a handler as well, both work."""
        code = """
            from pipedream.script_helpers import export
            export("early", 1)
            def handler(pd):
                return 2
        """
        self.assertEqual(self.run_ok(code), {"early": 1, "$return_value": 2})

    def test_async_handler(self) -> None:
        """fact 5: async def handler is awaited."""
        code = """
            import asyncio
            async def double(x):
                await asyncio.sleep(0)
                return 2 * x
            async def handler(pd):
                pd.export("first", await double(1))
                return await asyncio.gather(double(2), double(3))
        """
        self.assertEqual(self.run_ok(code), {"first": 2, "$return_value": [4, 6]})

    def test_handler_that_gives_an_awaitable(self) -> None:
        """fact 5: a plain function that returns a coroutine has it awaited too."""
        code = """
            async def work():
                return 1
            def handler(pd):
                return work()
        """
        self.assertEqual(self.run_ok(code), {"$return_value": 1})

    def test_await_in_a_plain_function(self) -> None:
        """fact 5: a syntax error, with its place and what to do."""
        error = self.run_failing("def handler(pd):\n  x = 1\n  await x\n")
        self.assertEqual((error["code"], error["line"], error["column"]), ("SyntaxError", 3, 3))
        self.assertIn("async def handler(pd)", error["hint"])

    def test_async_failure(self) -> None:
        """fact 5: an error in awaited code is the step's, at its line."""
        code = """
            async def work():
                raise LookupError("nothing here")
            async def handler(pd):
                await work()
        """
        error = self.run_failing(code)
        self.assertEqual((error["type"], error["line"]), ("LookupError", 3))
        self.assertNotIn("loop.py", error["traceback"])


class NoHandler(BridgeTest):
    def test_nothing_runs_without_a_handler(self) -> None:
        error = self.run_failing("print('ran')\nresult = 1\n")
        self.assertEqual(error["code"], "NoHandler")
        self.assertIn("def handler(pd", error["hint"])
        self.assertEqual(self.logs, "", "the code must not have run halfway")

    def test_empty_code(self) -> None:
        for code in ("", "\n\n", "# only a comment\n", "def main(pd):\n  return 1"):
            with self.subTest(code):
                self.assertEqual(self.run_failing(code)["code"], "NoHandler")

    def test_handler_that_is_no_function(self) -> None:
        error = self.run_failing("handler = 3")
        self.assertEqual(error["code"], "NoHandler")
        self.assertIn("int", error["message"])

    def test_handler_only_in_a_class(self) -> None:
        self.assertEqual(self.run_failing("class A:\n  def handler(self, pd): ...")["code"], "NoHandler")

    def test_handler_made_while_running(self) -> None:
        self.assertEqual(self.run_ok("globals()['handler'] = lambda pd: 1"), {"$return_value": 1})
