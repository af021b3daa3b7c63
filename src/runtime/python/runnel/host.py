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


def data_store(request: dict[str, Any]) -> None:
    """Sends a request to the step's data store (`StoreRequest` in messages.ts), without waiting."""
    import _runnel_host

    _runnel_host.data_store(json.dumps(request, ensure_ascii=False))


def data_store_replies() -> list[dict[str, Any]]:
    """What the page has answered about the data store since this was called last (`StoreReply` in messages.ts)."""
    from .net import host as network

    replies: list[dict[str, Any]] = json.loads(network.relay().storeReplies())
    return replies


def wait_for_data_store(number: int) -> None:
    """Waits until the page has answered the request of this number."""
    from .net import host as network

    network.wait(network.relay().storeReply(number))
