"""Finds and installs what a step imports, before it runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence

from .. import host, loop
from .distributions import learn_imports, normalize
from .ensuring import Ensuring
from .report import failure_of

_pure_packages: dict[str, list[str]] = {}
_done: set[str] = set()


def configure(json_text: str) -> None:
    """At boot: facts of Pyodide's distribution, `{"purePackages", "imports"}`.

    `purePackages` names for each compiled package the pure Python ones that it needs and that come from the index;
    `imports` gives the package of each import name.
    """
    facts = json.loads(json_text)
    pure: Mapping[str, Sequence[str]] = facts.get("purePackages", {})
    _pure_packages.clear()
    _pure_packages.update({normalize(name): list(needs) for name, needs in pure.items()})
    learn_imports(facts.get("imports", {}))


def warm_up() -> None:
    """Loads what the first installation needs, some hundred milliseconds' work, while there is nothing else to do."""
    from . import micropip_driver

    micropip_driver.prepare()


async def ensure(code: str) -> str:
    """Installs what the code imports and isn't there yet. Gives JSON text:
    `{"status": "ok", "installed": [{"name", "version"}]}`, `{"status": "failed", "error": StepError}` or
    `{"status": "stopped"}`. Code that was seen before costs nothing.
    """
    if code in _done:
        return json.dumps({"status": "ok", "installed": []})
    before = loop.tasks()
    ensuring = Ensuring(code, _pure_packages)
    try:
        with loop.unreported():
            problem = await ensuring.run()
    except asyncio.CancelledError:
        return json.dumps({"status": "stopped"})
    finally:
        # micropip leaves its other downloads running when one fails.
        loop.cancel(loop.tasks() - before)
        if ensuring.replaced:
            _done.clear()
    if problem is not None:
        return json.dumps({"status": "failed", "error": failure_of(problem, code)})
    _done.add(code)
    installed = ensuring.installed()
    if installed:
        host.installed(installed)
    return json.dumps({"status": "ok", "installed": installed})
