"""Installs what the lock names: no index is asked, the files are downloaded side by side and checked."""

from __future__ import annotations

from collections.abc import Mapping

from .. import host
from . import pyodide_distribution, unpacking
from .attempt import Attempt
from .downloads import download
from .locked import Locked


async def install_locked(entries: Mapping[str, Locked], attempt: Attempt) -> None:
    """Installs packages, each after what it needs of Pyodide's distribution. Raises `PackageProblem` before anything is
    installed, or not at all."""
    for entry in entries.values():
        if entry.source == "pyodide":
            pyodide_distribution.check(entry)
    files = await download(entries.values(), attempt)
    for entry in _in_order(entries):
        if entry.source == "pyodide":
            await pyodide_distribution.install(entry, files[entry.name], attempt)
        else:
            host.phase(f"Installing {entry.name}…")
            metadata = {"INSTALLER": "runnel", "PYODIDE_SHA256": entry.sha256}
            await unpacking.unpack(files[entry.name], entry.filename, "site", metadata)
            attempt.add(entry)


def _in_order(entries: Mapping[str, Locked]) -> list[Locked]:
    """Each package after those that it needs: its native code is loaded with it, and links to theirs."""
    found: dict[str, Locked] = {}

    def visit(entry: Locked, above: tuple[str, ...]) -> None:
        if entry.name in found or entry.name in above:
            return
        for need in entry.requires:
            if need in entries:
                visit(entries[need], (*above, entry.name))
        found[entry.name] = entry

    for entry in entries.values():
        visit(entry, ())
    return list(found.values())
