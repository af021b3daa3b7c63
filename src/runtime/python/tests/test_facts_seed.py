"""The seed document's own words, S1 to S7 of the conformance list."""

from __future__ import annotations

import sys
import types

from .support import BridgeTest

SAMPLE = '''\
from slack_sdk import WebClient

def handler(pd: "pipedream"):
  token = f'{pd.inputs["slack"]["$auth"]["oauth_access_token"]}'
  # Instantiate a new Slack client with your token
  client = WebClient(token=token)

  # Use the client to send messages to Slack channels
  response = client.chat_postMessage(
    channel='#general',
    text='Hello from Pipedream!'
  )

  # Export the Slack response payload for use in future steps
  pd.export("response", response.data)
'''
SLACK = {"slack": {"$auth": {"oauth_access_token": "xoxb-1"}}}


class Seed(BridgeTest):
    def test_token_is_in_inputs(self) -> None:
        """fact S1: the token stands under pd.inputs."""
        code = """
            def handler(pd: "pipedream"):
                return pd.inputs["slack"]["$auth"]["oauth_access_token"]
        """
        self.assertEqual(self.run_ok(code, inputs=SLACK), {"$return_value": "xoxb-1"})

    def test_token_is_in_steps(self) -> None:
        """fact S1: the older edition's pd.steps["slack"] works where no earlier step has that name."""
        code = """
            def handler(pd: "pipedream"):
                return [pd.steps["slack"]["$auth"]["oauth_access_token"], pd.steps.get("slack") is not None]
        """
        self.assertEqual(self.run_ok(code, inputs=SLACK), {"$return_value": ["xoxb-1", True]})

    def test_a_step_goes_before_an_app(self) -> None:
        """fact S1: an earlier step of the app's name wins."""
        code = "def handler(pd):\n  return pd.steps['slack']['$return_value']"
        exports = self.run_ok(code, inputs=SLACK, steps={"slack": {"$return_value": 7}})
        self.assertEqual(exports, {"$return_value": 7})

    def test_sample_runs_verbatim(self) -> None:
        """fact S2: the main sample, with not a letter changed."""
        sent = []

        class WebClient:
            def __init__(self, token: str) -> None:
                self.token = token

            def chat_postMessage(self, **arguments: str) -> types.SimpleNamespace:  # noqa: N802 - Slack's name
                sent.append((self.token, arguments))
                return types.SimpleNamespace(data={"ok": True, "ts": "1.2"})

        module = types.ModuleType("slack_sdk")
        module.WebClient = WebClient  # type: ignore[attr-defined]
        sys.modules["slack_sdk"] = module
        self.addCleanup(sys.modules.pop, "slack_sdk")
        self.assertEqual(self.run_ok(SAMPLE, inputs=SLACK), {"response": {"ok": True, "ts": "1.2"}})
        self.assertEqual(sent, [("xoxb-1", {"channel": "#general", "text": "Hello from Pipedream!"})])

    def test_console(self) -> None:
        """fact S3: console.log and its siblings write to the logs; dicts are shown as JSON."""
        code = """
            console.log("at module level")
            def handler(pd):
                console.log(pd.inputs["slack"]["$auth"])
                console.info("a", 1, [True, None])
                console.warn("careful")
                console.error({"when": object})
        """
        self.run_ok(code, inputs=SLACK)
        lines = self.logs.splitlines()
        self.assertEqual(lines[:2], ["at module level", '{"oauth_access_token": "xoxb-1"}'])
        self.assertEqual(lines[2:4], ["a 1 [true, null]", "careful"])
        self.assertEqual(lines[4], '{"when": "<class \'object\'>"}')

    def test_console_goes_to_the_right_stream(self) -> None:
        """fact S3: warn and error are standard error."""
        code = """
            import contextlib, io
            def handler(pd):
                out, err = io.StringIO(), io.StringIO()
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                    console.log("1"); console.info("2"); console.warn("3"); console.error("4")
                return [out.getvalue(), err.getvalue()]
        """
        self.assertEqual(self.run_ok(code), {"$return_value": ["1\n2\n", "3\n4\n"]})

    def test_printing_auth_shows_property_names(self) -> None:
        """fact S4: printing the account shows its property names."""
        self.run_ok('def handler(pd):\n  print(pd.inputs["slack"]["$auth"])', inputs=SLACK)
        self.assertIn("oauth_access_token", self.logs)

    def test_properties_keep_the_service_s_own_names(self) -> None:
        """fact S5: whatever an app calls its properties, a step finds them under these names."""
        inputs = {"a": {"$auth": {"api_key": "1"}}, "b": {"$auth": {"server_token": "2", "bot_token": "3"}}}
        code = "def handler(pd):\n  return [list(pd.inputs[app]['$auth'].items()) for app in pd.inputs]"
        self.assertEqual(
            self.run_ok(code, inputs=inputs)["$return_value"],
            [[["api_key", "1"]], [["server_token", "2"], ["bot_token", "3"]]],
        )

    def test_generated_test_request_runs(self) -> None:
        """fact S6: what the template for an app looks like, runs as it is."""
        code = '''
            import urllib.request
            def handler(pd: "pipedream"):
              token = f'{pd.inputs["github"]["$auth"]["oauth_access_token"]}'
              request = urllib.request.Request("http://localhost/user", headers={"Authorization": f"Bearer {token}"})
              return dict(request.header_items())
        '''
        exports = self.run_ok(code, inputs={"github": {"$auth": {"oauth_access_token": "t"}}})
        self.assertEqual(exports, {"$return_value": {"Authorization": "Bearer t"}})

    def test_secret_of_a_service_without_an_app(self) -> None:
        """fact S7: its key is an environment variable."""
        code = "import os\ndef handler(pd):\n  return os.environ['ACME_KEY'] + os.getenv('NONE', '!')"
        self.assertEqual(self.run_ok(code, env={"ACME_KEY": "k"}), {"$return_value": "k!"})
