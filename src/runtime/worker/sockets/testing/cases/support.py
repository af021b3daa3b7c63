"""What the cases share: where the servers are, and how to reach them."""

import json
import socket
import ssl

PORTS = {}
PEMS = {}
HERE = "127.0.0.1"


def take(given):
    """Takes the test's ports and certificates, a JSON text."""
    PORTS.update(json.loads(given)["ports"])
    PEMS.update(json.loads(given)["pems"])


def connect(name, timeout=5.0, host=HERE):
    return socket.create_connection((host, PORTS[name]), timeout=timeout)


def tls(name, timeout=5.0, host="localhost", context=None):
    context = context or ssl.create_default_context()
    return context.wrap_socket(connect(name, timeout), server_hostname=host)


def exactly(sock, count):
    data = b""
    while len(data) < count:
        piece = sock.recv(count - len(data))
        assert piece, f"ended after {len(data)} of {count} bytes"
        data += piece
    return data


def url(path, name="http", scheme="http", host=HERE):
    return f"{scheme}://{host}:{PORTS[name]}{path}"
