"""`pd`, what a step's handler is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from .errors import NotInLocalRun
from .exports import Exports
from .flow import Flow
from .inputs import Inputs, Steps
from .respond import Responses


class Send:
    """`pd.send`: deliveries that the original makes from its server after the step."""

    _INSTEAD = {
        "http": "make the request in the step, for example with requests.request(method, url, json=data)",
        "email": "send it in the step with smtplib, or through the API of an email app that you add to it",
    }

    def __getattr__(self, name: str) -> Callable[..., NoReturn]:
        if name.startswith("_"):
            raise AttributeError(name)

        def send(*_: Any, **__: Any) -> NoReturn:
            raise NotInLocalRun(f"pd.send.{name}()", self._INSTEAD.get(name, "call that service's API in the step"))

        return send


class Pipedream:
    """The object `pd`. `steps`, `inputs` and `context` are dicts; `export` and a return value are the step's output.

    `flow` is what the page says of waiting (`StepRequest` in protocol.ts): `urls`, and `run`, which fact 25 puts into the
    context beside what the trigger has there.
    """

    def __init__(self, steps: Steps, inputs: Inputs, exports: Exports, flow: Mapping[str, Any]) -> None:
        self.steps = steps
        self.inputs = inputs
        self.context = {**steps.get("trigger", {}).get("context", {}), "run": flow["run"]}
        self.flow = Flow(flow["urls"])
        self.send = Send()
        self._exports = exports
        self._responses = Responses()

    def export(self, name: str, value: Any) -> None:
        """Adds a named export; the value is copied as it is now.

        Raises `NotSerializable` for what JSON can't hold, `ExportTooLarge` beyond the limit.
        """
        self._exports.add(name, value)

    def respond(self, response: Any) -> None:
        """Answers the HTTP request that the run came from, at once: `{"status": 200, "body": …, "headers": {…}}`."""
        self._responses.send(response)

    def __repr__(self) -> str:
        return f"<pd steps={list(self.steps)} inputs={list(self.inputs)}>"
