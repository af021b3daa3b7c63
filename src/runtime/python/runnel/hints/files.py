"""Files that aren't there."""

from __future__ import annotations

import os

from .context import Context


def hint(error: BaseException, context: Context) -> str | None:
    """For paths under /tmp, and for files of the person's own computer."""
    if not isinstance(error, FileNotFoundError) or not error.filename:
        return None
    path = os.path.abspath(os.fsdecode(error.filename))
    if path.startswith("/tmp/"):
        return (
            "/tmp is empty at the start of each run. If an earlier step writes this file, run both together: "
            "“Test up to here”."
        )
    return "A step sees its own /tmp only, not the files of your computer. Fetch the data in the step, or put it into the event."
