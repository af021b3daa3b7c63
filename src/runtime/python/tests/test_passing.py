"""Exports that are read for the next step while the page looks at them."""

from __future__ import annotations

import json
import unittest

from runnel import passing, session, step

from .support import FLOW, BridgeTest, JsBytes

EXPORT = "def handler(pd):\n  return ['x' * 1000] * 100"
READ = "def handler(pd):\n  got = pd.steps['a']['$return_value']\n  got.append(1)\n  return [len(got), got[0][:2]]"


class Passing(BridgeTest):
    def read(self, text: JsBytes | None) -> object:
        step.run_step(json.dumps({"name": "b", "code": READ, "flow": FLOW}), ["a"], [text])
        return json.loads(self.host.exported[-1])["$return_value"]

    def test_what_was_prepared_is_what_the_bytes_say(self) -> None:
        self.run_ok(EXPORT)
        text = JsBytes(self.host.exported[-1].encode())
        self.assertTrue(step.prepare())
        self.assertEqual(self.read(None), [101, "xx"])
        self.assertEqual(self.read(text), [101, "xx"], "what the step before did to its copy is not in it")

    def test_nothing_is_prepared_twice_for_another_run_or_of_little(self) -> None:
        self.run_ok(EXPORT)
        self.assertTrue(step.prepare())
        self.assertFalse(step.prepare())
        session.begin_run()
        self.assertIsNone(passing.take())
        self.run_ok("def handler(pd):\n  return 1")
        self.assertFalse(step.prepare())

    def test_no_code_of_the_step_reads_it(self) -> None:
        self.run_ok("import json\njson.loads = lambda text: {'$return_value': 'forged'}\n" + EXPORT)
        self.assertTrue(step.prepare())
        self.assertEqual(self.read(None), [101, "xx"])


if __name__ == "__main__":
    unittest.main()
