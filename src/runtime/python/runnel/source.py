"""A step's source: compiled, and looked at for what it defines."""

from __future__ import annotations

import ast
import linecache
from dataclasses import dataclass
from types import CodeType

from .errors import NoHandler

HANDLER = "handler"
SCRIPT_HELPERS = "pipedream.script_helpers"


@dataclass(frozen=True)
class Source:
    """A step's code, ready to run. `older_form` is a script that uses `pipedream.script_helpers`."""

    name: str
    text: str
    tree: ast.Module
    code: CodeType
    older_form: bool


def compile_source(name: str, text: str) -> Source:
    """Compiles a step; its file is shown as the step's name.

    Raises `SyntaxError`, or `NoHandler` where the code can't define a handler and isn't of the older form.
    """
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    try:
        tree = ast.parse(text, name)
        code = compile(tree, name, "exec", dont_inherit=True)
    except (ValueError, UnicodeError) as error:  # null bytes, half surrogate pairs
        raise SyntaxError(str(error)) from None
    older_form = _uses_script_helpers(tree)
    if not older_form and not _may_define_handler(tree):
        raise no_handler()
    return Source(name, text, tree, code, older_form)


def no_handler(found: object = None) -> NoHandler:
    """The error for code without a handler, or with something else under that name."""
    if found is None:
        error = NoHandler("The step defines no handler.")
    else:
        error = NoHandler(f"handler must be a function, but is {type(found).__name__}.")
    error.hint = 'Put the step\'s work into a function: def handler(pd: "pipedream"): …'
    return error


def _uses_script_helpers(tree: ast.Module) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and any(alias.name == SCRIPT_HELPERS for alias in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and not node.level:
            if node.module == SCRIPT_HELPERS:
                return True
            if node.module == "pipedream" and any(alias.name == "script_helpers" for alias in node.names):
                return True
    return False


def _may_define_handler(tree: ast.Module) -> bool:
    """Whether anything at all binds or names `handler`; then the module is run to see."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name == HANDLER:
            return True
        if isinstance(node, ast.Name) and node.id == HANDLER:
            return True
        if isinstance(node, ast.alias) and (node.asname or node.name) in (HANDLER, "*"):
            return True
        if isinstance(node, ast.Constant) and node.value == HANDLER:  # globals()["handler"]
            return True
    return False


def handler_line(tree: ast.Module) -> int | None:
    """Line on which the handler is defined."""
    handler = _handler(tree)
    return handler.lineno if handler else None


def return_line(tree: ast.Module) -> int | None:
    """Line to show for a bad return value: the handler's only `return value`, else its first line."""
    handler = _handler(tree)
    lines = _returns(handler) if handler else []
    return lines[0] if len(lines) == 1 else handler_line(tree)


def _handler(tree: ast.Module) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == HANDLER:
            return node
    return None


def _returns(function: ast.AST) -> list[int]:
    found: list[int] = []
    for child in ast.iter_child_nodes(function):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            continue
        if isinstance(child, ast.Return) and child.value is not None:
            found.append(child.lineno)
        found.extend(_returns(child))
    return found
