"""Pyodide's event loop: names, sockets and TLS without blocking."""

import socket
import ssl as ssl_module

from pyodide.ffi import to_js
from pyodide.webloop import WebLoop

from . import clock, host, names, proxies, targets, watchers
from .failures import connection_error
from .tls import AgreedTls, agreed, handshake_request
from .transport import SocketTransport, default_context

_SEND_LOW_WATER = 1024 * 1024
# asyncio's own limit where none is given.
_HANDSHAKE_SECONDS = 60.0


async def _getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
    return await names.getaddrinfo_async(host, port, family, type, proto, flags)


async def _sock_connect(self, sock, address):
    host_name, port = address[0], address[1]
    text = names.as_text(host_name)
    if names.needs_look_up(text):
        await names.resolve_async(text, port)
    targets.remember(sock.fileno(), names.name_of(text), port)
    failure = host.failure_of(await host.relay().connect(sock.fileno(), names.stand_in(text), port))
    if not failure:
        return
    error = targets.mark(connection_error(failure), sock.fileno(), "connect")
    if type(error) in (PermissionError, ConnectionAbortedError, socket.gaierror) or not isinstance(error, OSError):
        raise error
    raise targets.mark(OSError(error.errno, f"Connect call failed {(names.name_of(text), port)}"), sock.fileno(), "connect")


async def _readable(sock) -> None:
    failure = host.failure_of(await host.relay().readable(sock.fileno()))
    if failure:
        raise targets.mark(connection_error(failure), sock.fileno(), "read")


async def _sock_recv(self, sock, nbytes):
    await _readable(sock)
    return host.relay().take(sock.fileno(), nbytes).to_bytes()


async def _sock_recv_into(self, sock, buf):
    data = await _sock_recv(self, sock, memoryview(buf).nbytes)
    memoryview(buf).cast("B")[: len(data)] = data
    return len(data)


async def _sock_sendall(self, sock, data):
    fd = sock.fileno()
    proxies.refuse(data, fd)
    held_back = host.relay().send(fd, to_js(bytes(data)))
    if held_back < 0 or held_back > _SEND_LOW_WATER:
        failure = host.failure_of(await host.relay().drained(fd, _SEND_LOW_WATER))
        if failure:
            raise targets.mark(connection_error(failure), fd, "write")


async def _handshake(sock, context, server_hostname, timeout) -> AgreedTls:
    request = handshake_request(context, server_hostname, timeout or _HANDSHAKE_SECONDS)
    answer = await host.relay().startTls(sock.fileno(), request)
    failure = host.failure_of(answer)
    if failure and failure.code == "ETIMEDOUT":
        seconds = timeout or _HANDSHAKE_SECONDS
        error = ConnectionAbortedError(
            f"SSL handshake is taking longer than {seconds} seconds: aborting the connection"
        )
        raise targets.mark(error, sock.fileno(), "handshake")
    return AgreedTls(agreed(answer, server_hostname, sock.fileno()), context, server_hostname)


async def _create_connection(
    self,
    protocol_factory,
    host=None,
    port=None,
    *,
    ssl=None,
    family=0,
    proto=0,
    flags=0,
    sock=None,
    local_addr=None,
    server_hostname=None,
    ssl_handshake_timeout=None,
    ssl_shutdown_timeout=None,
    happy_eyeballs_delay=None,
    interleave=None,
    all_errors=False,
):
    if server_hostname is not None and not ssl:
        raise ValueError("server_hostname is only meaningful with ssl")
    if server_hostname is None and ssl:
        if not host:
            raise ValueError("You must set server_hostname when using ssl without a host")
        server_hostname = host
    if ssl_handshake_timeout is not None and not ssl:
        raise ValueError("ssl_handshake_timeout is only meaningful with ssl")
    if local_addr is not None:
        raise NotImplementedError("local_addr can't be chosen here: the gateway makes the connection")
    if sock is None:
        if host is None and port is None:
            raise ValueError("host and port was not specified and no sock specified")
        sock = await self._construct_socket(
            host, port, family=family, proto=proto, flags=flags, all_errors=all_errors
        )
    elif host is not None or port is not None:
        raise ValueError("host/port and sock can not be specified at the same time")
    elif sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")
    try:
        sock.setblocking(False)
        tls = None
        if ssl:
            tls = await _handshake(sock, default_context(ssl), server_hostname, ssl_handshake_timeout)
        protocol = protocol_factory()
        transport = SocketTransport(self, sock, protocol, tls)
    except BaseException:
        sock.close()
        raise
    transport.start()
    return transport, protocol


async def _start_tls(
    self,
    transport,
    protocol,
    sslcontext,
    *,
    server_side=False,
    server_hostname=None,
    ssl_handshake_timeout=None,
    ssl_shutdown_timeout=None,
):
    if not isinstance(sslcontext, ssl_module.SSLContext):
        raise TypeError(f"sslcontext is expected to be an instance of ssl.SSLContext, got {sslcontext!r}")
    if not isinstance(transport, SocketTransport):
        raise TypeError(f"transport {transport!r} is not supported by start_tls()")
    if server_side:
        raise NotImplementedError("server-side TLS can't be used here: a step can only connect to servers")
    transport.pause_reading()
    try:
        tls = await _handshake(transport._sock, sslcontext, server_hostname, ssl_handshake_timeout)
    except BaseException:
        transport.abort()
        raise
    transport.set_tls(tls)
    transport.set_protocol(protocol)
    transport.resume_reading()
    return transport


def install() -> None:
    clock.install(WebLoop)
    watchers.install(WebLoop)
    WebLoop.getaddrinfo = _getaddrinfo
    WebLoop.sock_connect = _sock_connect
    WebLoop.sock_recv = _sock_recv
    WebLoop.sock_recv_into = _sock_recv_into
    WebLoop.sock_sendall = _sock_sendall
    WebLoop.create_connection = _create_connection
    WebLoop.start_tls = _start_tls
