"""Pyodide's part in an installation: its own distribution, and putting a package's files in their place."""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from typing import Any


@functools.cache
def distribution() -> dict[str, dict[str, Any]]:
    """Pyodide's lock file: the entry of each package that it builds, by normalised name."""
    from pyodide_js import _api

    entries: dict[str, dict[str, Any]] = _api.lockfile_packages.to_py()
    return entries


async def unpack(data: bytes, filename: str, install_dir: str, metadata: dict[str, str]) -> None:
    """Installs a wheel, or a zip of a library, and loads its shared libraries. `install_dir`: `site` or `dynlib`."""
    from pyodide._package_loader import get_install_dir
    from pyodide.ffi import to_js
    from pyodide_js import _api

    folder = str(get_install_dir(install_dir))
    with whole(lambda: data, folder):
        await _api.install(to_js(data), filename, folder, metadata)


def mark_loaded(name: str) -> None:
    """Pyodide's own loader must not load it again."""
    from pyodide_js import loadedPackages

    setattr(loadedPackages, name, "default channel")


@contextlib.contextmanager
def whole(archive: Callable[[], bytes], folder: str) -> Iterator[None]:
    """Where the installation inside fails or is stopped, the archive's files are removed again: half of a package would look
    as if it was there."""
    try:
        yield
    except BaseException:
        _remove(archive(), folder)
        raise


def _remove(archive: bytes, folder: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            names = opened.namelist()
    except zipfile.BadZipFile:
        return
    folders: set[str] = set()
    for name in names:
        with contextlib.suppress(OSError):
            os.unlink(os.path.join(folder, name))
        parent = os.path.dirname(name)
        while parent:
            folders.add(parent)
            parent = os.path.dirname(parent)
    for parent in sorted(folders, key=len, reverse=True):
        # What the installer has written itself, INSTALLER for one, goes with the folder of the metadata.
        if parent.endswith(".dist-info"):
            for entry in _entries(os.path.join(folder, parent)):
                os.unlink(entry)
        with contextlib.suppress(OSError):  # another package's files are in it
            os.rmdir(os.path.join(folder, parent))
    importlib.invalidate_caches()


def _entries(folder: str) -> list[str]:
    try:
        return [entry.path for entry in os.scandir(folder) if entry.is_file()]
    except OSError:
        return []
