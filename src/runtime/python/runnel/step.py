"""Runs one step from its request to its outcome."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import json
import sys
import types
import warnings
from collections.abc import Iterator
from typing import Any

from . import current, host, loop, session
from .bridge import Pipedream
from .console import Console
from .exports import Exports
from .failure import failure_of, syntax_failure
from .hints import Context
from .inputs import Inputs, Steps
from .source import HANDLER, Source, compile_source, no_handler

STOPPED = {"status": "stopped"}


def run_step(request_json: str) -> str:
    """Runs a step and gives its outcome as JSON text (`StepOutcome` in protocol.ts); never raises but by a bug.

    The request is `{"name", "code", "steps": {name: exports}, "inputs": {app: {"$auth": …}}, "env": {name: value}}`
    and may name attached apps without an account under `"unconnected"`. All exports so far reach the host before
    this returns, whatever the outcome.
    """
    try:
        return json.dumps(_run(json.loads(request_json)))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return json.dumps(STOPPED)


def cancel_all() -> int:
    """Stop: cancels all tasks, and with them whatever the step waits for. Gives how many there were."""
    return loop.request_stop()


def _run(request: dict[str, Any]) -> dict[str, Any]:
    name = request["name"]
    inputs = Inputs.of(request.get("inputs") or {}, request.get("unconnected") or ())
    exports = Exports()
    bridge = Pipedream(Steps.of(request.get("steps") or {}, inputs, name), inputs, exports)
    context = Context(name, bridge)
    loop.forget_stop()
    session.restore(request.get("env"))
    before = loop.tasks()
    current.set_bridge(bridge)
    try:
        try:
            source = compile_source(name, request["code"])
        except SyntaxError as error:
            return _failed(syntax_failure(error, name, context))
        with _module_of(name) as module, warnings.catch_warnings():
            _execute(source, module, bridge, exports)
        return _success(bridge)
    except BaseException as error:  # noqa: BLE001 - a step may raise anything, and all of it is shown
        return _outcome_of(error, context)
    finally:
        loop.end_tasks(loop.tasks() - before)
        current.set_bridge(None)
        session.restore()
        host.exports(exports.json_text())


def _execute(source: Source, module: types.ModuleType, bridge: Pipedream, exports: Exports) -> None:
    exec(source.code, module.__dict__)  # noqa: S102 - running the step is the point
    handler = module.__dict__.get(HANDLER)
    if handler is None and source.older_form:
        return
    if not callable(handler):
        raise no_handler(handler)
    value = handler(bridge)
    if inspect.isawaitable(value):
        value = loop.wait_for(value)
    exports.add_return_value(value)


@contextlib.contextmanager
def _module_of(name: str) -> Iterator[types.ModuleType]:
    """A module of the step's own. It is registered while the step runs: dataclasses and pickle look classes up there."""
    module = types.ModuleType(f"steps.{name}")
    module.__file__ = name
    module.__dict__["console"] = Console()
    sys.modules[module.__name__] = module
    try:
        yield module
    finally:
        sys.modules.pop(module.__name__, None)


def _outcome_of(error: BaseException, context: Context) -> dict[str, Any]:
    if isinstance(error, KeyboardInterrupt) or (isinstance(error, asyncio.CancelledError) and loop.stop_requested()):
        return STOPPED
    if isinstance(error, SystemExit) and error.code in (None, 0):
        return _success(context.bridge)
    return _failed(failure_of(error, context.name, context))


def _success(bridge: Pipedream) -> dict[str, Any]:
    reason = bridge.flow.exit_reason
    return {"status": "success", "exit": None if reason is None else {"reason": reason}}


def _failed(error: dict[str, Any]) -> dict[str, Any]:
    return {"status": "failed", "error": error}
