"""One thing to show, as the page gets it: a small head (`DisplayHead` in protocol.ts) and its large parts as bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Item:
    """`head` is JSON and says the kind; `parts` are what it describes: rows, an image, a text."""

    head: dict[str, Any]
    parts: list[bytes] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of its parts."""
        return sum(map(len, self.parts))


def text_item(kind: str, text: str, **head: Any) -> Item:
    """An item whose one part is a text: `html`, `json` or `text`."""
    return Item({"kind": kind, **head}, [text.encode("utf-8", "replace")])
