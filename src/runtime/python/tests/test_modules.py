"""Globals of imported modules are put back after a step."""

from __future__ import annotations

import pathlib
import sys
import tempfile
from typing import Any

from runnel import modules, session

from .support import BridgeTest


class Modules(BridgeTest):
    def setUp(self) -> None:
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        # Beside the scratch directory: what lies in that is dropped as a whole.
        self.library = pathlib.Path(directory.name)
        sys.path.insert(0, directory.name)
        self.addCleanup(sys.path.remove, directory.name)

    def write(self, name: str, text: str) -> None:
        (self.library / name).parent.mkdir(exist_ok=True)
        (self.library / name).write_text(text)
        self.addCleanup(sys.modules.pop, name.removesuffix(".py").replace("/", ".").removesuffix(".__init__"), None)

    def test_a_library_that_was_there_before_is_put_back(self) -> None:
        import json

        loads = json.loads
        code = """
            import json
            json.leak = 1
            json.loads = lambda text: "fake"
            del json.dumps
            def handler(pd): ...
        """
        self.run_ok(code)
        self.assertFalse(hasattr(json, "leak"))
        self.assertIs(json.loads, loads)
        self.assertTrue(callable(json.dumps))

    def test_a_library_that_the_step_imported_is_put_back(self) -> None:
        self.write("runnel_sample.py", "api_key = None\ndef get(): return 'real'\n")
        code = """
            import runnel_sample
            runnel_sample.api_key = "mine"
            runnel_sample.get = lambda: "fake"
            def handler(pd): ...
        """
        with _LibraryOnPath(self.library):
            self.run_ok(code)
            module: Any = sys.modules["runnel_sample"]
        self.assertEqual((module.api_key, module.get()), (None, "real"))

    def test_submodules_stay_where_they_hang(self) -> None:
        self.write("runnel_pack/__init__.py", "")
        self.write("runnel_pack/inner.py", "value = 1\n")
        code = """
            import runnel_pack.inner
            def handler(pd): ...
        """
        with _LibraryOnPath(self.library):
            self.run_ok(code)
            package: Any = sys.modules["runnel_pack"]
        self.assertEqual(package.inner.value, 1)

    def test_a_module_that_is_gone_is_forgotten(self) -> None:
        self.write("runnel_gone.py", "value = 1\n")
        with _LibraryOnPath(self.library):
            self.run_ok("import runnel_gone\ndef handler(pd): ...")
            self.assertIn("runnel_gone", modules._pristine)
            del sys.modules["runnel_gone"]
            session.begin_run()
        self.assertNotIn("runnel_gone", modules._pristine)


class _LibraryOnPath:
    """The session puts `sys.path` back to its baseline, so the baseline gets the library."""

    def __init__(self, library: pathlib.Path) -> None:
        self.library = str(library)

    def __enter__(self) -> None:
        assert session._baseline is not None
        session._baseline.path.insert(0, self.library)

    def __exit__(self, *_: object) -> None:
        assert session._baseline is not None
        session._baseline.path.remove(self.library)
