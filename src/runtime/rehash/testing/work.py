"""What programs do with tables that were there before they began."""

import collections


def work():
    """What programs do with tables that were there before; gives something of each."""
    import contextvars
    import csv
    import dataclasses
    import datetime
    import decimal
    import enum
    import hashlib
    import http
    import inspect
    import ipaddress
    import itertools
    import json
    import logging
    import pathlib
    import pickle
    import re
    import string
    import typing
    import unittest.mock
    import urllib.parse
    import weakref
    import xml.etree.ElementTree as ElementTree
    from functools import lru_cache, singledispatch

    class Colour(enum.Enum):
        RED = "red"
        BLUE = ("blue", 2)

    @dataclasses.dataclass(frozen=True)
    class Point:
        x: int
        name: str

    @lru_cache(maxsize=2)
    def cached(*values):
        return values

    @singledispatch
    def kind(_value):
        return "object"

    @kind.register
    def _(_value: str):
        return "str"

    class Typed(typing.TypedDict):
        name: typing.NotRequired[str]

    variable = contextvars.ContextVar("variable", default=0)
    context = contextvars.copy_context()
    context.run(variable.set, 5)
    ordered = collections.OrderedDict((letter, index) for index, letter in enumerate(string.ascii_letters))
    ordered.move_to_end("a")
    del ordered["b"]
    weak = weakref.WeakKeyDictionary({Colour: 1})
    for letter in "abca":
        cached(letter, 1)
    try:
        getattr(http, "nothing_there")
    except AttributeError as error:
        missing = str(error)
    return json.dumps(
        [
            Colour("red").name,
            Colour(("blue", 2)).name,
            {Point(1, "a"): "found"}[Point(1, "a")],
            cached.cache_info().hits,
            kind("x"),
            typing.get_type_hints(Typed) == {"name": str},
            typing.Optional[int] is typing.Optional[int],
            typing.Dict[str, int] == dict[str, int] or "generic",
            context[variable],
            len(ordered),
            next(reversed(ordered)),
            weak[Colour],
            re.sub(r"(?P<word>\w+)", r"<\g<word>>", "a b"),
            str(decimal.Decimal("1.10") + 2),
            datetime.date(2024, 1, 2) in {datetime.date(2024, 1, 2)},
            pathlib.PurePosixPath("/a/b") in {pathlib.PurePosixPath("/a") / "b"},
            http.HTTPStatus(404).phrase,
            inspect.signature(work).return_annotation is inspect.Signature.empty,
            str(ipaddress.ip_address("127.0.0.1") in ipaddress.ip_network("127.0.0.0/8")),
            pickle.loads(pickle.dumps({"a": (1, "b")})) == {"a": (1, "b")},
            hashlib.new("sha256", b"a").hexdigest()[:8],
            logging.getLogger("runnel.test") is logging.getLogger("runnel.test"),
            csv.get_dialect("excel").delimiter,
            urllib.parse.urlsplit("http://a/b?c").query,
            ElementTree.fromstring("<a b='c'/>").attrib["b"],
            "é".encode("latin-1").decode("cp1252"),
            list(itertools.islice(sorted({"b", "a"}), 2)),
            missing,
            unittest.mock.sentinel.a is unittest.mock.sentinel.a,
        ]
    )
