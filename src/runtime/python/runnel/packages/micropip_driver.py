"""Drives micropip: its package manager over an index of ours, so that progress shows and failures keep their reason."""

from __future__ import annotations

import functools
import json
import logging
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .. import host
from . import pyodide_distribution, registry, socket_markers, unpacking
from .attempt import INDEX_URL, Attempt
from .distributions import normalize
from .locked import Locked
from .problems import (
    DistributionUnreachable,
    PackageProblem,
    broken,
    conflict,
    no_such_build,
    no_suitable_file,
)

_FAILED_NAME = re.compile(r"(?:metadata|wheel) for '([A-Za-z0-9][\w.-]*)([^']*)'")
_CONFLICT = re.compile(r"Requested '([^']*)', but ([\w.-]+)==(\S+) is already installed")
_REST_SECONDS = 60.0
"""For so long Pyodide's server is left alone after it could not be reached: the index stands in for it."""

_manager: Any = None
_layer: Any = None
_distribution_down_until = 0.0


@dataclass(frozen=True)
class Clash:
    """A version that constraints prescribe does not suit a package: `wants` is the specifier that it has in its place."""

    package: str
    wants: str


class ClashProblem(PackageProblem):
    """Versions don't go together; other ones may."""

    def __init__(self, problem: PackageProblem, clash: Clash) -> None:
        super().__init__(problem.kind, problem.package, problem.message, problem.hint)
        self.clash = clash


def fits_this_python(needs: str) -> bool:
    """Whether a `requires-python` allows this one. Old packages write them in ways of their own: these do."""
    from micropip._vendored.packaging.src.packaging.specifiers import InvalidSpecifier

    try:
        return fits(".".join(map(str, sys.version_info[:3])), needs)
    except InvalidSpecifier:
        return True


async def install(requirements: Sequence[str], attempt: Attempt, constraints: Sequence[str] = ()) -> None:
    """Installs requirements and what they need; `attempt.installed` grows. `constraints`: `NAME==VERSION` and the like, which
    hold for whatever comes in. Raises `PackageProblem`, a `ClashProblem` where a constraint is in the way."""
    global _distribution_down_until
    prepare()
    _layer.attempt = attempt
    resting = time.monotonic() < _distribution_down_until
    _layer.lockfile_packages = {} if resting else unpacking.distribution()
    try:
        await _install(requirements, attempt, constraints)
    except PackageProblem as first:
        if resting:
            # What the index lacks the distribution may have, and its server answer again.
            _distribution_down_until = 0.0
            remove(attempt)
            attempt.problems.clear()
            await install(requirements, attempt, constraints)
            return
        if not isinstance(first, DistributionUnreachable):
            raise
        problem = first
        # The index has some compiled packages for the browser too, in versions of its own.
        remove(attempt)
        _layer.lockfile_packages = {}
        try:
            await _install(requirements, attempt, constraints)
        except PackageProblem:
            raise problem from None
        _distribution_down_until = time.monotonic() + _REST_SECONDS


async def _install(requirements: Sequence[str], attempt: Attempt, constraints: Sequence[str]) -> None:
    try:
        await _manager.install(list(requirements), constraints=list(constraints))
    except PackageProblem:
        raise
    except (ValueError, RuntimeError, OSError, LookupError, TypeError) as error:
        raise _problem_behind(error, requirements, attempt, constraints) from None


def remove(attempt: Attempt) -> None:
    """Takes back what an attempt installed."""
    uninstall(attempt.installed)
    attempt.installed.clear()


def parse(requirement: str) -> tuple[str, str]:
    """Name and version specifier of a requirement. Raises `PackageProblem` for what is none."""
    from micropip._vendored.packaging.src.packaging.requirements import InvalidRequirement, Requirement

    try:
        parsed = Requirement(requirement)
    except InvalidRequirement as error:
        raise broken(requirement, f"this is no requirement ({str(error).splitlines()[0]})") from None
    return normalize(parsed.name), str(parsed.specifier)


@functools.lru_cache(1024)
def fits(version: str, specifier: str) -> bool:
    """Whether a version fits a specifier."""
    from micropip._vendored.packaging.src.packaging.specifiers import SpecifierSet

    return SpecifierSet(specifier).contains(version, prereleases=True)


def prepare() -> Any:
    """micropip's package manager, made on the first call: importing micropip takes a while."""
    global _manager, _layer
    if _manager is None:
        from micropip import package_index
        from micropip._compat import compatibility_layer
        from micropip.metadata import Metadata
        from micropip.package_manager import PackageManager

        logging.getLogger("micropip").disabled = True  # it writes to the step's logs
        # The lock file is asked first only where the default index is in force. It holds compiled packages, which the index
        # lists too, but seldom for the browser.
        package_index.DEFAULT_INDEX_URLS[:] = [INDEX_URL]
        socket_markers.mend(Metadata)
        _layer = _layer_over(compatibility_layer)
        _manager = PackageManager(_layer)
    return _manager


