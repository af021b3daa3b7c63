"""Finds and installs what a workflow's steps import, before they run, and keeps which versions these were."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from .. import host, loop
from .demands import Workflow, lock_after
from .distributions import learn_imports
from .ensuring import Blame, Ensuring
from .pyodide_distribution import learn_pure_packages
from .report import failure_of

_workflow = Workflow()
_done: set[tuple[str, str]] = set()


def configure(json_text: str) -> None:
    """At boot: facts of Pyodide's distribution, `{"purePackages", "imports"}`.

    `purePackages` names for each compiled package the pure Python ones that it needs and that come from the index;
    `imports` gives the package of each import name.
    """
    facts = json.loads(json_text)
    learn_pure_packages(facts.get("purePackages", {}))
    learn_imports(facts.get("imports", {}))


def begin_run(json_text: str) -> None:
    """A run begins: `{"steps": [{"name", "code", "enabled"}], "lock": [LockedPackage]}` of its workflow."""
    global _workflow
    workflow = Workflow.of(json.loads(json_text))
    if workflow != _workflow:
        _workflow = workflow
        _done.clear()


def warm_up() -> None:
    """Loads what the first installation needs, some hundred milliseconds' work, while there is nothing else to do."""
    from . import micropip_driver

    micropip_driver.prepare()


def is_ensured(step: str, code: str) -> bool:
    """Whether `ensure` has nothing to do: it has seen this code in this workflow."""
    return (step, code) in _done


async def ensure(step: str, code: str) -> str:
    """Installs what the step's code imports and isn't there yet. Gives JSON text: `{"status": "ok"}`,
    `{"status": "failed", "error": StepError}` or `{"status": "stopped"}`. What was seen before costs nothing.
    """
    return json.dumps(await _reported(step, code))


async def ensure_all() -> str:
    """As `ensure`, for all steps of the workflow: *Update packages*. A disabled step's packages are no reason to fail."""
    for step in _workflow.steps:
        result = await _reported(step.name, step.code)
        if result["status"] == "failed" and step.enabled:
            error = result["error"]
            return json.dumps({**result, "error": {**error, "message": f"{step.name}: {error['message']}"}})
        if result["status"] == "stopped":
            return json.dumps(result)
    return json.dumps({"status": "ok"})


async def _reported(step: str, code: str) -> dict[str, Any]:
    if is_ensured(step, code):
        return {"status": "ok"}
    before = loop.tasks()
    ensuring = Ensuring(step, code, _workflow)
    try:
        with loop.unreported():
            problem = await ensuring.run()
    except asyncio.CancelledError:
        return {"status": "stopped"}
    finally:
        # micropip leaves its other downloads running when one fails.
        loop.cancel(loop.tasks() - before)
        if ensuring.replaced:
            _done.clear()
    if isinstance(problem, Blame):
        return {"status": "failed", "error": failure_of(problem, code)}
    _done.add((step, code))
    installed = ensuring.installed()
    if installed:
        host.installed([entry.json() for entry in installed])
    _keep(step, code, ensuring)
    return {"status": "ok"}


def _keep(step: str, code: str, ensuring: Ensuring) -> None:
    """The lock as this step leaves it, told where it differs."""
    lock = lock_after(_workflow.with_step(step, code), ensuring.known(), _workflow.lock)
    if lock != _workflow.lock:
        _workflow.lock = lock
        host.locked([entry.json() for entry in lock.values()])
