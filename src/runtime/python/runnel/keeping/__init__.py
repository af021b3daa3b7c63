"""Brings an interpreter to where a workflow's next visit starts: its packages are there and imported, none of its code has run.

The worker calls `plan`, puts the files in their place, calls `unpack` and `import_all`, and takes the snapshot. No object of
JavaScript may be held by Python then, so nothing here has any. Secrets never come here.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import json
import os
import py_compile
import sys
from dataclasses import dataclass, field

from .. import kept, session
from ..packages import registry
from ..packages.demands import Workflow
from ..packages.distributions import distribution_for
from ..packages.downloads import url_of
from ..packages.imports import needs_of
from ..packages.locked import Locked, closure
from .purity import Watch
from .wheels import Unkeepable, is_pure, unpack_wheel

FOLDER = "/keeping"
"""Where the worker puts the wheels."""


@dataclass
class _Plan:
    entries: dict[str, Locked] = field(default_factory=dict)
    """What is unpacked."""
    absent: set[str] = field(default_factory=set)
    """The workflow's packages that are not."""
    modules: dict[str, str] = field(default_factory=dict)
    """What is imported: dotted name → package."""
    compiled: set[str] = field(default_factory=set)
    """Packages that are imported, but not here: something of theirs is absent."""
    owners: dict[str, str] = field(default_factory=dict)
    """File → package."""
    told_hashes: bool = False
    """Whether an import asked for a hash, other than to tell one itself."""


_plan = _Plan()


def plan(json_text: str) -> str:
    """Decides what is kept of a workflow: `{"steps", "lock", "without": [name], "unimported": [name]}`. Not unpacked are compiled
    packages and those in `without`; not imported are those, those in `unimported`, and what needs one of them. Gives the files
    that have to be there: `[{"path", "url"}]`."""
    global _plan
    request = json.loads(json_text)
    workflow = Workflow.of(request)
    lock = workflow.lock
    _plan = _Plan({name: entry for name, entry in lock.items() if is_pure(entry) and name not in request["without"]})
    _plan.absent = lock.keys() - _plan.entries.keys()
    unimported = _plan.absent | set(request["unimported"])
    for step in workflow.steps:
        for needed in needs_of(step.code).imports if step.enabled else ():
            package = distribution_for(needed.module)
            if package not in lock:
                continue
            needs = closure([package], lock)
            if unimported.isdisjoint(needs):
                _plan.modules[needed.module] = package
            else:
                _plan.compiled.update(needs.keys() & _plan.entries.keys())
    return json.dumps([{"path": _path(entry), "url": url_of(entry)} for entry in _plan.entries.values()])


def unpack(site: str) -> str:
    """Unpacks the files into the site folder. Gives packages that can't be kept: then this interpreter is of no use."""
    refused = []
    for entry in _plan.entries.values():
        try:
            files = unpack_wheel(_path(entry), entry, site)
        except Unkeepable:
            refused.append(entry.name)
        else:
            _plan.owners.update({os.path.join(site, file): entry.name for file in files})
            registry.add(entry)
        os.unlink(_path(entry))
    importlib.invalidate_caches()
    return json.dumps(refused)


def import_all() -> str:
    """Imports what the steps import. Gives packages whose import failed, or did more than define something: then this
    interpreter is of no use."""
    session.begin_run()
    before = set(sys.modules)
    watch = Watch(_plan.owners, _plan.absent)
    with watch:
        for module, package in _plan.modules.items():
            with watch.importing(package):
                _import(module)
    _plan.told_hashes = watch.told_hashes
    kept.remember(set(sys.modules) - before, watch.environment, watch.generators)
    # As after a step: variables, sys.path and the like are as they were before.
    session.restore()
    gc.collect()
    return json.dumps(sorted(watch.refused))


def compile_rest() -> None:
    """Writes the bytecode of what could not be imported here: that is the half of its import."""
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    for path, package in _plan.owners.items():
        if package in _plan.compiled and path.endswith(".py"):
            with contextlib.suppress(py_compile.PyCompileError, OSError, ValueError):
                py_compile.compile(path, doraise=True, invalidation_mode=unchecked)


def told_hashes() -> bool:
    """Whether the packages may have kept hashes: then the snapshot's secret must stay as it is."""
    return _plan.told_hashes


def finish() -> None:
    """Forgets how it was done, and the steps' code."""
    global _plan
    _plan = _Plan()
    needs_of.cache_clear()
    gc.collect()


def _import(module: str) -> None:
    """As `from a.b import c` does, where c may be a module or not."""
    name, *rest = module.split(".")
    parent = importlib.import_module(name)
    for part in rest:
        name = f"{name}.{part}"
        if not hasattr(parent, part):
            if not hasattr(parent, "__path__") or importlib.util.find_spec(name) is None:
                return
            importlib.import_module(name)
        if name not in sys.modules:
            return
        parent = sys.modules[name]


def _path(entry: Locked) -> str:
    return f"{FOLDER}/{entry.filename}"
