"""A base for tests of `packages.ensure` with the real micropip over an index in memory.

micropip comes from the runtime's build (`.cache/runtime`): where that has not run yet, these tests are skipped and say so.
"""

from __future__ import annotations

import asyncio
import atexit
import functools
import glob
import importlib
import json
import os
import sys
import tempfile
import unittest
import zipfile
from typing import Any
from unittest import mock

from runnel import packages
from runnel.packages import attempt, micropip_driver

from .fake_index import FakeIndex
from .support import BridgeTest

_ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../../.."))
_WHEELS = sorted(glob.glob(os.path.join(_ROOT, ".cache/runtime/micropip-*.whl")))
_REASON = "no micropip in .cache/runtime: run `npm run build` first"

needs_micropip = unittest.skipUnless(_WHEELS, _REASON)

if not _WHEELS:
    print(f"Tests of installing packages (test_package*.py) are skipped: {_REASON}", file=sys.stderr)


@functools.cache
def _micropip() -> str:
    """Folder with micropip unpacked; it can't be imported from its wheel."""
    directory = tempfile.TemporaryDirectory()
    atexit.register(directory.cleanup)
    for path in _WHEELS[-1:]:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(directory.name)
    return directory.name


class PackageTest(BridgeTest):
    """Each test has an index and a site directory of its own."""

    def setUp(self) -> None:
        super().setUp()
        self.index = FakeIndex()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.site = directory.name
        self.addCleanup(self._forget_modules, set(sys.modules))
        for patch in (
            mock.patch.object(attempt, "fetch", self.index.fetch),
            mock.patch("site.getsitepackages", lambda: [self.site]),
            mock.patch.object(sys, "path", [_micropip(), *sys.path, self.site]),
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
        """What `packages.ensure` says."""
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
