"""Streams, transports and the sockets of asyncio."""

import asyncio
import json
import socket
import ssl
import urllib.request

from support import HERE, PORTS, connect, url


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
