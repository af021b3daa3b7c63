"""Exports: what JSON can't hold, how much there may be, and that no memory is wasted on finding out."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import json
import math
import pathlib
import tracemalloc
import unittest
import uuid
from typing import Any

from runnel.errors import ExportTooLarge, NotSerializable
from runnel.exports import Exports
from runnel.serialize import TooLong, to_json

MIB = 1024 * 1024


def exported(value: Any, limit: int = MIB) -> Any:
    exports = Exports(limit)
    exports.add("x", value)
    return json.loads(exports.json_bytes())["x"]


class Values(unittest.TestCase):
    def test_json_values(self) -> None:
        for value in ({"a": [1, 2.5, None, True, "ü😀"]}, [], {}, "", 0, 10**500, [[[[]]]], {"": {"": []}}):
            with self.subTest(value):
                self.assertEqual(exported(value), value)

    def test_what_json_dumps_converts(self) -> None:
        self.assertEqual(exported((1, (2,))), [1, [2]])
        self.assertEqual(exported({1: "a", 2.5: "b", None: "c", False: "d"}), {"1": "a", "2.5": "b", "null": "c", "false": "d"})

    def test_wide_and_narrow_containers_agree_with_json(self) -> None:
        rows = [{"i": i, "t": "x" * (i % 7), "n": [i, {"k": None}]} for i in range(5000)]
        value = {"rows": rows, "by": {str(i): (i,) for i in range(3000)}, 7: list(range(200)), "e": [], "o": {}}
        text, size = to_json(value, 10 * MIB)
        self.assertEqual(text, json.dumps(value))
        self.assertEqual(size, len(text))

    def test_size_counts_bytes(self) -> None:
        text, size = to_json(["ü" * 10], MIB)
        self.assertEqual((len(text), size), (14, 24))

    def test_half_a_surrogate_pair(self) -> None:
        text, _ = to_json(["\ud83d", "ok"], MIB)
        text.encode()
        self.assertEqual(json.loads(text), ["\ud83d", "ok"])

    def test_shared_parts_are_no_circle(self) -> None:
        part = [1]
        self.assertEqual(exported({"a": part, "b": [part, part]}), {"a": [1], "b": [[1], [1]]})


class NotJson(unittest.TestCase):
    def problem(self, value: Any) -> NotSerializable:
        with self.assertRaises(NotSerializable) as caught:
            exported(value)
        return caught.exception

    def test_path_and_type(self) -> None:
        circle: dict[str, Any] = {"a": []}
        circle["a"].append(circle)
        cases: list[tuple[Any, str, str]] = [
            ({"rows": [1, {"when": datetime.datetime(2024, 1, 1)}]}, 'x["rows"][1]["when"]: datetime', "isoformat"),
            ({"d": datetime.date(2024, 1, 1)}, 'x["d"]: date', "isoformat"),
            ([decimal.Decimal("1.5")], "x[0]: Decimal", "float"),
            ({"raw": b"1"}, 'x["raw"]: bytes', "decode"),
            ({1, 2}, "x: set", "list"),
            ([(1, {"s": frozenset()})], 'x[0][1]["s"]: frozenset', "list"),
            (uuid.UUID(int=1), "x: UUID", "str"),
            (pathlib.PurePosixPath("/a"), "x: pathlib.PurePosixPath", "str"),
            ((i for i in ()), "x: generator", "list"),
            (len, "x: builtin_function_or_method", "Call it"),
            (lambda: 1, "x: function", "Call it"),
            (ValueError("no"), "x: ValueError", "str"),
            (object(), "x: object", "dict"),
            ({"n": math.nan}, 'x["n"]: nan', "None"),
            ([math.inf, -math.inf], "x[0]: inf", "None"),
            ({(1, 2): 3}, "x: a key of type tuple", "str(key)"),
            ({"ü": [1, {2: [b""]}]}, 'x["ü"][1][2][0]: bytes', "decode"),
            (circle, 'x["a"][0]: circular reference', "copy"),
        ]
        for value, path, advice in cases:
            with self.subTest(path):
                error = self.problem(value)
                self.assertIn(path, str(error))
                self.assertIn(advice, error.hint or "")

    def test_by_what_a_class_offers(self) -> None:
        @dataclasses.dataclass
        class Row:
            a: int

        class Response:
            data = {"ok": True}

        class Model:
            def model_dump(self) -> dict[str, Any]:
                return {}

        class Array:
            def tolist(self) -> list[Any]:
                return []

        for value, advice in ((Row(1), "asdict"), (Response(), ".data"), (Model(), "model_dump"), (Array(), "tolist")):
            with self.subTest(advice):
                self.assertIn(advice, self.problem([value]).hint or "")

    def test_deep_nesting(self) -> None:
        value: list[Any] = []
        for _ in range(100_000):
            value = [value]
        self.assertIn("deep", str(self.problem(value)))

    def test_found_deep_in_much_data(self) -> None:
        rows: list[Any] = [{"i": i} for i in range(10_000)]
        rows[9_999]["i"] = {0}
        self.assertIn('x["rows"][9999]["i"]: set', str(self.problem({"rows": rows})))

    def test_earlier_exports_stay(self) -> None:
        exports = Exports()
        exports.add("a", 1)
        with self.assertRaises(NotSerializable):
            exports.add("a", {1})
        self.assertEqual(exports.json_bytes(), b'{"a": 1}')


class Limit(unittest.TestCase):
    def test_at_the_limit(self) -> None:
        self.assertEqual(exported("x" * 8, limit=10), "xxxxxxxx")
        with self.assertRaises(ExportTooLarge):
            exported("x" * 9, limit=10)

    def test_names_export_size_and_limit(self) -> None:
        exports = Exports()
        with self.assertRaises(ExportTooLarge) as caught:
            exports.add("report", "x" * 50_000_000)
        self.assertIn("report", str(caught.exception))
        self.assertIn("47.7 MiB", str(caught.exception))
        self.assertIn("32.0 MiB", str(caught.exception))
        self.assertIn("/tmp", caught.exception.hint or "")

    def test_exports_count_together(self) -> None:
        exports = Exports(limit=100)
        exports.add("a", "x" * 60)
        with self.assertRaises(ExportTooLarge) as caught:
            exports.add("b", "x" * 60)
        self.assertIn("other exports", str(caught.exception))
        exports.add("a", "y")  # in its place
        exports.add("b", "x" * 60)
        self.assertEqual(set(json.loads(exports.json_bytes())), {"a", "b"})

    def test_memory_stays_bounded(self) -> None:
        """Far more data than the limit is refused without making its text."""
        shared = "x" * 1000
        small = {"t": shared}
        for value in (
            {"status": "ok", "meta": {"a": {}}, "rows": [small] * 1_000_000},
            [shared] * 1_000_000,
            {"a": {"b": {"c": [[shared] * 1000] * 1000}}},
            {str(i): shared for i in range(100_000)},
            [shared * 100_000],
        ):
            with self.subTest(type(value).__name__):
                tracemalloc.start()
                with self.assertRaises(TooLong):
                    to_json(value, MIB)
                peak = tracemalloc.get_traced_memory()[1]
                tracemalloc.stop()
                self.assertLess(peak, 16 * MIB)
