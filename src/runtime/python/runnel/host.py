"""The one way out to JavaScript: the module `_runnel_host`, which the worker registers after the snapshot is restored."""

import json
from typing import Any


def phase(text: str) -> None:
    """Tells the person what goes on around the step's code; an empty text clears it."""
    import _runnel_host

    _runnel_host.phase(text)


def exports(json_text: bytes) -> None:
    """Hands over all exports of the running step as JSON text (an object by export name) in UTF-8."""
    import _runnel_host

    _runnel_host.exports(json_text)


def display(head: str, parts: list[bytes]) -> None:
    """Shows something below the step: JSON text of a `DisplayHead` (protocol.ts) and its parts."""
    import _runnel_host

    _runnel_host.display(head, parts)


def installed(packages: list[dict[str, Any]]) -> None:
    """Reports packages that were just installed (`LockedPackage` each)."""
    import _runnel_host

    _runnel_host.installed(json.dumps(packages))


def locked(packages: list[dict[str, Any]]) -> None:
    """Hands over the workflow's packages as they are from now on (`LockedPackage` each)."""
    import _runnel_host

    _runnel_host.locked(json.dumps(packages))
