"""Requests for packages. In the worker `fetch` is a tunnel to the page, which asks the gateway."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What came back: any status, header names in lower case."""

    status: int
    body: bytes
    headers: dict[str, str]


async def fetch(url: str, headers: dict[str, str]) -> Answer:
    """GETs an address. Raises `OSError` where nothing answers."""
    from pyodide.http import pyfetch

    response = await pyfetch(url, headers=headers)
    body = await response.bytes()
    return Answer(response.status, body, {name.lower(): value for name, value in response.headers.items()})
