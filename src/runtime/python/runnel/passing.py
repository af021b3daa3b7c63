"""Exports on their way to the next step of the run: they are read again while the page still looks through them for secrets."""

from __future__ import annotations

import json
from typing import Any

_LEAST = 64 * 1024
"""Bytes of JSON that are worth it."""

_left: bytes | None = None
_ready: Any = None


def leave(json_text: bytes) -> None:
    """Remembers what the step that ends exports, as UTF-8 JSON."""
    global _left, _ready
    _left, _ready = (json_text if len(json_text) >= _LEAST else None), None


def prepare() -> bool:
    """Reads it; whether there is something to take now. Never raises: then it is read from the page's copy."""
    global _left, _ready
    text, _left = _left, None
    if text is None:
        return False
    try:
        _ready = json.loads(text)
    except BaseException:  # noqa: BLE001 - a stop that comes late, no memory
        return False
    return True


def take() -> Any:
    """What was prepared, once: the step that gets it may change it."""
    global _ready
    ready, _ready = _ready, None
    return ready


def forget() -> None:
    """Nothing of a run stays for the next."""
    global _left, _ready
    _left = _ready = None
