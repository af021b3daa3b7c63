"""Finds what JSON can't hold in a value, and says how to convert it."""

from __future__ import annotations

import json
import math
from typing import Any

_MAX_DEPTH = 200

Problem = tuple[str, str | None]
"""A sentence that names path and type, and how to convert the value where we know."""


def problem_of(name: str, value: Any, verb: str = "exported") -> Problem | None:
    """The first thing in a value that JSON can't hold, or None. `verb`: what can't be done with it for that."""
    problem = _look(value, name, {}, verb)
    if problem is None or verb == "exported":
        return problem
    sentence, advice = problem
    return sentence, advice and advice.replace("Export ", "Take ").replace("exported", verb)


def _look(value: Any, path: str, around: dict[int, str], verb: str) -> Problem | None:
    if value is None or isinstance(value, (bool, int, str)):
        return None
    if isinstance(value, float):
        if math.isfinite(value):
            return None
        return f"{path}: {float(value)!r} can't be {verb}, JSON has no such number.", "Export None or a text instead."
    if not isinstance(value, (dict, list, tuple)):
        return f"{path}: {type_name(value)} can't be {verb} as JSON.", conversion_for(value)
    if id(value) in around:
        return (
            f"{path}: circular reference, {type_name(value)} at {around[id(value)]} contains itself.",
            "Export a copy without the reference back.",
        )
    if len(around) >= _MAX_DEPTH:
        return f"{path}: nested more than {_MAX_DEPTH} levels deep.", "Export a flatter value."
    return _look_inside(value, path, {**around, id(value): path}, verb)


def _look_inside(value: Any, path: str, around: dict[int, str], verb: str) -> Problem | None:
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if not (key is None or isinstance(key, (str, int, float, bool))):
            return f"{path}: a key of type {type_name(key)} can't be {verb} as JSON.", "Use texts as keys: str(key)."
        step = json.dumps(key, ensure_ascii=False) if isinstance(key, str) else repr(key)
        found = _look(item, f"{path}[{step}]", around, verb)
        if found:
            return found
    return None


def type_name(value: Any) -> str:
    """How a value's class is called: with its package, without for those everyone knows."""
    kind = type(value)
    top = kind.__module__.partition(".")[0]
    if top in ("builtins", "datetime", "decimal", "uuid") or top.startswith("step_"):
        return kind.__qualname__
    return f"{top}.{kind.__qualname__}"


_BY_TYPE = {
    "datetime": "Convert it with .isoformat().",
    "date": "Convert it with .isoformat().",
    "time": "Convert it with .isoformat().",
    "timedelta": "Convert it with .total_seconds().",
    "Decimal": "Convert it with float(x) or str(x).",
    "UUID": "Convert it with str(x).",
    "bytes": "Convert it with .decode(), or base64.b64encode(x).decode() where it is no text.",
    "bytearray": "Convert it with bytes(x).decode(), or base64.b64encode(x).decode() where it is no text.",
    "set": "Convert it with list(x), or sorted(x) for a fixed order.",
    "frozenset": "Convert it with list(x), or sorted(x) for a fixed order.",
    "generator": "Convert it with list(x). A handler that uses yield returns a generator: return a value instead.",
    "function": "Call it: a function itself can't be exported.",
    "method": "Call it: a method itself can't be exported.",
    "builtin_function_or_method": "Call it: a function itself can't be exported.",
    "coroutine": "Await it first: write await in front of the call, in an async def handler.",
    "runnel.DataStore": "Convert it with dict(x.items()).",
    "complex": "Export its .real and .imag.",
}
_BY_METHOD = (
    ("model_dump", "Convert it with .model_dump(mode=\"json\")."),
    ("iterrows", "Convert it with .to_dict(\"records\")."),
    ("to_dict", "Convert it with .to_dict()."),
    ("tolist", "Convert it with .tolist()."),
    ("item", "Convert it with .item()."),
    ("isoformat", "Convert it with .isoformat()."),
    ("to_py", "Convert it with .to_py()."),
    ("__dataclass_fields__", "Convert it with dataclasses.asdict(x)."),
    ("__fspath__", "Convert it with str(x)."),
    ("__next__", "Convert it with list(x)."),
    ("keys", "Convert it with dict(x)."),
    ("__iter__", "Convert it with list(x)."),
)


def conversion_for(value: Any) -> str | None:
    """How to make a value of this type exportable, where we know."""
    known = _BY_TYPE.get(type_name(value)) or _BY_TYPE.get(type(value).__name__)
    if known:
        return known
    if isinstance(value, BaseException):
        return "Convert it with str(x)."
    kind = type(value)
    if kind.__name__.endswith("Response"):
        return _of_response(value)
    for method, advice in _BY_METHOD:
        if hasattr(kind, method):
            return advice
    return "Export a dict of the values that matter instead."


def _of_response(value: Any) -> str:
    if callable(getattr(value, "json", None)):
        return "Export what the response holds: response.json() or response.text."
    if hasattr(value, "data"):
        return "Export what the response holds: response.data."
    return "Export what the response holds, for example json.loads(response.read())."
