"""Runs steps of the corpus through the product's bridge on CPython, where the browser can't be given their packages.

Reads from standard input {"cases": [{"name", "code", "requirements"}], "event", "env", "ports": {host: port}, "ca": PEM}; writes what
each of them exported, by name, as JSON to standard output. Raises where a step fails.
"""

import json
import os
import pathlib
import socket
import sys
import tempfile
import types

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "src/runtime/python"))

from runnel import scratch, session, step
from tests.real_libraries import provide
from tests.support import FLOW, JsBytes

asked = json.load(sys.stdin)
exported: list[bytes] = []
look_up, connect_to = socket.getaddrinfo, socket.socket.connect


def local(host, port, *rest, **named):
    """The hosts of the corpus are servers on this machine."""
    given = asked["ports"].get(host)
    return look_up("127.0.0.1", given, *rest, **named) if given else look_up(host, port, *rest, **named)


def connect(self, address):
    """As `local`, for clients that give the name to the socket."""
    given = asked["ports"].get(address[0]) if isinstance(address, tuple) else None
    return connect_to(self, ("127.0.0.1", given) if given else address)


def run(case) -> dict:
    session.begin_run()
    request = {"name": case["name"], "code": case["code"], "inputs": {}, "env": {**asked["env"], **trust}, "flow": FLOW}
    trigger = JsBytes(json.dumps({"event": asked["event"]}).encode())
    outcome = json.loads(step.run_step(json.dumps(request), ["trigger"], [trigger]))
    if outcome["status"] != "success":
        raise RuntimeError(f"{case['name']}: {outcome['error']['traceback']}")
    return json.loads(exported[-1])


host = types.ModuleType("_runnel_host")
host.exports = exported.append
host.phase = host.display = host.installed = host.locked = lambda *_: None
sys.modules["_runnel_host"] = host
socket.getaddrinfo, socket.socket.connect = local, connect
sys.path[:0] = [provide(case["requirements"]) for case in asked["cases"]]
with tempfile.TemporaryDirectory() as folder:
    scratch.use(folder)
    authority = os.path.join(folder, "..", f"runnel-corpus-{os.getpid()}.pem")
    pathlib.Path(authority).write_text(asked["ca"])
    trust = dict.fromkeys(("REQUESTS_CA_BUNDLE", "HTTPLIB2_CA_CERTS", "SSL_CERT_FILE"), authority)
    output = sys.stdout
    sys.stdout = sys.stderr
    results = {case["name"]: run(case) for case in asked["cases"]}
    os.remove(authority)
    os.chdir("/")
    json.dump(results, output)
