"""`pd.flow`: how a step ends its workflow, or lets it wait once the step has ended."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from typing import Any

from .errors import ExportTooLarge, NotSerializable
from .not_json import problem_of
from .serialize import TooLong, to_json

DAY_MS = 24 * 60 * 60 * 1000
MAX_MS = 365 * DAY_MS
"""The longest wait, as in the original."""
MAX_RETRIES = 10
"""So often a step is run again unless it says otherwise, as in the original."""
CONTEXT_LIMIT_BYTES = 1024 * 1024
"""JSON text of what one run of a step passes to the next."""


class Flow:
    """`pd.flow`. A step waits at its end: of several `delay`, `suspend` and `rerun` the last one counts, and `exit` more than they."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.exit_reason: str | None = None
        self.wait: dict[str, Any] | None = None
        self._urls = dict(urls)

    def exit(self, reason: object = "") -> None:
        """Ends the workflow after this step. Without `return` the rest of the step still runs (facts 20, 21)."""
        self.exit_reason = "" if reason is None else str(reason)

    def delay(self, ms: float) -> dict[str, str]:
        """Lets so many milliseconds pass, up to a year, between this step's end and the next step (fact 22).

        Gives `resume_url`, a request to which ends the wait early, and `cancel_url`, which ends the run.
        Raises TypeError for what is no number, ValueError for one that is negative or longer than a year.
        """
        self.wait = {"kind": "delay", "ms": _milliseconds("pd.flow.delay()", ms)}
        return dict(self._urls)

    def suspend(self, timeout_ms: float | None = DAY_MS) -> dict[str, str]:
        """After this step the run waits for a request to `resume_url` (fact 24). Without one it is cancelled after `timeout_ms`.

        What the request brings is this step's export `$resume_data`. Gives the same as `delay`, and raises as it does.
        """
        timeout = DAY_MS if timeout_ms is None else timeout_ms
        self.wait = {"kind": "suspend", "ms": _milliseconds("pd.flow.suspend()", timeout)}
        return dict(self._urls)

    def rerun(
        self,
        delay_ms: float,
        context: Any = None,
        maxRetries: int | None = MAX_RETRIES,  # noqa: N803 - the original's name
    ) -> dict[str, str]:
        """Runs this step again after so many milliseconds, or as soon as a request to `resume_url` comes (fact 25).

        `context` is what the next run finds in `pd.context["run"]["context"]`. After `maxRetries` further runs the workflow
        goes on with the next step instead. Gives the same as `delay`, and raises as it does; `NotSerializable` for a context
        that JSON can't hold, `ExportTooLarge` for one of more than 1 MiB.
        """
        self.wait = {
            "kind": "rerun",
            "ms": _milliseconds("pd.flow.rerun()", delay_ms),
            "context": _json_text(context),
            "maxRetries": _count(MAX_RETRIES if maxRetries is None else maxRetries),
        }
        return dict(self._urls)


def _milliseconds(call: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise _with_hint(TypeError(f"{call} takes a number of milliseconds, not {_shown(value)}"))
    if not 0 <= value <= MAX_MS:  # and so no NaN
        raise _with_hint(ValueError(f"{call} takes from 0 milliseconds up to a year ({MAX_MS}), not {_shown(value)}"))
    return math.ceil(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"pd.flow.rerun(): maxRetries must be a whole number, not {_shown(value)}")
    if value < 0:
        raise ValueError(f"pd.flow.rerun(): maxRetries can't be negative: {_shown(value)}")
    return int(min(value, 2**53 - 1))


def _json_text(context: Any) -> str:
    try:
        return to_json(context, CONTEXT_LIMIT_BYTES)[0]
    except TooLong:
        raise ExportTooLarge("pd.flow.rerun(): the context takes more than 1 MiB as JSON.") from None
    except (TypeError, ValueError, RecursionError) as error:
        problem = problem_of("context", context)
        raise NotSerializable(*(problem or (f"context can't be passed on as JSON: {error}", None))) from None


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _with_hint(error: Exception) -> Exception:
    error.runnel_hint = "A second is 1000 milliseconds, a quarter of an hour 15 * 60 * 1000."  # type: ignore[attr-defined]
    return error
