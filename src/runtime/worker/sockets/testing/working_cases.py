"""What works on a connection, each as a function that asserts it. Runs in CPython and in the browser's Python alike."""

import asyncio
import http.client
import json
import select
import selectors
import socket
import ssl
import time
import traceback
import urllib.request

PORTS = {}
PEMS = {}
HERE = "127.0.0.1"


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


# Sockets


def case_echo_blocking():
    with socket.socket() as sock:
        sock.connect((HERE, PORTS["echo"]))
        sock.sendall(b"hello")
        assert exactly(sock, 5) == b"hello"
        assert sock.getpeername() == (HERE, PORTS["echo"])
        assert sock.getsockname()[0] == HERE and sock.getsockname()[1] > 0
        assert sock.gettimeout() is None


def case_echo_by_name_with_timeout():
    with connect("echo", host="localhost") as sock:
        sock.sendall(b"hello")
        assert sock.recv(100) == b"hello"
        assert sock.getpeername() == (HERE, PORTS["echo"])


def case_timeout_leaves_the_socket_usable():
    with connect("echo") as sock:
        sock.settimeout(0.1)
        try:
            sock.recv(1)
        except TimeoutError:
            sock.settimeout(5)
            sock.sendall(b"x")
            assert sock.recv(1) == b"x"
        else:
            raise AssertionError("no timeout")


def case_large_both_ways():
    data = bytes(range(256)) * (1024 * 4)
    with connect("echo") as sock:
        sock.sendall(data)
        assert exactly(sock, len(data)) == data


def case_recv_into_and_makefile():
    with connect("lines") as sock, sock.makefile("rwb") as file:
        file.write(b"12345")
        file.flush()
        assert file.readline() == b"5\n"
        sock.sendall(b"123")
        buffer = bytearray(10)
        assert sock.recv_into(buffer, 1) == 1 and buffer[:1] == b"3"


def case_half_close():
    with connect("lines") as sock:
        sock.shutdown(socket.SHUT_WR)
        assert exactly(sock, 4) == b"bye\n"
        assert sock.recv(1) == b""
        assert sock.recv(1) == b""


def case_peek_and_flags():
    with connect("echo") as sock:
        sock.sendall(b"hello")
        assert sock.recv(3, socket.MSG_PEEK) == b"hel"
        buffer = bytearray(2)
        assert sock.recv_into(buffer, 2, socket.MSG_PEEK) == 2 and buffer == b"he"
        assert sock.recv(10) == b"hello"
        sock.settimeout(None)
        try:
            sock.recv(1, 0x40)  # MSG_DONTWAIT
        except BlockingIOError:
            return
        raise AssertionError("there was nothing to read")


def case_non_blocking_connect():
    with socket.socket() as sock:
        sock.setblocking(False)
        try:
            sock.connect((HERE, PORTS["echo"]))
        except BlockingIOError:
            pass
        assert select.select([], [sock], [], 5)[1] == [sock]
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
        sock.send(b"x")
        assert select.select([sock], [], [], 5)[0] == [sock]
        assert sock.recv(5) == b"x"


def case_polling():
    with connect("echo") as one, connect("echo") as two, selectors.DefaultSelector() as selector:
        selector.register(one, selectors.EVENT_READ, "one")
        selector.register(two, selectors.EVENT_READ, "two")
        assert selector.select(0) == []
        begin = time.monotonic()
        assert selector.select(0.1) == []
        assert time.monotonic() - begin > 0.05
        two.sendall(b"x")
        assert [key.data for key, _ in selector.select(5)] == ["two"]


def case_connect_ex():
    with socket.socket() as sock:
        assert sock.connect_ex((HERE, PORTS["echo"])) == 0


def case_options():
    with connect("echo") as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_STREAM


def case_duplicate():
    with connect("echo") as sock, sock.dup() as other:
        sock.close()
        other.sendall(b"x")
        assert other.recv(1) == b"x"


