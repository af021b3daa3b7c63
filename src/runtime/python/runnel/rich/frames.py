"""Data frames and series, told by what they can do: pandas itself is never imported here."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Callable, Iterator
from typing import Any

from ..errors import ExportTooLarge, NotSerializable
from ..exports import LIMIT_BYTES

_BLOCK_ROWS = 10_000

_MISSING = frozenset(("NAType", "NaTType"))


def is_frame(value: Any) -> bool:
    """Whether it can be read as a data frame: pandas', or one like it."""
    kind = type(value)
    return all(hasattr(kind, name) for name in ("iloc", "itertuples", "__len__")) and all(
        hasattr(value, name) for name in ("columns", "dtypes", "index")
    )


def is_series(value: Any) -> bool:
    """Whether it can be read as one column of a data frame."""
    return all(hasattr(type(value), name) for name in ("iloc", "to_frame", "tolist"))


def as_frame(value: Any) -> Any | None:
    """A data frame of what is one or can be made one, its index as columns where that says something; else None."""
    if isinstance(value, type):
        return None
    if is_frame(value):
        return _with_index(value)
    if is_series(value) and not hasattr(value, "columns"):
        return _with_index(value.to_frame("value" if getattr(value, "name", None) is None else value.name))
    return None


def _with_index(frame: Any) -> Any:
    index = frame.index
    is_counted = str(getattr(index, "dtype", "int64")).startswith(("int", "uint"))
    if is_counted and all(name is None for name in getattr(index, "names", ())):
        return frame
    with contextlib.suppress(ValueError, TypeError, AttributeError):  # a column has the index's name already
        return frame.reset_index()
    return frame


def column_names(frame: Any) -> list[str]:
    """The columns' names as text; of several levels, joined."""
    return [
        " / ".join(str(part) for part in name if str(part) != "") if isinstance(name, tuple) else str(name)
        for name in frame.columns
    ]


def rows_of(frame: Any, start: int, end: int, convert: Callable[[Any], Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of plain values; `convert` makes plain what isn't."""
    part = frame.iloc[start:end]
    columns = [_plain(part.iloc[:, at].tolist(), convert) for at in range(len(part.columns))]
    return zip(*columns, strict=True) if columns else iter([()] * (end - start))


_PLAIN = frozenset((int, bool, str, type(None)))


def _plain(values: list[Any], convert: Callable[[Any], Any]) -> list[Any]:
    kinds = set(map(type, values))
    if kinds <= _PLAIN:
        return values
    if kinds <= _PLAIN | {float} and math.inf not in values and -math.inf not in values:
        return [None if value != value else value for value in values]
    return [convert(value) for value in values]


def plain(value: Any) -> Any:
    """A cell as JSON holds it: none for what is missing, ISO text for times. What has no such form stays as it is."""
    if value is None or isinstance(value, (str, bool, int)) or type(value).__name__ in _MISSING:
        return None if type(value).__name__ in _MISSING else value
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if callable(getattr(value, "isoformat", None)):
        return value.isoformat()
    if callable(getattr(value, "item", None)) and not hasattr(value, "__len__"):  # numpy's numbers
        return plain(value.item())
    return value


def records(frame: Any) -> list[dict[str, Any]]:
    """The rows as dicts by column: what later steps get.

    Raises `NotSerializable` where two columns have one name, and `ExportTooLarge` before more is made than can be exported.
    """
    names = column_names(frame)
    for at, name in enumerate(names):
        if name in names[:at]:
            raise NotSerializable(
                f"$return_value: two columns are called {name!r}.", "Rename one of them, so that each row can be a dict."
            )
    made: list[dict[str, Any]] = []
    for start in range(0, len(frame), _BLOCK_ROWS):
        rows = rows_of(frame, start, min(start + _BLOCK_ROWS, len(frame)), plain)
        made += [dict(zip(names, row, strict=True)) for row in rows]
        if start == 0 and len(frame) > _BLOCK_ROWS:
            _check_size(made, len(frame))
    return made


def _check_size(first: list[dict[str, Any]], total: int) -> None:
    size = len(json.dumps(first, ensure_ascii=False, default=str)) * total // len(first)
    if size > 2 * LIMIT_BYTES:  # what is closer is measured exactly when it is exported
        error = ExportTooLarge(
            f"$return_value takes about {size / 1048576:.0f} MiB as JSON, {total:,} rows: "
            f"a step may export {LIMIT_BYTES >> 20} MiB in all."
        )
        error.hint = "Call display(value) to see it, and return only the rows and columns that later steps need."
        raise error
