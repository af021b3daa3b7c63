"""Hints: what to do about an error."""

from __future__ import annotations

from typing import Any

from .support import BridgeTest

STEPS = {
    "trigger": {"event": {"body": {"email": "a@b.c", "name": "Ada", "tags": [], "empty": {}, "none": None, "items": [1, 2]}}},
    "fetch": {"$return_value": {"rows": [{"id": 1}]}},
}


class HintTest(BridgeTest):
    def hint(self, body: str, **request: Any) -> str:
        lines = "\n".join(f"  {line}" for line in body.splitlines())
        error = self.run_failing(f"import json\ndef handler(pd):\n{lines}\n", **{"steps": STEPS, **request})
        return error["hint"] or ""


class Keys(HintTest):
    def test_key_of_the_event(self) -> None:
        hint = self.hint('return pd.steps["trigger"]["event"]["body"]["emial"]')
        self.assertIn('pd.steps["trigger"]["event"]["body"]', hint)
        self.assertIn("Did you mean 'email'?", hint)
        self.assertIn("'name'", hint)

    def test_by_way_of_a_variable(self) -> None:
        hint = self.hint('body = pd.steps["trigger"]["event"]["body"]\nkey = "phone"\nreturn body[key]')
        self.assertIn('pd.steps["trigger"]["event"]["body"] has no \'phone\'', hint)

    def test_in_a_list_of_an_export(self) -> None:
        hint = self.hint('for row in pd.steps["fetch"]["rows"]:\n  row["name"]')
        self.assertIn('pd.steps["fetch"]["$return_value"]["rows"][0]', hint)
        self.assertIn("'id'", hint)

    def test_in_a_comprehension_and_in_a_function(self) -> None:
        self.assertIn("'id'", self.hint('return [row["name"] for row in pd.steps["fetch"]["rows"]]'))
        self.assertIn("'id'", self.hint('def f(row):\n  return row["name"]\nreturn f(pd.steps["fetch"]["rows"][0])'))

    def test_account_property(self) -> None:
        inputs = {"slack": {"$auth": {"oauth_access_token": "secret-value"}}}
        hint = self.hint('return pd.inputs["slack"]["$auth"]["bot_token"]', inputs=inputs)
        self.assertIn('pd.inputs["slack"]["$auth"]', hint)
        self.assertIn("'oauth_access_token'", hint)
        self.assertNotIn("secret-value", hint)

    def test_dict_of_the_step_s_own(self) -> None:
        self.assertIn("data has no 'b'", self.hint('data = {"a": 1}\nreturn data["b"]'))
        self.assertIn("data has no 'b'", self.hint('data = {"a": 1}\nreturn data.pop("b")'))
        self.assertIn("data has no 'b'", self.hint('data = {"a": 1}\ndata["b"] += 1'))
        self.assertIn("data has no 'b'", self.hint('data = {"a": 1}\ndel data["b"]'))

    def test_empty(self) -> None:
        self.assertIn("is empty", self.hint('return pd.steps["trigger"]["event"]["body"]["empty"]["x"]'))

    def test_many_and_long_keys_are_cut(self) -> None:
        hint = self.hint('data = {str(i) * 200: i for i in range(100)}\nreturn data["b"]')
        self.assertIn("and 80 more", hint)
        self.assertLess(len(hint), 2_500)

    def test_key_error_of_a_library_has_no_hint(self) -> None:
        self.assertEqual(self.hint("import collections\ncollections.ChainMap({})['x']"), "")
        self.assertEqual(self.hint("raise KeyError('x')"), "")

    def test_nothing_of_the_step_runs_for_a_hint(self) -> None:
        code = """
            class Odd(dict):
                def __missing__(self, key):
                    print("asked for", key)
                    return {}
            def handler(pd):
                odd = Odd()
                odd["a"]["b"]
        """
        self.run_failing(code)
        self.assertEqual(self.logs, "asked for a\n")

    def test_indexes(self) -> None:
        self.assertIn('"items"] has 2 items: 0 to 1', self.hint('return pd.steps["trigger"]["event"]["body"]["items"][2]'))
        self.assertIn("is empty", self.hint('return pd.steps["trigger"]["event"]["body"]["tags"][0]'))

    def test_values_of_another_kind(self) -> None:
        self.assertIn('"none"] is None', self.hint('return pd.steps["trigger"]["event"]["body"]["none"]["x"]'))
        self.assertIn("is a list with 1 item", self.hint('return pd.steps["fetch"]["rows"]["id"]'))
        self.assertIn("json.loads", self.hint('text = "{}"\nreturn text["x"]'))

    def test_attributes(self) -> None:
        self.assertIn('["trigger"]', self.hint("return pd.steps.trigger"))
        self.assertIn("steps, inputs", self.hint("return pd.step"))
        self.assertIn("os.environ", self.hint('return pd.inputs["env"]["TOKEN"]'))

    def test_step_without_exports(self) -> None:
        self.assertIn("exported nothing", self.hint('return pd.steps["quiet"]["x"]', steps={"quiet": {}}))

    def test_account_was_not_chosen(self) -> None:
        """fact 9: said under pd.steps (fact S1) as well, for an app that is attached without an account."""
        self.assertIn("no account is chosen", self.hint('return pd.steps["slack"]["$auth"]', unconnected=["slack"]))


