"""From an exception to the failure that the page shows (`StepError` in protocol.ts)."""

from __future__ import annotations

from typing import Any

from .errors import StepError
from .hints import Context, hint_for
from .tracebacks import cut, format_error, message_of, step_position

MODULE_PREFIX = "step_"
"""Before a step's name in the name of its module, which shows with its classes."""
TRACEBACK_LIMIT = 256 * 1024
"""Characters of a traceback that are kept; chained exceptions may each have a long message."""


def failure_of(error: BaseException, name: str, context: Context) -> dict[str, Any]:
    """The step's failure as plain data. `context` is what hints look things up in."""
    position = step_position(error, name)
    line, column = position or (getattr(error, "runnel_line", None), None)
    return {
        "code": _code(error),
        "type": _type_name(error),
        "message": _message(error),
        "line": line,
        "column": column,
        "traceback": cut(format_error(error), TRACEBACK_LIMIT),
        "hint": hint_for(error, context),
    }


def syntax_failure(error: SyntaxError, name: str, context: Context) -> dict[str, Any]:
    """The failure of a step that Python can't read."""
    return {
        **failure_of(error.with_traceback(None), name, context),
        "code": "SyntaxError",
        "message": cut(error.msg or str(error)),
        "line": error.lineno or None,
        "column": error.offset or None,
    }


def _message(error: BaseException) -> str:
    if isinstance(error, SystemExit) and not isinstance(error.code, str):
        return f"sys.exit({error.code!r}) ended the step."
    return message_of(error)


def _code(error: BaseException) -> str:
    if isinstance(error, StepError):
        return error.code
    return getattr(error, "runnel_code", None) or "PythonError"


def _type_name(error: BaseException) -> str:
    kind = type(error)
    if kind.__module__ in ("builtins", "__main__") or kind.__module__.startswith(MODULE_PREFIX):
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"
