"""Runs one step from its request to its outcome."""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
import types
import warnings
from collections.abc import Callable, Iterable
from typing import Any

from . import current, host, kept, leftovers, loop, passing, session
from .bridge import Pipedream
from .console import Console
from .datastore import DataStore
from .errors import DataStoreFailed, StepError
from .exports import Exports
from .failure import MODULE_PREFIX, failure_of, syntax_failure
from .hints import Context
from .inputs import Inputs, Steps
from .rich import Displays, close_figures, display, show_open_figures
from .source import HANDLER, Source, compile_source, handler_line, no_handler, return_line

STOPPED = {"status": "stopped"}


def run_step(request_json: str, names: Iterable[str] = (), texts: Iterable[Any] = ()) -> str:
    """Runs a step and gives its outcome as JSON text (`StepOutcome` in protocol.ts); never raises but by a bug.

    The request is `{"name", "code", "inputs": {app: {"$auth": …}}, "env": {name: value}, "flow": {"urls", "run"}}` and may name
    attached apps without an account under `"unconnected"`, and its data store's name under `"dataStore"`. `texts` are arrays of
    JavaScript: UTF-8 JSON of what the steps `names` exported; None stands for what `prepare` has read. All exports so far reach the host before this returns, whatever the outcome.
    """
    try:
        steps = {
            name: passing.take() if text is None else json.loads(text.to_bytes())
            for name, text in zip(names, texts, strict=True)
        }
        return json.dumps(_run(json.loads(request_json), steps))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return json.dumps(STOPPED)


def prepare() -> bool:
    """After a step: reads its exports for the next one. Whether they are there."""
    return passing.prepare()


def drop_leftovers() -> None:
    """After a step with accounts: nothing of them is found in the interpreter any more (see `leftovers`)."""
    leftovers.drop()


def cancel_all() -> int:
    """Stop: cancels all tasks, and with them whatever the step waits for. Gives how many there were."""
    return loop.request_stop()


def _run(request: dict[str, Any], steps: dict[str, Any]) -> dict[str, Any]:
    name = request["name"]
    store_name = request.get("dataStore")
    store = None if store_name is None else DataStore(store_name)
    inputs = Inputs.of(request.get("inputs") or {}, request.get("unconnected") or (), store)
    exports = Exports()
    bridge = Pipedream(Steps.of(steps, inputs, name), inputs, exports, request["flow"])
    context = Context(name, bridge, request.get("env") or {})
    loop.forget_stop()
    session.restore(context.env)
    kept.make_way(context.env)
    before = loop.tasks()
    module = _new_module(name)
    displays = Displays()
    current.set_step(bridge, displays)
    try:
        outcome = _attempt(request["code"], module, context, exports, displays)
        if store is not None:
            store.finish()
        return outcome
    except BaseException as error:  # noqa: BLE001 - a step may raise anything, and all of it is shown
        return _after_failure(_outcome_of(error, context), store)
    finally:
        if store is not None:
            store.close()
        try:
            _leave(name, module, exports, before)
        except (KeyboardInterrupt, asyncio.CancelledError):
            _leave(name, module, exports, before)  # Stop fell in here, and what comes next needs all of it


def _after_failure(outcome: dict[str, Any], store: DataStore | None) -> dict[str, Any]:
    """What a step has stored before it failed is stored as well. The page sees to what a stopped one has sent."""
    if store is not None and outcome["status"] != "stopped":
        try:
            store.finish()
        except DataStoreFailed as error:
            print(error, file=sys.stderr)
        except (KeyboardInterrupt, asyncio.CancelledError):
            return STOPPED
    return outcome


def _leave(name: str, module: types.ModuleType, exports: Exports, before: set[asyncio.Task[Any]]) -> None:
    """Puts back what the step changed and hands over its exports. May be done twice."""
    loop.end_tasks(loop.tasks() - before)
    close_figures()
    current.set_step(None, None)
    _drop(name, module)
    session.restore()
    session.flush()
    json_text = exports.json_bytes()
    passing.leave(json_text)
    host.exports(json_text)


def _attempt(
    code: str, module: types.ModuleType, context: Context, exports: Exports, displays: Displays
) -> dict[str, Any]:
    try:
        source = compile_source(context.name, code)
    except SyntaxError as error:
        return _failed(syntax_failure(error, context.name, context))
    context.tree = source.tree
    with warnings.catch_warnings():
        _execute(source, module, context.bridge, exports, displays)
        show_open_figures()
    return _success(context.bridge)


def _execute(
    source: Source, module: types.ModuleType, bridge: Pipedream, exports: Exports, displays: Displays
) -> None:
    exec(source.code, module.__dict__)  # noqa: S102 - running the step is the point
    handler = module.__dict__.get(HANDLER)
    if handler is None and source.older_form:
        return
    if not callable(handler):
        raise no_handler(handler)
    value = _call(handler, bridge, source)
    if inspect.isawaitable(value):
        value = loop.wait_for(value)
    try:
        exports.add_return_value(displays.returned(value))
    except StepError as error:  # no line of the step was running any more
        error.runnel_line = return_line(source.tree)
        raise


def _call(handler: Callable[[Pipedream], Any], bridge: Pipedream, source: Source) -> Any:
    try:
        return handler(bridge)
    except TypeError as error:
        if error.__traceback__ is not None and error.__traceback__.tb_next is None:  # the call itself failed
            hint = 'The handler is called with one argument: def handler(pd: "pipedream"):'
            vars(error).update(runnel_hint=hint, runnel_line=handler_line(source.tree))
        raise


def _new_module(name: str) -> types.ModuleType:
    """A module of the step's own. It is registered while the step runs: dataclasses and pickle look classes up there."""
    module = types.ModuleType(f"{MODULE_PREFIX}{name}")
    module.__file__ = name
    module.__dict__.update(console=Console(), display=display)
    sys.modules[module.__name__] = module
    return module


def _drop(name: str, module: types.ModuleType) -> None:
    sys.modules.pop(f"{MODULE_PREFIX}{name}", None)
    module.__dict__.clear()  # its functions hold it, and it them: large globals would stay


def _outcome_of(error: BaseException, context: Context) -> dict[str, Any]:
    if isinstance(error, KeyboardInterrupt) or (isinstance(error, asyncio.CancelledError) and loop.stop_requested()):
        return STOPPED
    if isinstance(error, SystemExit) and error.code in (None, 0):
        return _success(context.bridge)
    return _failed(failure_of(error, context.name, context))


def _success(bridge: Pipedream) -> dict[str, Any]:
    reason = bridge.flow.exit_reason
    if reason is not None:
        return {"status": "success", "exit": {"reason": reason}, "wait": None}
    return {"status": "success", "exit": None, "wait": bridge.flow.wait}


def _failed(error: dict[str, Any]) -> dict[str, Any]:
    return {"status": "failed", "error": error}
