"""What a browser hasn't got."""

from __future__ import annotations

import errno
import shlex
from typing import Any

from .context import Context
from .modules import install_advice

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
_PIP = "A step has no pip: what it imports is installed before it runs. Leave this line out. What no import leads to has a comment:"
_PROGRAMS = "Other programs can't be started in the browser: use a Python package or an API for it."


def hint(error: BaseException, context: Context) -> str | None:
    """For threads, processes and memory."""
    text = str(error)
    if isinstance(error, RuntimeError) and "start new thread" in text:
        return _THREADS
    if isinstance(error, ImportError) and error.name == "_multiprocessing":
        return _THREADS
    if isinstance(error, OSError) and ("support processes" in text or _was_fork(error)):
        return _pip(error) or _PROGRAMS
    if isinstance(error, OSError) and error.errno in (errno.EOPNOTSUPP, errno.ENOTSUP) and error.filename is None:
        return _LISTENING
    if isinstance(error, MemoryError) or _was_too_large(error):
        return _MEMORY
    return None


def _pip(error: BaseException) -> str | None:
    """Where the program that was to be started is `pip install NAME`."""
    words = _command(error)
    if "install" not in words or not {"pip", "pip3", "uv"} & set(words):
        return None
    packages = [word for word in words[words.index("install") + 1 :] if not word.startswith("-")]
    return f"{_PIP} {install_advice(packages[-1] if packages else 'NAME').removeprefix('Add a line: ')}"


def _command(error: BaseException) -> list[str]:
    """Words of the command that `subprocess` or `os.system` was given, as its frame holds it."""
    found: Any = None
    entry = error.__traceback__
    while entry is not None:
        known = entry.tb_frame.f_locals
        found = known.get("args") or known.get("command") or found
        entry = entry.tb_next
    if isinstance(found, str):
        return shlex.split(found)
    return [str(word) for word in found] if isinstance(found, (list, tuple)) else []


def _was_fork(error: OSError) -> bool:
    return error.filename is None and "Function not implemented" in str(error)


def _was_too_large(error: BaseException) -> bool:
    # bytearray(10 * 2**30): sizes have 32 bits here.
    return isinstance(error, OverflowError) and "index-sized integer" in str(error)
