"""What a step exports, kept as JSON text from the moment of each export: later changes of the value don't reach it."""

from __future__ import annotations

import json
from typing import Any

from .errors import ExportTooLarge, NotSerializable
from .inputs import RETURN_VALUE
from .not_json import problem_of
from .serialize import TooLong, to_json

LIMIT_BYTES = 32 * 1024 * 1024
"""JSON text that all exports of one step may take together."""


def _mebibytes(size: int) -> str:
    return f"{size / 1048576:.1f} MiB"


class Exports:
    """The exports of the running step, in order."""

    def __init__(self, limit: int = LIMIT_BYTES) -> None:
        self._texts: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self._limit = limit

    def add(self, name: str, value: Any) -> None:
        """Copies a value under a name, in place of an earlier export of that name.

        Raises `TypeError` for a name that is no text, `NotSerializable` naming the path and type that JSON can't
        hold, `ExportTooLarge` when all exports together would go over the limit. Earlier exports stay.
        """
        if not isinstance(name, str) or not name:
            raise TypeError(f"pd.export(name, value): the name must be a text that is not empty, not {name!r}")
        room = self._limit - sum(size for other, size in self._sizes.items() if other != name)
        try:
            text, size = to_json(value, room)
        except TooLong as error:
            raise self._too_large(name, error.size, room) from None
        except (TypeError, ValueError, RecursionError) as error:
            problem = problem_of(name, value)
            if problem is None:  # changed meanwhile, or an odd class: what Python itself says
                raise NotSerializable(f"{name} can't be exported as JSON: {error}", None) from None
            raise NotSerializable(*problem) from None
        self._texts[name] = text
        self._sizes[name] = size

    def add_return_value(self, value: Any) -> None:
        """Exports what the handler returned; None is no export."""
        if value is not None:
            self.add(RETURN_VALUE, value)

    def json_bytes(self) -> bytes:
        """All exports as the JSON text of one object, in UTF-8."""
        parts: list[str] = []
        for name, text in self._texts.items():
            parts += (", " if parts else "{", json.dumps(name), ": ", text)
        return "".join([*parts, "}"]).encode() if parts else b"{}"

    def _too_large(self, name: str, size: int, room: int) -> ExportTooLarge:
        text = f"{name} takes at least {_mebibytes(size)} as JSON"
        if room < self._limit:
            return ExportTooLarge(
                f"{text}, and other exports of this step took {_mebibytes(self._limit - room)}: "
                f"a step may export {_mebibytes(self._limit)} in all."
            )
        return ExportTooLarge(f"{text}: a step may export {_mebibytes(self._limit)} in all.")
