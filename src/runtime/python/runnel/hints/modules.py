"""Modules that aren't there when the step runs."""

from __future__ import annotations

import re
import sys

from ..packages.distributions import distribution_for
from ..packages.registry import version_of
from ..packages.unavailable import reason_for
from .context import Context

_PIP_INSTALL = re.compile(r"\bpip3? install (?:-\S+ )*[\"']?([A-Za-z0-9][\w.\-]*(?:\[[\w,\-]*\])?(?:==[\w.]+)?)")
_OPTIONAL_DEPENDENCY = re.compile(r"[Mm]issing optional dependency '([\w.\-]+)'")  # pandas


def hint(error: BaseException, context: Context) -> str | None:
    """For modules that aren't there, and for libraries that say what to install."""
    return _missing(error) or _advised(error)


def install_advice(package: str) -> str:
    """How a step gets a package that none of its imports leads to."""
    return f"Add a line: # pipedream add-package {package}"


def _advised(error: BaseException) -> str | None:
    """Libraries write `pip install NAME`; a step has a comment for that."""
    if type(error).__name__ == "FeatureNotFound":  # BeautifulSoup(text, "lxml")
        parser = str(error).partition("requested: ")[2].split(".")[0]
        name = "html5lib" if "html5lib" in parser else "lxml"
        return f'{install_advice(name)}, or use "html.parser", which is part of Python.'
    if isinstance(error, SyntaxError):
        return None
    found = _OPTIONAL_DEPENDENCY.search(str(error)) or _PIP_INSTALL.search(str(error))
    return install_advice(found[1]) if found else None


def _missing(error: BaseException) -> str | None:
    """For `ModuleNotFoundError`: a library's optional part, or an import that only shows while running."""
    if not isinstance(error, ModuleNotFoundError) or not error.name or error.name == "_multiprocessing":
        return None
    top = error.name.partition(".")[0]
    if top in sys.stdlib_module_names and top != error.name and top in sys.modules:
        return f"Python's own {top} holds no module {error.name}. Check how it is written."
    if top in sys.stdlib_module_names:
        return f"{top} is part of Python, but does not exist in the browser."
    package = distribution_for(error.name)
    reason = reason_for(package)
    if reason:
        return reason
    if version_of(package) is not None:
        return (
            f"The package {package} is installed, but holds no module {error.name}. Check how it is written. If another "
            "package provides it, add a line: # pipedream add-package NAME"
        )
    return f"{error.name} was not installed, as no import line of the step names it. {install_advice(package)}"
