"""What one step does to the interpreter, and what of it the next one finds."""

from __future__ import annotations

import builtins
import contextlib
import gc
import logging
import os
import random
import sys
import weakref

from runnel import current, session

from .support import BridgeTest


class Session(BridgeTest):
    def test_module_globals_do_not_leak(self) -> None:
        self.run_ok("secret = 1\nglobals()['other'] = 2\ndef handler(pd): ...")
        code = "def handler(pd):\n  return sorted(name for name in globals() if not name.startswith('__'))"
        self.assertEqual(self.run_ok(code), {"$return_value": ["console", "display", "handler"]})

    def test_a_log_s_handlers_are_not_added_twice(self) -> None:
        code = """
            import logging
            log = logging.getLogger("shop.of.test")
            log.addHandler(logging.StreamHandler())
            def handler(pd):
                log.warning("once")
        """
        for _ in range(2):
            self.run_ok(code)
            self.assertEqual(self.logs, "once\n")

    def test_builtins_are_put_back(self) -> None:
        code = """
            import builtins
            builtins.len = lambda x: 42
            builtins.leak = 1
            del builtins.hex
            def handler(pd): ...
        """
        before = dict(vars(builtins))
        self.run_ok(code)
        self.assertEqual(vars(builtins), before)

    def test_interpreter_settings_are_put_back(self) -> None:
        code = """
            import sys, os, logging, socket, warnings
            sys.argv.append("x")
            sys.path.insert(0, "/nowhere")
            sys.setrecursionlimit(5000)
            sys.stdout = None
            os.chdir("/")
            logging.basicConfig(level=logging.DEBUG)
            logging.disable(logging.CRITICAL)
            socket.setdefaulttimeout(1)
            warnings.simplefilter("error")
            def handler(pd): ...
        """
        import socket
        import warnings

        before = (list(sys.path), sys.getrecursionlimit(), sys.stdout, logging.root.level, list(logging.root.handlers))
        filters = list(warnings.filters)
        self.run_ok(code)
        after = (list(sys.path), sys.getrecursionlimit(), sys.stdout, logging.root.level, list(logging.root.handlers))
        self.assertEqual(after, before)
        self.assertEqual(warnings.filters, filters)
        self.assertEqual(logging.root.manager.disable, 0)
        self.assertIsNone(socket.getdefaulttimeout())
        self.assertEqual(os.getcwd(), self.scratch)
        self.assertEqual(self.run_ok("import sys\ndef handler(pd):\n  return sys.argv"), {"$return_value": ["step"]})

    def test_modules_of_the_scratch_directory_are_dropped(self) -> None:
        for text in ("one", "two"):
            code = f"""
                def handler(pd):
                    import os
                    open("helper_of_test.py", "w").write("value = '{text}'")
                    os.makedirs("package_of_test/inner", exist_ok=True)
                    open("package_of_test/inner/mod.py", "w").write("value = '{text}'")
                    import sys
                    sys.path.insert(0, os.getcwd())
                    import helper_of_test, package_of_test.inner.mod
                    return [helper_of_test.value, package_of_test.inner.mod.value]
            """
            self.assertEqual(self.run_ok(code), {"$return_value": [text, text]})
            session.begin_run()
            self.assertFalse([name for name in sys.modules if "_of_test" in name])

    def test_random_differs_between_runs(self) -> None:
        random.seed(1)
        first = [random.random() for _ in range(4)]
        random.seed(1)
        session.begin_run()
        self.assertNotEqual([random.random() for _ in range(4)], first)

    def test_leftover_tasks_end_with_the_step(self) -> None:
        code = """
            import asyncio
            async def background():
                try:
                    await asyncio.sleep(30)
                finally:
                    print("ended")
            async def handler(pd):
                asyncio.create_task(background())
                await asyncio.sleep(0)
                return 1
        """
        self.assertEqual(self.run_ok(code), {"$return_value": 1})
        self.assertEqual(self.logs, "ended\n")

    def test_large_globals_are_freed(self) -> None:
        class Big:
            """Something that can be watched."""

        big = Big()
        watch = weakref.ref(big)
        sys.modules["big_of_test"] = big  # type: ignore[assignment]
        gc.disable()
        self.addCleanup(gc.enable)
        for code in (
            "import big_of_test as big\ndef handler(pd):\n  return 1",
            "import big_of_test as big\ndef handler(pd):\n  keep = big\n  1/0",
            "import big_of_test as big\nasync def handler(pd):\n  keep = big\n  1/0",
        ):
            self.run_step(code)
        del sys.modules["big_of_test"], big
        self.assertIsNone(watch(), "a finished step still holds its values")

    def test_classes_of_a_step_can_be_looked_up(self) -> None:
        code = """
            from __future__ import annotations
            import dataclasses, pickle, typing
            @dataclasses.dataclass
            class Row:
                a: int
                kind: typing.ClassVar[str] = "k"
            def handler(pd):
                return [pickle.loads(pickle.dumps(Row(1))).a, list(typing.get_type_hints(Row))]
        """
        self.assertEqual(self.run_ok(code), {"$return_value": [1, ["a", "kind"]]})
        self.assertFalse([name for name in sys.modules if name.startswith("step_")])

    def test_stop_while_the_step_is_put_away_loses_nothing(self) -> None:
        flush = session.flush
        self.addCleanup(setattr, session, "flush", flush)

        def interrupted() -> None:
            session.flush = flush
            raise KeyboardInterrupt

        session.flush = interrupted
        self.assertEqual(self.run_ok("def handler(pd):\n  pd.export('a', 1)\n  return 2"), {"a": 1, "$return_value": 2})
        self.assertFalse([name for name in sys.modules if name.startswith("step_")])
        self.assertIsNone(current.bridge())

    def test_closed_stream_is_replaced(self) -> None:
        with open(os.devnull, "w") as closed:
            pass
        self.assertIs(session._usable(sys.stdout, 1), sys.stdout)
        with contextlib.closing(session._usable(closed, 1)) as usable:
            self.assertFalse(usable.closed)
            self.assertTrue(usable.line_buffering)
