"""Packages that leave out in the browser what they need for sockets. Here are sockets, so they get it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_PACKAGES = {"httpx2"}
_IN_THE_BROWSER = re.compile(r"Requires-Dist:.*sys_platform == ['\"]emscripten['\"]")
_ELSEWHERE = re.compile(r"sys_platform != ['\"]emscripten['\"]")


def with_sockets(metadata: Iterable[str]) -> list[str]:
    """The lines of a package's METADATA, asking for what it needs on a computer."""
    lines = list(metadata)
    if not any(line.lower() == f"name: {name}" for line in lines for name in _PACKAGES):
        return lines
    return [_ELSEWHERE.sub("python_version >= '3'", line) for line in lines if not _IN_THE_BROWSER.match(line)]


def mend(metadata_class: Any) -> None:
    """Lets micropip's `Metadata` read them so. It has checked the file's hash by then."""
    compute = metadata_class._compute_dependencies

    def compute_with_sockets(self: Any) -> Any:
        self.metadata = with_sockets(self.metadata)
        return compute(self)

    metadata_class._compute_dependencies = compute_with_sockets
