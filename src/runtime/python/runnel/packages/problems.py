"""Why a package can't be had, in words: what, where, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .locked import Locked
from .suggestions import meant_by, nearest
from .unavailable import reason_for

Kind = str
"""`unreachable`, `gateway`, `unknown`, `no-build`, `python-version`, `no-version`, `conflict`, `hash`, `broken` or `impossible`."""

_ADD_PACKAGE = "# pipedream add-package NAME"
_UPDATE = "open Packages at the top of the workflow and choose Update packages"


class PackageProblem(Exception):
    """One package can't be had. `package` is its normalised name, or "" where no single one is to blame. `detail`: what the
    other side said."""

    def __init__(self, kind: Kind, package: str, message: str, hint: str | None = None, detail: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.package = package
        self.message = message
        self.hint = hint
        self.detail = detail or message


def unreachable(package: str, detail: str) -> PackageProblem:
    """The index doesn't answer, or not as an index does."""
    return PackageProblem(
        "unreachable",
        package,
        f"{package} could not be looked up. {detail}",
        "Check the network connection of the computer that Runnel runs on, and the index that it was given (--index-url or "
        "PIP_INDEX_URL). Packages that were installed before keep working without it.",
        detail,
    )


def gateway_gone(package: str, detail: str) -> PackageProblem:
    """The page got no answer from the gateway."""
    return PackageProblem(
        "gateway",
        package,
        f"{package} could not be installed: Runnel's gateway does not answer ({detail}).",
        "Is the command that started Runnel still running? Start it again, then test again.",
        detail,
    )


def unknown(package: str) -> PackageProblem:
    """The index has no package of this name."""
    meant = meant_by(package)
    if meant:
        hint = f"The module {package} comes with the package {meant}: # pipedream add-package {meant}"
    else:
        close = nearest(package)
        question = f"Did you mean {_listed(close, 'or')}? " if close else ""
        hint = f"{question}If its package has another name than the import, add a line: {_ADD_PACKAGE}"
    return PackageProblem("unknown", package, f"There is no package named {package}.", hint)


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
        detail,
    )


def other_file(entry: Locked, found: str) -> PackageProblem:
    """The file's content is not the one that the workflow was made with."""
    return PackageProblem(
        "hash",
        entry.name,
        f"{entry.name} {entry.version} was refused: {entry.filename} is not the file that this workflow was made with "
        f"(sha256 {found[:12]}… in place of {entry.sha256[:12]}…). Nothing of it was installed.",
        f"Somebody has replaced the file. If you trust what {_place(entry)} gives now, {_UPDATE}.",
    )


def gone_from_index(entry: Locked) -> PackageProblem:
    """The locked file isn't offered any more."""
    return PackageProblem(
        "no-version",
        entry.name,
        f"{entry.name} {entry.version}, which this workflow was made with, is not in the package index any more "
        f"({entry.filename}).",
        f"To take the versions of today, {_UPDATE}.",
    )


def outdated_lock(entry: Locked, version: str | None) -> PackageProblem:
    """The workflow was made with another release of Pyodide."""
    there = f"has {entry.name} {version}" if version else f"has no {entry.name}"
    return PackageProblem(
        "no-version",
        entry.name,
        f"{entry.name} {entry.version}, which this workflow was made with, belongs to another release of Pyodide: the one of "
        f"this Runnel {there}{' in another build' if version == entry.version else ''}.",
        f"To take the versions of today, {_UPDATE}.",
    )


class DistributionUnreachable(PackageProblem):
    """Packages of Pyodide's own distribution can't be downloaded."""

    def __init__(self, packages: list[str], detail: str) -> None:
        self.packages = packages
        super().__init__(
            "unreachable",
            packages[0],
            f"{_listed(packages, 'and')} {'are' if len(packages) > 1 else 'is'} part of Pyodide's own distribution, and could "
            f"not be downloaded from its server. {detail}".strip(),
            "Check the network connection of the computer that Runnel runs on. The package index was asked as well: it has no "
            "build for the browser of what is needed.",
            detail,
        )


