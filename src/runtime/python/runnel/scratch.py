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
    for name in [name for name, module in list(sys.modules.items()) if _lies_in(inside, module)]:
        sys.modules.pop(name, None)
    for path in [path for path in sys.path_importer_cache if f"{path}/".startswith(inside)]:
        del sys.path_importer_cache[path]


def _lies_in(folder: str, module: object) -> bool:
    with contextlib.suppress(Exception):  # modules may be anything, and answer anything
        own = vars(module)  # getattr would wake lazy modules up
        spec = own.get("__spec__")
        origin = getattr(spec, "origin", None) or own.get("__file__")
        if isinstance(origin, str):
            return origin.startswith(folder)
        return any(f"{path}/".startswith(folder) for path in spec.submodule_search_locations or ())
    return False