class Code(HintTest):
    def test_names(self) -> None:
        for body, words in (
            ("return null", "None"),
            ("return true", "True"),
            ("return steps", "pd.steps"),
            ("export('a', 1)", "pd.export"),
        ):
            with self.subTest(body):
                self.assertIn(words, self.hint(body))

    def test_pd_outside_of_the_handler(self) -> None:
        error = self.run_failing("x = pd.steps\ndef handler(pd): ...")
        self.assertIn("parameter", error["hint"])

    def test_unknown_name_has_none(self) -> None:
        self.assertEqual(self.hint("return whatever"), "")


class Platform(HintTest):
    def test_threads_and_programs(self) -> None:
        for body, words in (
            ('raise RuntimeError("can\'t start new thread")', "asyncio.gather"),
            ("raise ModuleNotFoundError(\"No module named '_multiprocessing'\", name='_multiprocessing')", "asyncio.gather"),
            ('raise OSError(138, "emscripten does not support processes.")', "programs"),
            ('raise OSError(52, "Function not implemented")', "programs"),
            ("import errno\nraise OSError(errno.EOPNOTSUPP, 'Not supported')", "asyncio client"),
            ("raise MemoryError", "memory"),
            ("bytearray(2**63)", "2 GB for one value"),
        ):
            with self.subTest(body):
                self.assertIn(words, self.hint(body))

    def test_pip_as_a_program(self) -> None:
        """What `subprocess` raises in the browser, from frames like its own."""
        pip = "def Popen(args):\n  raise OSError(138, 'emscripten does not support processes.')\n"
        for call in (
            "Popen([sys.executable, '-m', 'pip', 'install', '--quiet', 'humanize'])",
            "Popen('pip install --upgrade humanize')",
        ):
            with self.subTest(call):
                hint = self.hint(f"import sys\n{pip}{call}")
                self.assertIn("Leave this line out", hint)
                self.assertTrue(hint.endswith("# pipedream add-package humanize"), hint)
        self.assertIn("Other programs", self.hint(f"{pip}Popen(['pip', '--version'])"))

    def test_programs_by_os_system(self) -> None:
        hint = self.hint("from runnel.net import programs\nprograms.system('ffmpeg -i in.mp4 out.mp3')")
        self.assertIn("Other programs", hint)

    def test_files(self) -> None:
        self.assertIn("start of each run", self.hint("open('/tmp/no-such-file-of-this-test')"))
        self.assertIn("not the files of your computer", self.hint("open('/Users/ada/data.csv')"))

    def test_json_text(self) -> None:
        self.assertIn("HTML page", self.hint("json.loads('<!DOCTYPE html><title>Sign in</title>')"))
        self.assertIn("begins with: hello", self.hint("json.loads('hello')"))
        self.assertIn("empty", self.hint("json.loads('')"))
        self.assertLess(len(self.hint("json.loads('x' * 10000)")), 300)

    def test_modules(self) -> None:
        for body, words in (
            ("import importlib\nimportlib.import_module('yam' + 'l_of_test')", "add-package yaml-of-test"),
            ("import importlib\nimportlib.import_module('psycopg' + '2')", "pg8000"),
            ("raise ModuleNotFoundError(\"No module named 'tkinter'\", name='tkinter')", "does not exist in the browser"),
            ("import importlib\nimportlib.import_module('json.nothing')", "Python's own json"),
            (
                "raise ImportError(\"Missing optional dependency 'openpyxl'.  Use pip or conda to install openpyxl.\")",
                "# pipedream add-package openpyxl",
            ),
            ("raise RuntimeError('no longer supported; e.g. `pip install openai==0.28`')", "add-package openai==0.28"),
            ("class FeatureNotFound(ValueError): ...\nraise FeatureNotFound('features you requested: lxml. Do you')", "lxml, or"),
        ):
            with self.subTest(body):
                self.assertIn(words, self.hint(body))


