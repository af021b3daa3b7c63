"""Packages of which the index has a compiled wheel for the browser and a pure one, and the pure one serves steps better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_PURE_WILL_DO = {"charset-normalizer"}
"""`requests` needs it, to guess at texts whose server doesn't say their encoding: seldom, and then fast enough. Compiled code takes
longer to load than that, and can't be in a workflow's snapshot (`runnel.keeping`), nor can what needs it."""


def pure_where_it_will_do(name: str, files: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The files that the index lists, without compiled ones of versions that have a pure one."""
    if name not in _PURE_WILL_DO:
        return list(files)
    pure = {_version(file) for file in files if _is_pure(file)}
    return [file for file in files if _is_pure(file) or _version(file) not in pure]


def _is_pure(file: dict[str, Any]) -> bool:
    return str(file["filename"]).endswith("-none-any.whl")


def _version(file: dict[str, Any]) -> str:
    """Of a wheel; of other files something that no wheel has."""
    filename = str(file["filename"])
    return filename.split("-")[1] if filename.endswith(".whl") else filename
