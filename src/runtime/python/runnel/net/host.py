"""The host object, and how synchronous code waits for its answers.

Pyodide is imported where it is needed, so that CPython can test what does without.
"""

import json
from typing import Any

from .failures import Failure

_relay: Any = None


def attach(relay: Any) -> None:
    global _relay
    _relay = relay


def relay() -> Any:
    """The host object. Raises RuntimeError before it was given."""
    if _relay is None:
        raise RuntimeError("the network is not ready yet: the worker attaches it after the start")
    return _relay


def asked_seconds() -> float:
    """Seconds, so far, in which a person was being asked about a connection."""
    return _relay.askedSeconds() if _relay is not None else 0.0


def wait(promise: Any) -> Any:
    """Suspends until the host has answered. Raises RuntimeError where Python can't be suspended."""
    from pyodide.ffi import run_sync

    require_suspension()
    return run_sync(_answer(promise))


async def _answer(promise: Any) -> Any:
    return await promise


def require_suspension() -> None:
    """Raises RuntimeError where a call would have to wait and can't."""
    from pyodide.ffi import can_run_sync

    if not can_run_sync():
        raise RuntimeError(
            "a call of the network or a data store can't wait inside a callback that JavaScript calls synchronously; "
            "make the call in the step itself or in an async function"
        )


def parse(answer: str) -> dict[str, Any]:
    """The content of an answer that is JSON; an empty one has none."""
    return json.loads(answer) if answer else {}


def failure_of(answer: str) -> Failure | None:
    """The failure in an answer of the host; None where it went well."""
    content = parse(answer)
    return Failure(content["code"], content.get("message", "")) if "code" in content else None
