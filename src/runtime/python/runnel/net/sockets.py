"""socket.socket: names, timeouts and clear errors. The transfers themselves are C's, over worker/sockets/operations.ts."""

import _socket
import errno
import functools
import os
import select
import socket
import weakref

from . import host, names, proxies, targets
from .failures import Failure, connection_error

# Options that nothing here depends on: what was set is what is got.
_options: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()


def _failure(sock: socket.socket) -> Failure | None:
    fd = sock.fileno()
    return host.failure_of(host.relay().failure(fd)) if fd >= 0 else None


def _numeric(address):
    """The address with the stand-in of its host. Raises gaierror for an unknown host, as C's look-up does."""
    if not isinstance(address, tuple) or len(address) != 2 or not isinstance(address[0], (str, bytes, bytearray)):
        return address
    name = names.as_text(address[0])
    if name == "":
        return address
    if names.needs_look_up(name):
        names.resolve(name, address[1])
    return names.stand_in(name), address[1]


def _before_connect(sock: socket.socket, address):
    host.require_suspension()
    numeric = _numeric(address)
    if isinstance(address, tuple) and len(address) == 2:
        targets.remember(sock.fileno(), names.name_of(numeric[0]), address[1])
    timeout = sock.gettimeout()
    host.relay().setTimeout(sock.fileno(), timeout * 1000 if timeout else None)
    return numeric


def _connect(self, address):
    numeric = _before_connect(self, address)
    try:
        return _socket.socket.connect(self, numeric)
    except BlockingIOError:
        raise
    except OSError as error:
        raise targets.mark(_explained(self, error), self.fileno(), "connect") from None


def _connect_ex(self, address):
    return _socket.socket.connect_ex(self, _before_connect(self, address))


def _explained(sock: socket.socket, error: OSError) -> BaseException:
    failure = _failure(sock)
    return connection_error(failure) if failure and _says_more(failure.code) else error


def _says_more(code: str) -> bool:
    """True where the errno alone would not tell what happened."""
    return code in ("GATEWAY_GONE", "EACCES", "EPROTO") or code.startswith("ERR_")


def _explaining(call, doing: str):
    """The same call, whose errors say more than their errno where we know more."""

    @functools.wraps(call)
    def explained(self, *args):
        try:
            return call(self, *args)
        except BlockingIOError:
            raise
        except TimeoutError as error:
            targets.mark(error, self.fileno(), doing)
            raise
        except OSError as error:
            raise targets.mark(_explained(self, error), self.fileno(), doing) from None

    return explained


def _wait_readable(sock: socket.socket) -> None:
    """Waits as long as the socket's timeout allows. Raises TimeoutError or BlockingIOError."""
    timeout = sock.gettimeout()
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    if poll.poll(None if timeout is None else timeout * 1000):
        return
    if timeout == 0:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
    raise TimeoutError("timed out")


def _with_flags(receive, peek):
    """The call, with the flags of recv, which C does not pass on."""

    def call(self, *args, flags: int):
        if flags & socket.MSG_PEEK:
            _wait_readable(self)
            return peek(self, *args)
        if flags & _MSG_DONTWAIT and self.gettimeout() is None and not _is_readable(self):
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return receive(self, *args)

    return call


_MSG_DONTWAIT = 0x40
_PIECE = 1024 * 1024


def _is_readable(sock: socket.socket) -> bool:
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


def _peek(sock: socket.socket, length: int) -> bytes:
    return host.relay().peek(sock.fileno(), length).to_bytes()


def _peek_into(sock: socket.socket, buffer, nbytes: int = 0) -> int:
    view = memoryview(buffer).cast("B")
    data = _peek(sock, nbytes or len(view))
    view[: len(data)] = data
    return len(data)


_plain_recv = _explaining(_socket.socket.recv, "read")
_plain_recv_into = _explaining(_socket.socket.recv_into, "read")
_flagged_recv = _with_flags(_plain_recv, _peek)
_flagged_recv_into = _with_flags(_plain_recv_into, _peek_into)


def _recv(self, bufsize, flags=0):
    proxies.refuse_reading(self.fileno())
    return _flagged_recv(self, bufsize, flags=flags) if flags else _plain_recv(self, bufsize)


def _recv_into(self, buffer, nbytes=0, flags=0):
    proxies.refuse_reading(self.fileno())
    if flags:
        return _flagged_recv_into(self, buffer, nbytes, flags=flags)
    return _plain_recv_into(self, buffer, nbytes)


_plain_send = _explaining(_socket.socket.send, "write")
_plain_sendall = _explaining(_socket.socket.sendall, "write")


def _send(self, data, flags=0):
    proxies.refuse(data, self.fileno())
    return _plain_send(self, data, flags)


def _sendall(self, data, flags=0):
    view = memoryview(data).cast("B")
    proxies.refuse(view, self.fileno())
    # C copies all that is left at each of its calls: of large data it gets one piece after the other.
    for start in range(0, max(1, len(view)), _PIECE):
        _plain_sendall(self, view[start : start + _PIECE], flags)


def _setsockopt(self, level, option, *value):
    _socket.socket.setsockopt(self, level, option, *value)
    if len(value) == 1 and isinstance(value[0], int):
        _options.setdefault(self, {})[level, option] = value[0]


def _getsockopt(self, level, option, *length):
    if level == socket.SOL_SOCKET and option == socket.SO_TYPE:
        return int(self.type)
    try:
        return _socket.socket.getsockopt(self, level, option, *length)
    except OSError as error:
        if error.errno != errno.ENOPROTOOPT or length:
            raise
        return _options.get(self, {}).get((level, option), 0)


def _shutdown(self, how):
    if self.fileno() < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    _socket.socket.shutdown(self, how)


def install() -> None:
    sock = socket.socket
    sock.connect = _connect
    sock.connect_ex = _connect_ex
    sock.recv = _recv
    sock.recv_into = _recv_into
    sock.send = _send
    sock.sendall = _sendall
    sock.shutdown = _shutdown
    sock.setsockopt = _setsockopt
    sock.getsockopt = _getsockopt
