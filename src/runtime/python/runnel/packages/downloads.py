"""Gets the files of packages: several at a time, each checked against the hash that was promised."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import problems
from .locked import Locked

if TYPE_CHECKING:
    from .attempt import Attempt

BASE = "http://packages.invalid"
"""Stands for the gateway's package routes: the page turns requests to it into requests to them."""

_AT_A_TIME = 12
"""The page lets a worker have 64 requests at a time, and these are large."""


async def download(entries: Iterable[Locked], attempt: Attempt) -> dict[str, bytes]:
    """The files of these packages by name. Raises the first `PackageProblem`; the other downloads are given up."""
    wanted = list(entries)
    places = asyncio.Semaphore(_AT_A_TIME)

    async def one(entry: Locked) -> bytes:
        async with places:
            return await _download(entry, attempt)

    tasks = [asyncio.ensure_future(one(entry)) for entry in wanted]
    try:
        files = await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return {entry.name: data for entry, data in zip(wanted, files, strict=True)}


async def _download(entry: Locked, attempt: Attempt) -> bytes:
    answer = await attempt.get(entry.name, url_of(entry))
    if answer.status == 404 and entry.source == "index":
        # The gateway doesn't know such a file: the index says what it has in its place.
        answer = await attempt.get(entry.name, await _url_in_index(entry, attempt))
    if answer.status != 200:
        raise problems.file_problem(entry.name, attempt.gateway_message(answer))
    found = hashlib.sha256(answer.body).hexdigest()
    if found != entry.sha256:
        raise problems.other_file(entry, found)
    return answer.body


def url_of(entry: Locked) -> str:
    """Where the file is had."""
    if entry.source == "pyodide":
        return f"{BASE}/distribution/{entry.filename}"
    if entry.source == "index":
        return f"{BASE}/files/{entry.name}.{entry.sha256}/{entry.filename}"
    return entry.source


async def _url_in_index(entry: Locked, attempt: Attempt) -> str:
    for file in await attempt.files_of(entry.name):
        if file["filename"] == entry.filename:
            promised = file.get("hashes", {}).get("sha256")
            if promised is not None and promised != entry.sha256:
                raise problems.other_file(entry, promised)
            return str(file["url"])
    raise problems.gone_from_index(entry)
