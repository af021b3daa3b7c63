"""What an interpreter must know that starts from a workflow's snapshot: its packages were imported long ago.

`runnel.keeping` fills this in before the snapshot is taken; everywhere else it is empty.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterable, Mapping

_modules: set[str] = set()
_environment: set[str] = set()
_generators: list[random.Random] = []


def remember(modules: Iterable[str], environment: Iterable[str], generators: Iterable[random.Random]) -> None:
    """`modules` were imported. Meanwhile variables of these names were read, and `generators` seeded by chance."""
    _modules.update(modules)
    _environment.update(environment)
    _generators.extend(generators)


def renew() -> None:
    """Chance is new: what was drawn before the snapshot would be the same in each interpreter that starts from it."""
    for generator in _generators:
        generator.seed()
    process = sys.modules.get("multiprocessing.process")
    if process is not None and "multiprocessing.process" in _modules:
        process.current_process().authkey = os.urandom(32)


def make_way(environ: Mapping[str, str]) -> None:
    """A step has variables that the packages have looked for when they were imported: they are imported anew."""
    if _environment.isdisjoint(environ):
        return
    for name in _modules:
        sys.modules.pop(name, None)
    _modules.clear()
    _environment.clear()
