"""`packages.ensure` with the real micropip over an index in memory.

micropip comes from the runtime's build (`.cache/runtime`): where that has not run yet, these tests are skipped and say so.
"""

from __future__ import annotations

import asyncio
import glob
import importlib
import io
import json
import os
import sys
import tempfile
import types
import unittest
import zipfile
from typing import Any
from unittest import mock

from runnel import packages
from runnel.packages import attempt, ensuring, micropip_driver

from .fake_index import FakeIndex, wheel
from .support import BridgeTest

_ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../../.."))
_WHEELS = sorted(glob.glob(os.path.join(_ROOT, ".cache/runtime/micropip-*.whl")))


_unpacked = tempfile.TemporaryDirectory()


def setUpModule() -> None:  # noqa: N802 - unittest's name
    if _WHEELS:
        with zipfile.ZipFile(_WHEELS[-1]) as wheel:
            wheel.extractall(_unpacked.name)


def tearDownModule() -> None:  # noqa: N802 - unittest's name
    _unpacked.cleanup()


class PackageTest(BridgeTest):
    def setUp(self) -> None:
        super().setUp()
        self.index = FakeIndex()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.site = directory.name
        modules = set(sys.modules)
        self.addCleanup(self._forget_modules, modules)
        for patch in (
            mock.patch.object(attempt, "fetch", self.index.fetch),
            mock.patch("site.getsitepackages", lambda: [self.site]),
            mock.patch.object(sys, "path", [_unpacked.name, *sys.path, self.site]),
            mock.patch.multiple(micropip_driver, _manager=None, _layer=None),
            mock.patch.object(packages, "_done", set()),
            mock.patch.object(packages, "_pure_packages", {}),
        ):
            patch.start()
            self.addCleanup(patch.stop)
        importlib.invalidate_caches()

    @staticmethod
    def _forget_modules(before: set[str]) -> None:
        for name in set(sys.modules) - before:
            if not name.startswith("micropip"):  # importing it takes a while, and it is the same for all
                del sys.modules[name]

    def ensure(self, code: str) -> dict[str, Any]:
        result: dict[str, Any] = json.loads(asyncio.run(packages.ensure(code)))
        return result

    def install(self, code: str) -> dict[str, str]:
        """Must succeed; what was installed, by name."""
        result = self.ensure(code)
        self.assertEqual(result["status"], "ok", result)
        return {package["name"]: package["version"] for package in result["installed"]}

    def refused(self, code: str) -> dict[str, Any]:
        """Must fail; the error."""
        result = self.ensure(code)
        self.assertEqual(result["status"], "failed", result)
        error: dict[str, Any] = result["error"]
        self.assertEqual((error["code"], error["type"]), ("PackageUnavailable", "PackageUnavailable"))
        self.assertEqual(set(error), {"code", "type", "message", "line", "column", "traceback", "hint"})
        return error


class Nothing(PackageTest):
    """What needs no micropip: it must not even be loaded."""

    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch.object(micropip_driver, "prepare", side_effect=AssertionError("micropip was loaded"))
        patch.start()
        self.addCleanup(patch.stop)

    def test_standard_library_and_bridge(self) -> None:
        code = "import json, os.path, asyncio, tkinter\nfrom pipedream.script_helpers import steps\nfrom xml.dom import minidom"
        self.assertEqual(self.install(code), {})

    def test_code_that_is_no_python(self) -> None:
        self.assertEqual(self.install("import requests_of_test ("), {})

    def test_impossible_package(self) -> None:
        error = self.refused("x = 1\nimport torch\n")
        self.assertEqual((error["line"], error["column"]), (2, 1))
        self.assertIn("torch can't work in the browser", error["message"])
        self.assertIn("import torch", error["traceback"])

    def test_impossible_but_optional(self) -> None:
        self.assertEqual(self.install("try:\n  import torch\nexcept ImportError:\n  torch = None"), {})

    def test_module_in_the_scratch_directory(self) -> None:
        with open(os.path.join(self.scratch, "helper_of_test.py"), "w"):
            sys.path.insert(0, "")
        importlib.invalidate_caches()
        self.assertEqual(self.install("import helper_of_test"), {})


