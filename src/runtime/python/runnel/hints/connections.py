"""What to do about a connection that isn't made, breaks or takes too long: one sentence for each case."""

from __future__ import annotations

import asyncio
import errno
import http.client
import socket
import ssl

from ..net.failures import GATEWAY_GONE_TEXT
from .places import Place, causes, place_of

_CONNECTING = ("ConnectTimeout", "ConnectTimeoutError", "ConnectionTimeoutError", "ConnectTimeoutException")
_CUT = (ConnectionResetError, ConnectionAbortedError, asyncio.IncompleteReadError, http.client.IncompleteRead)
_DISCONNECTED = ("ServerDisconnectedError", "SMTPServerDisconnected", "RemoteProtocolError", "ClientPayloadError")
_OWN_CA = 'write its certificate to a file and name that as the one to trust (requests: verify="/tmp/ca.pem")'


def sentence_for(cause: BaseException, error: BaseException) -> str | None:
    """For the socket's own exception `cause`, behind the library's `error`; None for other exceptions."""
    if isinstance(cause, ConnectionAbortedError) and GATEWAY_GONE_TEXT in str(cause):
        return "Runnel's local gateway is not running any more: start it again (npm start) and reload this page; the workflow is kept."
    if isinstance(cause, PermissionError):
        return _refused_by_policy(cause, error)
    if not isinstance(cause, (OSError, *_CUT)) and type(cause).__name__ not in _DISCONNECTED:
        return None
    place = place_of(error, cause)
    if isinstance(cause, socket.gaierror):
        return _unknown(cause, place)
    if isinstance(cause, ssl.SSLError):
        return _tls(cause, error, place)
    if isinstance(cause, ConnectionRefusedError):
        return _refused(place)
    if isinstance(cause, ConnectionAbortedError) and "handshake" in str(cause):
        return _silent_handshake(place)
    if isinstance(cause, (TimeoutError, socket.timeout)):
        return _too_slow(error, cause, place)
    if isinstance(cause, BrokenPipeError):
        return f"{place} had closed the connection before everything was sent: see whether it has answered with a reason, then connect anew."
    if isinstance(cause, http.client.RemoteDisconnected):
        return f"{place} ended the connection instead of answering: check the port, and http against https, then try again."
    if isinstance(cause, _CUT) or type(cause).__name__ in _DISCONNECTED:
        return f"{place} cut the connection: try again, and check that the port speaks what the code expects."
    if isinstance(cause, OSError) and cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
        return f"There is no way to {place} from here: check this computer's network connection or VPN."
    return None


def _refused_by_policy(cause: PermissionError, error: BaseException) -> str | None:
    if "Network access" in str(cause):
        host = place_of(error, cause).host or "the host"
        return f"Open Network access in the workflow's header, allow {host} there, then test the step again."
    # By itself the message says it all; inside a library's it is hard to find.
    if cause is error or cause.filename is not None or not cause.strerror:
        return None
    text = cause.strerror.rstrip(".")
    return f"{'Steps' + text[5:] if text.startswith('steps ') else text}."


def _unknown(cause: socket.gaierror, place: Place) -> str:
    name = place.host
    if "/" in name:
        return f"“{name}” is an address with a scheme or path: give the host name alone, such as example.com."
    if cause.errno == socket.EAI_AGAIN:
        return f"The name {name or 'of the host'} could not be looked up just now: check this computer's network connection and try again."
    if not name:
        return "There is no host of that name: check how it is written, and this computer's network connection."
    return f"There is no host named {name}: check how it is written, and this computer's network connection."


def _refused(place: Place) -> str:
    if place.port is None:
        return "Nothing accepts connections there: check host and port, and that the server is running."
    if place.host in ("localhost", "127.0.0.1"):
        return f"Nothing on the computer that Runnel's gateway runs on accepts connections at port {place.port}: start the server, or correct the port."
    return f"{place} accepts no connections: check the port, and that the server is running."


def _too_slow(error: BaseException, cause: BaseException, place: Place) -> str:
    if place.doing == "handshake":
        return _silent_handshake(place)
    if not place.doing and any(kind.__name__ in _CONNECTING for kind in type(error).__mro__):
        return f"{place} did not answer the connection or its TLS handshake in time: check host and port, and whether a firewall or VPN stands between."
    if place.doing == "connect":
        return f"{place} did not answer the connection in time: check host and port, and whether a firewall or VPN stands between."
    if place.doing == "write":
        return f"{place} took in the data too slowly: raise the library's timeout, or send less at a time."
    if not place.host:
        return "There was no answer in time: try again, or raise the timeout in the code."
    return f"{place} did not answer in time: try again, or raise the library's timeout."


def _silent_handshake(place: Place) -> str:
    return f"{place} accepted the connection but did not answer the TLS handshake: check that this port is one for https or TLS, or raise the timeout."


def _tls(cause: ssl.SSLError, error: BaseException, place: Place) -> str | None:
    reason = str(getattr(cause, "reason", "") or "")
    if isinstance(cause, ssl.SSLCertVerificationError):
        # aiohttp's own exception is one of these too, and knows no number.
        numbers = (getattr(each, "verify_code", 0) for each in (cause, *causes(error)))
        return _certificate(next(filter(None, numbers), 0), place)
    if reason in ("WRONG_VERSION_NUMBER", "PACKET_LENGTH_TOO_LONG", "HTTP_REQUEST", "UNKNOWN_PROTOCOL"):
        return f"{place} doesn't speak TLS: use http:// instead of https:// (or the port that is meant for TLS)."
    if "CERTIFICATE_REQUIRED" in reason or "HANDSHAKE_FAILURE" in reason:
        return f"{place} refused the TLS handshake: it may want a certificate of yours (load_cert_chain; cert= for requests) or ciphers that aren't offered."
    if "UNKNOWN_CA" in reason or "BAD_CERTIFICATE" in reason or "CERTIFICATE_UNKNOWN" in reason:
        return f"{place} doesn't accept the certificate that the code shows it: use one that its authority has signed."
    if "PROTOCOL" in reason:
        return f"{place} speaks no version of TLS that the code allows: lower SSLContext.minimum_version for it."
    if isinstance(cause, ssl.SSLEOFError):
        return f"{place} ended the connection in the TLS handshake: check that this port is one for https or TLS."
    return None


def _certificate(number: int, place: Place) -> str:
    if number == 10:
        return f"The certificate of {place} has expired: its owner has to renew it."
    if number == 9:
        return f"The certificate of {place} is not valid yet: check the clock of this computer and of the server."
    if number in (62, 64):
        return f"The certificate of {place} is made out to another name: use the host name that it is for."
    if number in (18, 19):
        return f"The certificate of {place} is signed by itself, so nobody vouches for it: if the server is your own, {_OWN_CA}."
    if number in (2, 20, 21):
        return f"The certificate of {place} is from an authority that isn't known here: if the server is your own, {_OWN_CA}."
    return f"The certificate of {place} is not accepted: check the address; if the server is your own, {_OWN_CA}."
