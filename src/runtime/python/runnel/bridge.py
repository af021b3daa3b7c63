"""`pd`, what a step's handler is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from .errors import NotInLocalRun
from .exports import Exports
from .inputs import Inputs, Steps
from .respond import Responses


class Flow:
    """`pd.flow`: how a step ends its workflow."""

    def __init__(self) -> None:
        self.exit_reason: str | None = None

    def exit(self, reason: object = "") -> None:
        """Ends the workflow after this step. Without `return` the rest of the step still runs (facts 20, 21)."""
        self.exit_reason = "" if reason is None else str(reason)

    def delay(self, *_: Any, **__: Any) -> NoReturn:
        """Needs a server that waits between steps."""
        raise NotInLocalRun("pd.flow.delay()", "wait inside the step with time.sleep(seconds)")

    def suspend(self, *_: Any, **__: Any) -> NoReturn:
        """Needs a server that other people's requests can reach."""
        raise NotInLocalRun("pd.flow.suspend()", "end the run with pd.flow.exit(reason) and test the rest later")

    def rerun(self, *_: Any, **__: Any) -> NoReturn:
        """Needs a server that starts steps again."""
        raise NotInLocalRun("pd.flow.rerun()", "try again inside the step, in a loop with time.sleep(seconds)")


class Send:
    """`pd.send`: deliveries that the original makes from its server after the step."""

    _INSTEAD = {
        "http": "make the request in the step, for example with requests.post(url, json=data)",
        "email": "send it through an email app's API or with smtplib",
    }

    def __getattr__(self, name: str) -> Callable[..., NoReturn]:
        if name.startswith("_"):
            raise AttributeError(name)

        def send(*_: Any, **__: Any) -> NoReturn:
            raise NotInLocalRun(f"pd.send.{name}()", self._INSTEAD.get(name, "call that service's API in the step"))

        return send


class Pipedream:
    """The object `pd`. `steps` and `inputs` are dicts; `export` and a return value are the step's output."""

    def __init__(self, steps: Steps, inputs: Inputs, exports: Exports) -> None:
        self.steps = steps
        self.inputs = inputs
        self.flow = Flow()
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
