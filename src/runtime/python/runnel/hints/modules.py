"""Modules that aren't there when the step runs."""

from __future__ import annotations

import sys

from ..packages.distributions import distribution_for
from ..packages.installed import installed_version
from ..packages.unavailable import reason_for
from .context import Context


def hint(error: BaseException, context: Context) -> str | None:
    """For `ModuleNotFoundError`: a library's optional part, or an import that only shows while running."""
    if not isinstance(error, ModuleNotFoundError) or not error.name or error.name == "_multiprocessing":
        return None
    top = error.name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return f"{top} is part of Python, but does not exist in the browser."
    if top in sys.modules and "." in error.name:
        return f"{top} is installed, but has no module {error.name}. Check how it is written, and the version."
    reason = reason_for(distribution_for(error.name))
    if reason:
        return reason
    if installed_version(distribution_for(error.name)) is not None:
        return (
            f"The package {distribution_for(error.name)} is installed, but holds no module {error.name}. If another package "
            "provides it, add a line: # pipedream add-package NAME"
        )
    return (
        f"{top} was not installed, as no import line of the step names it. "
        f"Add a line: # pipedream add-package {distribution_for(error.name)}"
    )
