"""Pools of threads, which many clients have inside: without threads their work is done in turn, when it is handed in."""

import concurrent.futures
import sys
from concurrent.futures import thread


def submit(self, fn, /, *args, **kwargs):
    """As `ThreadPoolExecutor.submit`; the future that it gives is done."""
    if self._broken:
        raise thread.BrokenThreadPool(self._broken)
    if self._shutdown:
        raise RuntimeError("cannot schedule new futures after shutdown")
    if not _initialise(self):
        raise thread.BrokenThreadPool(self._broken)
    future = concurrent.futures.Future()
    future.set_running_or_notify_cancel()
    try:
        future.set_result(fn(*args, **kwargs))
    except KeyboardInterrupt:
        # The step is being stopped: nobody may keep that for later.
        raise
    except BaseException as error:
        future.set_exception(error)
    return future


def _initialise(self) -> bool:
    """What each thread would do first; False where that fails."""
    if getattr(self, "_initialised_in_turn", False):
        return True
    self._initialised_in_turn = True
    try:
        if hasattr(self, "_create_worker_context"):
            self._create_worker_context().initialize()
        elif self._initializer is not None:
            self._initializer(*self._initargs)
    except Exception:
        self._broken = "A thread initializer failed, the thread pool is not usable anymore"
        return False
    return True


def install() -> None:
    info = getattr(sys, "_emscripten_info", None)
    if info is not None and not info.pthreads:
        thread.ThreadPoolExecutor.submit = submit
