"""`/tmp`: shared by the steps of one run, empty at the start of each (fact 32)."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile

_directory: str | None = "/tmp" if sys.platform == "emscripten" else None


def use(directory: str | None) -> None:
    """Tests: work in a directory of their own, as a machine's real /tmp must not be emptied."""
    global _directory
    _directory = directory


def directory() -> str | None:
    """The scratch directory; None where there is none to empty."""
    return _directory


def empty() -> None:
    """Removes everything in the scratch directory, and makes it the working directory."""
    if _directory is None:
        return
    os.makedirs(_directory, exist_ok=True)
    os.chdir(_directory)
    with os.scandir(_directory) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)
    tempfile.tempdir = None


def forget_modules() -> None:
    """Drops modules that were imported from the scratch directory: the next run may write others."""
    if _directory is None:
        return
    inside = os.path.join(_directory, "")
    for name, module in list(sys.modules.items()):
        if _origin(module).startswith(inside):
            del sys.modules[name]
    for path in [path for path in sys.path_importer_cache if f"{path}/".startswith(inside)]:
        del sys.path_importer_cache[path]


def _origin(module: object) -> str:
    spec = getattr(module, "__spec__", None)
    origin = getattr(spec, "origin", None) or getattr(module, "__file__", None)
    if not isinstance(origin, str):
        locations = getattr(spec, "submodule_search_locations", None)
        origin = next(iter(locations), "") + "/" if locations else ""
    return origin
