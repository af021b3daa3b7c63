"""What to do about an error, where we know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Context:
    """What a hint may look at: the step's `pd`, and its name."""

    name: str
    bridge: Any


def hint_for(error: BaseException, context: Context) -> str | None:
    """One or two sentences on what to do next, or None."""
    given = getattr(error, "runnel_hint", None) or getattr(error, "hint", None)
    return given if isinstance(given, str) else None
