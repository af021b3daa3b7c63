"""Which host a network error is about, told by the socket, the library's exception, or the frames that it came through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..net.targets import mark_of

_CHAIN_LIMIT = 30
_INSIDE = ("reason", "os_error", "certificate_error", "__cause__")


class Place(NamedTuple):
    """`host` is empty where nothing tells. `doing`: see `net.targets.Mark`; empty where nothing tells."""

    host: str = ""
    port: int | None = None
    doing: str = ""

    def __str__(self) -> str:
        if not self.host:
            return "The server"
        return self.host if self.port is None else f"{self.host}:{self.port}"


def causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and what is behind it; libraries wrap the socket's error several times. What was only being handled when it
    was raised comes last."""
    waiting, later, seen = [error], [], set()
    while (waiting or later) and len(seen) < _CHAIN_LIMIT:
        here = waiting.pop(0) if waiting else later.pop(0)
        if id(here) in seen:
            continue
        seen.add(id(here))
        yield here
        inside = [getattr(here, name, None) for name in _INSIDE]
        inside.extend(here.args[:2])
        inside.extend(getattr(here, "exceptions", ()))
        waiting.extend(other for other in inside if isinstance(other, BaseException))
        if here.__context__ is not None and not here.__suppress_context__:
            later.append(here.__context__)


def place_of(error: BaseException, cause: BaseException) -> Place:
    """Where `cause` happened, which is `error` or behind it."""
    chain = list(causes(error))
    for each in (cause, *chain):
        mark = mark_of(each)
        if mark and mark.host:
            return Place(*mark)
    for each in chain:
        found = _of_exception(each)
        if found:
            return found
    for each in (cause, *chain):
        found = _of_frames(each)
        if found:
            return found
    return Place()


def _of_exception(error: BaseException) -> Place | None:
    """aiohttp tells host and port, urllib3 its pool, httpx and requests their request."""
    for owner in (error, getattr(error, "pool", None)):
        host, port = getattr(owner, "host", None), getattr(owner, "port", None)
        if isinstance(host, str) and host and isinstance(port, int):
            return Place(host, port)
    try:
        url = getattr(getattr(error, "request", None), "url", None)
    except RuntimeError:  # httpx: no request has been set
        return None
    return _of_url(str(url)) if url is not None else None


def _of_url(url: str) -> Place | None:
    parts = urlsplit(url)
    if not parts.hostname:
        return None
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return Place(parts.hostname, parts.port or usual)


def _of_frames(error: BaseException) -> Place | None:
    """What the library's functions were called with, or the client whose method raised; the innermost tells best."""
    found = None
    entry = error.__traceback__
    while entry is not None:
        # A library is a file in a folder; the step is none, and may call anything a host.
        if "/" in entry.tb_frame.f_code.co_filename:
            names = entry.tb_frame.f_locals
            found = _of_names(_attributes(names.get("self"))) or _of_names(names) or found
        entry = entry.tb_next
    return found


def _of_names(names: Mapping[str, Any]) -> Place | None:
    host = names.get("host") or names.get("_host")
    port = names.get("port")
    if isinstance(host, str) and host and (port is None or isinstance(port, int)):
        both = re.fullmatch(r"([^:]+):(\d+)", host)
        return Place(both[1], int(both[2])) if both else Place(host, port or None)
    url = names.get("url")
    return _of_url(str(url)) if isinstance(url, str) or type(url).__name__ == "URL" else None


def _attributes(owner: Any) -> dict[str, Any]:
    # Not getattr: properties would run the library's code.
    attributes = getattr(owner, "__dict__", None)
    return attributes if isinstance(attributes, dict) else {}
