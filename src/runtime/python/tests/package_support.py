"""A base for tests of `packages.ensure` with the real micropip over an index in memory.

micropip comes from the runtime's build (`.cache/runtime`): where that has not run yet, these tests are skipped and say so.
"""

from __future__ import annotations

import asyncio
import atexit
import functools
import glob
import importlib
import io
import json
import os
import sys
import tempfile
import unittest
import zipfile
from typing import Any
from unittest import mock

from runnel import packages
from runnel.packages import attempt, demands, micropip_driver, pyodide_distribution, registry, unpacking

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
        self.distribution: dict[str, dict[str, Any]] = {}
        self.addCleanup(self._forget_modules, set(sys.modules))
        for patch in (
            mock.patch.object(attempt, "fetch", self.index.fetch),
            mock.patch("site.getsitepackages", lambda: [self.site]),
            mock.patch.object(sys, "path", [_micropip(), *sys.path, self.site]),
            mock.patch.multiple(micropip_driver, _manager=None, _layer=None),
            mock.patch.object(micropip_driver, "_distribution_down_until", 0.0),
            mock.patch.object(packages, "_done", set()),
            mock.patch.object(packages, "_workflow", demands.Workflow()),
            mock.patch.object(pyodide_distribution, "_pure_packages", {}),
            mock.patch.object(registry, "_installed", {}),
            mock.patch.multiple(unpacking, distribution=lambda: self.distribution, unpack=self._unpack, mark_loaded=str),
        ):
            patch.start()
            self.addCleanup(patch.stop)
        importlib.invalidate_caches()

    @staticmethod
    def _forget_modules(before: set[str]) -> None:
        for name in set(sys.modules) - before:
            if not name.startswith("micropip"):  # importing it takes a while, and it is the same for all
                del sys.modules[name]

    async def _unpack(self, data: bytes, filename: str, install_dir: str, metadata: dict[str, str]) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(self.site)

    def begin(self, *codes: str, lock: list[Any] | None = None, disabled: tuple[str, ...] = ()) -> None:
        """A run of a workflow with these steps, named `a`, `b` and so on."""
        names = "abcdefgh"[: len(codes)]
        steps = [{"name": name, "code": code, "enabled": name not in disabled} for name, code in zip(names, codes)]
        packages.begin_run(json.dumps({"steps": steps, "lock": self.host.lock if lock is None else lock}))

    def forget_installed(self) -> None:
        """As a fresh interpreter: nothing is installed."""
        micropip_driver.uninstall(registry.all_installed())
        packages._done.clear()

    def ensure(self, code: str, step: str = "python") -> dict[str, Any]:
        """What `packages.ensure` says."""
        result: dict[str, Any] = json.loads(asyncio.run(packages.ensure(step, code)))
        return result

    def install(self, code: str, step: str = "python") -> dict[str, str]:
        """Must succeed; what was installed, by name."""
        self.host.packages.clear()
        result = self.ensure(code, step)
        self.assertEqual(result["status"], "ok", result)
        return {package["name"]: package["version"] for package in self.host.packages}

    def locked(self) -> dict[str, str]:
        """Name and version of what the workflow's lock holds now."""
        return {package["name"]: package["version"] for package in self.host.lock}

    def refused(self, code: str, step: str = "python") -> dict[str, Any]:
        """Must fail; the error."""
        result = self.ensure(code, step)
        self.assertEqual(result["status"], "failed", result)
        error: dict[str, Any] = result["error"]
        self.assertEqual((error["code"], error["type"]), ("PackageUnavailable", "PackageUnavailable"))
        self.assertEqual(set(error), {"code", "type", "message", "line", "column", "traceback", "hint"})
        return error
