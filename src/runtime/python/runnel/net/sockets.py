"""socket.socket: names, timeouts and clear errors. The transfers themselves are C's, over worker/sockets/operations.ts."""

import _socket
import functools
import socket

from . import host, names
from .failures import Failure, connection_error

# Failures whose errno alone would not tell what happened.
_TOLD_IN_WORDS = {"GATEWAY_GONE", "EACCES"}


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
        names.resolve(name)
    return names.stand_in(name), address[1]


def _before_connect(sock: socket.socket, address):
    host.require_suspension()
    numeric = _numeric(address)
    timeout = sock.gettimeout()
    host.relay().setTimeout(sock.fileno(), None if timeout is None else timeout * 1000)
    return numeric


def _connect(self, address):
    numeric = _before_connect(self, address)
    try:
        return _socket.socket.connect(self, numeric)
    except BlockingIOError:
        raise
    except OSError as error:
        raise _explained(self, error) from None


def _connect_ex(self, address):
    return _socket.socket.connect_ex(self, _before_connect(self, address))


def _explained(sock: socket.socket, error: OSError) -> BaseException:
    failure = _failure(sock)
    return connection_error(failure) if failure and failure.code in _TOLD_IN_WORDS else error


def _explaining(call):
    """The same call, whose errors say more than their errno where we know more."""

    @functools.wraps(call)
    def explained(self, *args):
        try:
            return call(self, *args)
        except (BlockingIOError, TimeoutError):
            raise
        except OSError as error:
            raise _explained(self, error) from None

    return explained


def install() -> None:
    socket.socket.connect = _connect
    socket.socket.connect_ex = _connect_ex
    for name in ("recv", "recv_into", "send", "sendall"):
        setattr(socket.socket, name, _explaining(getattr(_socket.socket, name)))
