"""Other programs, which a browser has none of."""

import errno
import os
import sys


def system(command):
    """As `os.system`, which would give -1 and say nothing: raises what `subprocess` does."""
    raise OSError(errno.ENOTSUP, f"{sys.platform} does not support processes.")


def install() -> None:
    if sys.platform == "emscripten":
        os.system = system
