"""The step that runs now. One at a time: steps of a run follow each other in one interpreter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bridge import Pipedream

_bridge: Pipedream | None = None


def set_bridge(bridge: Pipedream | None) -> None:
    """Says which step's `pd` is in force; None between steps."""
    global _bridge
    _bridge = bridge


def bridge() -> Pipedream | None:
    """The `pd` of the running step, or None."""
    return _bridge
