"""Connections that break, time out or are not there."""

import socket
import urllib.request

from support import HERE, PORTS, connect, tls


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
