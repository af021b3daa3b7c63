"""Data stores: facts 27 to 31."""

from __future__ import annotations

import json
from typing import Any
from unittest import mock

from runnel.net import host as network

from .fake_data_store import KEPT, FakeDataStore
from .support import BridgeTest


class DataStoreTest(BridgeTest):
    def setUp(self) -> None:
        super().setUp()
        self.store = FakeDataStore()
        self.host.data_store = self.store.receive  # type: ignore[attr-defined]
        self.addCleanup(network.attach, network._relay)
        network.attach(self.store)
        waiting = mock.patch.object(network, "wait", lambda answer: answer)
        waiting.start()
        self.addCleanup(waiting.stop)

    def values(self) -> dict[str, Any]:
        return {key: json.loads(text) for key, (text, _) in self.store.records.items()}

    def returned(self, body: str) -> Any:
        """What a handler with this body returns; `ds` is the step's data store."""
        return self.run_ok(_handler(body), dataStore="customers").get("$return_value")

    def failing(self, body: str) -> dict[str, Any]:
        return self.run_failing(_handler(body), dataStore="customers")


def _handler(body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.strip().splitlines())
    return f'def handler(pd):\n    ds = pd.inputs["data_store"]\n{lines}'


class Facts(DataStoreTest):
    def test_set_and_get(self) -> None:
        """fact 27: ds[k] = v, ds[k], ds.get(k), ds.get(k, default)."""
        body = 'ds["a"] = {"n": 1}\nreturn [ds["a"], ds.get("a"), ds.get("b"), ds.get("b", 5), ds.get("a", 5)]'
        self.assertEqual(self.returned(body), [{"n": 1}, {"n": 1}, None, 5, {"n": 1}])
        self.assertEqual(self.values(), {"a": {"n": 1}})

    def test_missing_key(self) -> None:
        """fact 27: a missing ds[k] raises TypeError (sic), and says what to do."""
        error = self.failing('ds["none"]')
        self.assertEqual((error["type"], error["code"], error["line"]), ("TypeError", "PythonError", 3))
        self.assertIn("'none'", error["message"])
        self.assertIn(".get('none')", error["hint"])
        self.assertEqual(self.returned('try:\n  ds["x"]\nexcept TypeError as e:\n  return type(e).__name__'), "TypeError")

    def test_stored_none_is_there(self) -> None:
        """fact 27: None is a value like others."""
        self.assertEqual(self.returned('ds["a"] = None\nreturn [ds["a"], "a" in ds, ds.get("a", 5)]'), [None, True, None])

    def test_contains_delete_clear(self) -> None:
        """fact 28: k in ds, del ds[k], ds.clear()."""
        body = """
ds["a"] = 1
ds["b"] = 2
seen = ["a" in ds, "z" in ds]
del ds["a"]
del ds["never there"]
seen += ["a" in ds, len(ds)]
ds.clear()
return seen + [len(ds), list(ds)]"""
        self.assertEqual(self.returned(body), [True, False, False, 1, 0, []])
        self.assertEqual(self.values(), {})

    def test_keys_and_items(self) -> None:
        """fact 28: ds.keys() is iterable, print(*ds.keys()) works; ds.items()."""
        body = """
for key in "ba":
    ds[key] = {"key": key}
print(*ds.keys())
print(ds.keys())
print(ds.items())
print(ds)
return [list(ds.keys()), list(ds.items()), list(ds.values()), dict(ds), sorted(ds), "a" in ds.keys(), ("a", {"key": "a"}) in ds.items(), len(ds.keys())]"""
        a, b = {"key": "a"}, {"key": "b"}
        self.assertEqual(
            self.returned(body),
            [["a", "b"], [["a", a], ["b", b]], [a, b], {"a": a, "b": b}, ["a", "b"], True, True, 2],
        )
        self.assertEqual(
            self.logs.splitlines(),
            [
                "a b",
                "data_store_keys(['a', 'b'])",
                "data_store_items([('a', {'key': 'a'}), ('b', {'key': 'b'})])",
                "<data store 'customers'>",
            ],
        )

    def test_many_records_come_in_pages(self) -> None:
        """fact 28: all keys and items, however many, also where they are deleted on the way."""
        self.store.records = {f"{n:05}": (str(n), None) for n in range(5000)}
        body = """
total = sum(value for _, value in ds.items())
for key in ds.keys():
    if key != "00007":
        del ds[key]
return [total, list(ds.keys())]"""
        self.assertEqual(self.returned(body), [sum(range(5000)), ["00007"]])
        self.assertLess(self.store.most_waiting, 1001)

    def test_ttl(self) -> None:
        """fact 29: ds.set(k, v, ttl=seconds): expired records are gone."""
        self.returned('ds.set("short", 1, ttl=10)\nds.set("long", 2, ttl=100)\nds.set("stays", 3)')
        self.store.now = 10
        self.assertEqual(
            self.returned('return [ds.get("short"), "short" in ds, list(ds.keys()), len(ds)]'),
            [None, False, ["long", "stays"], 2],
        )

    def test_set_ttl(self) -> None:
        """fact 29: ds.set_ttl(k, ttl=seconds|None)."""
        body = """
import datetime
for key in ("a", "b", "c"):
    ds.set(key, 1, ttl=10)
ds.set_ttl("a", ttl=None)
ds.set_ttl("b", ttl=datetime.timedelta(minutes=1))
ds["c"] = 2"""
        self.returned(body)
        self.assertEqual({key: at for key, (_, at) in self.store.records.items()}, {"a": None, "b": 60, "c": None})
        self.assertEqual(self.failing('ds.set_ttl("none", ttl=5)')["type"], "TypeError")

    def test_bad_ttl(self) -> None:
        """fact 29: what can't be a ttl is said at once."""
        for ttl, kind in (("0", "ValueError"), ("-1", "ValueError"), ("float('nan')", "ValueError"), ("'5'", "TypeError"), ("True", "TypeError")):
            with self.subTest(ttl):
                self.assertEqual(self.failing(f'ds.set("a", 1, ttl={ttl})')["type"], kind)
        self.assertEqual(self.store.records, {})

    def test_a_value_is_a_copy(self) -> None:
        """fact 30: changing a nested dict in place stores nothing."""
        body = """
value = {"list": [1]}
ds["a"] = value
value["list"].append(2)
ds["a"]["list"].append(3)
read = ds["a"]
read["list"].append(4)
return [read, ds["a"]]"""
        self.assertEqual(self.returned(body), [{"list": [1, 4]}, {"list": [1]}])
        self.assertEqual(self.values(), {"a": {"list": [1]}})

    def test_values_are_json(self) -> None:
        """fact 30: what JSON can't hold is refused, with path, type and a conversion."""
        error = self.failing('import datetime\nds["ok"] = 1\nds["a b"] = {"at": [datetime.date(2024, 1, 2)]}')
        self.assertEqual((error["type"], error["code"], error["line"]), ("NotSerializable", "NotSerializable", 5))
        self.assertEqual(error["message"], 'data_store["a b"]["at"][0]: date can\'t be stored as JSON.')
        self.assertIn("isoformat", error["hint"])
        self.assertEqual(self.values(), {"ok": 1})
        self.assertIn("no such number", self.failing('ds["a"] = float("nan")')["message"])

    def test_keys_are_texts(self) -> None:
        """fact 30: string keys."""
        for use in ('ds[1] = 2', 'ds[1]', 'ds.get(None)', '1 in ds', 'del ds[1]'):
            with self.subTest(use):
                error = self.failing(use)
                self.assertEqual(error["type"], "TypeError")
                self.assertIn("str(key)", error["message"])
        for key in ('""', '"x" * 1025', '"\\ud800"'):
            with self.subTest(key):
                self.assertEqual(self.failing(f"ds[{key}] = 1")["type"], "ValueError")
        self.assertEqual(self.returned('ds["ключ 🗝"] = "ü\\ud83d"\nreturn [*ds]'), ["ключ 🗝"])

    def test_large_values(self) -> None:
        """fact 30: a value beyond the limit is refused before it is sent."""
        error = self.failing('ds["a"] = "x" * 5_000_000')
        self.assertEqual((error["type"], error["code"]), ("DataStoreValueTooLarge", "DataStoreValueTooLarge"))
        self.assertIn("4 MiB at most", error["message"])

    def test_what_dicts_have(self) -> None:
        """fact 28: update, setdefault, pop, values and len as dicts have them."""
        body = """
ds.update({"a": 1}, b=2)
seen = [ds.setdefault("a", 9), ds.setdefault("c", 3), ds.pop("a"), ds.pop("a", "gone"), bool(ds), ds == {"b": 2, "c": 3}]
try:
    ds.pop("a")
except TypeError:
    seen.append("TypeError")
return seen + [list(ds.values())]"""
        self.assertEqual(self.returned(body), [1, 3, 1, "gone", True, False, "TypeError", [2, 3]])

    def test_none_is_attached(self) -> None:
        """fact 31: without a store the error says how to attach one."""
        error = self.run_failing('def handler(pd):\n  pd.inputs["data_store"]')
        self.assertEqual((error["type"], error["code"]), ("KeyError", "DataStoreMissing"))
        self.assertIn("Add data store", error["hint"])
        error = self.run_failing('def handler(pd):\n  pd.inputs["data_store"]', unconnected=["data_store"])
        self.assertIn("none is chosen", error["hint"])


