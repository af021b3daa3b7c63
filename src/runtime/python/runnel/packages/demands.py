"""What all steps of a workflow ask for together: it has one version of each package."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .distributions import distribution_for, import_key, normalize
from .imports import needs_of
from .locked import Locked, closure
from .problems import PackageProblem, steps_disagree

_PARTS = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*([^;]*)")
_EXACT = re.compile(r"==\s*([\w.!+-]+)")


@dataclass(frozen=True)
class StepCode:
    """A step of the workflow. Disabled ones ask for nothing, but what they need is kept."""

    name: str
    code: str
    enabled: bool


@dataclass(frozen=True)
class Demand:
    """A step asks for a package in some version. `text`: as written; `specifier`: the part with the version."""

    step: str
    package: str
    specifier: str
    text: str
    line: int

    @property
    def place(self) -> str:
        """For a message: who asks for what, and where."""
        return f"{self.step} asks for {self.package}{self.specifier} (line {self.line})"


@dataclass
class Workflow:
    """The steps of a workflow and the packages it was run with so far."""

    steps: list[StepCode] = field(default_factory=list)
    lock: dict[str, Locked] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Mapping[str, Any]) -> Workflow:
        """From the page's JSON: `{"steps": [{name, code, enabled}], "lock": [LockedPackage]}`."""
        steps = [StepCode(step["name"], step["code"], step["enabled"]) for step in request["steps"]]
        return cls(steps, {entry["name"]: Locked.of(entry) for entry in request["lock"]})

    def with_step(self, name: str, code: str) -> list[StepCode]:
        """The steps, with the one that runs as it runs."""
        own = StepCode(name, code, True)
        steps = [own if step.name == name else step for step in self.steps]
        return steps if own in steps else [*steps, own]


def demands_of(steps: Iterable[StepCode]) -> dict[str, list[Demand]]:
    """The versions that enabled steps ask for, by package; what is asked for without a version isn't there."""
    found: dict[str, list[Demand]] = {}
    for step in steps:
        if step.enabled:
            for request in needs_of(step.code).requests:
                name, specifier = split(request.requirement)
                if name and specifier:
                    demand = Demand(step.name, name, specifier, request.requirement, request.line)
                    found.setdefault(name, []).append(demand)
    return found


def disagreement(package: str, demands: Sequence[Demand]) -> PackageProblem | None:
    """The problem of two demands that no version can meet; None where one may."""
    for index, first in enumerate(demands):
        for second in demands[index + 1 :]:
            if first.specifier != second.specifier and _exclude(first.specifier, second.specifier):
                return steps_disagree(package, first.place, second.place)
    return None


def split(requirement: str) -> tuple[str, str]:
    """Name and specifier (or `@ address`) of a requirement as written; ("", "") where it is none."""
    match = _PARTS.match(requirement.strip())
    return (normalize(match[1]), match[3].strip()) if match else ("", "")


def constraints_of(demands: Mapping[str, Sequence[Demand]]) -> list[str]:
    """As micropip takes them."""
    texts = (f"{name}{demand.specifier}" for name, listed in demands.items() for demand in listed)
    return [text for text in dict.fromkeys(texts) if "@" not in text]


def meets(entry: Locked, demands: Sequence[Demand]) -> bool:
    """Whether a locked package is what is asked for."""
    if entry.source.startswith("http") and not any(entry.source in demand.specifier for demand in demands):
        return False
    return all(demand.text in entry.asked or _fits(entry, demand.specifier) for demand in demands)


def _fits(entry: Locked, specifier: str) -> bool:
    if specifier.startswith("@"):
        return entry.source == specifier.removeprefix("@").strip()
    exact = _EXACT.fullmatch(specifier)
    if exact and exact[1] == entry.version:
        return True
    from .micropip_driver import fits

    return fits(entry.version, specifier)


def _exclude(first: str, second: str) -> bool:
    if "@" in first or "@" in second:
        return True
    from .micropip_driver import fits

    for one, other in ((first, second), (second, first)):
        exact = _EXACT.fullmatch(one)
        if exact:
            return not fits(exact[1], other)
    return False  # two ranges: the resolver tells


def lock_after(steps: Sequence[StepCode], known: Mapping[str, Locked], before: Mapping[str, Locked]) -> dict[str, Locked]:
    """The packages that any of the steps needs, of those that are known. Nothing is dropped while a step's code can't be read:
    it will be mended, and should find what it had."""
    asked: dict[str, dict[str, None]] = {}
    for step in steps:
        for name, text in _names(step.code):
            asked.setdefault(name, {})[text] = None
    found = closure(asked, known)
    if not all(needs_of(step.code).readable for step in steps):
        found = {**before, **found}
    return {
        name: replace(
            entry,
            requires=tuple(need for need in entry.requires if need in found),
            asked=tuple(asked.get(name, ())),
        )
        for name, entry in sorted(found.items())
    }


@functools.lru_cache(1024)
def _names(code: str) -> tuple[tuple[str, str], ...]:
    """Packages that the code leads to, and what in it does."""
    needs = needs_of(code)
    requested = [(split(request.requirement)[0], request.requirement) for request in needs.requests]
    imported = [(distribution_for(entry.module), import_key(entry.module)) for entry in needs.imports]
    return tuple(dict.fromkeys([*requested, *imported]))
