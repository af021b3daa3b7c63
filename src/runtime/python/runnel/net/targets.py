"""Which host a network error is about: errors of sockets don't say it, and hints want to."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """`doing`: "look-up", "connect", "handshake", "read" or "write"."""

    host: str
    port: int | None
    doing: str


# By file descriptor; overwritten when it is connected anew.
_targets: dict[int, tuple[str, int]] = {}


def remember(fd: int, host: str, port: int) -> None:
    """A connection of this descriptor is being made."""
    _targets[fd] = (host, port)


def place_of(fd: int) -> str:
    """`host:port` of a descriptor's connection, for messages."""
    host, port = _targets.get(fd, ("", 0))
    return f"{host}:{port}" if host else "the server"


def mark(error: BaseException, fd: int, doing: str) -> BaseException:
    """The error, with what it is about; one that is marked already stays as it is."""
    host, port = _targets.get(fd, ("", None))
    return mark_host(error, host, port, doing)


def mark_host(error: BaseException, host: str, port: int | None, doing: str) -> BaseException:
    """As `mark`, for a host that has no descriptor."""
    if isinstance(error, OSError) and not hasattr(error, "runnel_network"):
        error.runnel_network = Mark(host, port, doing)
    return error


def mark_of(error: BaseException) -> Mark | None:
    """What an error is about."""
    found = getattr(error, "runnel_network", None)
    return found if isinstance(found, Mark) else None
