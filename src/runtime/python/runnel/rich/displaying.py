"""`display`, and what becomes of a value that a handler returns."""

from __future__ import annotations

import json
from typing import Any

from .. import current, host
from .frames import as_frame, records
from .items import Item, text_item
from .kinds import item_of, rich_item

MAX_ITEMS = 100
"""Things that one step may show."""
MAX_BYTES = 32 * 1024 * 1024
"""Bytes that they may take together."""

_JSON_TYPES = (str, int, float, bool, dict, list, tuple, type(None))


def display(*values: Any) -> None:
    """Shows values below the step: data frames as tables, figures and images, HTML, dicts and lists as trees, else text."""
    displays = current.displays()
    if displays is None:
        raise RuntimeError("display() shows values while a step runs, and none does.")
    for value in values:
        displays.show(item_of(value))


class Displays:
    """What the running step shows, within its bounds."""

    def __init__(self) -> None:
        self._count = 0
        self._size = 0

    def show(self, item: Item) -> None:
        """Passes one thing on; what is too much is told once and left out."""
        self._count += 1
        if self._count > MAX_ITEMS:
            if self._count == MAX_ITEMS + 1:
                self._send(text_item("text", "", note=f"More follows and is not shown: a step shows {MAX_ITEMS} things."))
            return
        if self._size + item.size > MAX_BYTES:
            note = (
                f"{_NOUNS.get(item.head['kind'], 'Text')} of {item.size / 1048576:.1f} MiB is not shown: "
                f"a step shows {MAX_BYTES >> 20} MiB in all, and {self._size / 1048576:.1f} MiB are used."
            )
            item = text_item("text", "", note=note)
        self._size += item.size
        self._send(item)

    def returned(self, value: Any) -> Any:
        """Shows what the handler returned where it is more than JSON; gives what of it is exported.

        A data frame or series is exported as its rows; images, figures and HTML are shown only. Raises what drawing a
        figure raises, and `NotSerializable` for a data frame whose rows can't be dicts.
        """
        if isinstance(value, _JSON_TYPES):
            return value
        item = rich_item(value)
        if item is None:
            return value
        item.head["returned"] = True
        frame = as_frame(value)
        if frame is None:
            item.head["note"] = (
                "The handler returned this. Later steps don't get it, since it isn't JSON: pd.export what they need."
            )
        self.show(item)
        return None if frame is None else records(frame)

    def _send(self, item: Item) -> None:
        host.display(json.dumps(item.head), item.parts)


_NOUNS = {"table": "A table", "image": "An image", "html": "HTML", "json": "A tree"}
