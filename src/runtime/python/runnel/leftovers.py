"""What a step with accounts leaves in the interpreter, beyond what `session` puts back."""

from __future__ import annotations

import gc
import re
import sys


def drop() -> None:
    """Afterwards no object of the interpreter holds the step's accounts any more, but for what libraries keep of their own.

    Frames of its errors, closures and objects that hold each other wait for the collector; the standard library
    remembers the addresses and patterns that it has seen. The memory itself is given back, not wiped.
    """
    re.purge()
    parse = sys.modules.get("urllib.parse")
    if parse is not None:
        parse.clear_cache()
    gc.collect()
