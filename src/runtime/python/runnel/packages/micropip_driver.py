"""Drives micropip: its package manager over an index of ours, so that progress shows and failures keep their reason."""

from __future__ import annotations

import importlib.metadata
import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

from .. import host
from .attempt import BASE, INDEX_URL, Attempt
from .distributions import normalize
from .installed import installed_version
from .problems import DistributionUnreachable, PackageProblem, broken, conflict, no_such_build, no_suitable_file

_FAILED_NAME = re.compile(r"(?:metadata|wheel) for '([A-Za-z0-9][\w.-]*)([^']*)'")
_CONFLICT = re.compile(r"Requested '([^']*)', but ([\w.-]+)==(\S+) is already installed")

_manager: Any = None
_layer: Any = None




def new_attempt() -> Attempt:
    """An attempt that knows which Python this is."""
    from micropip._vendored.packaging.src.packaging.specifiers import InvalidSpecifier, SpecifierSet

    version = ".".join(map(str, sys.version_info[:3]))

    def allows(needs: str) -> bool:
        try:
            return SpecifierSet(needs).contains(version, prereleases=True)
        except InvalidSpecifier:
            return True  # old packages write them in ways of their own

    return Attempt(allows)


async def install(requirements: list[str], attempt: Attempt) -> None:
    """Installs requirements and what they need; `attempt.installed` grows. Raises `PackageProblem`."""
    prepare()
    _layer.attempt = attempt
    try:
        await _install(requirements, attempt)
    except DistributionUnreachable as problem:
        await _install_from_index(problem, attempt)


async def _install(requirements: list[str], attempt: Attempt) -> None:
    try:
        await _manager.install(requirements)
    except PackageProblem:
        raise
    except (ValueError, RuntimeError, OSError, LookupError, TypeError) as error:
        raise _problem_behind(error, requirements, attempt) from None


async def _install_from_index(problem: DistributionUnreachable, attempt: Attempt) -> None:
    """Some compiled packages are there in pure Python as well, slower. Raises the problem where these are not."""
    locked = {name: _layer.lockfile_packages.pop(name) for name in problem.packages}
    try:
        await _install([f"{name}=={entry['version']}" for name, entry in locked.items()], attempt)
    except PackageProblem:
        raise problem from None
    finally:
        _layer.lockfile_packages.update(locked)


def replace_misfits(requirements: list[str]) -> bool:
    """Uninstalls packages whose installed version is not the one that is asked for: micropip would refuse.
    Tells whether there were any."""
    misfits = []
    for text in requirements:
        name, specifier = parse(text)
        version = installed_version(name)
        if version is not None and specifier and not fits(version, specifier):
            misfits.append(name)
    for name in misfits:
        _uninstall(name)
    return bool(misfits)


def remove(attempt: Attempt) -> None:
    """Takes back what an attempt installed."""
    for name in list(attempt.installed):
        if installed_version(name) is not None:
            _uninstall(name)
    attempt.installed.clear()


def parse(requirement: str) -> tuple[str, str]:
    """Name and version specifier of a requirement. Raises `PackageProblem` for what is none."""
    from micropip._vendored.packaging.src.packaging.requirements import InvalidRequirement, Requirement

    try:
        parsed = Requirement(requirement)
    except InvalidRequirement as error:
        raise broken(requirement, f"this is no requirement ({str(error).splitlines()[0]})") from None
    return normalize(parsed.name), str(parsed.specifier)


def fits(version: str, specifier: str) -> bool:
    """Whether a version fits a specifier."""
    from micropip._vendored.packaging.src.packaging.specifiers import SpecifierSet

    return SpecifierSet(specifier).contains(version, prereleases=True)


def prepare() -> Any:
    """micropip's package manager, made on the first call: importing micropip takes a while."""
    global _manager, _layer
    if _manager is None:
        from micropip import package_index
        from micropip._compat import compatibility_layer
        from micropip.package_manager import PackageManager

        logging.getLogger("micropip").disabled = True  # it writes to the step's logs
        # The lock file is asked first only where the default index is in force. It holds compiled packages, which the index
        # lists too, but seldom for the browser.
        package_index.DEFAULT_INDEX_URLS[:] = [INDEX_URL]
        _layer = _layer_over(compatibility_layer)
        _manager = PackageManager(_layer)
    return _manager