@unittest.skipUnless(_WHEELS, "packages: no micropip in .cache/runtime, run `npm run build` first")
class Micropip(PackageTest):
    def test_import_is_enough(self) -> None:
        """fact 17: what a step imports is found and installed."""
        self.index.add("alpha_of_test", "1.2", requires=("beta-of-test>=2",))
        self.index.add("beta_of_test", "1.9")
        self.index.add("beta_of_test", "2.1")
        code = "def handler(pd):\n  import alpha_of_test\n"
        self.assertEqual(self.install(code), {"alpha-of-test": "1.2", "beta-of-test": "2.1"})
        self.assertEqual(importlib.import_module("beta_of_test").version, "2.1")
        self.assertEqual(self.host.packages, json.loads(json.dumps(self.host.packages)))
        self.assertEqual({package["name"] for package in self.host.packages}, {"alpha-of-test", "beta-of-test"})

    def test_progress(self) -> None:
        self.index.add("alpha_of_test")
        self.install("import alpha_of_test")
        self.assertEqual(
            [self.host.phases[0], self.host.phases[-1]], ["Looking up alpha-of-test…", "Installing alpha-of-test…"]
        )
        self.assertIn("Downloading alpha-of-test…", self.host.phases)

    def test_second_time_asks_nothing(self) -> None:
        self.index.add("alpha_of_test")
        self.install("import alpha_of_test")
        self.index.requests.clear()
        with mock.patch.object(ensuring, "imports_of", side_effect=AssertionError("was looked at again")):
            self.assertEqual(self.install("import alpha_of_test"), {})
        self.assertEqual(self.install("import alpha_of_test  # other code"), {})
        self.assertEqual(self.index.requests, [])

    def test_add_package(self) -> None:
        """fact 18: the comment names the package of an import, with a version if wanted."""
        self.index.add("alpha_of_test", "1.0")
        self.index.add("alpha_of_test", "2.0")
        self.assertEqual(self.install("# pipedream add-package alpha-of-test==1.0\nimport alpha_of_test"), {"alpha-of-test": "1.0"})

    def test_another_version_replaces_the_installed_one(self) -> None:
        """fact 18: a pin counts, whatever is installed."""
        self.index.add("alpha_of_test", "1.0")
        self.index.add("alpha_of_test", "2.0")
        self.install("import alpha_of_test")
        self.assertEqual(importlib.import_module("alpha_of_test").version, "2.0")
        self.assertEqual(self.install("# pipedream add-package alpha-of-test==1.0"), {"alpha-of-test": "1.0"})
        self.assertEqual(importlib.import_module("alpha_of_test").version, "1.0")

    def test_script_metadata(self) -> None:
        """fact 18: PEP 723's block counts as well."""
        self.index.add("alpha_of_test")
        self.assertEqual(self.install('# /// script\n# dependencies = ["alpha-of-test"]\n# ///\n'), {"alpha-of-test": "1.0"})

    def test_stand_in_is_left_out_where_not_needed(self) -> None:
        self.index.add("fast_of_test")
        self.index.add("slow_of_test")
        code = "try:\n  import fast_of_test as f\nexcept ImportError:\n  import slow_of_test as f"
        self.assertEqual(self.install(code), {"fast-of-test": "1.0"})

    def test_stand_in_is_installed_where_needed(self) -> None:
        self.index.add("slow_of_test")
        code = "try:\n  import fast_of_test as f\nexcept ImportError:\n  import slow_of_test as f"
        self.assertEqual(self.install(code), {"slow-of-test": "1.0"})

    def test_pure_packages_of_compiled_ones(self) -> None:
        """Pyodide's compiled packages need pure ones that its cut lock file does not hold."""
        packages.configure(json.dumps({"purePackages": {"Alpha_Of.Test": ["beta-of-test"]}, "imports": {}}))
        self.index.add("alpha_of_test")
        self.index.add("beta_of_test")
        self.assertEqual(set(self.install("import alpha_of_test")), {"alpha-of-test", "beta-of-test"})


