"""What a step is given: facts 6 to 9."""

from __future__ import annotations

from .support import BridgeTest

EVENT = {
    "body": {"text": "hello"},
    "client_ip": "192.0.2.1",
    "headers": {"host": "example.com"},
    "method": "POST",
    "path": "/",
    "query": {"a": "1"},
    "url": "https://example.com/?a=1",
}
CONTEXT = {"id": "c1", "ts": "2024-01-02T03:04:05.000Z", "workflow_id": "w1", "workflow_name": "My workflow"}
TRIGGER = {"trigger": {"event": EVENT, "context": CONTEXT}}


class Input(BridgeTest):
    def test_event(self) -> None:
        """fact 6: the event as it is."""
        code = 'def handler(pd):\n  return pd.steps["trigger"]["event"]'
        self.assertEqual(self.run_ok(code, steps=TRIGGER), {"$return_value": EVENT})

    def test_context(self) -> None:
        """fact 7: the trigger's context."""
        code = 'def handler(pd):\n  return pd.steps["trigger"]["context"]'
        self.assertEqual(self.run_ok(code, steps=TRIGGER), {"$return_value": CONTEXT})

    def test_earlier_steps_are_dicts(self) -> None:
        """fact 8: plain dict access."""
        code = """
            import json
            def handler(pd):
                step = pd.steps["fetch"]
                return [
                    step["rows"], step.get("none"), step.get("none", 5), "rows" in step, "none" in step, sorted(step),
                    len(step), isinstance(pd.steps, dict), isinstance(step, dict), json.dumps(step), json.dumps(pd.steps),
                    pd.steps.get("later"), "later" in pd.steps, list(pd.steps), {**step} == step,
                ]
        """
        self.assertEqual(
            self.run_ok(code, steps={"fetch": {"rows": [1]}})["$return_value"],
            [
                [1], None, 5, True, False, ["rows"],
                1, True, True, '{"rows": [1]}', '{"fetch": {"rows": [1]}}',
                None, False, ["fetch"], True,
            ],
        )  # fmt: skip

    def test_later_steps_are_absent(self) -> None:
        """fact 8: a step that has no exports yet raises KeyError, and the hint says which there are."""
        error = self.run_failing('def handler(pd):\n  pd.steps["later"]', steps=TRIGGER)
        self.assertEqual((error["type"], error["line"]), ("KeyError", 2))
        self.assertIn("'trigger'", error["hint"])

    def test_its_own_name_is_absent(self) -> None:
        """fact 8: a step does not see itself."""
        error = self.run_failing('def handler(pd):\n  pd.steps["python"]', steps=TRIGGER)
        self.assertIn("this very step", error["hint"])

    def test_several_apps(self) -> None:
        """fact 9: $auth is a plain dict; several apps stand side by side."""
        inputs = {"slack": {"$auth": {"oauth_access_token": "s"}}, "openai": {"$auth": {"api_key": "o"}}}
        code = """
            def handler(pd):
                auth = pd.inputs["slack"]["$auth"]
                return [type(auth).__name__, pd.inputs["openai"]["$auth"]["api_key"], "slack" in pd.inputs, list(pd.inputs)]
        """
        self.assertEqual(
            self.run_ok(code, inputs=inputs)["$return_value"], ["dict", "o", True, ["slack", "openai"]]
        )

    def test_no_such_app(self) -> None:
        """fact 9: an app that isn't attached raises KeyError; the hint names those that are."""
        inputs = {"slack": {"$auth": {}}}
        error = self.run_failing('def handler(pd):\n  pd.inputs["github"]', inputs=inputs)
        self.assertEqual((error["type"], error["code"]), ("KeyError", "PythonError"))
        self.assertIn("'slack'", error["hint"])
        self.assertIn("Add app", error["hint"])

    def test_app_without_an_account(self) -> None:
        """fact 9: an attached app without a chosen account has a code of its own."""
        error = self.run_failing('def handler(pd):\n  pd.inputs["slack"]', unconnected=["slack"])
        self.assertEqual((error["type"], error["code"]), ("KeyError", "AccountMissing"))
        self.assertIn("slack", error["hint"])
