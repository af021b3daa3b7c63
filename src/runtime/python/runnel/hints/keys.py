"""Keys, indexes and attributes that aren't there: which are."""

from __future__ import annotations

import difflib
import os
from typing import Any

from ..inputs import names
from .context import Context
from .locate import failing_subscript


def hint(error: BaseException, context: Context) -> str | None:
    """For `KeyError`, `IndexError`, and the TypeErrors and AttributeErrors of looking something up."""
    if isinstance(error, KeyError):
        return _variable(error, context) or _key(error, context)
    if isinstance(error, IndexError):
        return _index(error, context)
    if isinstance(error, TypeError):
        return _wrong_kind(error, context)
    if isinstance(error, AttributeError):
        return _attribute(error, context)
    return None


def nearest(word: Any, words: Any) -> str:
    """` Did you mean "x"?` where one of the words is close, else nothing."""
    known = {str(other).lower(): other for other in words}
    close = difflib.get_close_matches(str(word).lower(), known, 1, 0.7)
    return f" Did you mean {known[close[0]]!r}?" if close else ""


def _variable(error: KeyError, context: Context) -> str | None:
    entry = error.__traceback__
    while entry is not None:
        if entry.tb_next is None and entry.tb_frame.f_locals.get("self") is os.environ:
            name = error.args[0]
            return (
                f"The environment variable {name} is not defined.{nearest(name, context.env)} "
                "Add it on the Environment page."
            )
        entry = entry.tb_next
    return None


def _key(error: KeyError, context: Context) -> str | None:
    found = failing_subscript(error, context)
    if found is None or not isinstance(found[0], dict) or not error.args:
        return None
    value, where = found
    key = error.args[0]
    if not value:
        return f"{where} is empty: it has no {key!r}."
    return f"{where} has no {key!r}.{nearest(key, value)} It has {names(value)}."


def _index(error: IndexError, context: Context) -> str | None:
    found = failing_subscript(error, context)
    if found is None or not isinstance(found[0], (list, tuple, str)):
        return None
    value, where = found
    if not value:
        return f"{where} is empty."
    count = f"{len(value)} items: 0 to {len(value) - 1}" if len(value) > 1 else "one item: 0"
    return f"{where} has {count}."


def _wrong_kind(error: TypeError, context: Context) -> str | None:
    text = str(error)
    if "is not subscriptable" not in text and "indices must be" not in text:
        return None
    found = failing_subscript(error, context)
    if found is None:
        return None
    value, where = found
    if value is None:
        return f"{where} is None."
    if isinstance(value, (list, tuple)):
        count = "1 item" if len(value) == 1 else f"{len(value)} items"
        return f"{where} is a list with {count}: take one with [0], or go through all with for."
    if isinstance(value, str):
        return f"{where} is text. If it holds JSON, read it with json.loads(…) first."
    return f"{where} is of type {type(value).__name__}."


def _attribute(error: AttributeError, context: Context) -> str | None:
    owner, name = getattr(error, "obj", None), error.name
    if owner is context.bridge:
        return f"pd has steps, inputs, export() and flow, but no {name}."
    if isinstance(owner, dict) and isinstance(name, str):
        return f'A dict is read with brackets: ["{name}"] instead of .{name}.'
    return None