@unittest.skipUnless(_WHEELS, "packages: no micropip in .cache/runtime, run `npm run build` first")
class Distribution(PackageTest):
    """Compiled packages, which Pyodide's loader fetches from its own server."""

    def setUp(self) -> None:
        super().setUp()
        from micropip._compat import compatibility_layer

        self.reachable = True
        self.asked: list[str] = []
        entry = {"package_type": "package", "version": "1.0"}
        lock = {
            "fast-of-test": {**entry, "name": "fast-of-test", "file_name": "fast_of_test-1.0.whl", "depends": ["core-of-test"]},
            "core-of-test": {**entry, "name": "core-of-test", "file_name": "core_of_test-1.0.whl", "depends": []},
        }
        patch = mock.patch.multiple(compatibility_layer, lockfile_packages=lock, loadPackage=staticmethod(self._load))
        patch.start()
        self.addCleanup(patch.stop)

    async def _load(self, names: list[str], messageCallback: Any, errorCallback: Any) -> list[Any]:  # noqa: N803
        """Like Pyodide's: what fails goes to the callback only."""
        self.asked.extend(names)
        messageCallback(f"Loading {', '.join(names)}")
        if not self.reachable:
            errorCallback("Failed to load 'http://packages.invalid/distribution/x': request failed.")
            return []
        for name in ("fast_of_test", "core_of_test"):
            with zipfile.ZipFile(io.BytesIO(wheel(name, "1.0"))) as archive:
                archive.extractall(self.site)
        importlib.invalidate_caches()
        made = [("fast-of-test", "package"), ("core-of-test", "package"), ("libof", "shared_library")]
        return [types.SimpleNamespace(name=name, version="1.0", packageType=kind) for name, kind in made]

    def test_lock_file_is_asked_first(self) -> None:
        self.index.add("fast_of_test", "2.0")
        self.assertEqual(self.install("import fast_of_test"), {"fast-of-test": "1.0", "core-of-test": "1.0"})
        self.assertEqual((self.asked, self.index.requests), (["fast-of-test"], []))
        self.assertIn("Downloading fast-of-test…", self.host.phases)

    def test_unreachable(self) -> None:
        self.reachable = False
        error = self.refused("import json\nimport fast_of_test")
        self.assertIn("fast-of-test and core-of-test are part of Pyodide's own distribution", error["message"])
        self.assertIn("fast_of_test-1.0.whl can't be downloaded from files.test", error["message"])
        self.assertEqual(error["line"], 2)
        self.assertNotIn("packages.invalid", json.dumps(error))

    def test_pure_builds_of_the_index_stand_in(self) -> None:
        self.reachable = False
        self.index.add("fast_of_test", "1.0")
        self.index.add("fast_of_test", "2.0")
        self.index.add("core_of_test", "1.0")
        self.assertEqual(self.install("import fast_of_test"), {"fast-of-test": "1.0", "core-of-test": "1.0"})

    def test_other_version_than_the_built_one(self) -> None:
        self.index.list("fast_of_test", "fast_of_test-3.0-cp314-cp314-win_amd64.whl")
        error = self.refused("# pipedream add-package fast-of-test==3.0\nimport fast_of_test")
        self.assertIn("Pyodide's distribution has fast-of-test 1.0", error["message"])


