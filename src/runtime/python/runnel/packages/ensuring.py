"""One pass over a step's code: what it needs, what of that is missing, and who is to blame where it can't be had."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from . import registry
from .attempt import Attempt
from .demands import Workflow, demands_of, disagreement, meets, split
from .distributions import distribution_for, import_key, normalize
from .imports import Import, Request, needs_of
from .locked import Locked, closure
from .locked_install import install_locked
from .problems import PackageProblem, impossible, step_needs_other_python

_PLAIN = re.compile(r"([A-Za-z0-9][\w.-]*)(?:==([\w.!+-]+))?")


@dataclass(frozen=True)
class Blame:
    """A problem and the line that needs the package; `chain` leads from what the line names to what can't be had."""

    problem: PackageProblem
    line: int | None
    chain: tuple[str, ...]


class Ensuring:
    """Makes sure that one step's code finds what it imports. `replaced`: installed packages changed their version."""

    def __init__(self, step: str, code: str, workflow: Workflow) -> None:
        self._code = code
        self._needs = needs_of(code)
        self._demands = demands_of(workflow.with_step(step, code))
        self._lock = {name: entry for name, entry in workflow.lock.items() if meets(entry, self._demands.get(name, ()))}
        self._lines: dict[str, int] = {}
        self._attempts: list[Attempt] = []
        self.replaced = False

    def installed(self) -> list[Locked]:
        """What this pass installed; libraries that come with a package are not named."""
        return [
            entry
            for attempt in self._attempts
            for name, entry in attempt.installed.items()
            if name not in attempt.libraries
        ]

    def known(self) -> dict[str, Locked]:
        """The packages that are locked and those that are installed, in the versions that the steps ask for."""
        installed = registry.all_installed()
        known = {name: entry for name, entry in installed.items() if meets(entry, self._demands.get(name, ()))}
        # Of one file the installed entry knows more: with which extras it was asked for this time.
        return {**known, **{name: entry for name, entry in self._lock.items() if not entry.is_same_file(known.get(name))}}

    async def run(self) -> Blame | None:
        """Installs what is missing. Gives the first problem of a package that the code can't go without."""
        try:
            self._check_python()
            self._check_demands()
            await self._install_from_lock()
            await self._install_requested(self._needs.requests)
            await self._install_required(self._needs.imports)
            await self._install_optional(self._needs.imports)
        except PackageProblem as problem:
            return self._blame(problem)
        return None

    def _check_python(self) -> None:
        if self._needs.python is None:
            return
        from .micropip_driver import fits_this_python

        wanted, line = self._needs.python
        if not fits_this_python(wanted):
            self._lines[""] = line
            raise step_needs_other_python(wanted, ".".join(map(str, sys.version_info[:3])))

    def _check_demands(self) -> None:
        """Steps that don't agree are an error where this step uses the package."""
        for request in self._needs.requests:
            self._lines.setdefault(split(request.requirement)[0], request.line)
        for entry in self._needs.imports:
            if import_key(entry.module).partition(".")[0] not in sys.stdlib_module_names:
                self._lines.setdefault(distribution_for(entry.module), entry.line)
        for package in self._lines:
            problem = disagreement(package, self._demands.get(package, ()))
            if problem:
                raise problem

    async def _install_from_lock(self) -> None:
        """Everything that the lock holds for this code, at once: nothing has to be looked up for it."""
        names = [split(request.requirement)[0] for request in self._needs.requests]
        for entry in self._needs.imports:
            package = distribution_for(entry.module)
            if package in self._lock and (registry.get(package) or not is_importable(entry.module)):
                names.append(package)
        wanted = {name: entry for name, entry in closure(names, self._lock).items() if not _is_there(entry)}
        if wanted:
            misfits = [name for name in wanted if registry.has(name)]
            if misfits:
                self._uninstall(misfits)
            await install_locked(wanted, self._new_attempt())
            importlib.invalidate_caches()

    async def _install_requested(self, requests: Iterable[Request]) -> None:
        missing = [request for request in requests if not self._is_satisfied(request.requirement)]
        if not missing:
            return
        from . import micropip_driver as driver

        misfits = []
        for request in missing:
            name, specifier = driver.parse(request.requirement)
            _refuse_impossible(name)
            version = registry.version_of(name)
            changed = specifier and version is not None and not driver.fits(version, specifier)
            if changed or (version is not None and "[" in request.requirement):
                misfits.append(name)
        if misfits:
            self._uninstall(misfits)
        await self._install([request.requirement for request in missing])

    async def _install_required(self, imports: Iterable[Import]) -> None:
        missing: list[str] = []
        for entry in imports:
            if entry.optional or is_importable(entry.module):
                continue
            package = distribution_for(entry.module)
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
        from .resolving import Resolving

        resolving = Resolving(self._demands, self._lock, self._new_attempt)
        try:
            await resolving.install(requirements)
        finally:
            self.replaced |= resolving.replaced
        importlib.invalidate_caches()

    def _is_satisfied(self, requirement: str) -> bool:
        """Whether a requirement is installed; what has more than a name and a version is left to micropip, unless the lock was
        made with it."""
        name, _ = split(requirement)
        entry = self._lock.get(name)
        if entry is not None and requirement in entry.asked and _is_there(entry):
            return True
        match = _PLAIN.fullmatch(requirement)
        if match is None:
            return False
        version = registry.version_of(normalize(match[1]))
        return version is not None and match[2] in (None, version)

    def _uninstall(self, names: list[str]) -> None:
        from .micropip_driver import uninstall

        uninstall(names)
        self.replaced = True

    def _new_attempt(self) -> Attempt:
        from .micropip_driver import fits_this_python

        attempt = Attempt(fits_this_python)
        self._attempts.append(attempt)
        return attempt

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


def _is_there(entry: Locked) -> bool:
    """Whether a locked package is installed, from that very file."""
    installed = registry.get(entry.name)
    if installed is None:  # or by the step's own code, which then has its way
        return registry.version_of(entry.name) == entry.version
    return entry.is_same_file(installed)


def _refuse_impossible(package: str) -> None:
    problem = impossible(package)
    if problem:
        raise problem