class Writing(DataStoreTest):
    def test_everything_is_stored_before_the_step_ends(self) -> None:
        """fact 31: also what is set last, and without a read behind it."""
        self.returned('for n in range(3000):\n    ds[str(n)] = n')
        self.assertEqual(len(self.store.records), 3000)
        self.assertEqual(self.store.most_waiting, 1000)

    def test_a_failing_step_keeps_what_it_has_stored(self) -> None:
        error = self.failing('ds["a"] = 1\nraise ValueError("no")')
        self.assertEqual(error["message"], "no")
        self.assertEqual(self.values(), {"a": 1})

    def test_a_change_that_can_not_be_stored_fails_the_step(self) -> None:
        self.store.fails_at = {"full"}
        error = self.failing('ds["a"] = 1\nds["full"] = 2\nds["after"] = 3\nreturn 5')
        self.assertEqual((error["type"], error["code"]), ("DataStoreFailed", "DataStoreFailed"))
        self.assertIn('"full" could not be stored', error["message"])
        self.assertEqual(self.values(), {"a": 1})

    def test_code_that_catches_the_failure_goes_on(self) -> None:
        self.store.fails_at = {"full"}
        body = """
ds["full"] = 2
try:
    ds.get("a")
except OSError as error:
    ds["told"] = str(error)
return ds["told"]"""
        self.assertIn('"full" could not be stored', self.returned(body))

    def test_the_own_error_of_a_step_comes_first(self) -> None:
        self.store.fails_at = {"full"}
        self.assertEqual(self.failing('ds["full"] = 2\nraise ValueError("own")')["message"], "own")
        self.assertIn('"full" could not be stored', self.logs)

    def test_a_store_belongs_to_its_step(self) -> None:
        """fact 31: what keeps it for later gets an error."""
        self.returned('from tests.fake_data_store import KEPT\nKEPT.append(ds)\nds["a"] = 1')
        with self.assertRaisesRegex(RuntimeError, "over"):
            KEPT.pop()["b"] = 2

    def test_it_can_not_be_exported_as_it_is(self) -> None:
        error = self.failing("return ds")
        self.assertIn("$return_value: runnel.DataStore can't be exported", error["message"])
        self.assertIn("dict(x.items())", error["hint"])
