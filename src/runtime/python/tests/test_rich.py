"""What steps show besides text, without the libraries that mostly make it (test_rich_libraries.py has those)."""

from __future__ import annotations

import json
import tracemalloc
import unittest
from typing import Any

from runnel.errors import ExportTooLarge
from runnel.rich import displaying, kinds, tables

from .support import BridgeTest

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


class RichTest(BridgeTest):
    def shown(self, code: str) -> list[tuple[dict[str, Any], list[bytes]]]:
        self.host.shown.clear()
        self.run_ok(code)
        return self.host.shown


class Shown(RichTest):
    def test_display_shows_each_value_by_its_kind(self) -> None:
        shown = self.shown(
            """
            class Html:
                def _repr_html_(self):
                    return "<b>ü</b>"

            class Svg:
                def _repr_html_(self):
                    return None
                def _repr_svg_(self):
                    return "<svg/>"

            class Png:
                def _repr_png_(self):
                    return ("iVBORw0KGgoAAAA=", {})

            class Broken:
                def _repr_html_(self):
                    raise ValueError("no")
                def __repr__(self):
                    return "plain"

            display(Html(), Svg(), Png(), b"\\x89PNG\\r\\n\\x1a\\nrest")
            display({"a": [1, None]}, "text", Broken(), {1, 2}, Html, {"not": {3}})
            def handler(pd): ...
            """
        )
        self.assertEqual(
            [(head["kind"], head.get("mime"), parts) for head, parts in shown],
            [
                ("html", None, ["<b>ü</b>".encode()]),
                ("image", "image/svg+xml", [b"<svg/>"]),
                ("image", "image/png", [b"\x89PNG\r\n\x1a\n\x00\x00\x00"]),
                ("image", "image/png", [b"\x89PNG\r\n\x1a\nrest"]),
                ("json", None, [b'{"a": [1, null]}']),
                ("text", None, [b"text"]),
                ("text", None, [b"plain"]),
                ("text", None, [b"{1, 2}"]),
                ("text", None, [b"<class 'step_python.Html'>"]),
                ("text", None, [b"{'not': {3}}"]),
            ],
        )

    def test_what_is_returned_and_more_than_json_is_shown(self) -> None:
        code = """
            class Html:
                def _repr_html_(self):
                    return "<b>hi</b>"
            def handler(pd):
                pd.export("x", 1)
                return Html()
        """
        [(head, parts)] = self.shown(code)
        self.assertEqual(self.exports, {"x": 1})
        self.assertEqual((head["kind"], head["returned"], parts), ("html", True, [b"<b>hi</b>"]))
        self.assertIn("pd.export", head["note"])

    def test_json_is_returned_as_ever(self) -> None:
        code = """
            class Odd(dict):
                def _repr_html_(self):
                    return "<b>hi</b>"
            def handler(pd):
                return Odd(a=1)
        """
        self.assertEqual(self.shown(code), [])
        self.assertEqual(self.exports, {"$return_value": {"a": 1}})

    def test_other_bytes_and_objects_stay_errors(self) -> None:
        for value, said in (("b'PNG'", "$return_value: bytes"), ("object()", "$return_value: object"), ("{'a': b''}", '["a"]')):
            with self.subTest(value):
                error = self.run_failing(f"def handler(pd):\n  return {value}")
                self.assertEqual(error["code"], "NotSerializable")
                self.assertIn(said, error["message"])

    def test_display_is_for_running_steps(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "while a step runs"):
            displaying.display(1)


class Bounds(RichTest):
    def test_too_many_things(self) -> None:
        shown = self.shown("def handler(pd):\n  for n in range(1000):\n    display(n)")
        self.assertEqual(len(shown), displaying.MAX_ITEMS + 1)
        self.assertIn("100 things", shown[-1][0]["note"])

    def test_too_large_things(self) -> None:
        show = displaying.Displays()
        half = kinds.rich_item(PNG + bytes(displaying.MAX_BYTES // 2))
        assert half is not None
        for _ in range(3):
            show.show(half)
        heads = [head for head, _ in self.host.shown]
        self.assertEqual([head["kind"] for head in heads], ["image", "text", "text"])
        self.assertIn("An image of 16.0 MiB is not shown: a step shows 32 MiB in all", heads[1]["note"])

    def test_long_html_is_not_cut_long_text_is(self) -> None:
        class Html:
            def _repr_html_(self) -> str:
                return "x" * (kinds.MAX_TEXT + 1)

        html, text = kinds.item_of(Html()), kinds.item_of("ü" * kinds.MAX_TEXT)
        self.assertEqual((html.head["kind"], html.size), ("text", 0))
        self.assertIn("HTML of 4.0 MiB is not shown", html.head["note"])
        self.assertLessEqual(text.size, kinds.MAX_TEXT)
        self.assertIn("The beginning of 8.0 MiB", text.head["note"])

    def test_a_table_ends_at_its_bounds(self) -> None:
        wide = tables.table_of(Frame({f"c{n}": ["x" * 3000] for n in range(tables.MAX_COLUMNS + 3)}))
        self.assertEqual((wide.head["columnsTotal"], len(wide.head["columns"])), (503, 500))
        self.assertEqual(len(json.loads(wide.parts[0])[0][0]), tables.MAX_CELL + 1)
        long = tables.table_of(Frame({"a": list(range(tables.MAX_ROWS + 5))}))
        self.assertEqual((long.head["total"], long.head["kept"], len(long.parts)), (100_005, 100_000, 100))
        heavy = tables.table_of(Frame({"a": ["y" * 1900] * 20_000}))
        self.assertLess(heavy.size, tables.MAX_BYTES)
        self.assertEqual(-(-heavy.head["kept"] // tables.PIECE_ROWS), len(heavy.parts))
        self.assertEqual(sum(len(json.loads(part)) for part in heavy.parts), heavy.head["kept"])
        self.assertGreaterEqual(heavy.head["kept"], 4000)
        wide_rows = tables.table_of(Frame({f"c{n}": ["z" * 1000] * 300 for n in range(300)}))
        self.assertEqual((len(wide_rows.parts), wide_rows.head["kept"]), (1, 27))


class LargeReturn(RichTest):
    def test_a_frame_of_gigabytes_is_shown_and_refused_without_making_its_rows(self) -> None:
        frame = Frame({f"c{n}": ["x" * 100] * 1_000_000 for n in range(20)})
        show = displaying.Displays()
        tracemalloc.start()
        with self.assertRaises(ExportTooLarge) as caught:
            show.returned(frame)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        self.assertIn("1,000,000 rows", str(caught.exception))
        self.assertIn("display(value)", caught.exception.hint or "")
        self.assertLess(peak, 150_000_000)
        self.assertEqual(self.host.shown[0][0]["total"], 1_000_000)


class Frame:
    """The little of a data frame that is asked of one."""

    def __init__(self, columns: dict[str, list[Any]]) -> None:
        self._columns = columns
        self.columns, self.index, self.dtypes = list(columns), range(len(self)), ["object"] * len(columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    itertuples = None

    @property
    def iloc(self) -> Any:
        return _Iloc(self._columns)


class _Iloc:
    def __init__(self, columns: dict[str, list[Any]]) -> None:
        self._columns = columns

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            return Frame({name: values[key] for name, values in self._columns.items()})
        _, which = key
        if isinstance(which, slice):
            return Frame(dict(list(self._columns.items())[which]))
        return _Column(list(self._columns.values())[which])


class _Column(list[Any]):
    def tolist(self) -> list[Any]:
        return list(self)


if __name__ == "__main__":
    unittest.main()
