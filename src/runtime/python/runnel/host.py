"""The one way out to JavaScript: the module `_runnel_host`, which the worker registers after the snapshot is restored."""

import json


def phase(text: str) -> None:
    """Tells the person what goes on around the step's code; an empty text clears it."""
    import _runnel_host

    _runnel_host.phase(text)


def exports(json_text: str) -> None:
    """Hands over all exports of the running step as JSON text (an object by export name)."""
    import _runnel_host

    _runnel_host.exports(json_text)


def installed(packages: list[dict[str, str]]) -> None:
    """Reports packages that were just installed, as `{"name", "version"}` each."""
    import _runnel_host

    _runnel_host.installed(json.dumps(packages))
