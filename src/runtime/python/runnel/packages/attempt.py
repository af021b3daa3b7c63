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

from . import problems, registry
from .distributions import normalize
from .downloads import BASE
from .fetching import Answer, fetch
from .locked import Locked
from .progress import Downloads
from .pure_wheels import pure_where_it_will_do

INDEX_URL = f"{BASE}/simple/{{package_name}}/"

_REQUIRES = re.compile(rb"^Requires-Dist:\s*([A-Za-z0-9][\w.-]*)", re.MULTILINE | re.IGNORECASE)


@dataclass
class Attempt:
    """`allows` says whether a `requires-python` fits this Python."""

    allows: Callable[[str], bool]
    pages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    problems: dict[str, problems.PackageProblem] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    installed: dict[str, Locked] = field(default_factory=dict)
    libraries: set[str] = field(default_factory=set)
    addresses: dict[str, str] = field(default_factory=dict)
    """Files that don't come from the index: name of the file → where it was had."""
    downloads: Downloads = field(default_factory=Downloads)

    async def page(self, url: str, headers: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The index's answer on one project, ready for micropip: it takes file addresses as they stand, and does not
        look at the Python version that a file needs."""
        name = normalize(url.rstrip("/").rpartition("/")[2])
        hopeless = problems.impossible(name)
        if hopeless:
            raise self._remember(hopeless)
        page, answered = await self._page(name, headers)
        files: list[dict[str, Any]] = page["files"]
        self.pages[name] = files
        for file in files:
            needs = file.get("requires-python")
            if needs and not self.allows(needs):
                file["python-refused"] = True
        page["files"] = pure_where_it_will_do(name, [file for file in files if not file.get("python-refused")])
        return json.dumps(page), answered

    async def files_of(self, name: str) -> list[dict[str, Any]]:
        """What the index lists of a package (PEP 691); the addresses are whole."""
        page, _ = await self._page(name, {"accept": "application/vnd.pypi.simple.v1+json"})
        files: list[dict[str, Any]] = page["files"]
        return files

    async def file(self, url: str) -> bytes:
        """A wheel, or a wheel's metadata file."""
        filename = unquote(urlsplit(url).path.rpartition("/")[2])
        name = normalize(filename.partition("-")[0])
        is_metadata = filename.endswith(".metadata")
        if not url.startswith(f"{BASE}/") and not is_metadata:
            self.addresses[filename] = url
        answer = await self.get(name, url, quietly=is_metadata)
        if answer.status != 200 and is_metadata:  # then it has to be read from the wheel itself
            body = _metadata_in(await self.file(url.removesuffix(".metadata")))
        elif answer.status != 200:
            raise self._remember(problems.file_problem(name, self.gateway_message(answer)))
        else:
            body = answer.body
        with contextlib.suppress(zipfile.BadZipFile, StopIteration):  # micropip says what is wrong with it
            self._learn_parents(name, body if is_metadata else _metadata_in(body))
        return body

    async def get(self, name: str, url: str, *, quietly: bool = False) -> Answer:
        """A file of a package, with its progress on the screen unless `quietly`. Raises `PackageProblem` where nothing
        answers at all."""
        if quietly:
            with self.downloads.resolving(name):
                return await self._ask(name, url, {})
        self.downloads.begin(name)
        try:
            return await self._ask(name, url, {}, lambda here, total: self.downloads.got(name, here, total))
        finally:
            self.downloads.end(name)

    def add(self, entry: Locked, *, is_library: bool = False) -> None:
        """It is installed."""
        self.installed[entry.name] = entry
        if is_library:
            self.libraries.add(entry.name)
        registry.add(entry)

    def chain_to(self, package: str) -> list[str]:
        """Who needs the package, outermost first, itself last."""
        chain = [package]
        while chain[0] in self.parents and self.parents[chain[0]] not in chain:
            chain.insert(0, self.parents[chain[0]])
        return chain

    @staticmethod
    def gateway_message(answer: Answer) -> str:
        """What the gateway says about a request that it could not serve."""
        try:
            return str(json.loads(answer.body)["message"])
        except (ValueError, KeyError, TypeError):
            return f"The answer has status {answer.status}."

    async def _page(self, name: str, headers: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
        url = INDEX_URL.format(package_name=name)
        with self.downloads.resolving(name):
            answer = await self._ask(name, url, headers)
        if answer.status == 404:
            raise self._remember(problems.unknown(name))
        if answer.status != 200:
            raise self._remember(problems.unreachable(name, self.gateway_message(answer)))
        page: dict[str, Any] = json.loads(answer.body)
        for file in page["files"]:
            file["url"] = urljoin(url, file["url"])
        return page, answer.headers

    def _learn_parents(self, name: str, metadata: bytes) -> None:
        for match in _REQUIRES.finditer(metadata):
            self.parents.setdefault(normalize(match[1].decode()), name)

    async def _ask(self, name: str, url: str, headers: dict[str, str], heard: Any = None) -> Answer:
        try:
            return await fetch(url, headers, heard)
        except OSError as error:
            if not url.startswith(f"{BASE}/"):  # a server that the step names
                raise self._remember(problems.file_problem(name, str(error))) from None
            raise self._remember(problems.gateway_gone(name, str(error))) from None

    def _remember(self, problem: problems.PackageProblem) -> problems.PackageProblem:
        # micropip drops what its index raises, and says less.
        self.problems[problem.package] = problem
        return problem


def _metadata_in(wheel: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA")))
