"""What is installed in this interpreter, and as which file."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable

from .locked import Locked

_installed: dict[str, Locked] = {}


def add(entry: Locked) -> None:
    """It is installed now."""
    _installed[entry.name] = entry


def discard(names: Iterable[str]) -> None:
    """They are gone."""
    for name in names:
        _installed.pop(name, None)


def all_installed() -> dict[str, Locked]:
    """Everything that was installed for steps, by name."""
    return dict(_installed)


def get(name: str) -> Locked | None:
    """The installed package's entry; None where it isn't there, or was installed by the step's own code."""
    return _installed.get(name)


def has(name: str) -> bool:
    """Whether the package is there, whoever installed it."""
    return name in _installed or version_of(name) is not None


def version_of(name: str) -> str | None:
    """The installed version of a package, or None."""
    entry = _installed.get(name)
    if entry is not None:
        return entry.version
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
