"""Pyodide's part in an installation: its own distribution, and putting a package's files in their place."""

from __future__ import annotations

import functools
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

    await _api.install(to_js(data), filename, str(get_install_dir(install_dir)), metadata)


def mark_loaded(name: str) -> None:
    """Pyodide's own loader must not load it again."""
    from pyodide_js import loadedPackages

    setattr(loadedPackages, name, "default channel")
