"""The step that runs now. One at a time: steps of a run follow each other in one interpreter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bridge import Pipedream
    from .rich import Displays

_bridge: Pipedream | None = None
_displays: Displays | None = None


def set_step(bridge: Pipedream | None, displays: Displays | None) -> None:
    """Says which step's `pd` is in force, and where what it shows goes; None between steps."""
    global _bridge, _displays
    _bridge, _displays = bridge, displays


def bridge() -> Pipedream | None:
    """The `pd` of the running step, or None."""
    return _bridge


def displays() -> Displays | None:
    """Where what the running step shows goes, or None."""
    return _displays
