"""Requests to proxies are refused: behind one, nobody could see or decide which hosts a step reaches."""

from __future__ import annotations

import errno
import re

from . import targets

# The first line of a request for a tunnel, or of one that names the whole address.
_TO_A_PROXY = re.compile(rb"(?:CONNECT \S{1,512}|[A-Z]{3,10} https?://\S{1,8192}) HTTP/1\.[01]\r\n")


# Places of proxies by file descriptor: some clients ignore an error of writing, and wait for the answer.
_refused: dict[int, str] = {}


def refuse(data, fd: int) -> None:
    """Raises PermissionError for data that asks a proxy for a connection or a page."""
    if _TO_A_PROXY.match(data):
        _refused[fd] = targets.place_of(fd)
        raise _error(fd)


def refuse_reading(fd: int) -> None:
    """Raises PermissionError where an answer of a proxy is waited for."""
    if not _refused:
        return
    if _refused.get(fd) == targets.place_of(fd):
        raise _error(fd)
    # The number stands for another connection by now.
    _refused.pop(fd, None)


def _error(fd: int) -> BaseException:
    error = PermissionError(
        errno.EACCES,
        f"steps can't go through a proxy ({targets.place_of(fd)}): Runnel's gateway connects to each host itself, so that "
        "the workflow's network access says which; leave out proxies= and the variables HTTP_PROXY and HTTPS_PROXY",
    )
    return targets.mark(error, fd, "write")