def no_suitable_file(package: str, specifier: str, files: Iterable[Mapping[str, Any]], python: str) -> PackageProblem:
    """The index has the package, but nothing that fits. `files` is all that the index lists (PEP 691)."""
    listed = list(files)
    wheels = [file for file in listed if str(file.get("filename", "")).endswith(".whl")]
    pure = [file for file in wheels if file["filename"].endswith("-none-any.whl")]
    usable = [file for file in pure if not file.get("python-refused")]
    for_browsers = [file for file in wheels if file["filename"].endswith("_wasm32.whl")]
    meant = meant_by(package)
    if meant:
        hint = f"The module {package} comes with the package {meant}: # pipedream add-package {meant}"
        return PackageProblem("no-build", package, f"The package {package} holds nothing that can be installed.", hint)
    if not listed:
        return PackageProblem(
            "no-version",
            package,
            f"{package} has no files in the package index.",
            f"Is another package meant? Add a line: {_ADD_PACKAGE}",
        )
    if usable or any(f"cp{python.replace('.', '')}" in file["filename"] for file in for_browsers):
        return PackageProblem(
            "no-version",
            package,
            f"There is no {package}{specifier} that runs in the browser.",
            f"Leave the version out, or choose another one: # pipedream add-package {package}",
        )
    if pure or for_browsers:
        return _other_python(package, [*pure, *for_browsers], python)
    why = "it holds native code, and is built for operating systems only" if wheels else (
        "only its source is published, and it can't be built here"
    )
    return PackageProblem(
        "no-build",
        package,
        f"{package} has no build for the browser: {why}.",
        "Look for a package in pure Python that does the same, or call the service's API with requests.",
    )


def _other_python(package: str, files: list[Mapping[str, Any]], python: str) -> PackageProblem:
    named = [file["requires-python"] for file in files if file.get("requires-python") and file.get("python-refused")]
    needs = str(named[-1]) if named else "another one"
    return PackageProblem(
        "python-version",
        package,
        f"{package} needs another version of Python: {needs}, and this is {python}.",
        f"Python in the browser has one version. Ask for a release of {package} that runs on {python}, if there is one "
        f"(# pipedream add-package {package}==VERSION), or use another package.",
    )


def step_needs_other_python(needs: str, python: str) -> PackageProblem:
    """The step's own `requires-python` (PEP 723) doesn't fit."""
    return PackageProblem(
        "python-version",
        "",
        f"The step asks for Python {needs}, and this is {python}.",
        "Python in the browser has one version. If the code runs on it, change requires-python in the step's script block.",
    )


def no_such_build(package: str, specifier: str, built: str) -> PackageProblem:
    """Pyodide's distribution has another version of a compiled package than the one that is asked for."""
    return PackageProblem(
        "no-version",
        package,
        f"There is no {package}{specifier} for the browser: Pyodide's distribution has {package} {built}.",
        f"Leave the version out: # pipedream add-package {package}",
    )


def conflict(package: str, detail: str) -> PackageProblem:
    """Two requirements don't go together."""
    return PackageProblem(
        "conflict",
        package,
        f"The versions of {package} that are asked for don't go together: {detail}",
        f"Pin one that suits all: # pipedream add-package {package}==VERSION",
    )


def steps_disagree(package: str, first: str, second: str) -> PackageProblem:
    """Two steps ask for different versions. Each text names the step, what it asks for and the line."""
    return PackageProblem(
        "conflict",
        package,
        f"Two steps ask for different versions of {package}: {first}, and {second}.",
        "A workflow has one version of each package: ask for the same one in both steps, or leave it out in one of them.",
    )


def broken(package: str, detail: str) -> PackageProblem:
    """Whatever else went wrong while installing."""
    return PackageProblem(
        "broken",
        package,
        f"{package} could not be installed: {detail}".rstrip(". ") + ".",
        f"Test again. If it stays so, another version may do: # pipedream add-package {package}==VERSION",
    )


def _listed(names: list[str], word: str) -> str:
    return f" {word} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _place(entry: Locked) -> str:
    return {"index": "the package index", "pyodide": "Pyodide's server"}.get(entry.source, "its server")
