"""Tracebacks as a person wants them: the step's own lines first, libraries below, our frames nowhere."""

from __future__ import annotations

import os
import traceback
from types import TracebackType

MESSAGE_LIMIT = 64 * 1024
"""Characters of an exception's message that are kept."""

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_OURS = tuple(os.path.join(_HERE, package, "") for package in ("runnel", "pipedream"))
_PLUMBING = ("/pyodide/", "/_pyodide/", "<frozen importlib")


def is_hidden(filename: str) -> bool:
    """Whether a frame of this file is machinery between the page and the step."""
    return filename.startswith(_OURS) or any(part in filename for part in _PLUMBING)


def cut(text: str, limit: int = MESSAGE_LIMIT) -> str:
    """Shortens a text that is too long to show, and says so."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… [cut: {len(text) - limit:,} more characters]"


def message_of(error: BaseException) -> str:
    """The exception's text, cut to its limit; exceptions whose `__str__` fails included."""
    try:
        text = str(error)
    except Exception as failure:  # noqa: BLE001 - someone else's __str__
        text = f"<no message: its __str__ raised {type(failure).__name__}>"
    return cut(text)


def frames(error: BaseException) -> list[tuple[TracebackType, int]]:
    """The exception's traceback entries with their line numbers, outermost first."""
    return list((entry, entry.tb_lineno) for entry in _chain(error.__traceback__))


def _chain(entry: TracebackType | None):  # type: ignore[no-untyped-def]
    while entry is not None:
        yield entry
        entry = entry.tb_next


def format_error(error: BaseException) -> str:
    """The whole traceback as Python prints it, chained exceptions included, without frames of ours."""
    report = traceback.TracebackException.from_exception(error, compact=True)
    _clean(report, set())
    return "".join(report.format()).rstrip("\n")


def _clean(report: traceback.TracebackException | None, seen: set[int]) -> None:
    if report is None or id(report) in seen:
        return
    seen.add(id(report))
    report.stack = traceback.StackSummary.from_list(
        [frame for frame in report.stack if not is_hidden(frame.filename)]
    )
    _cut_message(report)
    for other in (report.__cause__, report.__context__, *(report.exceptions or ())):
        _clean(other, seen)


def _cut_message(report: traceback.TracebackException) -> None:
    # The message has no public setter; without it a huge one would be shown in full.
    text = getattr(report, "_str", None)
    if isinstance(text, str):
        report._str = cut(text)  # type: ignore[attr-defined]


def step_position(error: BaseException, filename: str) -> tuple[int, int | None] | None:
    """Line and column (characters, from 1) of the innermost frame in the step's code, or None."""
    found = None
    for entry, line in frames(error):
        if entry.tb_frame.f_code.co_filename == filename:
            found = (line, _column(entry))
    return found


def _column(entry: TracebackType) -> int | None:
    import linecache

    positions = list(entry.tb_frame.f_code.co_positions())
    index = entry.tb_lasti // 2
    if index >= len(positions):
        return None
    line, _, offset, _ = positions[index]
    if offset is None or line != entry.tb_lineno:
        return None
    # Python counts bytes of UTF-8, editors count characters.
    text = linecache.getline(entry.tb_frame.f_code.co_filename, line)
    return len(text.encode()[:offset].decode(errors="ignore")) + 1
