"""The older form of a step, a script without a handler: `from pipedream.script_helpers import (steps, export)`."""

from __future__ import annotations

from typing import Any

__all__ = ["export", "steps"]


def __getattr__(name: str) -> Any:
    # Looked up at each import, so that every step gets its own although the module is loaded once.
    if name not in __all__:
        raise AttributeError(f"module 'pipedream.script_helpers' has no attribute {name!r}: it has steps and export")
    from runnel import current

    bridge = current.bridge()
    if bridge is None:
        raise RuntimeError("pipedream.script_helpers can be used by a running step only")
    return bridge.steps if name == "steps" else bridge.export
