"""`pd.respond`: what a step answers to the HTTP request that its run came from (fact 26)."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any

from . import host
from .errors import NotSerializable
from .not_json import problem_of
from .serialize import TooLong, to_json

MAX_BYTES = 10 * 1024 * 1024
"""Of the body."""
MAX_HEADERS = 100
MAX_HEADER = 16_384
"""Characters of one header's value."""
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
MAX_RESPONSES = 20
"""Calls of one step."""


class Responses:
    """What one step answers. Only the first of them is sent; the others are shown."""

    def __init__(self) -> None:
        self._count = 0

    def send(self, response: Any) -> None:
        """Hands an answer over, see `_item_of`. Raises `ValueError` for more than a step may give."""
        head, body = _item_of(response)
        if self._count >= MAX_RESPONSES:
            raise ValueError(f"pd.respond() was called more than {MAX_RESPONSES} times: one request gets one answer")
        self._count += 1
        host.display(json.dumps(head), [body])


def _item_of(response: Any) -> tuple[dict[str, Any], bytes]:
    """The head of an answer (`ResponseHead` in protocol.ts) and its body's text, of `{"status": 200, "body": …, "headers": {…}}`.

    Each key may be left out. The body: a dict, a list or any other JSON value is sent as JSON, text as text/html and bytes as they
    are, unless the headers have a content type. Raises `TypeError` and `ValueError` that say what is wrong, `NotSerializable` for
    what JSON can't hold.
    """
    if not isinstance(response, Mapping):
        example = 'pd.respond({"status": 200, "body": {"ok": True}})'
        raise TypeError(f"pd.respond() takes one dict, as in {example}, not {_kind(response)}")
    status = _status_of(response.get("status"))
    headers = _headers_of(response.get("headers"))
    body, content_type = _body_of(response.get("body"))
    if len(body) > MAX_BYTES:
        raise _too_large(len(body))
    if content_type is not None and all(name.lower() != "content-type" for name, _ in headers):
        headers.insert(0, ("content-type", content_type))
    text, encoding = _as_text(body)
    return {"kind": "response", "status": status, "headers": headers, "encoding": encoding}, text.encode()


def _status_of(status: Any) -> int:
    if status is None:
        return 200
    if isinstance(status, str) and status.isascii() and status.isdigit():
        status = int(status)
    if isinstance(status, bool) or not isinstance(status, int):
        raise TypeError(f'pd.respond(): "status" must be a number such as 200, not {_kind(status)}')
    if not 200 <= status <= 599:
        raise ValueError(f'pd.respond(): "status" must be between 200 and 599, not {status}')
    return int(status)


def _headers_of(headers: Any) -> list[tuple[str, str]]:
    if headers is None:
        return []
    if not isinstance(headers, Mapping):
        raise TypeError(f'pd.respond(): "headers" must be a dict of names and values, not {_kind(headers)}')
    pairs = [
        (_header_name(name), _header_value(name, one))
        for name, value in headers.items()
        for one in (value if isinstance(value, (list, tuple)) else [value])
    ]
    if len(pairs) > MAX_HEADERS:
        raise ValueError(f"pd.respond(): there are {len(pairs)} headers, and {MAX_HEADERS} are possible")
    return pairs


def _header_name(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError(f"pd.respond(): the name of a header must be a text, not {_kind(name)}")
    if not _NAME.fullmatch(name):
        raise ValueError(f"pd.respond(): no header can be called {name[:100]!r}")
    return name


def _header_value(name: Any, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise TypeError(f"pd.respond(): the header {name} must be a text or a number, not {_kind(value)}")
    text = str(value)
    if len(text) > MAX_HEADER or not _VALUE.fullmatch(text):
        most = f"at most {MAX_HEADER} characters"
        raise ValueError(f"pd.respond(): the header {name} must be one line of Latin-1, {most}")
    return text


def _body_of(body: Any) -> tuple[bytes, str | None]:
    """The bytes, and their content type where they have one by themselves."""
    if body is None:
        return b"", None
    if isinstance(body, str):
        return body.encode(errors="replace"), "text/html; charset=utf-8"
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body), "application/octet-stream"
    try:
        text, _ = to_json(body, MAX_BYTES)
    except TooLong as error:
        raise _too_large(error.size) from None
    except (TypeError, ValueError, RecursionError) as error:
        problem = problem_of('the "body" of pd.respond()', body)
        raise NotSerializable(*(problem or (f"The body of pd.respond() is no JSON: {error}", None))) from None
    return text.encode(), "application/json; charset=utf-8"


def _as_text(body: bytes) -> tuple[str, str]:
    try:
        return body.decode(), "text"
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), "base64"


def _too_large(size: int) -> ValueError:
    return ValueError(f"pd.respond(): the body takes at least {size} bytes, and {MAX_BYTES} are possible")


def _kind(value: Any) -> str:
    return "None" if value is None else f"{type(value).__name__} ({str(value)[:60]!r})"