def _layer_over(base: Any) -> Any:
    class Layer(base):  # type: ignore[misc]
        """micropip's ways out, led through the attempt."""

        attempt: Attempt

        @staticmethod
        async def fetch_string_and_headers(url: str, kwargs: dict[str, Any]) -> tuple[str, dict[str, str]]:
            return await Layer.attempt.page(url, dict(kwargs.get("headers", {})))

        @staticmethod
        async def fetch_bytes(url: str, kwargs: dict[str, Any]) -> bytes:
            return await Layer.attempt.file(url)

        @staticmethod
        async def install(buffer: Any, filename: str, install_dir: str, metadata: Any = None) -> None:
            name, version = filename.split("-")[:2]
            host.phase(f"Installing {normalize(name)}…")
            await base.install(buffer, filename, install_dir, metadata)
            Layer.attempt.installed[normalize(name)] = version

        @staticmethod
        async def loadPackage(names: Any) -> None:  # noqa: N802 - micropip's name
            await _load_distribution(base, names, Layer.attempt)

    return Layer


async def _load_distribution(base: Any, names: Any, attempt: Attempt) -> None:
    """Pyodide's own loader reports failures to a callback, and goes on."""
    errors: list[str] = []
    loaded = await base.loadPackage(names, messageCallback=_show_loading, errorCallback=errors.append)
    for package in loaded:
        if package.packageType == "package":
            attempt.installed[normalize(package.name)] = package.version
    lock = base.lockfile_packages
    wanted = _with_dependencies([normalize(str(name)) for name in names], lock)
    missing = [name for name in wanted if lock[name]["package_type"] == "package" and installed_version(name) is None]
    if missing:
        detail = await attempt.why_not(f"{BASE}/distribution/{lock[missing[0]]['file_name']}")
        raise DistributionUnreachable(missing, detail or " ".join(errors))
    if errors:
        raise broken(", ".join(wanted), " ".join(errors))


def _with_dependencies(names: list[str], lock: Mapping[str, Any]) -> list[str]:
    found = list(dict.fromkeys(names))
    for name in found:  # grows while it is gone through
        found.extend(normalize(other) for other in lock[name]["depends"] if normalize(other) not in found)
    return found


def _show_loading(message: str) -> None:
    if message.startswith("Loading "):
        host.phase(f"Downloading {message.removeprefix('Loading ')}…")


def _problem_behind(error: Exception, requirements: list[str], attempt: Attempt) -> PackageProblem:
    text = str(error)
    clash = _CONFLICT.search(text)
    if clash:
        return conflict(normalize(clash[2]), f"{clash[1]} is needed, and {clash[2]} {clash[3]} is there.")
    match = _FAILED_NAME.search(text)
    name = normalize(match[1]) if match else ""
    if name in attempt.problems:
        return attempt.problems[name]
    built = _layer.lockfile_packages.get(name)
    if built and match:
        return no_such_build(name, match[2], built["version"])
    if name in attempt.pages and match:
        python = ".".join(map(str, sys.version_info[:2]))
        return no_suitable_file(name, match[2], attempt.pages[name], python)
    if attempt.problems:
        return next(iter(attempt.problems.values()))
    return broken(name or ", ".join(requirements), f"{type(error).__name__}: {text.splitlines()[0] if text else ''}")


def _uninstall(package: str) -> None:
    """Removes a package and its modules, so that the next import loads what is installed then."""
    files = importlib.metadata.distribution(package).files or []
    tops = {file.parts[0].removesuffix(".py") for file in files if file.suffix == ".py"}
    prepare().uninstall([package])
    for name in [name for name in sys.modules if name.partition(".")[0] in tops]:
        del sys.modules[name]
