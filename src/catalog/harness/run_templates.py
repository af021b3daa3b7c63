"""Runs generated steps, unmodified, on this machine's Python, and tells what they sent.

Reads `{"cases": [{"slug", "code", "auth", "answers"}]}` as JSON from stdin and writes one JSON object to stdout:
slug -> `{"requests", "connections", "result", "exports", "error"}`. Every connection a step opens ends here,
whatever host it names: names resolve to a local server, and TLS is left out but its host name noted.
"""

import asyncio
import importlib
import inspect
import json
import os
import py_compile
import socket
import ssl
import sys
import tempfile
import traceback

from local_http import LocalHttp
from local_mongodb import LocalMongodb
from local_mysql import LocalMysql
from local_postgresql import LocalPostgresql


class WithoutTls(socket.socket):
    """A socket that libraries take for one with TLS: it answers what they ask of the certificate."""

    @classmethod
    def around(cls, sock, host):
        timeout = sock.gettimeout()
        plain = cls(fileno=sock.detach())
        plain.settimeout(timeout)
        plain.host = host
        return plain

    def getpeercert(self, binary_form=False):
        return b"" if binary_form else {"subjectAltName": (("DNS", self.host),)}


class Redirect:
    """Sends every connection of this process to the local servers."""

    def __init__(self, ports, http_port):
        self.ports = ports
        self.http_port = http_port
        self.connections = []
        self.tls_hosts = {}

    def install(self):
        def getaddrinfo(host, port, *_args, **_kwargs):
            name = host.decode() if isinstance(host, bytes) else host
            self.connections.append(f"{name}:{port}")
            local = ("127.0.0.1", self.ports.get(int(port), self.http_port))
            return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", local)]

        def wrap_socket(_context, sock, *_args, server_hostname=None, **_kwargs):
            self.tls_hosts[sock.getsockname()[1]] = server_hostname
            return WithoutTls.around(sock, server_hostname)

        socket.getaddrinfo = getaddrinfo
        ssl.SSLContext.wrap_socket = wrap_socket


class Pipedream:
    """What a handler gets as `pd`, as far as templates use it."""

    def __init__(self, slug, auth):
        self.inputs = {slug: {"$auth": auth}}
        self.steps = {"trigger": {"event": {}, "context": {}}}
        self.exports = {}

    def export(self, name, value):
        self.exports[name] = value


def run_case(case, folder):
    """Compiles the code, calls its handler, and returns what it made as plain JSON values."""
    path = os.path.join(folder, f"{case['slug']}.py")
    with open(path, "w", encoding="utf-8") as file:
        file.write(case["code"])
    py_compile.compile(path, cfile=f"{path}c", doraise=True)
    scope = {"__name__": "step"}
    exec(compile(case["code"], path, "exec"), scope)
    pd = Pipedream(case["slug"], case["auth"])
    result = scope["handler"](pd)
    if inspect.iscoroutine(result):
        result = asyncio.run(result)
    return json.loads(json.dumps({"result": result, "exports": pd.exports}))


def preload():
    """Heavy modules, imported once, so that no single case pays for them."""
    for name in ("requests", "boto3"):
        importlib.import_module(name)


def main():
    cases = json.load(sys.stdin)["cases"]
    redirect = Redirect({}, 0)
    http = LocalHttp(redirect.tls_hosts)
    databases = {3306: LocalMysql(), 5432: LocalPostgresql(), 27017: LocalMongodb()}
    redirect.ports = {port: server.port for port, server in databases.items()}
    redirect.http_port = http.port
    redirect.install()
    preload()
    report = {}
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            redirect.connections.clear()
            http.expect(case["slug"], case["answers"])
            for server in databases.values():
                server.expect(case["auth"])
            entry = {"result": None, "exports": {}, "error": None}
            try:
                entry.update(run_case(case, folder))
            except BaseException:
                entry["error"] = traceback.format_exc()
            logins = [login for server in databases.values() for login in server.logins]
            entry.update(requests=http.requests, logins=logins, connections=list(redirect.connections))
            report[case.get("id", case["slug"])] = entry
    json.dump(report, sys.stdout)
    sys.stdout.flush()
    # Connection pools of the libraries may hold threads; nothing of them is worth waiting for.
    os._exit(0)


if __name__ == "__main__":
    main()