def case_names():
    assert socket.gethostbyname("localhost") == HERE
    assert socket.gethostbyname(HERE) == HERE
    assert socket.gethostbyname_ex("localhost")[2] == [HERE]
    infos = socket.getaddrinfo("localhost", PORTS["echo"], socket.AF_INET, socket.SOCK_STREAM)
    with socket.socket(*infos[0][:3]) as sock:
        sock.connect(infos[0][4])
        assert sock.getpeername() == (HERE, PORTS["echo"])


def case_many_connections():
    socks = [connect("echo") for _ in range(40)]
    for number, sock in enumerate(socks):
        sock.sendall(b"%03d" % number)
    assert [exactly(sock, 3) for sock in socks] == [b"%03d" % number for number in range(40)]
    for sock in socks:
        sock.close()


# HTTP


def case_urllib():
    assert json.load(urllib.request.urlopen(url("/small?a=1"), timeout=5))["path"] == "/small?a=1"
    answer = urllib.request.urlopen(url("/redirect"))
    assert answer.url == url("/small")
    posted = urllib.request.Request(url("/up"), data=b"x" * 2_000_000)
    assert json.load(urllib.request.urlopen(posted))["bytes"] == 2_000_000
    assert urllib.request.urlopen(url("/chunks")).read() == b"line 0\nline 1\nline 2\n"
    assert urllib.request.urlopen(url("/empty")).status == 204


def case_urllib_https():
    for timeout in (None, 5):
        answer = urllib.request.urlopen(url("/small", "https", "https", "localhost"), timeout=timeout)
        assert json.load(answer)["host"] == f"localhost:{PORTS['https']}"
    assert urllib.request.urlopen(url("/small", "https", "https")).status == 200


def case_keep_alive():
    for kind, name in ((http.client.HTTPConnection, "http"), (http.client.HTTPSConnection, "https")):
        connection = kind("localhost", PORTS[name], timeout=5)
        for number in range(20):
            connection.request("POST", f"/{number}", body=b"x" * number)
            answer = json.load(connection.getresponse())
            assert (answer["path"], answer["bytes"]) == (f"/{number}", number)
        connection.request("HEAD", "/small")
        assert connection.getresponse().read() == b""
        connection.close()


def case_large_download():
    for name, scheme in (("http", "http"), ("https", "https")):
        data = urllib.request.urlopen(url("/big?n=6000000", name, scheme, "localhost"), timeout=20).read()
        assert data == b"x" * 6_000_000


# TLS


def case_tls_facts():
    with tls("tlsEcho") as sock:
        sock.sendall(b"hello")
        assert sock.recv(100) == b"hello"
        assert sock.version() == "TLSv1.3"
        name, version, bits = sock.cipher()
        assert name.startswith("TLS_") and version == "TLSv1.3" and bits in (128, 256)
        assert sock.selected_alpn_protocol() is None
        assert sock.server_hostname == "localhost"
        assert sock.pending() == 0
        certificate = sock.getpeercert()
        assert certificate["subject"] == ((("commonName", "localhost"),),)
        assert certificate["issuer"] == ((("commonName", "Runnel test authority"),),)
        assert certificate["subjectAltName"] == (
            ("DNS", "localhost"),
            ("IP Address", "127.0.0.1"),
            ("DNS", "example.test"),
        )
        assert certificate["version"] == 3
        ssl.cert_time_to_seconds(certificate["notAfter"])
        der = sock.getpeercert(binary_form=True)
        assert ssl.DER_cert_to_PEM_cert(der).split() == PEMS["good"].split()


def case_server_certificate():
    pem = ssl.get_server_certificate(("127.0.0.1", PORTS["selfSigned"]), timeout=5)
    assert pem.split() == PEMS["selfSigned"].split()


def case_tls_protocols():
    context = ssl.create_default_context()
    context.set_alpn_protocols(["other", "echo/1"])
    with tls("tlsEcho", context=context) as sock:
        assert sock.selected_alpn_protocol() == "echo/1"


def case_tls_server_name():
    with tls("tlsEcho", host="example.test") as sock:
        assert sock.server_hostname == "example.test"
    with tls("tlsEcho", host="127.0.0.1"):
        pass


