"""`input()` and standard input: nobody can be asked while a step runs."""

from __future__ import annotations

from typing import NoReturn


def ask(prompt: object = "", /) -> NoReturn:
    """In the place of `input`."""
    error = EOFError("input() can't ask anyone: a step runs without a person at a terminal")
    error.runnel_hint = (  # type: ignore[attr-defined]
        "Put the value into the trigger's event and read it from pd.steps[\"trigger\"][\"event\"], "
        "or define an environment variable for it."
    )
    raise error
