"""The gateway's failures as the exceptions that CPython raises in the same situation."""

import errno
import os
import re
import socket
import ssl
from typing import NamedTuple


class Failure(NamedTuple):
    """Why a connection failed: Node's code, `GATEWAY_GONE`, or `STOPPED` where the step is being stopped."""

    code: str
    message: str


GATEWAY_GONE_TEXT = (
    "Runnel's local gateway is gone, and with it every connection of this step; "
    "start it again (npm start) and reload the page: the workflow is kept"
)

_NAME_FAILURES = {
    "ENOTFOUND": (socket.EAI_NONAME, "Name or service not known"),
    "EAI_AGAIN": (socket.EAI_AGAIN, "Temporary failure in name resolution"),
}

# Node's codes for a certificate that is not accepted: OpenSSL's number and words.
# OpenSSL stops at the first problem where Node goes on to the next: without its issuer a certificate ends in 20, not 21.
_CERTIFICATE_FAILURES = {
    "UNABLE_TO_GET_ISSUER_CERT": (2, "unable to get issuer certificate"),
    "UNABLE_TO_GET_CRL": (3, "unable to get certificate CRL"),
    "CERT_SIGNATURE_FAILURE": (7, "certificate signature failure"),
    "CERT_NOT_YET_VALID": (9, "certificate is not yet valid"),
    "CERT_HAS_EXPIRED": (10, "certificate has expired"),
    "DEPTH_ZERO_SELF_SIGNED_CERT": (18, "self-signed certificate"),
    "SELF_SIGNED_CERT_IN_CHAIN": (19, "self-signed certificate in certificate chain"),
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY": (20, "unable to get local issuer certificate"),
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE": (20, "unable to get local issuer certificate"),
    "CERT_CHAIN_TOO_LONG": (22, "certificate chain too long"),
    "CERT_REVOKED": (23, "certificate revoked"),
    "INVALID_CA": (24, "invalid CA certificate"),
    "INVALID_PURPOSE": (26, "unsuitable certificate purpose"),
    "CERT_UNTRUSTED": (27, "certificate not trusted"),
    "CERT_REJECTED": (28, "certificate rejected"),
    "HOSTNAME_MISMATCH": (62, "hostname mismatch"),
}

_ENDED_IN_HANDSHAKE = re.compile("disconnected before secure|during the handshake")
_OPENSSL_ERROR = re.compile(r"error:[0-9A-Fa-f]+:[^:]*:[^:]*:([^:]+)")


class SSLCertVerificationError(ssl.SSLError, ValueError):
    """As CPython's: Pyodide's own is no ValueError and has no attributes."""

    library = "SSL"
    reason = "CERTIFICATE_VERIFY_FAILED"
    verify_code = 0
    verify_message = ""


def connection_error(failure: Failure) -> BaseException:
    """For a look-up, a connect or a transfer that failed."""
    code, message = failure
    if code == "STOPPED":
        return KeyboardInterrupt()
    if code in _NAME_FAILURES:
        return socket.gaierror(*_NAME_FAILURES[code])
    if code == "GATEWAY_GONE":
        return ConnectionAbortedError(errno.ECONNABORTED, GATEWAY_GONE_TEXT)
    if code == "EACCES":
        return PermissionError(errno.EACCES, message)
    if code == "EPROTO" or code.startswith("ERR_"):
        return _openssl_error(failure)
    number = getattr(errno, code, None)
    if number is None:
        return OSError(errno.EIO, f"{message} ({code})")
    return OSError(number, os.strerror(number))


def handshake_error(failure: Failure, server_hostname: str | None) -> BaseException:
    """For a TLS handshake that failed."""
    code, message = failure
    if code == "ERR_TLS_CERT_ALTNAME_INVALID":
        return _verification_error(*_hostname_mismatch(server_hostname or ""))
    if code in _CERTIFICATE_FAILURES:
        return _verification_error(*_CERTIFICATE_FAILURES[code])
    if code == "ETIMEDOUT":
        return TimeoutError("_ssl.c: The handshake operation timed out")
    if code == "ECONNRESET" and _ENDED_IN_HANDSHAKE.search(message):
        return _ssl_error(ssl.SSLEOFError, 8, "UNEXPECTED_EOF_WHILE_READING", "EOF occurred in violation of protocol")
    return connection_error(failure)


def _openssl_error(failure: Failure) -> ssl.SSLError:
    found = _OPENSSL_ERROR.search(failure.message)
    if failure.code.startswith("ERR_SSL_"):
        reason = failure.code.removeprefix("ERR_SSL_")
    else:
        reason = found[1].strip().replace(" ", "_").upper() if found else failure.code
    words = found[1].strip() if found else reason.replace("_", " ").lower()
    return _ssl_error(ssl.SSLError, 1, reason, words)


def _hostname_mismatch(name: str) -> tuple[int, str]:
    try:
        socket.inet_pton(socket.AF_INET6 if ":" in name else socket.AF_INET, name)
    except OSError:
        return 62, f"Hostname mismatch, certificate is not valid for '{name}'."
    return 64, f"IP address mismatch, certificate is not valid for '{name}'."


def _verification_error(number: int, words: str) -> SSLCertVerificationError:
    error = SSLCertVerificationError(
        1, f"[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {words} (_ssl.c)"
    )
    error.verify_code = number
    error.verify_message = words
    return error


def _ssl_error(kind: type[ssl.SSLError], number: int, reason: str, words: str) -> ssl.SSLError:
    error = kind(number, f"[SSL: {reason}] {words} (_ssl.c)")
    error.library = "SSL"
    error.reason = reason
    return error
