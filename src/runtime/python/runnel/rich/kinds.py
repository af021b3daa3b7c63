"""How a value is shown: as a table, an image, HTML, a tree or text."""

from __future__ import annotations

import base64
import binascii
import pprint
from collections.abc import Callable
from typing import Any

from ..serialize import TooLong, to_json
from .figures import figure_of, image_of
from .frames import as_frame
from .items import Item, text_item
from .tables import table_of

MAX_TEXT = 4 * 1024 * 1024
"""Bytes of one HTML, tree or text."""

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def rich_item(value: Any) -> Item | None:
    """A value that is more than JSON or text, as it is shown; None for all others. Raises what drawing a figure raises."""
    if isinstance(value, type):
        return None
    frame = as_frame(value)
    if frame is not None:
        return table_of(frame)
    figure = figure_of(value)
    if figure is not None:
        return image_of(figure)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return _image(bytes(value))
    return _own_item(value)


def item_of(value: Any) -> Item:
    """Any value, as it is shown."""
    item = rich_item(value)
    if item is not None:
        return item
    if isinstance(value, str):
        return _bounded("text", value)
    if isinstance(value, (dict, list, tuple)):
        try:
            return text_item("json", to_json(value, MAX_TEXT)[0])
        except (TooLong, TypeError, ValueError, RecursionError):
            pass
    return _bounded("text", pprint.pformat(value, width=100, sort_dicts=False))


def _image(data: bytes) -> Item | None:
    mime = next((mime for magic, mime in _MAGIC if data.startswith(magic)), None)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        mime = "image/webp"
    return Item({"kind": "image", "mime": mime, "scale": 1}, [data]) if mime else None


def _own_item(value: Any) -> Item | None:
    """By the methods that notebooks ask for, the richest first."""
    for method, make in _METHODS:
        show: Callable[[Any], Any] | None = getattr(type(value), method, None)
        if show is None:
            continue
        try:
            shown = show(value)
        except Exception:  # noqa: BLE001, S112 - as in a notebook: what fails to show itself is shown another way
            continue
        if isinstance(shown, tuple):  # with metadata
            shown = shown[0]
        item = make(shown) if shown else None
        if item is not None:
            return item
    return None


def _html(shown: Any) -> Item | None:
    return _bounded("html", shown) if isinstance(shown, str) else None


def _svg(shown: Any) -> Item | None:
    if not isinstance(shown, str):
        return None
    return Item({"kind": "image", "mime": "image/svg+xml", "scale": 1}, [shown.encode("utf-8", "replace")])


def _pixels(shown: Any) -> Item | None:
    if isinstance(shown, str):
        try:
            shown = base64.b64decode(shown, validate=False)
        except (binascii.Error, ValueError):
            return None
    return _image(bytes(shown)) if isinstance(shown, (bytes, bytearray)) else None


_METHODS = (("_repr_html_", _html), ("_repr_svg_", _svg), ("_repr_png_", _pixels), ("_repr_jpeg_", _pixels))


def _bounded(kind: str, text: str) -> Item:
    if len(text) <= MAX_TEXT and len(text.encode("utf-8", "replace")) <= MAX_TEXT:
        return text_item(kind, text)
    size = len(text.encode("utf-8", "replace")) / 1048576
    if kind == "html":  # half of it would be another document
        note = f"HTML of {size:.1f} MiB is not shown: up to {MAX_TEXT >> 20} MiB is."
        return text_item("text", "", note=note)
    note = f"The beginning of {size:.1f} MiB."
    return text_item(kind, text[: MAX_TEXT // 4], note=note)
