"""Resolves what the lock doesn't hold yet, within what the steps ask for and as close to the lock as can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from . import micropip_driver as driver
from . import pyodide_distribution, registry
from .attempt import Attempt
from .demands import Demand, constraints_of
from .locked import Locked, dependents
from .problems import PackageProblem, conflict

_ROUNDS = 8
"""micropip doesn't take back a choice that turns out wrong: so often another one is tried with what was learnt."""


class Resolving:
    """`lock` shrinks: a version in it that is in the way is given up. `replaced`: so was something that is installed."""

    def __init__(
        self, demands: Mapping[str, Sequence[Demand]], lock: dict[str, Locked], new_attempt: Callable[[], Attempt]
    ) -> None:
        self._demands = demands
        self._lock = lock
        self._new_attempt = new_attempt
        self._learnt: list[str] = []
        self.replaced = False

    async def install(self, requirements: Sequence[str]) -> None:
        """Installs them and what they need. Raises `PackageProblem`; then nothing is left of it."""
        wanted = list(requirements)
        first: PackageProblem | None = None
        for _ in range(_ROUNDS):
            try:
                await self._try(wanted)
                return
            except driver.ClashProblem as problem:
                first = first or problem
                again = self._give_way(problem.clash)
                if again is None:
                    raise self._explained(first) from None
                wanted = list(dict.fromkeys([*wanted, *again]))
            except PackageProblem as problem:
                raise self._explained(first or problem) from None
        raise self._explained(first) if first else AssertionError("a round has no outcome")

    async def _try(self, requirements: Sequence[str]) -> None:
        locks = [f"{name}=={entry.version}" for name, entry in self._lock.items() if not entry.source.startswith("http")]
        constraints = [*constraints_of(self._demands), *locks, *self._learnt]
        attempt = self._new_attempt()
        try:
            missing, tried = list(requirements), set[str]()
            while missing:
                await driver.install(missing, attempt, constraints)
                tried.update(missing)
                needs = (need for name in attempt.installed for need in pyodide_distribution.pure_needs(name))
                missing = [need for need in dict.fromkeys(needs) if need not in tried and not registry.has(need)]
        except BaseException:
            # Half of them would look as if all was there.
            driver.remove(attempt)
            raise

    def _give_way(self, clash: driver.Clash) -> list[str] | None:
        """Makes room for another version of a package: what has to be installed anew, or None where it is pinned or was tried."""
        if any("==" in demand.specifier for demand in self._demands.get(clash.package, ())):
            return None
        installed = registry.all_installed()
        news = self._lock.pop(clash.package, None) is not None
        constraint = f"{clash.package}{clash.wants}"
        if clash.wants and constraint not in self._learnt:
            self._learnt.append(constraint)
            news = True
        if not news:
            return None
        if clash.package not in installed:
            return []
        again = [clash.package, *dependents(clash.package, installed)]
        driver.uninstall(again)
        self.replaced = True
        return again

    def _explained(self, problem: PackageProblem) -> PackageProblem:
        """Names the steps that ask for a version of the package that is in the way."""
        demands = self._demands.get(problem.package, ())
        if not demands or problem.kind != "conflict":
            return problem
        places = ", and ".join(demand.place for demand in demands)
        return conflict(problem.package, f"{places}. {problem.message.partition(': ')[2]}")
