"""Connections that can not be made."""

import select
import socket
import urllib.request

from support import HERE, PORTS, connect


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
