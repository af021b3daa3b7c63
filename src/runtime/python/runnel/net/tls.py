"""ssl.SSLSocket over a connection that the gateway makes TLS: Python's side sees plaintext, and what was agreed on."""

import _socket
import _ssl
import json
import socket
import ssl
from typing import Any

from . import host, targets, tls_context
from .certificates import der_certificate, peer_certificate
from .failures import SSLCertVerificationError, handshake_error


def handshake_request(context: ssl.SSLContext, server_hostname: str | None, timeout: float | None) -> str:
    """JSON text for the host's `startTls`."""
    options = tls_context.handshake_options(context, server_hostname)
    if timeout:
        options["timeoutMs"] = max(1, int(timeout * 1000))
    return json.dumps(options)


def agreed(answer: str, server_hostname: str | None, fd: int) -> dict[str, Any]:
    """What the handshake agreed on. Raises what it failed with."""
    failure = host.failure_of(answer)
    if failure:
        raise targets.mark(handshake_error(failure, server_hostname), fd, "handshake")
    return host.parse(answer)


class AgreedTls:
    """What `SSLSocket` and `SSLObject` tell of a connection."""

    def __init__(self, agreement: dict[str, Any], context: ssl.SSLContext, server_hostname: str | None) -> None:
        self._agreement = agreement
        self.context = context
        self.server_hostname = server_hostname
        self.server_side = False
        self.session = None
        self.session_reused = False

    def version(self) -> str:
        return self._agreement["version"]

    def cipher(self) -> tuple[str, str, int]:
        cipher = self._agreement["cipher"]
        name = cipher["name"]
        return name, cipher["version"], 128 if "128" in name else 256

    def shared_ciphers(self) -> None:
        return None

    def compression(self) -> None:
        return None

    def selected_alpn_protocol(self) -> str | None:
        return self._agreement.get("alpn")

    def selected_npn_protocol(self) -> None:
        return None

    def get_channel_binding(self, cb_type: str = "tls-unique") -> None:
        return None

    def getpeercert(self, binary_form: bool = False) -> dict | bytes | None:
        if binary_form:
            return der_certificate(self._agreement)
        certificate = peer_certificate(self._agreement)
        # As CPython: an empty dictionary for a certificate that nobody has checked.
        return {} if certificate is not None and self.context.verify_mode == ssl.CERT_NONE else certificate


def _create(
    cls,
    sock,
    server_side=False,
    do_handshake_on_connect=True,
    suppress_ragged_eofs=True,
    server_hostname=None,
    context=None,
    session=None,
):
    if server_side:
        raise ValueError("server-side TLS can't be used here: a step can only connect to servers")
    if context.check_hostname and not server_hostname:
        raise ValueError("check_hostname requires server_hostname")
    self = cls.__new__(cls)
    timeout = sock.gettimeout()
    _socket.socket.__init__(self, sock.family, sock.type, sock.proto, sock.fileno())
    self._io_refs = 0
    self._closed = False
    sock.detach()
    self.settimeout(timeout)
    self._sslobj = None
    self._context = context
    self._server_hostname = context._encode_hostname(server_hostname)
    self._server_side = False
    self._suppress_ragged_eofs = suppress_ragged_eofs
    self._session = session
    self._agreed = None
    self._handshake_begun = False
    self.do_handshake_on_connect = do_handshake_on_connect
    self._connected = _is_connected(self)
    if self._connected and do_handshake_on_connect:
        try:
            if timeout == 0.0:
                raise ValueError("do_handshake_on_connect should not be specified for non-blocking sockets")
            self.do_handshake()
        except BaseException:
            self.close()
            raise
    return self


def _is_connected(sock) -> bool:
    try:
        sock.getpeername()
    except OSError:
        return False
    return True


def _do_handshake(self, block=False):
    timeout = self.gettimeout()
    if timeout == 0.0 and block:
        timeout = None
    if timeout == 0.0:
        answer = _step_of_handshake(self)
    else:
        request = handshake_request(self._context, self._server_hostname, timeout)
        answer = host.wait(host.relay().startTls(self.fileno(), request))
    self._agreed = AgreedTls(agreed(answer, self._server_hostname, self.fileno()), self._context, self._server_hostname)


def _step_of_handshake(self) -> str:
    """The outcome on a non-blocking socket. Raises SSLWantReadError until it is there."""
    relay, fd = host.relay(), self.fileno()
    if not self._handshake_begun:
        self._handshake_begun = True
        problem = relay.beginTls(fd, handshake_request(self._context, self._server_hostname, None))
        if problem:
            return problem
    answer = relay.tlsOutcome(fd)
    if not answer:
        raise ssl.SSLWantReadError(ssl.SSL_ERROR_WANT_READ, "The operation did not complete (read) (_ssl.c)")
    return answer


def _connect(self, address):
    if self._connected:
        raise ValueError("attempt to connect already-connected SSLSocket!")
    socket.socket.connect(self, address)
    self._connected = True
    if self.do_handshake_on_connect:
        self.do_handshake()


