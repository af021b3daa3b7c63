"""What a workflow's next visit starts from: which packages are imported beforehand, and which must not be."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import random
import sys
import tempfile
import unittest
from typing import Any
from unittest import mock

from runnel import keeping, kept, session
from runnel.packages import registry

from .fake_index import wheel
from .support import BridgeTest


class KeepingTest(BridgeTest):
    def setUp(self) -> None:
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.site = os.path.join(directory.name, "site")
        self.folder = os.path.join(directory.name, "keeping")
        os.makedirs(self.folder)
        os.makedirs(self.site)
        self.lock: list[dict[str, Any]] = []
        self.addCleanup(self._forget_modules, set(sys.modules))
        for patch in (
            mock.patch.object(keeping, "FOLDER", self.folder),
            mock.patch.object(sys, "path", [*sys.path, self.site]),
            mock.patch.object(session, "_baseline", None),  # another sys.path
            mock.patch.object(registry, "_installed", {}),
            mock.patch.multiple(kept, _modules=set(), _environment=set(), _generators=[]),
        ):
            patch.start()
            self.addCleanup(patch.stop)

    @staticmethod
    def _forget_modules(before: set[str]) -> None:
        for name in set(sys.modules) - before:
            del sys.modules[name]
        importlib.invalidate_caches()

    def add(self, name: str, code: str = "", requires: tuple[str, ...] = (), **entry: Any) -> None:
        """A package that is locked, with a wheel of one module."""
        data = wheel(name, "1.0", requires, code)
        filename = entry.get("filename", f"{name}-1.0-py3-none-any.whl")
        with open(os.path.join(self.folder, filename), "wb") as file:
            file.write(data)
        self.lock.append(
            {
                "name": name.replace("_", "-"),
                "version": "1.0",
                "sha256": hashlib.sha256(data).hexdigest(),
                "filename": filename,
                "source": "index",
                "asked": [],
                "requires": list(requires),
                **entry,
            }
        )

    def plan(self, *codes: str, without: tuple[str, ...] = (), unimported: tuple[str, ...] = ()) -> list[str]:
        """Names of the files that are wanted."""
        steps = [{"name": str(index), "code": code, "enabled": True} for index, code in enumerate(codes)]
        request = {"steps": steps, "lock": self.lock, "without": without, "unimported": unimported}
        return [os.path.basename(file["path"]) for file in json.loads(keeping.plan(json.dumps(request)))]

    def keep(self, *codes: str, **left_out: tuple[str, ...]) -> list[str]:
        """All of it; gives the packages that are in the way."""
        self.plan(*codes, **left_out)
        self.assertEqual(json.loads(keeping.unpack(self.site)), [])
        return json.loads(keeping.import_all())

    def test_what_the_steps_import_is_imported_and_counts_as_installed(self) -> None:
        self.add("alpha_of_test", "import beta_of_test\nvalue = beta_of_test.version", ("beta-of-test",))
        self.add("beta_of_test")
        self.add("gamma_of_test")
        code = "import alpha_of_test\ntry:\n    import gone_of_test\nexcept ImportError:\n    pass\n"
        self.assertEqual(self.keep(code), [])
        self.assertIn("beta_of_test", sys.modules)
        self.assertNotIn("gamma_of_test", sys.modules)
        self.assertEqual(set(registry.all_installed()), {"alpha-of-test", "beta-of-test", "gamma-of-test"})
        keeping.finish()
        self.assertEqual(os.listdir(self.folder), [])
        self.run_ok("import alpha_of_test\ndef handler(pd):\n    pd.export('value', alpha_of_test.value)")
        self.assertEqual(self.exports["value"], "1.0")

    def test_from_a_import_b_imports_b_where_it_is_a_module(self) -> None:
        self.add("alpha_of_test")
        os.makedirs(os.path.join(self.site, "whole_of_test"))
        for name in ("__init__", "part", "other"):
            with open(os.path.join(self.site, "whole_of_test", f"{name}.py"), "w") as file:
                file.write("CONSTANT = 1\n")
        self.add("whole_of_test")
        self.assertEqual(self.keep("from whole_of_test import part, CONSTANT, absent\nfrom whole_of_test.part import CONSTANT"), [])
        self.assertIn("whole_of_test.part", sys.modules)
        self.assertNotIn("whole_of_test.other", sys.modules)

    def test_compiled_packages_and_what_needs_them_are_not_imported(self) -> None:
        self.add("alpha_of_test", "raise AssertionError", ("native-of-test",))
        self.add("native_of_test", filename="native_of_test-1.0-cp314-cp314-emscripten_4_wasm32.whl", source="pyodide")
        self.add("beta_of_test")
        self.assertEqual(self.plan("import alpha_of_test, beta_of_test")[-1], "beta_of_test-1.0-py3-none-any.whl")
        self.assertEqual(self.keep("import alpha_of_test, beta_of_test"), [])
        self.assertNotIn("alpha_of_test", sys.modules)
        self.assertIn("beta_of_test", sys.modules)
        keeping.compile_rest()
        compiled = os.listdir(os.path.join(self.site, "__pycache__"))
        self.assertIn(f"alpha_of_test.{sys.implementation.cache_tag}.pyc", compiled)

    def test_another_file_than_the_locked_is_refused(self) -> None:
        self.add("alpha_of_test")
        self.lock[0]["sha256"] = "0" * 64
        self.plan("import alpha_of_test")
        with self.assertRaisesRegex(ValueError, "alpha_of_test-1.0"):
            keeping.unpack(self.site)

    def test_imports_whose_outcome_depends_on_the_moment_are_found(self) -> None:
        impure = {
            "the time": "import time\nat = time.time()",
            "the clock": "from time import monotonic\nat = monotonic()",
            "today": "import datetime\nat = datetime.datetime.now()",
            "chance": "import uuid\nown = uuid.uuid4()",
            "a secret": "import secrets\nown = secrets.token_hex()",
            "a draw": "import random\nown = random.random()",
            "all variables": "import os\nown = dict(os.environ)",
            "the network": "from runnel.net import host\ntry:\n    host.relay()\nexcept RuntimeError:\n    pass",
            "an open file": "held = open(__file__)",
            "an error": "1 / 0",
            "an exit": "raise SystemExit(1)",
            "what is not here": "try:\n    import native_of_test\nexcept ImportError:\n    pass",
        }
        self.add("native_of_test", filename="native_of_test-1.0-cp314-cp314-emscripten_4_wasm32.whl", source="pyodide")
        for index, (why, source) in enumerate(impure.items()):
            name = f"impure_{index}_of_test"
            self.add(name, source)
            self.add(f"user_{index}_of_test", f"import {name}", (name.replace("_", "-"),))
            with self.subTest(why):
                code = f"import user_{index}_of_test"
                refused = self.keep(code)
                blamed = f"user-{index}-of-test" if why in ("a draw", "an open file", "an error", "an exit") else None
                self.assertEqual(refused, [blamed or name.replace("_", "-")])
                self.lock = [entry for entry in self.lock if entry["name"] == "native-of-test"]
                self._forget_modules({name for name in sys.modules if not name.endswith("_of_test")})

    def test_what_is_in_the_way_is_left_out_next_time(self) -> None:
        self.add("impure_of_test", "import time\nat = time.time()")
        self.add("user_of_test", "import impure_of_test", ("impure-of-test",))
        self.add("alpha_of_test")
        self.assertEqual(self.keep("import user_of_test, alpha_of_test", unimported=("impure-of-test",)), [])
        self.assertIn("alpha_of_test", sys.modules)
        self.assertNotIn("user_of_test", sys.modules)
        self.assertEqual(len(self.plan("import alpha_of_test", without=("user-of-test",))), 2)

    def test_watched_functions_are_not_taken_along(self) -> None:
        self.add("alpha_of_test", "from time import monotonic\nfrom os import urandom, getenv\nfrom random import random")
        self.assertEqual(self.keep("import alpha_of_test"), [])
        import time

        module = sys.modules["alpha_of_test"]
        self.assertIs(module.monotonic, time.monotonic)
        self.assertIs(module.urandom, os.urandom)
        self.assertIsNone(sys.getprofile())

    def test_generators_without_a_seed_are_seeded_anew_and_only_these(self) -> None:
        self.add("alpha_of_test", "import random\nfree = random.Random()\nfixed = random.Random(42)\nonce = random.Random()\nonce.seed(1)")
        self.assertEqual(self.keep("import alpha_of_test"), [])
        module = sys.modules["alpha_of_test"]
        before = module.free.getstate()
        kept.renew()
        self.assertNotEqual(module.free.getstate(), before)
        self.assertEqual(module.fixed.random(), random.Random(42).random())
        self.assertEqual(module.once.random(), random.Random(1).random())

    def test_what_looked_for_a_variable_is_imported_anew_where_a_step_has_it(self) -> None:
        self.add("alpha_of_test", "import os\ndebug = os.environ.get('ALPHA_DEBUG', 'no')")
        self.assertEqual(self.keep("import alpha_of_test"), [])
        code = "import alpha_of_test\ndef handler(pd):\n    pd.export('debug', alpha_of_test.debug)"
        first = sys.modules["alpha_of_test"]
        self.assertEqual(self.run_ok(code, env={"OTHER": "yes"}), {"debug": "no"})
        self.assertIs(sys.modules["alpha_of_test"], first)
        self.assertEqual(self.run_ok(code, env={"ALPHA_DEBUG": "yes"}), {"debug": "yes"})

    def test_what_an_import_changes_outside_of_itself_is_put_back(self) -> None:
        self.add("alpha_of_test", "import logging, os, sys\nos.environ['LEFT'] = '1'\nsys.path.append('/left')\nlogging.basicConfig()")
        self.assertEqual(self.keep("import alpha_of_test"), [])
        import logging

        self.assertNotIn("LEFT", os.environ)
        self.assertNotIn("/left", sys.path)
        self.assertEqual(logging.root.handlers, [])


if __name__ == "__main__":
    unittest.main()
