"""Modules that aren't there when the step runs."""

from __future__ import annotations

import sys

from ..packages.distributions import distribution_for
from ..packages.registry import version_of
from ..packages.unavailable import reason_for
from .context import Context


def hint(error: BaseException, context: Context) -> str | None:
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
    return (
        f"{error.name} was not installed, as no import line of the step names it. "
        f"Add a line: # pipedream add-package {package}"
    )
