"""Requests for packages. In the worker `fetch` is a tunnel to the page, which asks the gateway."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Heard = Callable[[int, "int | None"], None]
"""Is told how many bytes are here so far, and how many there will be where that is known."""


@dataclass(frozen=True)
class Answer:
    """What came back: any status, header names in lower case."""

    status: int
    body: bytes
    headers: dict[str, str]


async def fetch(url: str, headers: dict[str, str], heard: Heard | None = None) -> Answer:
    """GETs an address. Raises `OSError` where nothing answers, or where the answer breaks off."""
    from pyodide.ffi import JsException
    from pyodide.http import pyfetch

    response = await pyfetch(url, headers=headers)
    named = {name.lower(): value for name, value in response.headers.items()}
    stream = response.js_response.body
    if heard is None or stream is None or response.status != 200:
        return Answer(response.status, await response.bytes(), named)
    length = named.get("content-length", "")
    total = int(length) if length.isdigit() else None
    parts: list[bytes] = []
    size = 0
    reader = stream.getReader()
    try:
        while not (part := await reader.read()).done:
            parts.append(part.value.to_bytes())
            size += len(parts[-1])
            heard(size, total)
    except JsException as error:
        raise OSError(str(error)) from None
    return Answer(response.status, b"".join(parts), named)
