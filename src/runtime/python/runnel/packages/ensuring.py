"""One pass over a step's code: what it needs, what of that is missing, and who is to blame where it can't be had."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .attempt import Attempt
from .distributions import distribution_for, import_key, normalize
from .imports import Import, Request, imports_of, requests_of
from .installed import installed_version
from .problems import PackageProblem, impossible

_PLAIN = re.compile(r"([A-Za-z0-9][\w.-]*)(?:==([\w.!+-]+))?")


@dataclass(frozen=True)
class Blame:
    """A problem and the line that needs the package; `chain` leads from what the line names to what can't be had."""

    problem: PackageProblem
    line: int | None
    chain: tuple[str, ...]


class Ensuring:
    """Makes sure that one step's code finds what it imports. `replaced`: installed packages changed their version."""

    def __init__(self, code: str, pure_packages: Mapping[str, Sequence[str]]) -> None:
        self._code = code
        self._pure_packages = pure_packages
        self._lines: dict[str, int] = {}
        self._attempts: list[Attempt] = []
        self.replaced = False

    def installed(self) -> list[dict[str, str]]:
        """What this pass installed, as `{"name", "version"}` each."""
        return [
            {"name": name, "version": version}
            for attempt in self._attempts
            for name, version in attempt.installed.items()
        ]

    async def run(self) -> Blame | None:
        """Installs what is missing. Gives the first problem of a package that the code can't go without."""
        try:
            await self._install_requested(requests_of(self._code))
            imports = imports_of(self._code)
            await self._install_required(imports)
            await self._install_optional(imports)
        except PackageProblem as problem:
            return self._blame(problem)
        return None

    async def _install_requested(self, requests: Iterable[Request]) -> None:
        missing = [request for request in requests if not _is_satisfied(request.requirement)]
        if not missing:
            return
        from . import micropip_driver as driver

        for request in missing:
            self._lines.setdefault(normalize(request.requirement), request.line)
            name, _ = driver.parse(request.requirement)
            self._lines.setdefault(name, request.line)
            _refuse_impossible(name)
        requirements = [request.requirement for request in missing]
        self.replaced = driver.replace_misfits(requirements)
        await self._install(requirements)

    async def _install_required(self, imports: Iterable[Import]) -> None:
        missing: list[str] = []
        for entry in imports:
            if entry.optional or is_importable(entry.module):
                continue
            package = distribution_for(entry.module)
            self._lines.setdefault(package, entry.line)
            _refuse_impossible(package)
            if package not in missing:
                missing.append(package)
        if "sys.path" in self._code:  # then modules may come from elsewhere
            for package in missing:
                await self._install_if_there_is(package)
        elif missing:
            await self._install(missing)

    async def _install_optional(self, imports: Iterable[Import]) -> None:
        """First choices before what stands in for them."""
        for entry in sorted((entry for entry in imports if entry.optional), key=lambda entry: len(entry.instead_of)):
            stands_in = not entry.instead_of or not all(map(is_importable, entry.instead_of))
            package = distribution_for(entry.module)
            if stands_in and not is_importable(entry.module) and impossible(package) is None:
                with contextlib.suppress(PackageProblem):
                    await self._install([package])

    async def _install_if_there_is(self, package: str) -> None:
        try:
            await self._install([package])
        except PackageProblem as problem:
            if problem.kind != "unknown":
                raise

    async def _install(self, requirements: list[str]) -> None:
        from . import micropip_driver as driver

        attempt = driver.new_attempt()
        self._attempts.append(attempt)
        try:
            tried: set[str] = set()
            while requirements:
                await driver.install(requirements, attempt)
                tried.update(requirements)
                requirements = [name for name in self._pure_needs(attempt) if name not in tried]
        except BaseException:
            # Half of them would look as if all was there.
            driver.remove(attempt)
            raise
        importlib.invalidate_caches()

    def _pure_needs(self, attempt: Attempt) -> list[str]:
        """Pure packages that compiled ones need: the lock file that Pyodide loads with doesn't hold them."""
        needs = [need for name in attempt.installed for need in self._pure_packages.get(name, ())]
        return [need for need in dict.fromkeys(needs) if installed_version(need) is None]

    def _blame(self, problem: PackageProblem) -> Blame:
        chain = [problem.package]
        for attempt in self._attempts:
            chain = attempt.chain_to(problem.package)
            if len(chain) > 1:
                break
        for start in range(len(chain)):
            if chain[start] in self._lines:
                return Blame(problem, self._lines[chain[start]], tuple(chain[start:]))
        lines = set(self._lines.values())
        return Blame(problem, lines.pop() if len(lines) == 1 else None, tuple(chain))


def is_importable(module: str) -> bool:
    """Whether the package that provides a module is there; nothing but parent packages is imported for it."""
    key = import_key(module)
    if key in sys.modules or key.partition(".")[0] in sys.stdlib_module_names:
        return True
    try:
        return importlib.util.find_spec(key) is not None
    except Exception:  # noqa: BLE001 - a parent package may fail in any way
        return False


def _is_satisfied(requirement: str) -> bool:
    """Whether a plain requirement, `NAME` or `NAME==VERSION`, is installed; others are left to micropip."""
    match = _PLAIN.fullmatch(requirement)
    if match is None:
        return False
    version = installed_version(match[1])
    return version is not None and match[2] in (None, version)


def _refuse_impossible(package: str) -> None:
    problem = impossible(package)
    if problem:
        raise problem
