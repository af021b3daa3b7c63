"""What an SSLContext asks of a handshake. Pyodide's own keeps little of it, and the gateway makes the handshakes."""

import functools
import os
import ssl
import sys
from typing import Any

USUAL_FILE = "/etc/ssl/cert.pem"
"""Stands for the authorities that the gateway trusts."""

_PEM_MARKS = ("-----BEGIN CERTIFICATE-----", "-----BEGIN TRUSTED CERTIFICATE-----")
_VERSIONS = (
    (ssl.TLSVersion.TLSv1, "TLSv1", ssl.OP_NO_TLSv1),
    (ssl.TLSVersion.TLSv1_1, "TLSv1.1", ssl.OP_NO_TLSv1_1),
    (ssl.TLSVersion.TLSv1_2, "TLSv1.2", ssl.OP_NO_TLSv1_2),
    (ssl.TLSVersion.TLSv1_3, "TLSv1.3", ssl.OP_NO_TLSv1_3),
)
_LEGACY_SERVER_CONNECT = 0x4
_ENCRYPTED_MARKS = ("-----BEGIN ENCRYPTED PRIVATE KEY-----", "Proc-Type: 4,ENCRYPTED")


def handshake_options(context: ssl.SSLContext, server_hostname: str | None) -> dict[str, Any]:
    """The gateway's `TlsOptions`."""
    verify = context.verify_mode != ssl.CERT_NONE
    options: dict[str, Any] = {
        "servername": server_hostname or "",
        "verify": verify,
        "checkHostname": bool(context.check_hostname),
    }
    own = getattr(context, "_authorities", [])
    usual = getattr(context, "_usual_authorities", False)
    if verify and (own or not usual):
        # An empty text: nothing is trusted, as in a context that has loaded nothing.
        options["ca"] = "\n".join(own)
        options["caOnly"] = not usual
    if getattr(context, "_certificate_chain", None):
        options["cert"] = context._certificate_chain
        options["key"] = context._private_key
        if context._passphrase is not None:
            options["passphrase"] = context._passphrase
    if getattr(context, "_application_protocols", None):
        options["alpn"] = context._application_protocols
    if getattr(context, "_ciphers", None):
        options["ciphers"] = context._ciphers
    if int(context.options) & _LEGACY_SERVER_CONNECT:
        options["legacyServer"] = True
    return options | _versions(context)


def _versions(context: ssl.SSLContext) -> dict[str, str]:
    """The lowest and the highest version that are allowed, where that isn't what everybody has."""
    options = int(context.options)
    lowest, highest = int(context.minimum_version), int(context.maximum_version)
    allowed = [
        name
        for number, name, exclusion in _VERSIONS
        if (lowest < 0 or lowest <= number) and (highest < 0 or number <= highest) and not options & int(exclusion)
    ]
    if not allowed:
        raise ssl.SSLError(1, "[SSL: NO_PROTOCOLS_AVAILABLE] no protocols available (_ssl.c)")
    usual = {"minVersion": "TLSv1.2", "maxVersion": "TLSv1.3"}
    wanted = {"minVersion": allowed[0], "maxVersion": allowed[-1]}
    return {} if wanted == usual else wanted


def _load_verify_locations(self, cafile=None, capath=None, cadata=None):
    if cafile is None and capath is None and cadata is None:
        raise TypeError("cafile, capath and cadata cannot be all omitted")
    if cafile is not None:
        if _is_usual(cafile):
            # The same authorities as the gateway's: not worth 250 kB in every handshake.
            self._usual_authorities = True
        else:
            _add(self, _read(cafile))
    if capath is not None and os.path.isdir(capath):
        for entry in sorted(os.scandir(capath), key=lambda entry: entry.name):
            if entry.is_file():
                text = _read(entry.path)
                if _has_certificate(text):
                    _add(self, text)
    if cadata is not None:
        if isinstance(cadata, str):
            if not _has_certificate(cadata):
                raise ssl.SSLError(0, "no start line: cadata does not contain a certificate (_ssl.c)")
            _add(self, cadata)
        else:
            _add(self, "".join(map(ssl.DER_cert_to_PEM_cert, split_der(bytes(cadata)))))