def case_tls_without_verification():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with tls("selfSigned", context=context) as sock:
        assert sock.getpeercert() == {}
        assert sock.getpeercert(True)
    context = ssl.create_default_context()
    context.check_hostname = False
    with tls("wrongHost", context=context):
        pass


def case_tls_own_authority():
    with open("/tmp/runnel-self.pem", "w") as file:
        file.write(PEMS["selfSigned"])
    der = ssl.PEM_cert_to_DER_cert(PEMS["selfSigned"])
    for arguments in ({"cafile": "/tmp/runnel-self.pem"}, {"cadata": PEMS["selfSigned"]}, {"cadata": der + der}):
        with tls("selfSigned", context=ssl.create_default_context(**arguments)):
            pass


def case_tls_both_ways():
    with open("/tmp/runnel-client.pem", "w") as file:
        file.write(PEMS["client"])
    with open("/tmp/runnel-client.key", "w") as file:
        file.write(PEMS["clientKey"])
    context = ssl.create_default_context()
    context.load_cert_chain("/tmp/runnel-client.pem", "/tmp/runnel-client.key")
    answer = urllib.request.urlopen(url("/small", "mutual", "https", "localhost"), context=context, timeout=5)
    assert answer.status == 200


def case_tls_non_blocking():
    raw = connect("tlsEcho")
    raw.setblocking(False)
    sock = ssl.create_default_context().wrap_socket(raw, server_hostname="localhost", do_handshake_on_connect=False)
    while True:
        try:
            sock.do_handshake()
            break
        except ssl.SSLWantReadError:
            select.select([sock], [], [], 5)
        except ssl.SSLWantWriteError:
            select.select([], [sock], [], 5)
    try:
        sock.recv(1)
        raise AssertionError("there was nothing to read")
    except ssl.SSLWantReadError:
        pass
    sock.send(b"x")
    data = b""
    while not data:
        select.select([sock], [], [], 5)
        try:
            data = sock.recv(10)
        except ssl.SSLWantReadError:
            pass  # A session ticket, not data.
    assert data == b"x"
    sock.close()


def case_tls_handshake_after_connect():
    sock = ssl.create_default_context().wrap_socket(socket.socket(), server_hostname="localhost")
    sock.settimeout(5)
    sock.connect((HERE, PORTS["tlsEcho"]))
    assert sock.version() == "TLSv1.3"
    sock.sendall(b"x" * 500_000)
    assert exactly(sock, 500_000) == b"x" * 500_000
    sock.close()


# asyncio


async def case_streams():
    for arguments in ({}, {"ssl": ssl.create_default_context()}):
        name = "tlsEcho" if arguments else "echo"
        reader, writer = await asyncio.open_connection("localhost", PORTS[name], **arguments)
        writer.write(b"one\ntwo\n")
        await writer.drain()
        assert await reader.readline() == b"one\n"
        assert await reader.readexactly(4) == b"two\n"
        assert writer.get_extra_info("peername") == (HERE, PORTS[name])
        assert (writer.get_extra_info("ssl_object") is not None) == bool(arguments)
        writer.close()
        await writer.wait_closed()


async def case_stream_back_pressure():
    reader, writer = await asyncio.open_connection(HERE, PORTS["echo"], limit=1 << 16)
    total = 8 * (1 << 20)

    async def read_all():
        count = 0
        while count < total:
            count += len(await reader.read(1 << 20))
        return count

    task = asyncio.create_task(read_all())
    for _ in range(8):
        writer.write(b"x" * (1 << 20))
        await writer.drain()
    assert await task == total
    writer.close()
    await writer.wait_closed()


async def case_stream_end():
    reader, writer = await asyncio.open_connection(HERE, PORTS["lines"])
    assert writer.can_write_eof()
    writer.write_eof()
    assert await reader.read() == b"bye\n"
    writer.close()
    await writer.wait_closed()


async def case_write_then_close():
    reader, writer = await asyncio.open_connection(HERE, PORTS["lines"])
    writer.write(b"x" * 8_000_000)
    writer.close()
    await writer.wait_closed()


