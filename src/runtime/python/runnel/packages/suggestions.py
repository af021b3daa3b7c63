"""Which package may be meant by a name that is none."""

from __future__ import annotations

import difflib

from .distributions import known_packages, normalize
from .import_names import PACKAGE_OF_IMPORT


def meant_by(name: str) -> str | None:
    """The package of a module, where somebody gives the module's name for the package's: `sklearn`, `cv2`. `name` is
    normalised; None where it may well be the package's own name."""
    for module, package in PACKAGE_OF_IMPORT.items():
        if "." not in module and normalize(module) == name:
            return package if package != name else None
    return None


def nearest(name: str) -> list[str]:
    """Up to three packages that people use whose names look like this one, the nearest first."""
    from .popular import POPULAR

    known = (known_packages() | POPULAR) - {name}
    plain = name.removeprefix("python-").removesuffix("-python").removeprefix("py")
    spelt = difflib.get_close_matches(name, known, 3, 0.75)
    # `python-requests`, `pyrequests`: the name with what people put around it.
    around = [plain] if plain != name and plain in known else []
    return list(dict.fromkeys([*around, *spelt]))[:3]
