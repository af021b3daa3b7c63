"""Packages that leave out in the browser what they need for sockets. Here are sockets, so they get it."""

from __future__ import annotations

import re

_PACKAGES = {"httpx2"}
_IN_THE_BROWSER = re.compile(rb"^Requires-Dist:.*sys_platform == ['\"]emscripten['\"].*\r?\n?", re.MULTILINE)
_ELSEWHERE = re.compile(rb"sys_platform != ['\"]emscripten['\"]")


def with_sockets(name: str, metadata: bytes) -> bytes:
    """The METADATA of a package (`name` normalised), asking for what it needs on a computer."""
    if name not in _PACKAGES:
        return metadata
    return _ELSEWHERE.sub(b"python_version >= '3'", _IN_THE_BROWSER.sub(b"", metadata))
