"""Watches imports: what depends on chance, the time, the network or what isn't there must not come out of a snapshot."""

from __future__ import annotations

import contextlib
import datetime
import gc
import importlib
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.abc import MetaPathFinder
from types import CodeType, FrameType
from typing import Any

from .. import loop
from ..net import host as net_host
from ..packages.distributions import distribution_for

_IMPURE = {
    time.time, time.time_ns, time.monotonic, time.monotonic_ns, time.perf_counter, time.perf_counter_ns, os.urandom
}  # fmt: skip
_NOW = {"now", "utcnow", "today"}
_TELL_HASHES = {"__hash__", "_hash"}
"""What asks for a hash in these gives it on: the latter is that of `collections.abc.Set`."""
_RENEWED = "multiprocessing/process.py"
"""What this file draws `kept.renew` draws anew."""
_WRITABLE = ("/tmp", "/home")
_DESCRIPTORS = range(3, 64)


class Watch:
    """In force while it is entered. `refused`: packages that can't be kept. `environment`: variables that were read.
    `generators`: of random numbers, seeded by chance. `told_hashes`: a hash was asked for outside of a `__hash__`."""

    def __init__(self, owners: Mapping[str, str], absent: set[str]) -> None:
        """`owners`: package of each file. `absent`: packages of the workflow that are not here."""
        self.refused: set[str] = set()
        self.environment: set[str] = set()
        self.generators: list[random.Random] = []
        self.told_hashes = False
        self._owners = owners
        self._absent = absent
        self._package = ""
        self._finder = _Finder(self._missed)
        environ = type(os.environ)
        # Functions are noticed, not replaced: a module may take them along for good.
        self._noticed: dict[CodeType, Callable[[FrameType], None]] = {
            environ.__getitem__.__code__: self._reads_variable,
            environ.__iter__.__code__: self._refuse,  # each variable that is there counts, whatever its name
            random.Random.seed.__code__: self._seeds,
            net_host.relay.__code__: self._refuse,
        }

    def __enter__(self) -> None:
        self._profile = sys.getprofile()
        sys.meta_path.insert(0, self._finder)
        sys.setprofile(self._saw)

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self._profile)
        sys.meta_path.remove(self._finder)

    @contextlib.contextmanager
    def importing(self, package: str) -> Iterator[None]:
        """Inside, something of the package is imported; an error of it counts and goes no further."""
        self._package = package
        before = _traces()
        try:
            yield
        except (Exception, SystemExit):
            self.refused.add(package)
        importlib.invalidate_caches()  # importlib.metadata keeps archives open
        gc.collect()
        if _traces() != before:
            self.refused.add(package)

    def _saw(self, frame: FrameType, event: str, arg: Any) -> None:
        if event == "c_call":
            if arg in _IMPURE or _is_now(arg):
                self._refuse(frame)
            elif arg is hash and frame.f_code.co_name not in _TELL_HASHES:
                self.told_hashes = True
        elif event == "call":
            noticed = self._noticed.get(frame.f_code)
            if noticed is not None:
                noticed(frame)

    def _refuse(self, frame: FrameType | None) -> None:
        """The package whose code asked, or the one that is being imported."""
        if frame is not None and frame.f_code.co_filename.endswith(_RENEWED):
            return
        while frame is not None:
            owner = self._owners.get(frame.f_code.co_filename)
            if owner is not None:
                self.refused.add(owner)
                return
            frame = frame.f_back
        self.refused.add(self._package)

    def _reads_variable(self, frame: FrameType) -> None:
        self.environment.add(str(frame.f_locals["key"]))

    def _seeds(self, frame: FrameType) -> None:
        generator = frame.f_locals["self"]
        self.generators = [other for other in self.generators if other is not generator]
        if frame.f_locals["a"] is None:
            self.generators.append(generator)

    def _missed(self, module: str) -> None:
        if distribution_for(module) in self._absent:
            self._refuse(sys._getframe(2))


class _Finder(MetaPathFinder):
    """Finds nothing, and tells what is looked for."""

    def __init__(self, missed: Callable[[str], None]) -> None:
        self._missed = missed

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> None:
        self._missed(fullname)


def _is_now(function: Any) -> bool:
    holder = getattr(function, "__self__", None)
    return isinstance(holder, type) and issubclass(holder, datetime.date) and function.__name__ in _NOW


def _traces() -> tuple[object, ...]:
    """What an import must leave as it was."""
    return (_descriptors(), _files(), random.getstate(), len(loop.tasks()))


def _descriptors() -> set[int]:
    found = set()
    for descriptor in _DESCRIPTORS:
        with contextlib.suppress(OSError):
            os.fstat(descriptor)
            found.add(descriptor)
    return found


def _files() -> set[str]:
    """Files outside of the packages' folder, where they would be missing after the restore."""
    if sys.platform != "emscripten":
        return set()
    return {os.path.join(folder, name) for top in _WRITABLE for folder, _, names in os.walk(top) for name in names}
