"""Puts the globals of imported modules back: what a step sets on a library is not there for the next one.

A module is remembered as it was when its own code had just run. Only names are put back: what a step changes inside an
object (an entry of a dict, a method of a class) stays until the interpreter is replaced.
"""

from __future__ import annotations

import contextlib
import importlib.machinery
import sys
from types import ModuleType
from typing import Any

# Modules that keep in their globals what must live on: the interpreter's own machinery, and this bridge.
_KEPT = frozenset(
    "_frozen_importlib _frozen_importlib_external _pyodide asyncio builtins importlib js linecache logging micropip"
    " pipedream pyodide pyodide_js runnel sys threading warnings weakref zipimport".split()
)

_pristine: dict[str, tuple[ModuleType, dict[str, Any]]] = {}
_watching = False


def watch() -> None:
    """Remembers what is imported now, and every module that will be. Harmless when called again."""
    global _watching
    if _watching:
        return
    _watching = True
    for name, module in list(sys.modules.items()):
        if isinstance(module, ModuleType):
            _remember(name, module)
    for loader in (importlib.machinery.SourceFileLoader, importlib.machinery.SourcelessFileLoader):
        loader.exec_module = _remembering(loader.exec_module)  # type: ignore[method-assign]


def restore() -> None:
    """Puts back every global that differs from what it was."""
    for name, (module, before) in list(_pristine.items()):
        if sys.modules.get(name) is not module:
            # Replaced by another version, or a module that put something else in its own place.
            if name not in sys.modules:
                del _pristine[name]
            continue
        now = vars(module)
        with contextlib.suppress(Exception):  # values may be anything, also in their `==`
            if now == before:
                continue
        _put_back(now, before)


def _put_back(now: dict[str, Any], before: dict[str, Any]) -> None:
    for name in [name for name in now if name not in before]:
        # A submodule that was imported since hangs on its package.
        if not isinstance(now[name], ModuleType):
            del now[name]
    for name, value in before.items():
        if now.get(name, _pristine) is not value:
            now[name] = value


def _remembering(exec_module: Any) -> Any:
    def run(loader: Any, module: ModuleType) -> None:
        exec_module(loader, module)
        _remember(module.__name__, module)

    return run


def _remember(name: str, module: ModuleType) -> None:
    if name.partition(".")[0] not in _KEPT and name != "__main__":
        _pristine[name] = (module, dict(vars(module)))