class Network(HintTest):
    def test_connections(self) -> None:
        for body, words in (
            ("import socket\nraise socket.gaierror(-2, 'Name or service not known')", "no host of that name"),
            ("import socket\nraise socket.gaierror(-3, 'Temporary failure')", "could not be looked up just now"),
            ("raise ConnectionRefusedError(111, 'Connection refused')", "Nothing accepts connections"),
            (
                "raise PermissionError(13, \"a.example:443 … Allow it under Network access in the workflow's header\")",
                "Open Network access",
            ),
            ("raise TimeoutError('timed out')", "timeout"),
            ("raise ConnectionResetError(104, 'Connection reset')", "cut the connection"),
            ("raise BrokenPipeError(32, 'Broken pipe')", "before everything was sent"),
            ("raise OSError(113, 'No route to host')", "VPN"),
            ("import http.client\nraise http.client.RemoteDisconnected('closed')", "instead of answering"),
            ("import asyncio\nraise asyncio.IncompleteReadError(b'', 5)", "cut the connection"),
        ):
            with self.subTest(body):
                self.assertIn(words, self.hint(body))

    def test_wrapped_as_libraries_do(self) -> None:
        body = """\
import socket, types, urllib.error
class MaxRetryError(Exception):
  def __init__(self, reason):
    self.reason = reason
class ConnectionError(OSError): ...
try:
  raise socket.gaierror(-2, "Name or service not known")
except OSError as cause:
  error = ConnectionError(MaxRetryError(urllib.error.URLError(cause)))
error.request = types.SimpleNamespace(url="https://user:pw@nope.example:8443/path?token=x")
raise error from None"""
        hint = self.hint(body)
        self.assertIn("nope.example", hint)
        self.assertNotIn("pw", hint)
        self.assertNotIn("token", hint)

    def test_urllib_against_a_closed_port(self) -> None:
        hint = self.hint("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9/', timeout=5)")
        self.assertIn("at port 9", hint)

    def test_certificates(self) -> None:
        for number, words in ((10, "expired"), (18, "signed by itself"), (20, "authority"), (62, "another name"), (9, "clock")):
            body = f"import ssl\nerror = ssl.SSLCertVerificationError(1, 'failed')\nerror.verify_code = {number}\nraise error"
            with self.subTest(number):
                self.assertIn(words, self.hint(body))

    def test_handshakes(self) -> None:
        for reason, words in (
            ("WRONG_VERSION_NUMBER", "http:// instead of https://"),
            ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "certificate of yours"),
            ("TLSV1_ALERT_UNKNOWN_CA", "doesn't accept the certificate"),
            ("UNSUPPORTED_PROTOCOL", "minimum_version"),
        ):
            body = f"import ssl\nerror = ssl.SSLError(1, 'failed')\nerror.reason = {reason!r}\nraise error"
            with self.subTest(reason):
                self.assertIn(words, self.hint(body))

    def test_sockets_tell_what_they_were_at(self) -> None:
        body = """\
from runnel.net.targets import mark_host
class ReadTimeout(Exception): ...
try:
  raise mark_host(TimeoutError("timed out"), "api.example", 443, "{doing}")
except OSError as cause:
  raise ReadTimeout("HTTPSConnectionPool") from cause"""
        for doing, words in (
            ("connect", "did not answer the connection in time"),
            ("handshake", "TLS handshake"),
            ("read", "api.example:443 did not answer in time"),
            ("write", "too slowly"),
        ):
            with self.subTest(doing):
                hint = self.hint(body.format(doing=doing))
                self.assertIn(words, hint)
                self.assertIn("api.example:443", hint)

    def test_what_was_only_being_handled_is_not_the_cause(self) -> None:
        body = """\
try:
  raise ConnectionRefusedError(111, "Connection refused")
except OSError:
  raise TimeoutError("the second attempt")"""
        self.assertIn("in time", self.hint(body))

    def test_a_refusal_inside_a_library_s_error(self) -> None:
        body = "raise PermissionError(13, 'api.example: not allowed; allow it there')"
        self.assertEqual(self.hint(body), "")
        wrapped = f"try:\n  {body}\nexcept OSError as error:\n  raise RuntimeError('Max retries exceeded') from error"
        self.assertEqual(self.hint(wrapped), "api.example: not allowed; allow it there.")

    def test_a_url_where_a_host_is_wanted(self) -> None:
        body = """\
import socket
from runnel.net.targets import mark_host
raise mark_host(socket.gaierror(-2, "Name or service not known"), "https://api.example/x", 443, "look-up")"""
        self.assertIn("host name alone", self.hint(body))

    def test_without_a_gateway(self) -> None:
        body = """\
from runnel.net.failures import Failure, connection_error
try:
  raise connection_error(Failure("GATEWAY_GONE", ""))
except OSError as error:
  raise RuntimeError("Max retries exceeded") from error"""
        self.assertIn("npm start", self.hint(body))

    def test_http_refusals(self) -> None:
        body = """\
import types
class HTTPError(IOError): ...
error = HTTPError("{status} Client Error")
error.response = types.SimpleNamespace(status_code={status}, headers={{"Retry-After": "30"}})
raise error"""
        inputs = {"github": {"$auth": {"oauth_access_token": "secret-value"}}}
        for status, words in ((401, "(github)"), (403, "scope"), (404, "URL"), (429, "30 seconds"), (503, "later")):
            with self.subTest(status):
                hint = self.hint(body.format(status=status), inputs=inputs)
                self.assertIn(words, hint)
                self.assertNotIn("secret-value", hint)

    def test_urllib_http_error(self) -> None:
        body = "import urllib.error\nraise urllib.error.HTTPError('http://x/', 401, 'Unauthorized', {}, None)"
        self.assertIn("Check the token", self.hint(body))

    def test_api_that_says_no_in_its_answer(self) -> None:
        body = """\
class ApiError(Exception):
  response = {"ok": False}
raise ApiError("The request failed. The server responded with: {'ok': False, 'error': '%s'}")"""
        self.assertIn("doesn't accept the credentials", self.hint(body % "invalid_auth"))
        self.assertIn("lack a scope", self.hint(body % "missing_scope"))
        self.assertEqual(self.hint(body % "channel_not_found"), "")
