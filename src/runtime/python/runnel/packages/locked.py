"""One package as a workflow's lock has it (`LockedPackage` of the page), and what belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Locked:
    """`source`: `index`, `pyodide` (its own distribution), or the address that a step names. `asked`: what in the steps' code
    leads to it, the name of an import or a requirement as written. Names are normalised."""

    name: str
    version: str
    sha256: str
    filename: str
    source: str
    requires: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Locked:
        """From the page's JSON."""
        texts = {key: entry[key] for key in ("name", "version", "sha256", "filename", "source")}
        return cls(**texts, requires=tuple(entry["requires"]), asked=tuple(entry["asked"]))

    def json(self) -> dict[str, Any]:
        """For the page."""
        return asdict(self)

    def is_same_file(self, other: Locked | None) -> bool:
        """Whether both stand for one file."""
        return other is not None and self.sha256 == other.sha256


def closure(names: Iterable[str], known: Mapping[str, Locked]) -> dict[str, Locked]:
    """The packages of these names and all that they need, as far as they are known."""
    waiting = list(names)
    found: dict[str, Locked] = {}
    while waiting:
        name = waiting.pop()
        entry = known.get(name)
        if entry is not None and name not in found:
            found[name] = entry
            waiting.extend(entry.requires)
    return found


def dependents(name: str, known: Mapping[str, Locked]) -> set[str]:
    """Which packages need this one, directly or not."""
    return {other for other in known if other != name and name in closure([other], known)}