async def case_start_tls():
    reader, writer = await asyncio.open_connection(HERE, PORTS["tlsEcho"])
    await writer.start_tls(ssl.create_default_context(), server_hostname="localhost")
    writer.write(b"hello")
    assert await reader.readexactly(5) == b"hello"
    assert writer.get_extra_info("ssl_object").version() == "TLSv1.3"
    writer.close()


async def case_stream_timeout():
    reader, writer = await asyncio.open_connection(HERE, PORTS["echo"])
    try:
        await asyncio.wait_for(reader.read(1), 0.1)
        raise AssertionError("no timeout")
    except TimeoutError:
        pass
    writer.write(b"x")
    assert await reader.read(1) == b"x"
    writer.close()


async def case_at_the_same_time():
    async def one(number):
        reader, writer = await asyncio.open_connection(HERE, PORTS["echo"])
        writer.write(b"%03d" % number)
        answer = await reader.readexactly(3)
        writer.close()
        return int(answer)

    assert await asyncio.gather(*map(one, range(30))) == list(range(30))


async def case_loop_sockets():
    loop = asyncio.get_running_loop()
    with socket.socket() as sock:
        sock.setblocking(False)
        await loop.sock_connect(sock, (HERE, PORTS["echo"]))
        await loop.sock_sendall(sock, b"hello")
        assert await loop.sock_recv(sock, 2) == b"he"
        buffer = bytearray(10)
        assert await loop.sock_recv_into(sock, buffer) == 3 and buffer[:3] == b"llo"
        try:
            await asyncio.wait_for(loop.sock_recv(sock, 1), 0.1)
            raise AssertionError("no timeout")
        except TimeoutError:
            pass
        await loop.sock_sendall(sock, b"kept")
        assert await loop.sock_recv(sock, 10) == b"kept"
    infos = await loop.getaddrinfo("localhost", 80, family=socket.AF_INET)
    assert infos and infos[0][0] == socket.AF_INET


async def case_readers():
    loop = asyncio.get_running_loop()
    sock = connect("echo")
    sock.setblocking(False)
    got = []
    done = loop.create_future()

    def readable():
        got.append(sock.recv(1))
        if len(got) == 3:
            loop.remove_reader(sock)
            done.set_result(None)

    writable = loop.create_future()
    loop.add_writer(sock, lambda: loop.remove_writer(sock) and writable.set_result(None))
    await asyncio.wait_for(writable, 5)
    loop.add_reader(sock, readable)
    sock.send(b"abc")
    await asyncio.wait_for(done, 5)
    assert got == [b"a", b"b", b"c"]
    assert loop.remove_reader(sock) is False
    sock.close()


async def case_buffered_protocol():
    class Protocol(asyncio.BufferedProtocol):
        def __init__(self):
            self.buffer = bytearray(2)
            self.data = b""
            self.lost = asyncio.get_running_loop().create_future()

        def get_buffer(self, sizehint):
            return self.buffer

        def buffer_updated(self, count):
            self.data += self.buffer[:count]

        def connection_lost(self, error):
            self.lost.set_result(error)

    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_connection(Protocol, HERE, PORTS["lines"])
    transport.write(b"x" * 12345)
    transport.write_eof()
    assert await asyncio.wait_for(protocol.lost, 5) is None
    assert protocol.data.endswith(b"bye\n")


async def case_synchronous_inside_async():
    def get():
        return json.load(urllib.request.urlopen(url("/small"), timeout=5))["path"]

    async def one():
        await asyncio.sleep(0)
        return get()

    assert await asyncio.gather(*[one() for _ in range(4)]) == ["/small"] * 4


async def run_case(name):
    try:
        result = globals()[name]()
        if asyncio.iscoroutine(result):
            await result
        return "ok"
    except BaseException:
        return traceback.format_exc()


def take(given):
    PORTS.update(json.loads(given)["ports"])
    PEMS.update(json.loads(given)["pems"])


def cases():
    return [name for name in globals() if name.startswith("case_")]


async def run_all():
    return json.dumps({name: await run_case(name) for name in cases()})


if __name__ == "__main__":
    import sys

    take(sys.stdin.read())
    print(asyncio.run(run_all()))