@unittest.skipUnless(_WHEELS, "packages: no micropip in .cache/runtime, run `npm run build` first")
class Failures(PackageTest):
    """fact 19: what can't be had, and why."""

    def test_gateway_gone(self) -> None:
        self.index.gone = True
        error = self.refused("import alpha_of_test")
        self.assertIn("gateway does not answer", error["message"])

    def test_index_unreachable(self) -> None:
        self.index.down = True
        error = self.refused("import json\nimport alpha_of_test")
        self.assertIn("index.test can't be reached", error["message"])
        self.assertEqual(error["line"], 2)
        self.assertIn("network", error["hint"])

    def test_unknown(self) -> None:
        error = self.refused("import requsts")
        self.assertIn("no package named requsts", error["message"])
        self.assertIn("Did you mean requests", error["hint"])
        self.assertIn("add-package", error["hint"])

    def test_native_only(self) -> None:
        self.index.list("alpha_of_test", "alpha_of_test-1.0-cp314-cp314-manylinux_2_17_x86_64.whl", "alpha_of_test-1.0.tar.gz")
        error = self.refused("import alpha_of_test")
        self.assertIn("alpha-of-test has no build for the browser: it holds native code", error["message"])

    def test_source_only(self) -> None:
        self.index.list("alpha_of_test", "alpha_of_test-1.0.tar.gz")
        self.assertIn("only its source is published", self.refused("import alpha_of_test")["message"])

    def test_other_python(self) -> None:
        self.index.add("alpha_of_test", **{"requires-python": "<3.9"})
        self.assertIn("another version of Python: <3.9", self.refused("import alpha_of_test")["message"])

    def test_older_version_for_this_python(self) -> None:
        self.index.add("alpha_of_test", "1.0")
        self.index.add("alpha_of_test", "2.0", **{"requires-python": ">=4"})
        self.assertEqual(self.install("import alpha_of_test"), {"alpha-of-test": "1.0"})

    def test_no_such_version(self) -> None:
        self.index.add("alpha_of_test")
        error = self.refused("# pipedream add-package alpha-of-test==9\nimport alpha_of_test")
        self.assertIn("alpha-of-test==9", error["message"])
        self.assertEqual(error["line"], 1)

    def test_not_a_requirement(self) -> None:
        self.assertIn("no requirement", self.refused("# pipedream add-package ==1")["message"])

    def test_file_unreachable(self) -> None:
        self.index.add("alpha_of_test", **{"core-metadata": False})
        self.index.files_down = True
        error = self.refused("import alpha_of_test")
        self.assertIn("files.test", error["message"])

    def test_metadata_file_missing_is_no_failure(self) -> None:
        self.index.add("alpha_of_test", requires=("beta-of-test",))
        self.index.add("beta_of_test")
        fetch = self.index.fetch

        async def without_metadata(url: str, headers: dict[str, str]) -> Any:
            answer = await fetch(url, headers)
            return attempt.Answer(404, b"", {}) if url.endswith(".metadata") else answer

        with mock.patch.object(attempt, "fetch", without_metadata):
            self.assertEqual(set(self.install("import alpha_of_test")), {"alpha-of-test", "beta-of-test"})

    def test_dependency_is_to_blame(self) -> None:
        self.index.add("alpha_of_test", requires=("beta-of-test",))
        self.index.add("beta_of_test", requires=("gamma-of-test",))
        self.index.add("other_of_test")
        self.index.list("gamma_of_test", "gamma_of_test-1.0-cp314-cp314-win_amd64.whl")
        error = self.refused("import json\nimport alpha_of_test\nimport other_of_test")
        self.assertIn("alpha-of-test needs beta-of-test needs gamma-of-test", error["message"])
        self.assertEqual(error["line"], 2)

    def test_impossible_dependency(self) -> None:
        self.index.add("alpha_of_test", requires=("grpcio",), **{"core-metadata": False})
        error = self.refused("import alpha_of_test")
        self.assertIn("grpcio can't work in the browser", error["message"])
        self.assertIn("(alpha-of-test needs grpcio.)", error["message"])

    def test_conflict(self) -> None:
        self.index.add("alpha_of_test", requires=("beta-of-test<2",))
        self.index.add("beta_of_test", "2.0")
        self.install("import beta_of_test")
        error = self.refused("import alpha_of_test")
        self.assertIn("beta-of-test", error["message"])
        self.assertIn("don't go together", error["message"])

    def test_half_an_installation_is_taken_back(self) -> None:
        packages.configure(json.dumps({"purePackages": {"alpha-of-test": ["beta-of-test"]}}))
        self.index.add("alpha_of_test")
        self.refused("import alpha_of_test")
        self.index.add("beta_of_test")
        self.assertEqual(set(self.install("import alpha_of_test")), {"alpha-of-test", "beta-of-test"})

    def test_unknown_module_of_a_changed_path(self) -> None:
        """Where the code changes sys.path, an import may be the step's own file."""
        self.assertEqual(self.install("import sys\nsys.path.append('lib')\nimport mine_of_test"), {})

    def test_optional_is_no_failure(self) -> None:
        self.index.down = True
        self.assertEqual(self.install("try:\n  import alpha_of_test\nexcept ImportError:\n  pass"), {})

    def test_stop(self) -> None:
        async def stopped() -> str:
            task = asyncio.ensure_future(packages.ensure("import alpha_of_test"))

            async def hang(url: str, headers: dict[str, str]) -> Any:
                task.cancel()
                await asyncio.sleep(30)

            with mock.patch.object(attempt, "fetch", hang):
                return await task

        self.assertEqual(json.loads(asyncio.run(stopped())), {"status": "stopped"})
