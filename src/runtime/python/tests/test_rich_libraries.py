"""Tables and figures of the real pandas and matplotlib, installed once into the project's cache."""

from __future__ import annotations

import json
import sys
from typing import Any

from runnel import session

from .real_libraries import provide
from .support import BridgeTest

REQUIREMENTS = ["pandas==3.1.1", "matplotlib==3.11.2"]
_added: list[str] = []


def setUpModule() -> None:
    """Raises what `provide` raises."""
    _added.append(provide(REQUIREMENTS))
    sys.path.insert(0, _added[0])
    session._baseline = None  # it holds the path


def tearDownModule() -> None:
    for folder in _added:
        sys.path.remove(folder)
        session._baseline = None


class LibraryTest(BridgeTest):
    def shown(self, code: str) -> list[tuple[dict[str, Any], list[bytes]]]:
        self.host.shown.clear()
        self.run_ok(code)
        return self.host.shown


class Pandas(LibraryTest):
    def test_a_returned_frame_is_a_table_and_records(self) -> None:
        [(head, parts)] = self.shown(
            """
            import pandas, numpy, decimal
            def handler(pd):
                return pandas.DataFrame({
                    "n": [1, 2**60],
                    "x": [0.5, None],
                    "text": ["ü", None],
                    "at": pandas.to_datetime(["2024-02-29T12:00:00", None]),
                    "odd": [numpy.int8(3), pandas.NA],
                    "yes": [True, False],
                })
            """
        )
        rows = [
            {"n": 1, "x": 0.5, "text": "ü", "at": "2024-02-29T12:00:00", "odd": 3, "yes": True},
            {"n": 2**60, "x": None, "text": None, "at": None, "odd": None, "yes": False},
        ]
        self.assertEqual(self.exports, {"$return_value": rows})
        self.assertEqual(json.loads(parts[0]), [list(row.values()) for row in rows])
        self.assertEqual((head["kind"], head["returned"], head["total"], head["kept"]), ("table", True, 2, 2))
        self.assertEqual(head["columns"][:2], [{"name": "n", "dtype": "int64"}, {"name": "x", "dtype": "float64"}])
        self.assertNotIn("note", head)

    def test_an_index_that_says_something_is_columns(self) -> None:
        shown = self.shown(
            """
            import pandas
            def handler(pd):
                frame = pandas.DataFrame({"city": ["a", "b", "a"], "n": [1, 2, 3]})
                display(frame[frame.n > 1])
                display(frame.groupby("city").agg({"n": ["sum", "max"]}))
                display(frame.n.describe())
                display(pandas.DataFrame())
                return frame.groupby("city").n.sum()
            """
        )
        tables = [([column["name"] for column in head["columns"]], head["total"]) for head, _ in shown]
        self.assertEqual(
            tables,
            [
                (["city", "n"], 2),
                (["city", "n / sum", "n / max"], 2),
                (["index", "n"], 8),
                ([], 0),
                (["city", "n"], 2),
            ],
        )
        self.assertEqual(self.exports["$return_value"], [{"city": "a", "n": 4}, {"city": "b", "n": 2}])

    def test_what_rows_cant_hold_is_named(self) -> None:
        code = "import pandas\ndef handler(pd):\n  return pandas.DataFrame({'a': [1, {2}]})"
        self.assertIn('$return_value[1]["a"]: set', self.run_failing(code)["message"])
        twice = "import pandas\ndef handler(pd):\n  return pandas.DataFrame([[1, 2]], columns=['a', 'a'])"
        self.assertIn("two columns are called 'a'", self.run_failing(twice)["message"])
        inside = "import pandas\ndef handler(pd):\n  return {'frame': pandas.DataFrame({'a': [1]})}"
        self.assertIn('.to_dict("records")', self.run_failing(inside)["hint"])
        exported = "import pandas\ndef handler(pd):\n  pd.export('frame', pandas.DataFrame({'a': [1]}))"
        self.assertIn('.to_dict("records")', self.run_failing(exported)["hint"])

    def test_cells_that_are_no_json_are_text(self) -> None:
        [(_, parts)] = self.shown(
            "import pandas\ndef handler(pd):\n  display(pandas.DataFrame({'a': [float('inf'), 1.5], 'b': [[1], pandas.Timedelta('1h')]}))"
        )
        self.assertEqual(json.loads(parts[0]), [["inf", "[1]"], [1.5, "P0DT1H0M0S"]])


class Matplotlib(LibraryTest):
    def test_shown_open_and_returned_figures_are_images_once(self) -> None:
        shown = self.shown(
            """
            import matplotlib.pyplot as plt
            def handler(pd):
                plt.plot([1, 2, 3])
                plt.show()
                assert plt.get_fignums() == []
                plt.figure()                     # empty: nothing to show
                plt.subplots()[1].bar([1], [2])  # left open
                figure, axes = plt.subplots()
                return axes
            """
        )
        self.assertEqual([head["kind"] for head, _ in shown], ["image"] * 3)
        self.assertTrue(all(parts[0].startswith(b"\x89PNG") for _, parts in shown))
        self.assertEqual([bool(head.get("returned")) for head, _ in shown], [False, True, False])
        self.assertEqual(self.exports, {})
        self.assertEqual(self.shown("import matplotlib.pyplot as plt\ndef handler(pd): return plt.get_fignums()"), [])
        self.assertEqual(self.exports, {"$return_value": []})

    def test_a_plot_of_a_frame(self) -> None:
        [(head, _)] = self.shown("import pandas\ndef handler(pd):\n  return pandas.Series([1, 2]).plot()")
        self.assertEqual((head["kind"], head["mime"], head["returned"]), ("image", "image/png", True))

    def test_what_drawing_raises_is_the_steps_error(self) -> None:
        error = self.run_failing("import matplotlib.pyplot as plt\ndef handler(pd):\n  plt.title('$\\\\nope{$')\n  plt.show()")
        self.assertEqual((error["type"], error["line"]), ("ValueError", 4))
        self.assertEqual(self.shown("import matplotlib.pyplot as plt\ndef handler(pd): ..."), [])