def _is_usual(cafile) -> bool:
    certifi = sys.modules.get("certifi")
    return os.fspath(cafile) == USUAL_FILE or (certifi is not None and os.fspath(cafile) == certifi.where())


def provide_usual_file(path: str = USUAL_FILE) -> None:
    """Makes the file that libraries look for where an operating system keeps the usual authorities."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write("# The usual authorities are the gateway's own: loading this file trusts them.\n")


def _read(path) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def _has_certificate(text: str) -> bool:
    return any(mark in text for mark in _PEM_MARKS)


def _add(context, text: str) -> None:
    if not _has_certificate(text):
        error = ssl.SSLError(136, "[X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found (_ssl.c)")
        error.library, error.reason = "X509", "NO_CERTIFICATE_OR_CRL_FOUND"
        raise error
    context.__dict__.setdefault("_authorities", []).append(text)


def split_der(data: bytes) -> list[bytes]:
    """The certificates that lie one after the other in `data`. Raises SSLError where it is none."""
    certificates = []
    while data:
        length_bytes = data[1] & 0x7F if len(data) > 1 and data[1] & 0x80 else 0
        header = 2 + length_bytes
        length = int.from_bytes(data[2:header], "big") if length_bytes else data[1] if len(data) > 1 else 0
        if data[0] != 0x30 or len(data) < header + length or length == 0:
            raise ssl.SSLError(1, "[SSL] not enough data: cadata does not contain a certificate (_ssl.c)")
        certificates.append(data[: header + length])
        data = data[header + length :]
    return certificates


def _load_default_certs(self, purpose=ssl.Purpose.SERVER_AUTH):
    chosen = os.environ.get("SSL_CERT_FILE")
    if chosen and os.path.isfile(chosen):
        _load_verify_locations(self, chosen)
    else:
        self._usual_authorities = True


def _load_cert_chain(self, certfile, keyfile=None, password=None):
    chain = _read(certfile)
    key = _read(keyfile) if keyfile is not None else chain
    if not _has_certificate(chain):
        raise ssl.SSLError(9, f"[SSL] PEM lib: no certificate in {os.fspath(certfile)!r} (_ssl.c)")
    if "PRIVATE KEY-----" not in key:
        raise ssl.SSLError(9, f"[SSL] PEM lib: no private key in {os.fspath(keyfile or certfile)!r} (_ssl.c)")
    passphrase = password() if callable(password) else password
    if isinstance(passphrase, (bytes, bytearray)):
        passphrase = passphrase.decode()
    if passphrase is None and any(mark in key for mark in _ENCRYPTED_MARKS):
        raise ssl.SSLError(9, "[SSL] PEM lib: the private key is encrypted; give its password (_ssl.c)")
    self._certificate_chain = chain
    self._private_key = key
    self._passphrase = passphrase


def _set_alpn_protocols(self, alpn_protocols):
    self._application_protocols = list(alpn_protocols)


def _set_ciphers(self, ciphers):
    if not isinstance(ciphers, str):
        raise TypeError("set_ciphers() argument must be str")
    if not ciphers.strip():
        raise ssl.SSLError("No cipher can be selected.")
    self._ciphers = ciphers


def _wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
    raise NotImplementedError(
        "TLS inside Python's memory can't be had here: the gateway makes it on the connection itself "
        "(SSLContext.wrap_socket, or start_tls of asyncio)"
    )


def _without_legacy(initialise):
    """Pyodide's contexts put up with old servers from the start; CPython's don't."""

    @functools.wraps(initialise)
    def initialise_mended(self, *args, **kwargs):
        initialise(self, *args, **kwargs)
        self._options = ssl.Options(int(self._options) & ~_LEGACY_SERVER_CONNECT)

    return initialise_mended


def install() -> None:
    context = ssl.SSLContext
    context.__init__ = _without_legacy(context.__init__)
    context.load_verify_locations = _load_verify_locations
    context.load_default_certs = _load_default_certs
    context.set_default_verify_paths = _load_default_certs
    context.load_cert_chain = _load_cert_chain
    context.set_alpn_protocols = _set_alpn_protocols
    context.set_ciphers = _set_ciphers
    context.wrap_bio = _wrap_bio
