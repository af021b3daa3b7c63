"""What to do about an error, where we know."""

from __future__ import annotations

import contextlib

from . import code, data, files, keys, modules, network, platform
from .context import Context

__all__ = ["Context", "hint_for"]

_KINDS = (keys.hint, code.hint, modules.hint, platform.hint, files.hint, data.hint, network.hint)


def hint_for(error: BaseException, context: Context) -> str | None:
    """One or two sentences on what to do next, or None."""
    for name in ("runnel_hint", "hint"):
        given = getattr(error, name, None)
        if isinstance(given, str):
            return given
    for kind in _KINDS:
        # Hints look into foreign objects, and are never worth a second error.
        with contextlib.suppress(Exception):
            found = kind(error, context)
            if found:
                return found
    return None
