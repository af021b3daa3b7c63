"""Wheels that lie in the file system, checked and unpacked: without JavaScript, and with little memory."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile

from ..packages.locked import Locked

_DATA_FILE = re.compile(r"[^/]+\.data/data/")


class Unkeepable(Exception):
    """A package that can't be part of a snapshot."""


def is_pure(entry: Locked) -> bool:
    """Whether it is Python alone, by its name, and comes from the index: compiled code is not in a snapshot, and an address that
    a step names is asked with the person's permission."""
    return entry.source == "index" and entry.filename.endswith("-none-any.whl")


def unpack_wheel(path: str, entry: Locked, site: str) -> list[str]:
    """Unpacks a wheel as Pyodide does; gives its files. Raises `Unkeepable`, and ValueError for another file than the locked."""
    with open(path, "rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != entry.sha256:
            raise ValueError(f"{entry.filename} is not the file that was locked")
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if any(_is_special(name) for name in names):
                raise Unkeepable(entry.name)
            archive.extractall(site)
    metadata = next(name for name in names if name.partition("/")[0].endswith(".dist-info")).partition("/")[0]
    for name, text in {"INSTALLER": "runnel", "PYODIDE_SHA256": entry.sha256}.items():
        with open(os.path.join(site, metadata, name), "w") as target:
            target.write(text)
    return [name for name in names if not name.endswith("/")]


def _is_special(name: str) -> bool:
    """Compiled code, and data files that belong elsewhere."""
    return name.endswith((".so", ".wasm", ".dylib")) or bool(_DATA_FILE.match(name))
