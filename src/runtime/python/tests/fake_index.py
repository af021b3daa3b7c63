"""A package index in memory, behind the `fetch` of `runnel.packages`; its wheels are real."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import re
import zipfile
from typing import Any

from runnel.packages.downloads import BASE
from runnel.packages.fetching import Answer, Heard

JSON_TYPE = {"content-type": "application/vnd.pypi.simple.v1+json"}


def wheel(name: str, version: str, requires: tuple[str, ...] = (), source: str = "") -> bytes:
    """A pure wheel with one module of the package's name."""
    folder = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Provides-Extra: {extra}\n" for extra in re.findall(r'extra == "(\w+)"', "".join(requires)))
    metadata += "".join(f"Requires-Dist: {requirement}\n" for requirement in requires)
    files = {
        f"{name}.py": source or f"version = {version!r}\n",
        f"{folder}/METADATA": metadata,
        f"{folder}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{file},,\n" for file in [*files, f"{folder}/RECORD"])
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for file, text in {**files, f"{folder}/RECORD": record}.items():
            archive.writestr(file, text)
    return data.getvalue()


class FakeIndex:
    """Answers like the gateway. `down`: the index can't be reached; `gone`: the gateway can't."""

    def __init__(self) -> None:
        self.pages: dict[str, list[dict[str, Any]]] = {}
        self.files: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.elsewhere: dict[str, bytes] = {}
        self.down = self.gone = self.files_down = self.distribution_down = False

    def add(self, name: str, version: str = "1.0", requires: tuple[str, ...] = (), **file: Any) -> None:
        """Offers a wheel; further keys go into the file's entry."""
        data = wheel(name, version, requires)
        filename = f"{name}-{version}-py3-none-any.whl"
        self.files[filename] = data
        entry = {"hashes": {"sha256": hashlib.sha256(data).hexdigest()}, "core-metadata": True, **file}
        self.list(name, filename, **entry)

    def list(self, name: str, *filenames: str, **file: Any) -> None:
        """Lists files without offering them."""
        entries = self.pages.setdefault(name.replace("_", "-"), [])
        for filename in filenames:
            entries.append({"filename": filename, "url": f"../../files/id/{filename}", "hashes": {}, **file})

    async def fetch(self, url: str, headers: dict[str, str], heard: Heard | None = None) -> Answer:
        await asyncio.sleep(0)  # as a real one: others have their turn
        if not url.startswith(f"{BASE}/"):
            self.requests.append(url)
            return Answer(200, self.elsewhere[url], {})
        path = url.removeprefix(BASE)
        self.requests.append(path)
        if self.gone:
            raise OSError("Failed to fetch")
        kind, _, rest = path.lstrip("/").partition("/")
        if kind == "simple":
            return self._page(rest.strip("/"))
        if kind == "distribution":
            return self._distributed(rest)
        answer = self._file(*rest.split("/"))
        if heard and answer.status == 200:
            heard(len(answer.body) // 2, len(answer.body))
            heard(len(answer.body), len(answer.body))
        return answer

    def _page(self, name: str) -> Answer:
        if self.down:
            return _problem(502, "IndexUnreachable", "The package index at index.test can't be reached (ENOTFOUND).")
        if name not in self.pages:
            return _problem(404, "PackageNotFound", f"The package index at index.test has no package {name}.")
        page = {"meta": {"api-version": "1.1"}, "name": name, "files": self.pages[name]}
        return Answer(200, json.dumps(page).encode(), dict(JSON_TYPE))

    def _file(self, id: str, filename: str) -> Answer:
        data = self.files.get(filename.removesuffix(".metadata"))
        if data is not None and id != "id" and not id.endswith(f".{hashlib.sha256(data).hexdigest()}"):
            return _problem(404, "PackageNotFound", f"The package index lists no file {filename} with this id.")
        if data is None and id != "id":
            return _problem(404, "PackageNotFound", f"The package index lists no file {filename} with this id.")
        if self.files_down or data is None:
            return _problem(502, "FileUnreachable", f"{filename} can't be downloaded from files.test: reset.")
        if filename.endswith(".metadata"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = archive.read(next(name for name in archive.namelist() if name.endswith("/METADATA")))
        return Answer(200, data, {"content-type": "application/octet-stream"})


    def _distributed(self, filename: str) -> Answer:
        data = None if self.distribution_down else self.files.get(filename)
        if data is None:
            return _problem(502, "FileUnreachable", f"{filename} can't be downloaded from files.test: reset.")
        return Answer(200, data, {})


def _problem(status: int, code: str, message: str) -> Answer:
    return Answer(status, json.dumps({"code": code, "message": message}).encode(), {"content-type": "application/json"})
