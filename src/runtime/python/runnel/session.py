"""Keeps what one step does to the interpreter from reaching the next run."""

from __future__ import annotations

import builtins
import contextlib
import logging
import os
import random
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import kept, loop, modules, passing, scratch, standard_input
from .rich import figures


@dataclass(frozen=True)
class _Baseline:
    """The interpreter as it was before the first step."""

    environ: dict[str, str]
    argv: list[str]
    path: list[str]
    builtins: dict[str, Any]
    stdin: Any
    stdout: Any
    stderr: Any
    recursion_limit: int
    root_handlers: list[logging.Handler]
    root_level: int


_baseline: _Baseline | None = None


def begin_run() -> None:
    """Makes the interpreter clean for a new run of a workflow. The first call remembers what clean is."""
    baseline = _remember()
    loop.cancel(loop.tasks())
    restore()
    passing.forget()
    scratch.forget_modules()
    scratch.empty()
    _reseed()


def restore(environ: Mapping[str, str] | None = None) -> None:
    """Puts back what a step can change in the interpreter; `/tmp` stays.

    With `environ`: before a step, which gets these variables. Without: after it, and then modules are put back as well.
    """
    baseline = _remember()
    os.environ.clear()
    os.environ.update(baseline.environ)
    # Read by matplotlib when it is imported.
    os.environ["MPLBACKEND"] = figures.BACKEND
    os.environ.update(environ or {})
    sys.argv[:] = baseline.argv
    sys.path[:] = baseline.path
    sys.stdin = baseline.stdin
    sys.stdout, sys.stderr = (_usable(stream, fd) for stream, fd in ((baseline.stdout, 1), (baseline.stderr, 2)))
    _restore_builtins(baseline.builtins)
    if sys.getrecursionlimit() != baseline.recursion_limit:
        sys.setrecursionlimit(baseline.recursion_limit)
    logging.root.handlers[:] = baseline.root_handlers
    logging.root.setLevel(baseline.root_level)
    _forget_log_handlers()
    logging.disable(logging.NOTSET)
    socket.setdefaulttimeout(None)
    sys.excepthook = sys.__excepthook__
    if environ is None:
        modules.restore()
    if scratch.directory() is not None:
        with contextlib.suppress(OSError):
            os.chdir(scratch.directory() or "/")


def _remember() -> _Baseline:
    global _baseline
    if _baseline is None:
        modules.watch()
        builtins.input = standard_input.ask
        _baseline = _Baseline(
            environ=dict(os.environ),
            argv=["step"],
            path=list(dict.fromkeys(sys.path)),
            builtins=dict(vars(builtins)),
            stdin=sys.stdin,
            stdout=sys.stdout,
            stderr=sys.stderr,
            recursion_limit=sys.getrecursionlimit(),
            root_handlers=list(logging.root.handlers),
            root_level=logging.root.level,
        )
    return _baseline


def _forget_log_handlers() -> None:
    # A step that runs again adds its handlers again: each line would be written once more with every run.
    for logger in list(logging.Logger.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            own = (logging.StreamHandler, logging.FileHandler)
            logger.handlers[:] = [handler for handler in logger.handlers if type(handler) not in own]


def flush() -> None:
    """Sends what is still in the buffers of standard output and standard error."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()


def _usable(stream: Any, descriptor: int) -> Any:
    # A step may have closed it, by the builtin `exit` for one.
    return open(descriptor, "w", buffering=1, closefd=False) if getattr(stream, "closed", False) else stream


def _restore_builtins(before: dict[str, Any]) -> None:
    now = vars(builtins)
    for name in [name for name in now if name not in before]:
        del now[name]
    for name, value in before.items():
        if now.get(name) is not value:
            now[name] = value


def _reseed() -> None:
    # After a restored snapshot `random` would repeat itself in every tab.
    random.seed()
    kept.renew()
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random is not None:
        numpy_random.seed()
