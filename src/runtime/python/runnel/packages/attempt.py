"""One attempt to install packages: what the index answered, what was installed, and what went wrong on the way."""

from __future__ import annotations

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from .. import host
from . import problems
from .distributions import normalize
from .fetching import Answer, fetch

BASE = "http://packages.invalid"
"""Stands for the gateway's package routes: the page turns requests to it into requests to them."""
INDEX_URL = f"{BASE}/simple/{{package_name}}/"

_REQUIRES = re.compile(rb"^Requires-Dist:\s*([A-Za-z0-9][\w.-]*)", re.MULTILINE | re.IGNORECASE)


@dataclass
class Attempt:
    """`allows` says whether a `requires-python` fits this Python."""

    allows: Callable[[str], bool]
    pages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    problems: dict[str, problems.PackageProblem] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    installed: dict[str, str] = field(default_factory=dict)

    async def page(self, url: str, headers: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The index's answer on one project, ready for micropip: it takes file addresses as they stand, and does not
        look at the Python version that a file needs."""
        name = normalize(url.rstrip("/").rpartition("/")[2])
        host.phase(f"Looking up {name}…")
        hopeless = problems.impossible(name)
        if hopeless:
            raise self._remember(hopeless)
        answer = await self._get(name, url, headers)
        if answer.status != 200:
            raise self._remember(_index_problem(name, answer))
        page = json.loads(answer.body)
        files: list[dict[str, Any]] = page["files"]
        self.pages[name] = files
        for file in files:
            file["url"] = urljoin(url, file["url"])
            needs = file.get("requires-python")
            if needs and not self.allows(needs):
                file["python-refused"] = True
        page["files"] = [file for file in files if not file.get("python-refused")]
        return json.dumps(page), answer.headers

    async def file(self, url: str) -> bytes:
        """A wheel, or a wheel's metadata file."""
        filename = unquote(urlsplit(url).path.rpartition("/")[2])
        name = normalize(filename.partition("-")[0])
        is_metadata = filename.endswith(".metadata")
        host.phase(f"{'Looking up' if is_metadata else 'Downloading'} {name}…")
        answer = await self._get(name, url, {})
        if answer.status != 200 and is_metadata:  # then it has to be read from the wheel itself
            body = _metadata_in(await self.file(url.removesuffix(".metadata")))
        elif answer.status != 200:
            raise self._remember(problems.file_problem(name, _gateway_message(answer)))
        else:
            body = answer.body
        with contextlib.suppress(zipfile.BadZipFile, StopIteration):  # micropip says what is wrong with it
            self._learn_parents(name, body if is_metadata else _metadata_in(body))
        return body

    async def why_not(self, url: str) -> str:
        """What the gateway says about a file that could not be loaded; "" where it has it now."""
        answer = await self._get("", url, {})
        return "" if answer.status == 200 else _gateway_message(answer)

    def chain_to(self, package: str) -> list[str]:
        """Who needs the package, outermost first, itself last."""
        chain = [package]
        while chain[0] in self.parents and self.parents[chain[0]] not in chain:
            chain.insert(0, self.parents[chain[0]])
        return chain

    def _learn_parents(self, name: str, metadata: bytes) -> None:
        for match in _REQUIRES.finditer(metadata):
            self.parents.setdefault(normalize(match[1].decode()), name)

    async def _get(self, name: str, url: str, headers: dict[str, str]) -> Answer:
        try:
            return await fetch(url, headers)
        except OSError as error:
            raise self._remember(problems.gateway_gone(name, str(error))) from None

    def _remember(self, problem: problems.PackageProblem) -> problems.PackageProblem:
        # micropip drops what its index raises, and says less.
        self.problems[problem.package] = problem
        return problem


def _index_problem(name: str, answer: Answer) -> problems.PackageProblem:
    if answer.status == 404:
        return problems.unknown(name)
    return problems.unreachable(name, _gateway_message(answer))


def _gateway_message(answer: Answer) -> str:
    try:
        return str(json.loads(answer.body)["message"])
    except (ValueError, KeyError, TypeError):
        return f"The gateway answered with status {answer.status}."


def _metadata_in(wheel: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA")))
