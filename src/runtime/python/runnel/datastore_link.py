"""How a data store reaches the page: requests go out in their order, changes without waiting for each, and everything is answered."""

from __future__ import annotations

from typing import Any

from . import host
from .errors import DataStoreFailed

WINDOW = 1000
"""Changes that may be on their way before one waits for the page."""
WINDOW_TEXT = 8 * 1024 * 1024
"""Characters of them."""


class Link:
    """The way to the data store of one step."""

    def __init__(self) -> None:
        self._sent = 0
        self._answered = 0
        self._unanswered_text = 0
        self._answers: dict[int, Any] = {}
        self._asked: set[int] = set()
        self._failures = 0
        self._failure: str | None = None
        self._is_open = True

    def send(self, **request: Any) -> None:
        """Sends a change. Raises `DataStoreFailed` where an earlier one is known to have failed."""
        self._raise_failure()
        self._post(request)
        self._unanswered_text += len(request.get("json") or "")
        if self._sent - self._answered >= WINDOW or self._unanswered_text >= WINDOW_TEXT:
            # The page answers many changes at once: half of them, so that both have something to do.
            self._wait_for(self._answered + (self._sent - self._answered + 1) // 2)

    def ask(self, **request: Any) -> Any:
        """Sends a question and waits for its answer. Raises `DataStoreFailed`."""
        self._raise_failure()
        number = self._post(request)
        self._asked.add(number)
        try:
            self._wait_for(number)
        finally:
            self._asked.discard(number)
            answer = self._answers.pop(number, None)
        self._raise_failure()
        if isinstance(answer, DataStoreFailed):
            raise answer
        return answer

    def finish(self) -> None:
        """Waits for everything that was sent. Raises `DataStoreFailed` where something of it could not be done."""
        self._wait_for(self._sent)
        self._raise_failure()

    def close(self) -> None:
        """Nothing can be sent any more."""
        self._is_open = False

    def _post(self, request: dict[str, Any]) -> int:
        if not self._is_open:
            raise RuntimeError("this data store belongs to a step that is over: each step has its own pd.inputs")
        number = self._sent + 1
        host.data_store({"number": number, "failures": self._failures, **request})
        self._sent = number
        return number

    def _wait_for(self, number: int) -> None:
        while self._answered < number:
            host.wait_for_data_store(number)
            self._take()

    def _take(self) -> None:
        """Takes the answers that are there."""
        if self._answered == self._sent:
            return
        for reply in host.data_store_replies():
            number = self._answered = reply["number"]
            self._failures = reply["failures"]
            error = reply.get("error")
            if number in self._asked:
                self._answers[number] = DataStoreFailed(error) if error else reply.get("answer")
            elif error:
                # Those behind it are not done because of it.
                self._failure = self._failure or error
        if self._answered == self._sent:
            self._unanswered_text = 0

    def _raise_failure(self) -> None:
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise DataStoreFailed(failure)
