"""Looks through an interpreter that was given another hash secret: whether everything in it is found by its new hash.

It runs after the snapshot was taken, in the interpreter that it was taken of; `src/runtime/rehash` does all else.
"""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

_LARGE = 1 << 20
"""Smaller numbers are numbers: of 4,000 hashes one is as small."""
_MOST_FAULTS = 20

_SET_ITERATOR = type(iter(set()))

_numbers: set[int] = set()

# Equal objects that have no hash yet. A key of a class may refuse to tell one.
_ANEW: dict[type, Callable[[Any], object]] = {
    str: lambda text: "".join(list(text)),
    bytes: lambda data: bytes(bytearray(data)),
    tuple: lambda items: tuple(list(items)),
    frozenset: lambda items: frozenset(list(items)),
}


def large_numbers() -> str:
    """All numbers that may be hashes: a JSON list. To be called before `faults`."""
    global _numbers
    found = set()
    addresses = set()
    for item in _everything():
        if isinstance(item, int):
            found.add(int(item))
        else:
            addresses.add(id(item))
    # Python itself keeps many of those: they would be taken for hashes now and then.
    found -= addresses
    _numbers = {number for number in found if _LARGE <= abs(number) < 1 << (sys.hash_info.width - 1)}
    return json.dumps(sorted(_numbers))


def faults() -> str:
    """What is wrong, and how much of each type was looked at: a JSON pair. With another secret than before."""
    wrong: dict[str, None] = {}
    counts: Counter[str] = Counter()
    for item in _everything():
        counts[type(item).__name__] += 1
        wrong.update(dict.fromkeys(_faults_of(item)))
        if len(wrong) >= _MOST_FAULTS:
            break
    for name in list(sys.modules):
        # Names that Python has built in are one object each.
        if sys.intern(_ANEW[str](name)) is not sys.intern(name):
            wrong[f"{name} is interned twice"] = None
    return json.dumps([list(wrong), counts])


def _faults_of(item: Any) -> Iterator[str]:
    kind = type(item)
    if kind in _ANEW:
        if _hash_of(item) != _hash_of(_ANEW[kind](item)):
            yield f"{item!r:.80} has an old hash"
    elif isinstance(item, dict):
        missing = object()
        for key, value in list(dict.items(item)):
            if dict.get(item, key, missing) is not value:
                yield f"{key!r:.80} is not found in a dict"
    elif isinstance(getattr(kind, "__hash__", None), FunctionType) and _hash_of(item) in _numbers:
        yield f"{kind.__module__}.{kind.__qualname__} keeps its hash"
    elif kind is _SET_ITERATOR and gc.get_referents(item):
        yield "a set is being gone through, and is in another order now"
    if isinstance(item, set | frozenset):
        for key in list(item):
            if key not in item:
                yield f"{key!r:.80} is not found in a set"


def _hash_of(item: object) -> int | None:
    try:
        return hash(item)
    except Exception:
        return None


def _everything() -> Iterator[Any]:
    """Each object that another refers to, once; numbers as often as they are."""
    waiting = gc.get_objects()
    seen = {id(waiting), id(_numbers), *map(id, waiting)}
    seen.add(id(seen))
    seen.add(id(sys._getframe()))
    while waiting:
        item = waiting.pop()
        yield item
        for referent in gc.get_referents(item):
            if isinstance(referent, int):
                yield referent
            elif id(referent) not in seen:
                seen.add(id(referent))
                waiting.append(referent)
