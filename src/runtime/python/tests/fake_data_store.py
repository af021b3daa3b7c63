"""A data store as the page answers for it, which answers only when Python waits."""

from __future__ import annotations

import json
from typing import Any

KEPT: list[Any] = []
"""For a step that keeps something beyond its end."""


class FakeDataStore:
    """Stands in for `Relay` (worker/sockets/relay.ts) and what is behind it; `page/step-data-store.ts` is the real one."""

    def __init__(self) -> None:
        self.records: dict[str, tuple[str, float | None]] = {}
        self.now = 0.0
        self.fails_at: set[str] = set()
        self.sent: list[dict[str, Any]] = []
        self.most_waiting = 0
        self._waiting: list[dict[str, Any]] = []
        self._replies: list[dict[str, Any]] = []
        self._failures = 0

    def receive(self, text: str) -> None:
        request = json.loads(text)
        self.sent.append(request)
        self._waiting.append(request)
        self.most_waiting = max(self.most_waiting, len(self._waiting))

    def storeReply(self, number: int) -> None:  # noqa: N802 - the relay's name
        """Answers everything; changes that follow each other at once, as the page does."""
        for index, request in enumerate(self._waiting):
            if request["failures"] < self._failures:
                self._reply(request, error="A change before this one could not be stored.")
                continue
            if request.get("key") in self.fails_at and request["op"] == "set":
                self._failures += 1
                self._reply(request, error=f'"{request["key"]}" could not be stored. The storage is full.')
                continue
            answer = getattr(self, f"_{request['op']}")(request)
            following = self._waiting[index + 1]["op"] if index + 1 < len(self._waiting) else ""
            if not (request["op"] == "set" and following == "set"):
                self._reply(request, answer=answer)
        self._waiting.clear()

    def storeReplies(self) -> str:  # noqa: N802
        text = json.dumps(self._replies)
        self._replies.clear()
        return text

    def _reply(self, request: dict[str, Any], **said: Any) -> None:
        self._replies.append({"number": request["number"], "failures": self._failures, **said})

    def _there(self) -> dict[str, tuple[str, float | None]]:
        self.records = {
            key: record for key, record in sorted(self.records.items()) if record[1] is None or record[1] > self.now
        }
        return self.records

    def _expiry(self, request: dict[str, Any]) -> float | None:
        return None if request["ttl"] is None else self.now + request["ttl"]

    def _get(self, request: dict[str, Any]) -> str | None:
        return self._there().get(request["key"], (None, None))[0]

    def _set(self, request: dict[str, Any]) -> None:
        self.records[request["key"]] = (request["json"], self._expiry(request))

    def _delete(self, request: dict[str, Any]) -> None:
        self.records.pop(request["key"], None)

    def _clear(self, _: dict[str, Any]) -> None:
        self.records.clear()

    def _count(self, _: dict[str, Any]) -> int:
        return len(self._there())

    def _expire(self, request: dict[str, Any]) -> bool:
        record = self._there().get(request["key"])
        if record is not None:
            self.records[request["key"]] = (record[0], self._expiry(request))
        return record is not None

    def _keys(self, request: dict[str, Any]) -> list[str]:
        after = request["after"]
        return [key for key in self._there() if after is None or key > after][: request["limit"]]

    def _items(self, request: dict[str, Any]) -> dict[str, Any]:
        keys = self._keys(request)
        items = [[key, self.records[key][0]] for key in keys]
        return {"items": items, "next": keys[-1] if len(keys) == request["limit"] else None}
