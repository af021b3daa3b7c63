"""A package's problem as the failure of a step (`StepError` in protocol.ts)."""

from __future__ import annotations

from typing import Any

from .ensuring import Blame

CODE = "PackageUnavailable"


def failure_of(blame: Blame, code: str) -> dict[str, Any]:
    """The failure, with the line of the code that needs the package."""
    problem = blame.problem
    message = problem.message
    if len(blame.chain) > 1:
        needed_by = " needs ".join(blame.chain)
        message = f"{message} ({needed_by}.)"
    lines = code.splitlines()
    shown = ""
    column = None
    if blame.line is not None and blame.line <= len(lines):
        text = lines[blame.line - 1]
        shown = f"  line {blame.line}\n    {text.strip()}\n"
        column = len(text) - len(text.lstrip()) + 1
    return {
        "code": CODE,
        "type": CODE,
        "message": message,
        "line": blame.line,
        "column": column,
        "traceback": f"{shown}{CODE}: {message}",
        "hint": problem.hint,
    }
