"""What can go wrong on a connection, each as a function that raises. Runs in CPython and in the browser's Python alike."""

import asyncio
import errno
import http.client
import json
import select
import socket
import ssl
import urllib.error
import urllib.request

PORTS = {}
HERE = "127.0.0.1"


def connect(name, timeout=5.0, host=HERE):
    return socket.create_connection((host, PORTS[name]), timeout=timeout)


def tls(name, timeout=5.0, host="localhost", context=None):
    context = context or ssl.create_default_context()
    return context.wrap_socket(connect(name, timeout), server_hostname=host)


# Connecting


def case_refused():
    connect("refused")


def case_refused_without_timeout():
    connect("refused", timeout=None)


def case_refused_urllib():
    urllib.request.urlopen(f"http://{HERE}:{PORTS['refused']}/", timeout=5)


def case_refused_connect_ex():
    with socket.socket() as sock:
        raise OSError(sock.connect_ex((HERE, PORTS["refused"])), "connect_ex")


def case_refused_non_blocking():
    with socket.socket() as sock:
        sock.setblocking(False)
        sock.connect((HERE, PORTS["refused"]))


def case_refused_non_blocking_later():
    with socket.socket() as sock:
        sock.setblocking(False)
        sock.connect_ex((HERE, PORTS["refused"]))
        select.select([], [sock], [], 5)
        raise OSError(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), "SO_ERROR")


def case_unknown_host():
    connect("http", host="nope.invalid")


def case_unknown_host_getaddrinfo():
    socket.getaddrinfo("nope.invalid", 80)


def case_unknown_host_gethostbyname():
    socket.gethostbyname("nope.invalid")


def case_unknown_host_direct():
    with socket.socket() as sock:
        sock.connect(("nope.invalid", 80))


def case_unknown_host_urllib():
    urllib.request.urlopen("http://nope.invalid/", timeout=5)


def case_impossible_host():
    socket.getaddrinfo("a" * 64 + ".example", 80)


def case_connect_timeout():
    connect("full", timeout=0.3)


def case_connect_timeout_urllib():
    urllib.request.urlopen(f"http://{HERE}:{PORTS['full']}/", timeout=0.3)


# Reading and writing


def case_read_timeout():
    connect("silent", timeout=0.2).recv(1)


def case_read_timeout_urllib():
    urllib.request.urlopen(f"http://{HERE}:{PORTS['http']}/hang", timeout=0.2)


def case_read_timeout_tls():
    sock = tls("tlsEcho", timeout=2)
    sock.settimeout(0.2)
    sock.recv(1)


def case_non_blocking_read():
    sock = connect("silent")
    sock.setblocking(False)
    sock.recv(1)


def case_reset():
    sock = connect("reset")
    sock.sendall(b"x")
    sock.recv(1)


def case_reset_then_end():
    sock = connect("reset")
    sock.sendall(b"x")
    try:
        sock.recv(1)
    except ConnectionResetError:
        raise EOFError(repr(sock.recv(1))) from None


def case_reset_urllib():
    urllib.request.urlopen(f"http://{HERE}:{PORTS['reset']}/", timeout=5)


def case_reset_in_body():
    urllib.request.urlopen(f"http://{HERE}:{PORTS['resetLater']}/", timeout=5).read()


def case_closed_urllib():
    urllib.request.urlopen(f"http://{HERE}:{PORTS['closes']}/", timeout=5)


def case_broken_pipe():
    sock = connect("reset")
    sock.sendall(b"x")
    try:
        sock.recv(1)
    except ConnectionResetError:
        pass
    sock.sendall(b"y")


def case_write_after_shutdown():
    sock = connect("echo")
    sock.shutdown(socket.SHUT_WR)
    sock.send(b"x")


def case_shutdown_after_close():
    sock = connect("echo")
    sock.close()
    sock.shutdown(socket.SHUT_RDWR)


def case_shutdown_twice():
    sock = connect("closes")
    sock.sendall(b"x")
    sock.recv(1)
    sock.shutdown(socket.SHUT_RDWR)
    sock.shutdown(socket.SHUT_RDWR)
    raise OSError("both went through")


def case_shutdown_not_connected():
    with socket.socket() as sock:
        sock.shutdown(socket.SHUT_RDWR)


def case_not_connected():
    with socket.socket() as sock:
        sock.recv(1)


def case_peer_name_not_connected():
    with socket.socket() as sock:
        sock.getpeername()


def case_connected_twice():
    sock = connect("echo")
    sock.connect((HERE, PORTS["echo"]))


def case_after_close():
    sock = connect("echo")
    sock.close()
    sock.recv(1)


# TLS


def case_expired():
    tls("expired")


def case_expired_urllib():
    urllib.request.urlopen(f"https://localhost:{PORTS['expired']}/", timeout=5)


