"""`console` in a step's globals: the documentation's samples write `console.log(…)` inside Python (fact S3)."""

from __future__ import annotations

import json
import sys
from typing import Any, TextIO


def _text(value: Any) -> str:
    if isinstance(value, (dict, list, tuple)):
        try:
            return json.dumps(value, ensure_ascii=False, default=repr)
        except (TypeError, ValueError, RecursionError):
            return repr(value)
    return str(value)


def _write(stream: TextIO, values: tuple[Any, ...]) -> None:
    print(*map(_text, values), file=stream)


class Console:
    """Writes values to the step's logs, dicts and lists as JSON."""

    def log(self, *values: Any) -> None:
        """To standard output."""
        _write(sys.stdout, values)

    info = debug = log

    def warn(self, *values: Any) -> None:
        """To standard error."""
        _write(sys.stderr, values)

    error = warn
