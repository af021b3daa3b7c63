"""Libraries from the package index for tests on CPython, installed once into the project's cache."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import unittest
from collections.abc import Sequence

CACHE = pathlib.Path(__file__).parents[4] / ".cache"


def provide(requirements: Sequence[str]) -> str:
    """The folder with these packages (`NAME==VERSION`), to be put on `sys.path`.

    Raises `SkipTest` where no index can be reached, an error where that is required.
    """
    pinned = "-".join(requirements).replace("==", "")
    folder = CACHE / f"python-{pinned}-{sys.version_info.major}{sys.version_info.minor}"
    if not (folder / "complete").exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(folder)]
        done = subprocess.run([*pip, *requirements], capture_output=True, text=True, check=False)
        if done.returncode:
            why = f"{' and '.join(requirements)} can't be installed: {done.stderr.strip().splitlines()[-1:]}"
            if os.environ.get("RUNNEL_REQUIRE_INDEX") == "1":
                raise RuntimeError(why)
            raise unittest.SkipTest(why)
        (folder / "complete").touch()
    return str(folder)
