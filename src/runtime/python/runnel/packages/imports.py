"""What a step's code needs: its imports, and the packages that it names in comments."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_ADD_PACKAGE = re.compile(r"#\s*pipedream\s+add-package\s+([^\s#;][^#]*?)\s*(?:#.*)?$")
_METADATA_BLOCK = re.compile(r"(?m)^# /// script$\s(?P<content>(^#(| .*)$\s)+)^# ///$")  # PEP 723
_LOADERS = ("import_module", "__import__")
_IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
_BESIDE = {"zoneinfo": "tzdata"}
"""Data that modules of Python find with the operating system elsewhere: the package that has it."""


@dataclass(frozen=True)
class Import:
    """A module that the code imports, dotted; `from a import b` counts as `a.b`, as b may be a module.

    `optional`: the code goes on without it. `instead_of`: modules that it stands in for where they are absent.
    """

    module: str
    line: int
    optional: bool = False
    instead_of: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Request:
    """A package that the code asks for by name: a requirement as pip takes it, and its line."""

    requirement: str
    line: int


@dataclass(frozen=True)
class Needs:
    """All that a step's code needs. `python`: the `requires-python` of its PEP 723 block and the block's line. `readable`:
    false where the code is no Python, and its imports are not known."""

    requests: tuple[Request, ...]
    imports: tuple[Import, ...]
    python: tuple[str, int] | None
    readable: bool


@functools.lru_cache(512)
def needs_of(code: str) -> Needs:
    """What the code needs; each code is looked at once."""
    tree = _parse(code)
    imports = () if tree is None else tuple(dict.fromkeys(_walk(tree, False, frozenset())))
    block = _metadata(code)
    python = block[0].get("requires-python") if block else None
    return Needs(
        tuple(requests_of(code)),
        imports,
        (python, block[1]) if block and isinstance(python, str) else None,
        tree is not None,
    )


def requests_of(code: str) -> list[Request]:
    """`# pipedream add-package NAME[==VERSION]` comments, and the dependencies of a PEP 723 block."""
    found = []
    for number, line in enumerate(code.splitlines(), 1):
        match = _ADD_PACKAGE.search(line) if "add-package" in line else None
        if match:
            found.append(Request(match[1], number))
    block = _metadata(code)
    if block:
        dependencies = block[0].get("dependencies")
        listed = dependencies if isinstance(dependencies, list) else []
        found.extend(Request(entry, block[1]) for entry in listed if isinstance(entry, str))
    return found


def _metadata(code: str) -> tuple[dict[str, Any], int] | None:
    """The PEP 723 block and its line; None where there is none that can be read."""
    block = _METADATA_BLOCK.search(code) if "# /// script" in code else None
    if block is None:
        return None
    import tomllib

    content = block["content"].splitlines(keepends=True)
    try:
        table = tomllib.loads("".join(line[2:] if line.startswith("# ") else line[1:] for line in content))
    except tomllib.TOMLDecodeError:
        return None
    return table, code.count("\n", 0, block.start()) + 1


def _parse(code: str) -> ast.AST | None:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _walk(node: ast.AST, optional: bool, instead_of: frozenset[str]) -> Iterator[Import]:
    if isinstance(node, ast.Try) and any(_catches_import_errors(handler) for handler in node.handlers):
        tried = [found for child in node.body for found in _walk(child, True, instead_of)]
        yield from tried
        fallback = instead_of | {found.module for found in tried}
        for child in node.handlers:
            yield from _walk(child, True, fallback if _catches_import_errors(child) else instead_of)
        for child in (*node.orelse, *node.finalbody):
            yield from _walk(child, optional, instead_of)
        return
    if isinstance(node, ast.If) and _is_type_checking(node.test):
        children: Iterator[ast.AST] = iter(node.orelse)
    else:
        for module in _modules(node):
            yield Import(module, node.lineno, optional, instead_of)
            data = _BESIDE.get(module.partition(".")[0])
            if data:
                yield Import(data, node.lineno, optional, instead_of)
        children = ast.iter_child_nodes(node)
    for child in children:
        yield from _walk(child, optional, instead_of)


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module if alias.name == "*" else f"{node.module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
        name = node.args[0].value
        if called in _LOADERS and isinstance(name, str) and re.fullmatch(r"[A-Za-z_][\w.]*", name):
            return [name]
    return []


def _catches_import_errors(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(entry, ast.Name) and entry.id in _IMPORT_ERRORS for entry in caught)


def _is_type_checking(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", None)
    return name == "TYPE_CHECKING"