def _layer_over(base: Any) -> Any:
    class Layer(base):  # type: ignore[misc]
        """micropip's ways out, led through the attempt."""

        attempt: Attempt

        @staticmethod
        async def fetch_string_and_headers(url: str, kwargs: dict[str, Any]) -> tuple[str, dict[str, str]]:
            return await Layer.attempt.page(url, dict(kwargs.get("headers", {})))

        @staticmethod
        async def fetch_bytes(url: str, kwargs: dict[str, Any]) -> bytes:
            return await Layer.attempt.file(url)

        @staticmethod
        async def install(buffer: Any, filename: str, install_dir: str, metadata: Any = None) -> None:
            name, version = filename.split("-")[:2]
            host.phase(f"Installing {normalize(name)}…")
            with unpacking.whole(lambda: _bytes_of(buffer), install_dir):
                await base.install(buffer, filename, install_dir, metadata)
            Layer.attempt.add(_locked(normalize(name), version, filename, metadata or {}, Layer.attempt))

        @staticmethod
        async def loadPackage(names: Any) -> None:  # noqa: N802 - micropip's name
            await pyodide_distribution.load([str(name) for name in names], Layer.attempt)

    return Layer


def _bytes_of(buffer: Any) -> bytes:
    data: bytes = buffer if isinstance(buffer, bytes) else buffer.to_bytes()
    return data


def _locked(name: str, version: str, filename: str, metadata: dict[str, str], attempt: Attempt) -> Locked:
    requires = [normalize(need) for need in json.loads(metadata.get("PYODIDE_REQUIRES", "[]"))]
    source = attempt.addresses.get(filename, "index")
    return Locked(name, version, metadata.get("PYODIDE_SHA256", ""), filename, source, tuple(dict.fromkeys(requires)))


def _problem_behind(
    error: Exception, requirements: Sequence[str], attempt: Attempt, constraints: Sequence[str]
) -> PackageProblem:
    text = str(error)
    clash = _CONFLICT.search(text)
    if clash:
        name = normalize(clash[2])
        problem = conflict(name, f"{clash[1]} is needed, and {clash[2]} {clash[3]} is there.")
        return ClashProblem(problem, Clash(name, _wanted(clash[1], name, constraints)))
    match = _FAILED_NAME.search(text)
    name = normalize(match[1]) if match else ""
    if name in attempt.problems:
        return attempt.problems[name]
    problem = _why_no_file(name, match[2] if match else None, attempt)
    if problem is None:
        return broken(name or ", ".join(requirements), f"{type(error).__name__}: {text.splitlines()[0] if text else ''}")
    prescribed = [constraint for constraint in constraints if parse(constraint)[0] == name]
    if not match or not prescribed:
        return problem
    wants = _wanted(match[1] + match[2], name, constraints)
    if wants:
        problem = conflict(name, f"{name}{wants} is needed, and {prescribed[0]} is asked for or there.")
    return ClashProblem(problem, Clash(name, wants))


def _why_no_file(name: str, specifier: str | None, attempt: Attempt) -> PackageProblem | None:
    built = unpacking.distribution().get(name)
    if built and specifier is not None:
        return no_such_build(name, specifier, built["version"])
    if name in attempt.pages and specifier is not None:
        python = ".".join(map(str, sys.version_info[:2]))
        return no_suitable_file(name, specifier, attempt.pages[name], python)
    return next(iter(attempt.problems.values()), None)


def _wanted(requirement: str, name: str, constraints: Sequence[str]) -> str:
    """The specifier without what constraints have put into it."""
    ours = {part for constraint in constraints for own, parts in [parse(constraint)] if own == name for part in parts.split(",")}
    return ",".join(part for part in parse(requirement)[1].split(",") if part and part not in ours)


def uninstall(packages: Any) -> None:
    """Removes packages and their modules, so that the next import loads what is installed then."""
    import importlib.metadata

    names = [name for name in packages if registry.has(name)]
    tops: set[str] = set()
    for name in names:
        try:
            files = importlib.metadata.distribution(name).files or []
        except importlib.metadata.PackageNotFoundError:  # a library has no modules
            continue
        tops.update(file.parts[0].removesuffix(".py") for file in files if file.suffix == ".py")
        prepare().uninstall([name])
    registry.discard(names)
    for name in [name for name in sys.modules if name.partition(".")[0] in tops]:
        del sys.modules[name]
