"""What a browser hasn't got."""

from __future__ import annotations

import errno

from .context import Context

_THREADS = (
    "Threads and processes can't be started in the browser. Do the work in turn (a ThreadPoolExecutor does), use the library's "
    "asyncio client, or let requests overlap with async def handler(pd) and asyncio.gather."
)
_LISTENING = (
    "A step connects to servers by TCP, but can't listen for connections, join two sockets or use UDP: where a library has an "
    "asyncio client as well, use that."
)
_MEMORY = (
    "A step has at most 4 GB of memory, and 2 GB for one value: work on less data at a time, page by page or line by line."
)
_PROGRAMS = "Other programs can't be started in the browser: use a Python package or an API for it."


def hint(error: BaseException, context: Context) -> str | None:
    """For threads, processes and memory."""
    text = str(error)
    if isinstance(error, RuntimeError) and "start new thread" in text:
        return _THREADS
    if isinstance(error, ImportError) and error.name == "_multiprocessing":
        return _THREADS
    if isinstance(error, OSError) and ("support processes" in text or _was_fork(error)):
        return _PROGRAMS
    if isinstance(error, OSError) and error.errno in (errno.EOPNOTSUPP, errno.ENOTSUP) and error.filename is None:
        return _LISTENING
    if isinstance(error, MemoryError) or _was_too_large(error):
        return _MEMORY
    return None


def _was_fork(error: OSError) -> bool:
    return error.filename is None and "Function not implemented" in str(error)


def _was_too_large(error: BaseException) -> bool:
    # bytearray(10 * 2**30): sizes have 32 bits here.
    return isinstance(error, OverflowError) and "index-sized integer" in str(error)
