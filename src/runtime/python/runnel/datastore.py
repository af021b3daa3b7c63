"""`pd.inputs["data_store"]`: the data store that is attached to a step (facts 27 to 31)."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import ItemsView, Iterator, KeysView, MutableMapping, ValuesView
from typing import Any

from .datastore_link import Link
from .errors import DataStoreValueTooLarge, NotSerializable
from .not_json import problem_of, type_name
from .serialize import TooLong, to_json

KEY_LIMIT = 1024
"""Characters of a key, as JavaScript counts them."""
VALUE_LIMIT = 4 * 1024 * 1024
"""Bytes of a value's JSON text."""
_KEYS_AT_ONCE = 2000
_PAGE_TEXT = 1 << 20
"""Characters of values that one page should come to."""
_LONGEST_TTL = 10_000_000_000
_MISSING = object()


class DataStore(MutableMapping[str, Any]):
    """Records by key, kept in the person's browser and shared by all workflows that the store is attached to.

    Keys are texts, values what JSON can hold. A value is a copy: to change a nested one, set it again. Other steps and tabs may
    write at the same time; each record is by itself, and reading a record to write it again is no transaction.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._link = Link()

    def __getitem__(self, key: str) -> Any:
        """The value of a record. Raises TypeError where there is none, as the original does (fact 27)."""
        value = self._look_up(_checked(key))
        if value is _MISSING:
            raise self._missing(key)
        return value

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a record, or the default where there is none."""
        value = self._look_up(_checked(key))
        return default if value is _MISSING else value

    def __contains__(self, key: object) -> bool:
        return self._look_up(_checked(key)) is not _MISSING

    def __setitem__(self, key: str, value: Any) -> None:
        self.set(key, value)

    def set(self, key: str, value: Any, ttl: float | None = None) -> None:
        """Stores a copy of a value; after `ttl` seconds it is gone. Without `ttl` it stays, whatever was set for the key before.

        Raises `NotSerializable` naming the path that JSON can't hold, `DataStoreValueTooLarge`; `TypeError` or `ValueError` for a key
        or a `ttl` that can't be.
        """
        text = _json_of(_checked(key), value)
        self._link.send(op="set", key=key, json=text, ttl=_seconds(ttl))

    def set_ttl(self, key: str, ttl: float | None) -> None:
        """Says anew when a record is gone: in `ttl` seconds, or never (None). Raises TypeError where there is no such record."""
        if not self._link.ask(op="expire", key=_checked(key), ttl=_seconds(ttl)):
            raise self._missing(key)

    def __delitem__(self, key: str) -> None:
        """Deletes a record; where there is none, nothing happens."""
        self._link.send(op="delete", key=_checked(key))

    def clear(self) -> None:
        """Deletes all records."""
        self._link.send(op="clear")

    def pop(self, key: str, default: Any = _MISSING) -> Any:
        """Deletes a record and gives its value, or the default. Raises TypeError where there is neither."""
        value = self._look_up(_checked(key))
        if value is not _MISSING:
            del self[key]
            return value
        if default is _MISSING:
            raise self._missing(key)
        return default

    def setdefault(self, key: str, default: Any = None) -> Any:
        """The value of a record, which is set to the default where there is none."""
        value = self._look_up(_checked(key))
        if value is _MISSING:
            self[key] = default
            return default
        return value

    def keys(self) -> KeysView[str]:
        """All keys, in the order of their characters; read piece by piece while they are gone through."""
        return Keys(self)

    def values(self) -> ValuesView[Any]:
        """All values, in the order of their keys."""
        return Values(self)

    def items(self) -> ItemsView[str, Any]:
        """All records as `(key, value)`, in the order of their keys."""
        return Items(self)

    def __iter__(self) -> Iterator[str]:
        after = None
        while True:
            keys = self._link.ask(op="keys", after=after, limit=_KEYS_AT_ONCE)
            yield from keys
            if len(keys) < _KEYS_AT_ONCE:
                return
            after = keys[-1]

    def __len__(self) -> int:
        return int(self._link.ask(op="count"))

    # Two stores are the same where they are one object: comparing their records would read all of both.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<data store {self._name!r}>"

    def read_all(self) -> Iterator[tuple[str, Any]]:
        """All records, a page at a time that is small where values are large."""
        after, limit = None, 8
        while True:
            page = self._link.ask(op="items", after=after, limit=limit)
            for key, text in page["items"]:
                yield key, json.loads(text)
            after = page["next"]
            if after is None:
                return
            size = sum(len(text) for _, text in page["items"]) + 1
            limit = max(1, min(limit * 4, limit * _PAGE_TEXT // size, _KEYS_AT_ONCE))

    def finish(self) -> None:
        """The step has ended: waits until everything is stored. Raises `DataStoreFailed` where something could not be."""
        self._link.finish()

    def close(self) -> None:
        """The step is over: nothing may be asked any more."""
        self._link.close()

    def _look_up(self, key: str) -> Any:
        text = self._link.ask(op="get", key=key)
        return _MISSING if text is None else json.loads(text)

    def _missing(self, key: str) -> TypeError:
        error = TypeError(f"the data store {self._name!r} has no record {key!r}")
        error.runnel_hint = (  # type: ignore[attr-defined]
            f"Use .get({key!r}), which gives None where there is no record, or ask first: if {key!r} in data_store."
        )
        return error


class Keys(KeysView[str]):
    """What `.keys()` gives."""

    def __repr__(self) -> str:
        return f"data_store_keys({list(self)!r})"


class Values(ValuesView[Any]):
    """What `.values()` gives."""

    _mapping: DataStore

    def __iter__(self) -> Iterator[Any]:
        return (value for _, value in self._mapping.read_all())

    def __contains__(self, value: object) -> bool:
        return any(value == other for other in self)

    def __repr__(self) -> str:
        return f"data_store_values({list(self)!r})"


class Items(ItemsView[str, Any]):
    """What `.items()` gives."""

    _mapping: DataStore

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return self._mapping.read_all()

    def __contains__(self, item: object) -> bool:
        if not isinstance(item, tuple) or len(item) != 2:
            return False
        value = self._mapping.get(item[0], _MISSING)
        return value is not _MISSING and bool(value == item[1])

    def __repr__(self) -> str:
        return f"data_store_items({list(self)!r})"


def _checked(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key of a data store is a text, not {type_name(key)}: use str(key)")
    if not key:
        raise ValueError("a key of a data store can't be an empty text")
    try:
        size = len(key.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        raise ValueError(f"{key!r} can't be a key of a data store: it has half a character in it") from None
    if size > KEY_LIMIT:
        raise ValueError(f"a key of a data store has at most {KEY_LIMIT} characters, this one has {size}: {key[:40]!r}…")
    return str(key)


def _json_of(key: str, value: Any) -> str:
    name = f"data_store[{json.dumps(key, ensure_ascii=False)}]"
    try:
        return to_json(value, VALUE_LIMIT)[0]
    except TooLong as error:
        raise DataStoreValueTooLarge(
            f"{name} takes at least {error.size / 1048576:.1f} MiB as JSON: a value has {VALUE_LIMIT >> 20} MiB at most."
        ) from None
    except (TypeError, ValueError, RecursionError) as error:
        problem = problem_of(name, value, verb="stored")
        if problem is None:  # changed meanwhile, or an odd class: what Python itself says
            raise NotSerializable(f"{name} can't be stored as JSON: {error}", None) from None
        raise NotSerializable(*problem) from None


def _seconds(ttl: object) -> float | None:
    if ttl is None:
        return None
    if isinstance(ttl, datetime.timedelta):
        ttl = ttl.total_seconds()
    if isinstance(ttl, bool) or not isinstance(ttl, (int, float)):
        raise TypeError(f"ttl is a number of seconds or None, not {type_name(ttl)}")
    if not math.isfinite(ttl) or ttl <= 0:
        raise ValueError(f"ttl is a number of seconds above 0, or None for a record that stays: not {ttl!r}")
    return float(min(ttl, _LONGEST_TTL))
