"""`packages.ensure`: compiled packages of Pyodide's own distribution."""

from __future__ import annotations

import importlib
import io
import json
import types
import zipfile
from typing import Any
from unittest import mock

from .fake_index import wheel
from .package_support import PackageTest, needs_micropip


@needs_micropip
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
