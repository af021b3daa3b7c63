"""Data frames as tables: all rows that are kept, in pieces that the page reads when they are wanted."""

from __future__ import annotations

import json
from typing import Any

from .frames import column_names, plain, rows_of
from .items import Item

PIECE_ROWS = 1000
"""Rows of one part; the page counts on it."""
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_BYTES = 8 * 1024 * 1024
MAX_CELL = 2000
"""Characters of a cell."""
_BLOCK_ROWS = 10 * PIECE_ROWS
_STRIDE_CELLS = 1000
"""Cells that are written at once: they may come to megabytes."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def table_of(frame: Any) -> Item:
    """A frame as a table, its first rows where it has more than are kept."""
    total, width = len(frame), len(frame.columns)
    if width > MAX_COLUMNS:
        frame = frame.iloc[:, :MAX_COLUMNS]
    names = [_cut(name) for name in column_names(frame)]
    item = Item({"kind": "table", "total": total, "columnsTotal": width})
    kept = size = 0
    for block in range(0, min(total, MAX_ROWS), _BLOCK_ROWS):
        rows = list(rows_of(frame, block, min(block + _BLOCK_ROWS, total, MAX_ROWS), _cell))
        for at in range(0, len(rows), PIECE_ROWS):
            texts, count = _encoded(rows[at : at + PIECE_ROWS], MAX_BYTES - size)
            if count > 0:
                item.parts.append(data := f"[{','.join(texts)}]".encode("utf-8", "replace"))
                kept, size = kept + count, size + len(data)
            if count < min(PIECE_ROWS, len(rows) - at):
                break
        if kept < min(block + _BLOCK_ROWS, total, MAX_ROWS):
            break
    dtypes = [str(dtype) for dtype in frame.dtypes]
    item.head.update(kept=kept, columns=[{"name": name, "dtype": dtype} for name, dtype in zip(names, dtypes)])
    return item


def _encoded(rows: list[tuple[Any, ...]], room: int) -> tuple[list[str], int]:
    """Rows as JSON texts of some rows each, up to `room` bytes, and how many rows there are in them."""
    texts: list[str] = []
    size = 0
    stride = max(1, _STRIDE_CELLS // max(1, len(rows[0]))) if rows else 1
    for at in range(0, len(rows), stride):
        some = rows[at : at + stride]
        text = _encode([[_cut(cell) if type(cell) is str else cell for cell in row] for row in some])[1:-1]
        size += len(text.encode("utf-8", "replace")) + 1
        if size > room:
            return texts, at
        texts.append(text)
    return texts, len(rows)


def _cell(value: Any) -> Any:
    value = plain(value)
    return value if value is None or type(value) in (str, bool, int) or _is_finite(value) else str(value)


def _is_finite(value: Any) -> bool:
    return type(value) is float and value - value == 0


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CELL else f"{text[:MAX_CELL]}…"
