"""From the name of an import to the package that provides it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .import_names import KNOWN_PACKAGES, PACKAGE_OF_IMPORT

_CLOUD = re.compile(r"google\.cloud\.([a-z]\w*?)(?:_v\d\w*)?(?:\.|$)")

_distribution_imports: dict[str, str] = {}


def learn_imports(package_of_import: Mapping[str, str]) -> None:
    """Adds what Pyodide's own distribution knows: import name → package."""
    _distribution_imports.update(package_of_import)


def normalize(name: str) -> str:
    """The form that all spellings of a package's name share (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def import_key(module: str) -> str:
    """The part of a dotted module name that one package provides: its top, or more of it in a shared namespace."""
    parts = module.split(".")
    for length in range(len(parts), 1, -1):
        key = ".".join(parts[:length])
        if key in PACKAGE_OF_IMPORT or (length == 3 and _CLOUD.fullmatch(key)):
            return key
    return parts[0]


def distribution_for(module: str) -> str:
    """The package that provides a module; the module's own name where nothing else is known."""
    key = import_key(module)
    known = PACKAGE_OF_IMPORT.get(key) or _distribution_imports.get(key)
    if known:
        return normalize(known)
    cloud = _CLOUD.fullmatch(key)
    if cloud:
        return f"google-cloud-{normalize(cloud[1])}"
    return normalize(key)


def known_packages() -> set[str]:
    """Names to suggest from."""
    return set(KNOWN_PACKAGES) | {normalize(name) for name in _distribution_imports.values()}
