"""What a step's code needs: its imports, and the packages that it names in comments."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ADD_PACKAGE = re.compile(r"#\s*pipedream\s+add-package\s+([^\s#;][^#]*?)\s*(?:#.*)?$")
_METADATA_BLOCK = re.compile(r"(?m)^# /// script$\s(?P<content>(^#(| .*)$\s)+)^# ///$")  # PEP 723
_LOADERS = ("import_module", "__import__")
_IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


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


def requests_of(code: str) -> list[Request]:
    """`# pipedream add-package NAME[==VERSION]` comments, and the dependencies of a PEP 723 block."""
    found = []
    for number, line in enumerate(code.splitlines(), 1):
        match = _ADD_PACKAGE.search(line) if "add-package" in line else None
        if match:
            found.append(Request(match[1], number))
    block = _METADATA_BLOCK.search(code) if "# /// script" in code else None
    if block:
        line = code.count("\n", 0, block.start()) + 1
        found.extend(Request(requirement, line) for requirement in _dependencies(block["content"]))
    return found


def _dependencies(content: str) -> list[str]:
    import tomllib

    text = "".join(line[2:] if line.startswith("# ") else line[1:] for line in content.splitlines(keepends=True))
    try:
        dependencies = tomllib.loads(text).get("dependencies", [])
    except tomllib.TOMLDecodeError:
        return []
    return [entry for entry in dependencies if isinstance(entry, str)] if isinstance(dependencies, list) else []


def imports_of(code: str) -> list[Import]:
    """All imports of the code, inside functions too; none where it is no Python."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return list(dict.fromkeys(_walk(tree, False, frozenset())))


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
        yield from (Import(module, node.lineno, optional, instead_of) for module in _modules(node))
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
