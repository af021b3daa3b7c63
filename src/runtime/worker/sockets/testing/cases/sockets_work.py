"""Plain sockets, blocking and not."""

import select
import selectors
import socket
import time

from support import HERE, PORTS, connect, exactly


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