def _connect_ex(self, address):
    try:
        _connect(self, address)
    except ssl.SSLError:
        raise
    except OSError as error:
        if error.errno is None:
            raise
        return error.errno
    return 0


def _told(name: str):
    """A method that tells what was agreed on; None before the handshake."""

    def method(self, *args, **kwargs):
        return getattr(self._agreed, name)(*args, **kwargs) if self._agreed else None

    method.__name__ = name
    return method


def _getpeercert(self, binary_form=False):
    if self._agreed is None:
        raise ValueError("handshake not done yet")
    return self._agreed.getpeercert(binary_form)


def _pending(self):
    return host.relay().pending(self.fileno())


def _shutdown(self, how):
    socket.socket.shutdown(self, how)


def _unwrap(self):
    return self


def _reworded(self, error: TimeoutError, doing: str) -> BaseException:
    if error.errno is not None:
        return error
    return targets.mark(TimeoutError(f"The {doing} operation timed out"), self.fileno(), doing)


def _reading(call):
    """A read, with the errors of TLS where a socket has its own."""

    def read(self, *args):
        try:
            return call(self, *args)
        except BlockingIOError:
            words = "The operation did not complete (read) (_ssl.c)"
            raise ssl.SSLWantReadError(ssl.SSL_ERROR_WANT_READ, words) from None
        except TimeoutError as error:
            raise _reworded(self, error, "read") from None

    return read


def _writing(call):
    """A write, with the errors of TLS where a socket has its own."""

    def write(self, *args):
        try:
            return call(self, *args)
        except BlockingIOError:
            words = "The operation did not complete (write) (_ssl.c)"
            raise ssl.SSLWantWriteError(ssl.SSL_ERROR_WANT_WRITE, words) from None
        except TimeoutError as error:
            raise _reworded(self, error, "write") from None

    return write


def _no_flags(self, flags: int, name: str) -> None:
    if flags:
        raise ValueError(f"non-zero flags not allowed in calls to {name}() on {self.__class__}")


def _install_transfers(tls_socket: type[ssl.SSLSocket]) -> None:
    plain = socket.socket
    read, read_into = _reading(plain.recv), _reading(plain.recv_into)
    send, send_all = _writing(plain.send), _writing(plain.sendall)

    def recv(self, buflen=1024, flags=0):
        _no_flags(self, flags, "recv")
        return read(self, buflen)

    def recv_into(self, buffer, nbytes=None, flags=0):
        _no_flags(self, flags, "recv_into")
        return read_into(self, buffer, nbytes or memoryview(buffer).nbytes)

    def send_some(self, data, flags=0):
        _no_flags(self, flags, "send")
        return send(self, data)

    def sendall(self, data, flags=0):
        _no_flags(self, flags, "sendall")
        return send_all(self, data)

    def read_some(self, len=1024, buffer=None):
        return read(self, len) if buffer is None else read_into(self, buffer, len)

    tls_socket.recv = recv
    tls_socket.recv_into = recv_into
    tls_socket.send = tls_socket.write = send_some
    tls_socket.sendall = sendall
    tls_socket.read = read_some


def _get_server_certificate(
    addr, ssl_version=ssl.PROTOCOL_TLS_CLIENT, ca_certs=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT
):
    context = ssl.SSLContext(ssl_version)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED if ca_certs is not None else ssl.CERT_NONE
    if ca_certs is not None:
        context.load_verify_locations(ca_certs)
    with (
        socket.create_connection(addr, timeout=timeout) as sock,
        context.wrap_socket(sock, server_hostname=addr[0]) as tls_socket,
    ):
        return ssl.DER_cert_to_PEM_cert(tls_socket.getpeercert(True))


def _default_verify_paths() -> tuple[str, str, str, str]:
    return "SSL_CERT_FILE", tls_context.USUAL_FILE, "SSL_CERT_DIR", "/etc/ssl/certs"


def install() -> None:
    tls_context.install()
    ssl.SSLCertVerificationError = ssl.CertificateError = SSLCertVerificationError
    _ssl.SSLCertVerificationError = SSLCertVerificationError
    for name in ("HAS_NEVER_CHECK_COMMON_NAME", "HAS_TLSv1_3", "HAS_ECDH"):
        setattr(ssl, name, True)
    ssl.get_server_certificate = _get_server_certificate
    _ssl.get_default_verify_paths = _default_verify_paths
    tls_socket = ssl.SSLSocket
    tls_socket._create = classmethod(_create)
    tls_socket.do_handshake = _do_handshake
    tls_socket.connect = _connect
    tls_socket.connect_ex = _connect_ex
    tls_socket.getpeercert = _getpeercert
    for name in (
        "version",
        "cipher",
        "shared_ciphers",
        "compression",
        "selected_alpn_protocol",
        "selected_npn_protocol",
        "get_channel_binding",
    ):
        setattr(tls_socket, name, _told(name))
    tls_socket.pending = _pending
    tls_socket.shutdown = _shutdown
    tls_socket.unwrap = _unwrap
    _install_transfers(tls_socket)
