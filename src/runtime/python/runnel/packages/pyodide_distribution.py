"""Packages of Pyodide's own distribution, which is compiled for the browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import host
from . import registry, unpacking
from .attempt import Attempt
from .distributions import normalize
from .downloads import download
from .locked import Locked
from .problems import DistributionUnreachable, PackageProblem, outdated_lock

_pure_packages: dict[str, list[str]] = {}


def learn_pure_packages(needs: Mapping[str, Sequence[str]]) -> None:
    """For each compiled package the pure Python ones that it needs: these come from the index."""
    _pure_packages.clear()
    _pure_packages.update({normalize(name): [normalize(need) for need in pure] for name, pure in needs.items()})


def pure_needs(name: str) -> list[str]:
    """The pure packages that a compiled one needs."""
    return _pure_packages.get(name, [])


def entry_of(name: str) -> Locked:
    """A package of the distribution as a lock has it."""
    entry = unpacking.distribution()[name]
    depends = [normalize(other) for other in entry["depends"]]
    return Locked(
        name, entry["version"], entry["sha256"], entry["file_name"], "pyodide", tuple([*depends, *pure_needs(name)])
    )


def check(entry: Locked) -> None:
    """Raises `PackageProblem` where this version of Pyodide has another build than the one that was locked."""
    known = unpacking.distribution().get(entry.name)
    if known is None or known["sha256"] != entry.sha256:
        raise outdated_lock(entry, known["version"] if known else None)


async def load(names: Iterable[str], attempt: Attempt) -> None:
    """Installs packages with all that they need of the distribution. Raises `DistributionUnreachable`."""
    wanted = [name for name in _in_order(names) if not registry.has(name)]
    entries = [entry_of(name) for name in wanted]
    try:
        files = await download(entries, attempt)
    except PackageProblem as problem:
        if problem.kind == "gateway":
            raise
        raise DistributionUnreachable(wanted, problem.detail) from None
    for entry in entries:
        await install(entry, files[entry.name], attempt)


async def install(entry: Locked, data: bytes, attempt: Attempt) -> None:
    """Puts a file of the distribution in its place. What it needs must be there."""
    known: dict[str, Any] = unpacking.distribution()[entry.name]
    if known["package_type"] == "package":
        host.phase(f"Installing {entry.name}…")
    metadata = {"INSTALLER": "runnel", "PYODIDE_SOURCE": "pyodide"}
    await unpacking.unpack(data, entry.filename, known["install_dir"], metadata)
    unpacking.mark_loaded(known["name"])
    attempt.add(entry, is_library=known["package_type"] != "package")


def _in_order(names: Iterable[str]) -> list[str]:
    """The packages and what they need, each after what it needs."""
    lock = unpacking.distribution()
    found: dict[str, None] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in found or name in above:
            return
        for other in lock[name]["depends"]:
            visit(normalize(other), (*above, name))
        found[name] = None

    for name in names:
        visit(normalize(str(name)), ())
    return list(found)
