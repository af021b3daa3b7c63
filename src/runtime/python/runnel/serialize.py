"""JSON text of exported values, bounded in size."""

from __future__ import annotations

import json
from typing import Any

_NARROW = 64
"""Up to so many items a container is looked through one by one: one of them may hold nearly all of the data."""
_LOOKS = 10_000
"""So many containers at most; what is left is encoded in slices."""
_SLICE_BYTES = 1 << 20
"""Text that one slice of a wide container should come to."""

_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_ascii_encoder = json.JSONEncoder(ensure_ascii=True, allow_nan=False)


class TooLong(Exception):
    """The text goes over the limit; `size` is what was counted until then, in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def to_json(value: Any, limit: int) -> tuple[str, int]:
    """JSON text of a value and its size in UTF-8 bytes.

    Raises `TooLong` as soon as more than `limit` bytes are sure, without encoding the rest; `TypeError`,
    `ValueError` or `RecursionError` for what JSON can't hold.
    """
    writer = _Writer(limit)
    writer.write(value)
    return "".join(writer.parts), writer.size


class _Writer:
    def __init__(self, limit: int) -> None:
        self.parts: list[str] = []
        self.size = 0
        self._limit = limit
        self._looks = 0
        self._open: set[int] = set()

    def write(self, value: Any) -> None:
        if isinstance(value, str) and self.size + len(value) > self._limit:
            raise TooLong(self.size + len(value))
        if not value or type(value) not in (list, tuple, dict):
            self._put(_encode(value))
            return
        if id(value) in self._open:
            raise ValueError("Circular reference detected")
        self._open.add(id(value))
        if type(value) is dict:
            self._put("{")
            self._write_items(list(value.items()), keyed=True)
            self._put("}")
        else:
            self._put("[")
            self._write_items(value, keyed=False)
            self._put("]")
        self._open.discard(id(value))

    def _write_items(self, items: Any, keyed: bool) -> None:
        self._looks += 1
        if len(items) > _NARROW or self._looks > _LOOKS:
            self._write_slices(items, keyed)
            return
        for index, item in enumerate(items):
            if index:
                self._put(", ")
            if keyed:
                key, item = item
                self._put(_encode({key: 0})[1:-2])  # `"key": `, as json turns keys into text
            self.write(item)

    def _write_slices(self, items: Any, keyed: bool) -> None:
        """Slices grow while they come out short: C does the work, and memory stays bounded."""
        at, length = 0, 1
        while at < len(items):
            if at:
                self._put(", ")
            piece, before = items[at : at + length], self.size
            self._put(_encode(dict(piece) if keyed else piece)[1:-1])
            at += length
            written = self.size - before
            length = length * 4 if written * 4 < _SLICE_BYTES else max(1, length * _SLICE_BYTES // written)

    def _put(self, text: str) -> None:
        self.size += len(text) if text.isascii() else len(text.encode())
        if self.size > self._limit:
            raise TooLong(self.size)
        self.parts.append(text)


def _encode(value: Any) -> str:
    text = _encoder.encode(value)
    try:
        if not text.isascii():
            text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: only its escape is text that every reader takes
        text = _ascii_encoder.encode(value)
    return text
