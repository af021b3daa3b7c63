"""Texts that aren't what they were taken for."""

from __future__ import annotations

import json

from .context import Context

_SHOWN = 100


def hint(error: BaseException, context: Context) -> str | None:
    """For `JSONDecodeError`: how the text begins."""
    if not isinstance(error, json.JSONDecodeError):
        return None
    text = error.doc.decode(errors="replace") if isinstance(error.doc, bytes) else str(error.doc)
    if not text.strip():
        return "The text is empty, so there is no JSON in it. If it is a response, look at its status first."
    start = " ".join(text[: _SHOWN * 2].split())[:_SHOWN]
    more = "…" if len(text) > len(start) else ""
    what = "an HTML page, not JSON" if start.lower().startswith(("<!doctype", "<html")) else "not valid JSON"
    return f"The text is {what}. It begins with: {start}{more}"
