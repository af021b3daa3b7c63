"""Finds the value that a failing `value[key]` was looked up in, without running anything of the step."""

from __future__ import annotations

import ast
import itertools
from collections import deque
from types import TracebackType
from typing import Any

from ..inputs import Inputs, StepExports, Steps
from .context import Context

_SEARCHED_VALUES = 20_000
_SAFE = (dict, list, tuple, Steps, StepExports, Inputs)


class _Unknown(Exception):
    """The expression can't be worked out without running code."""


def failing_subscript(error: BaseException, context: Context) -> tuple[Any, str] | None:
    """The value in front of the brackets that failed, and how to name it; None where that isn't sure."""
    entry = error.__traceback__
    while entry is not None and entry.tb_next is not None:
        entry = entry.tb_next
    if entry is None or context.tree is None or entry.tb_frame.f_code.co_filename != context.name:
        return None
    expression = _value_expression(context.tree, _span(entry))
    if expression is None:
        return None
    names = {**entry.tb_frame.f_globals, **entry.tb_frame.f_locals}
    try:
        return _value_of(expression, names, context), _name_of(expression, names, context)
    except (_Unknown, LookupError, TypeError):
        return None


def path_of(value: Any, context: Context) -> str | None:
    """Where a dict or list stands in `pd.steps` or `pd.inputs`, found by identity."""
    if not isinstance(value, (dict, list)):
        return None
    waiting = deque([(context.bridge.steps, "pd.steps"), (context.bridge.inputs, "pd.inputs")])
    for _ in range(_SEARCHED_VALUES):
        if not waiting:
            return None
        here, path = waiting.popleft()
        if here is value:
            return path
        items = here.items() if isinstance(here, dict) else enumerate(here)
        for key, item in itertools.islice(items, _SEARCHED_VALUES):
            if isinstance(item, (dict, list)):
                waiting.append((item, path + _brackets(key)))
    return None


def _span(entry: TracebackType) -> tuple[int | None, ...]:
    positions = entry.tb_frame.f_code.co_positions()
    return next(itertools.islice(positions, entry.tb_lasti // 2, None), ())


def _value_expression(tree: ast.Module, span: tuple[int | None, ...]) -> ast.expr | None:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Subscript, ast.Call)) and span == (
            node.lineno,
            node.end_lineno,
            node.col_offset,
            node.end_col_offset,
        ):
            if isinstance(node, ast.Subscript):
                return node.value
            if isinstance(node.func, ast.Attribute) and node.func.attr == "pop":
                return node.func.value
    return None


def _value_of(node: ast.expr, names: dict[str, Any], context: Context) -> Any:
    if isinstance(node, ast.Name):
        return names[node.id]
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Attribute):
        if _value_of(node.value, names, context) is context.bridge and node.attr in ("steps", "inputs"):
            return getattr(context.bridge, node.attr)
    elif isinstance(node, ast.Subscript):
        container = _value_of(node.value, names, context)
        if type(container) in _SAFE:  # other classes may do anything when asked
            return container[_value_of(node.slice, names, context)]
    raise _Unknown


def _name_of(node: ast.expr, names: dict[str, Any], context: Context) -> str:
    path = path_of(_value_of(node, names, context), context)
    if path is None and isinstance(node, ast.Subscript):
        return f"{_name_of(node.value, names, context)}{_brackets(_value_of(node.slice, names, context))}"
    text = path or ast.unparse(node)
    return text if len(text) <= 200 else f"{text[:199]}…"


def _brackets(key: Any) -> str:
    return f'["{key}"]' if isinstance(key, str) else f"[{key!r}]"
