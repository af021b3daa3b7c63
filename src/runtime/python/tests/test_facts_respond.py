"""`pd.respond`: fact 26."""

from __future__ import annotations

import base64
from typing import Any

from runnel import respond

from .support import BridgeTest


class Respond(BridgeTest):
    def answer(self, argument: str) -> tuple[dict[str, Any], str]:
        """Head and body of what a step answers."""
        self.host.shown.clear()
        self.run_ok(f"def handler(pd):\n  pd.respond({argument})")
        [(head, [body])] = self.host.shown
        self.assertEqual(head["kind"], "response")
        return head, body.decode()

    def test_status_body_and_headers(self) -> None:
        """fact 26: status, body and headers are what is answered."""
        head, body = self.answer('{"status": 201, "body": {"ok": True}, "headers": {"x-a": "1", "x-b": [1, "c"]}}')
        self.assertEqual(head["status"], 201)
        self.assertEqual(body, '{"ok": true}')
        self.assertEqual(
            head["headers"],
            [["content-type", "application/json; charset=utf-8"], ["x-a", "1"], ["x-b", "1"], ["x-b", "c"]],
        )

    def test_at_once(self) -> None:
        """fact 26: the answer is given where it is called, whatever comes after it."""
        error = self.run_failing("def handler(pd):\n  pd.respond({'body': 'x'})\n  1/0")
        self.assertEqual(error["type"], "ZeroDivisionError")
        self.assertEqual(len(self.host.shown), 1)

    def test_what_may_be_left_out(self) -> None:
        """fact 26: without a status 200 is answered, without a body nothing."""
        head, body = self.answer("{}")
        self.assertEqual((head["status"], head["headers"], body), (200, [], ""))

    def test_bodies(self) -> None:
        """fact 26: text, bytes and JSON values; a content type of the step's own counts."""
        for value, body, content_type in (
            ("'hé'", "hé", "text/html; charset=utf-8"),
            ("b'raw'", "raw", "application/octet-stream"),
            ("[1, None]", "[1, null]", "application/json; charset=utf-8"),
            ("7", "7", "application/json; charset=utf-8"),
        ):
            with self.subTest(value):
                head, sent = self.answer(f"{{'body': {value}}}")
                self.assertEqual((head["headers"], sent), ([["content-type", content_type]], body))
        head, _ = self.answer("{'body': 'a,b', 'headers': {'Content-Type': 'text/csv'}}")
        self.assertEqual(head["headers"], [["Content-Type", "text/csv"]])
        head, body = self.answer("{'body': bytes([255, 0])}")
        self.assertEqual((head["encoding"], base64.b64decode(body)), ("base64", b"\xff\0"))

    def test_what_can_not_be_answered(self) -> None:
        """fact 26: a clear error says what is wrong."""
        for argument, name, words in (
            ("'ok'", "TypeError", "takes one dict"),
            ("{'status': 'ok'}", "TypeError", '"status" must be a number'),
            ("{'status': True}", "TypeError", '"status" must be a number'),
            ("{'status': 99}", "ValueError", "between 200 and 599"),
            ("{'headers': 'x'}", "TypeError", '"headers" must be a dict'),
            ("{'headers': {'a b': '1'}}", "ValueError", "no header can be called 'a b'"),
            ("{'headers': {'a': 'x\\r\\nset-cookie: b'}}", "ValueError", "one line"),
            ("{'headers': {'a': None}}", "TypeError", "the header a"),
            ("{'body': {'when': object()}}", "NotSerializable", "when"),
            ("{'body': 'x' * (11 << 20)}", "ValueError", "bytes"),
        ):
            with self.subTest(argument):
                error = self.run_failing(f"def handler(pd):\n  pd.respond({argument})")
                self.assertEqual((error["type"], error["line"]), (name, 2))
                self.assertIn(words, error["message"])
                self.assertEqual(self.host.shown, [])

    def test_too_often(self) -> None:
        """fact 26: one answer is sent; a loop of them is an error."""
        code = f"def handler(pd):\n  for i in range({respond.MAX_RESPONSES + 1}):\n    pd.respond({{'body': i}})"
        self.assertIn("pd.respond()", self.run_failing(code)["message"])
        self.assertEqual(len(self.host.shown), respond.MAX_RESPONSES)