def case_self_signed():
    tls("selfSigned")


def case_wrong_host():
    tls("wrongHost")


def case_wrong_address():
    tls("wrongHost", host="127.0.0.1")


def case_unknown_authority():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls("https", context=context)


def case_handshake_timeout():
    tls("silent", timeout=0.3)


def case_handshake_timeout_urllib():
    urllib.request.urlopen(f"https://localhost:{PORTS['silent']}/", timeout=0.3)


def case_handshake_reset():
    tls("reset")


def case_handshake_closed():
    tls("closes")


def case_tls_to_plain():
    tls("http")


def case_client_certificate_missing():
    sock = tls("mutual")
    sock.sendall(b"GET / HTTP/1.0\r\n\r\n")
    sock.recv(1)


def case_reset_tls_after_handshake():
    sock = tls("tlsReset")
    sock.sendall(b"x")
    sock.recv(1)


def case_broken_pipe_tls():
    sock = tls("tlsReset")
    sock.sendall(b"x")
    try:
        sock.recv(1)
    except ConnectionResetError:
        pass
    sock.sendall(b"y")


def case_non_blocking_tls_read():
    sock = tls("tlsEcho")
    sock.setblocking(False)
    while True:
        sock.recv(1)


def case_unencrypted_key_missing():
    context = ssl.create_default_context()
    context.load_cert_chain("/nonexistent.pem")


def case_no_certificate_in_ca_file():
    with open("/tmp/runnel-empty.pem", "w") as file:
        file.write("nothing")
    ssl.create_default_context(cafile="/tmp/runnel-empty.pem")


def case_check_hostname_with_cert_none():
    ssl.create_default_context().verify_mode = ssl.CERT_NONE


def case_no_server_hostname():
    ssl.create_default_context().wrap_socket(connect("https"))


def case_missing_ca_file():
    ssl.create_default_context(cafile="/nonexistent.pem")


def case_bad_ca_data():
    ssl.create_default_context(cadata="no certificate")


def case_tls_write_after_close():
    sock = tls("https")
    sock.close()
    sock.send(b"x")


# asyncio


async def case_async_refused():
    await asyncio.open_connection(HERE, PORTS["refused"])


async def case_async_unknown_host():
    await asyncio.open_connection("nope.invalid", 80)


async def case_async_connect_timeout():
    await asyncio.wait_for(asyncio.open_connection(HERE, PORTS["full"]), 0.3)


async def case_async_read_timeout():
    reader, writer = await asyncio.open_connection(HERE, PORTS["silent"])
    try:
        await asyncio.wait_for(reader.read(1), 0.2)
    finally:
        writer.close()


async def case_async_reset():
    reader, writer = await asyncio.open_connection(HERE, PORTS["reset"])
    writer.write(b"x")
    await reader.read(1)


async def case_async_wrong_host():
    await asyncio.open_connection("localhost", PORTS["wrongHost"], ssl=ssl.create_default_context())


async def case_async_expired():
    await asyncio.open_connection("localhost", PORTS["expired"], ssl=ssl.create_default_context())


async def case_async_handshake_timeout():
    await asyncio.open_connection(
        "localhost", PORTS["silent"], ssl=ssl.create_default_context(), ssl_handshake_timeout=0.3
    )


async def case_async_incomplete_read():
    reader, writer = await asyncio.open_connection(HERE, PORTS["closes"])
    writer.write(b"x")
    await reader.readexactly(5)


def told(error):
    """An exception as comparable data: its classes, its errno by name, and what it wraps."""
    if isinstance(error, UnicodeError):
        # Later versions of Python say more.
        return {"classes": ["UnicodeError"]}
    facts = {"classes": [c.__name__ for c in type(error).__mro__]}
    number = getattr(error, "errno", None)
    if isinstance(error, (socket.gaierror, ssl.SSLError)):
        facts["errno"] = number
    elif number is not None:
        facts["errno"] = errno.errorcode.get(number, number)
    for name in ("reason", "verify_code", "verify_message"):
        value = getattr(error, name, None)
        if isinstance(value, BaseException):
            facts[name] = told(value)
        elif isinstance(value, (str, int)):
            facts[name] = value
    return facts


def take(given):
    PORTS.update(json.loads(given)["ports"])


def cases():
    return [name for name in globals() if name.startswith("case_")]


async def run_case(name):
    try:
        result = globals()[name]()
        if asyncio.iscoroutine(result):
            result = await result
        return {"returned": repr(result)}
    except BaseException as error:
        return {**told(error), "text": str(error)}


async def run_all():
    return json.dumps({name: await run_case(name) for name in cases()})


if __name__ == "__main__":
    import sys

    take(sys.stdin.read())
    print(asyncio.run(run_all()))
