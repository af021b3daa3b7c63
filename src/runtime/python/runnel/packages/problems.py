"""Why a package can't be had, in words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from .distributions import known_packages
from .unavailable import reason_for

Kind = str
"""`unreachable`, `unknown`, `no-build`, `python-version`, `no-version`, `conflict`, `broken` or `impossible`."""

_ADD_PACKAGE = "# pipedream add-package NAME"


class PackageProblem(Exception):
    """One package can't be had. `package` is its normalised name, or "" where no single one is to blame."""

    def __init__(self, kind: Kind, package: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.package = package
        self.message = message
        self.hint = hint


def unreachable(package: str, detail: str) -> PackageProblem:
    """The index, or the gateway on the way to it, doesn't answer."""
    return PackageProblem(
        "unreachable",
        package,
        f"{package} could not be looked up. {detail}",
        "Check the network connection of the computer that Runnel runs on. What is installed already keeps working.",
    )


def gateway_gone(package: str, detail: str) -> PackageProblem:
    """The page got no answer from the gateway."""
    return PackageProblem(
        "unreachable",
        package,
        f"{package} could not be installed: Runnel's gateway does not answer ({detail}).",
        "Is the command that started Runnel still running? Start it again, then test again.",
    )


def unknown(package: str) -> PackageProblem:
    """The index has no package of this name."""
    close = difflib.get_close_matches(package, known_packages() - {package}, 3, 0.75)
    meant = f"Did you mean {' or '.join(close)}? " if close else ""
    return PackageProblem(
        "unknown",
        package,
        f"There is no package named {package}.",
        f"{meant}If its package has another name than the import, add a line: {_ADD_PACKAGE}",
    )


def impossible(package: str) -> PackageProblem | None:
    """The problem of a package that can never work here; None for the others."""
    reason = reason_for(package)
    return PackageProblem("impossible", package, reason) if reason else None


def file_problem(package: str, detail: str) -> PackageProblem:
    """A file of the package can't be downloaded, or isn't the file that was promised."""
    return PackageProblem(
        "unreachable",
        package,
        f"{package} could not be downloaded. {detail}",
        "Test again; if it stays so, check the network connection or the package index that the gateway was given.",
    )


class DistributionUnreachable(PackageProblem):
    """Packages of Pyodide's own distribution can't be downloaded."""

    def __init__(self, packages: list[str], detail: str) -> None:
        self.packages = packages
        listed = " and ".join(filter(None, (", ".join(packages[:-1]), packages[-1])))
        super().__init__(
            "unreachable",
            packages[0],
            f"{listed} {'are' if len(packages) > 1 else 'is'} part of Pyodide's own distribution, and could not be "
            f"downloaded from its server. {detail}".strip(),
            "Check the network connection of the computer that Runnel runs on; the package index can't stand in for it.",
        )


def no_suitable_file(package: str, specifier: str, files: Iterable[Mapping[str, Any]], python: str) -> PackageProblem:
    """The index has the package, but nothing that fits. `files` is all that the index lists (PEP 691)."""
    listed = list(files)
    wheels = [file for file in listed if str(file.get("filename", "")).endswith(".whl")]
    pure = [file for file in wheels if file["filename"].endswith("-none-any.whl")]
    if not listed:
        return PackageProblem("no-version", package, f"{package} has no files in the package index.")
    if any(_is_usable(file) for file in pure):
        wanted = f"{package}{specifier}"
        return PackageProblem(
            "no-version",
            package,
            f"There is no {wanted} that runs in the browser.",
            f"Leave the version out, or choose another one: # pipedream add-package {package}",
        )
    if pure:
        needs = next((file["requires-python"] for file in pure if file.get("requires-python")), "another")
        return PackageProblem(
            "python-version", package, f"{package} needs another version of Python: {needs}, and this is {python}."
        )
    if wheels:
        why = "it holds native code, and is built for operating systems only"
    else:
        why = "only its source is published, and it can't be built here"
    return PackageProblem(
        "no-build",
        package,
        f"{package} has no build for the browser: {why}.",
        "Look for a package in pure Python that does the same, or call the service's API with requests.",
    )


def no_such_build(package: str, specifier: str, built: str) -> PackageProblem:
    """Pyodide's distribution has another version of a compiled package than the one that is asked for."""
    return PackageProblem(
        "no-version",
        package,
        f"There is no {package}{specifier} for the browser: Pyodide's distribution has {package} {built}.",
        f"Leave the version out: # pipedream add-package {package}",
    )


def _is_usable(file: Mapping[str, Any]) -> bool:
    return not file.get("python-refused")


def conflict(package: str, detail: str) -> PackageProblem:
    """Two requirements don't go together."""
    return PackageProblem(
        "conflict",
        package,
        f"The versions of {package} that are asked for don't go together: {detail}",
        f"Pin one that suits all: # pipedream add-package {package}==VERSION",
    )


def broken(package: str, detail: str) -> PackageProblem:
    """Whatever else went wrong while installing."""
    return PackageProblem("broken", package, f"{package} could not be installed: {detail}".rstrip(". ") + ".")
