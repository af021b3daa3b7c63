"""A fake host, and a base for tests that run steps."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
import textwrap
import types
import unittest
from typing import Any

from runnel import scratch, session, step


class FakeHost(types.ModuleType):
    """Stands in for the worker's `_runnel_host`, and keeps what it is told."""

    def __init__(self) -> None:
        super().__init__("_runnel_host")
        self.phases: list[str] = []
        self.exported: list[str] = []
        self.packages: list[Any] = []
        self.lock: list[Any] = []
        self.shown: list[tuple[dict[str, Any], list[bytes]]] = []

    def phase(self, text: str) -> None:
        self.phases.append(text)

    def exports(self, json_text: bytes) -> None:
        self.exported.append(json_text.decode())

    def display(self, head: str, parts: list[bytes]) -> None:
        self.shown.append((json.loads(head), parts))

    def installed(self, json_text: str) -> None:
        self.packages.extend(json.loads(json_text))

    def locked(self, json_text: str) -> None:
        self.lock = json.loads(json_text)


URLS = {"resume_url": "http://127.0.0.1:7411/r", "cancel_url": "http://127.0.0.1:7411/c"}
"""What `pd.flow.delay` and the like give a step of a test."""
FLOW = {"urls": URLS, "run": {"runs": 1, "context": None}}


class JsBytes(bytes):
    """As Python sees an `ArrayBuffer`."""

    def to_bytes(self) -> bytes:  # type: ignore[override]
        return bytes(self)


class BridgeTest(unittest.TestCase):
    """Each test has a host and a scratch directory of its own, and leaves the interpreter as it was."""

    def setUp(self) -> None:
        self.host = FakeHost()
        sys.modules["_runnel_host"] = self.host
        self.addCleanup(sys.modules.pop, "_runnel_host", None)
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        self.scratch = os.path.realpath(directory.name)
        scratch.use(self.scratch)
        self.addCleanup(scratch.use, None)
        session.begin_run()

    def run_step(self, code: str, steps: dict[str, Any] | None = None, **request: Any) -> dict[str, Any]:
        """Runs code as a step named `python`; gives its outcome. `logs` and `exports` hold the rest."""
        stdout, stderr = sys.stdout, sys.stderr
        logs = io.StringIO()
        with contextlib.redirect_stdout(logs), contextlib.redirect_stderr(logs), _baseline_streams():
            outcome = json.loads(
                step.run_step(
                    json.dumps(
                        {
                            "name": "python",
                            "code": textwrap.dedent(code),
                            "inputs": {},
                            "env": {},
                            "flow": FLOW,
                            **request,
                        }
                    ),
                    list(steps or {}),
                    [JsBytes(json.dumps(exports).encode()) for exports in (steps or {}).values()],
                )
            )
        assert (sys.stdout, sys.stderr) == (stdout, stderr)
        self.logs = logs.getvalue()
        self.exports: dict[str, Any] = json.loads(self.host.exported[-1])
        return outcome

    def run_ok(self, code: str, **request: Any) -> dict[str, Any]:
        """Runs code that must succeed; gives its exports."""
        outcome = self.run_step(code, **request)
        self.assertEqual(outcome["status"], "success", outcome)
        return self.exports

    def run_failing(self, code: str, **request: Any) -> dict[str, Any]:
        """Runs code that must fail; gives the error."""
        outcome = self.run_step(code, **request)
        self.assertEqual(outcome["status"], "failed", outcome)
        error: dict[str, Any] = outcome["error"]
        self.assertEqual(
            set(error), {"code", "type", "message", "line", "column", "traceback", "hint"}, "the shape of StepError"
        )
        return error


@contextlib.contextmanager
def _baseline_streams() -> Any:
    """The session puts back the streams it remembers; in a test these are the redirected ones."""
    remembered = session._baseline
    session._baseline = None
    try:
        yield
    finally:
        session._baseline = remembered
