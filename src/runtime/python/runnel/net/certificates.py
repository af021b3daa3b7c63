"""The peer's certificate, as the gateway tells it, in the shape of `SSLSocket.getpeercert()`."""

import base64
import json
import re
from typing import Any

_LONG_NAMES = {
    "C": "countryName",
    "ST": "stateOrProvinceName",
    "L": "localityName",
    "O": "organizationName",
    "OU": "organizationalUnitName",
    "CN": "commonName",
    "SN": "surname",
    "GN": "givenName",
    "DC": "domainComponent",
    "UID": "userId",
}

# `KIND:value` separated by ", "; a value with a comma or a quote in it is written as a JSON string.
_ALTERNATIVE_NAME = re.compile(r'([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)')


def peer_certificate(tls: dict[str, Any]) -> dict[str, Any] | None:
    """The certificate as a dictionary; None where the peer sent none."""
    if not tls.get("der"):
        return None
    certificate: dict[str, Any] = {
        "subject": _distinguished_name(tls.get("subject")),
        "issuer": _distinguished_name(tls.get("issuer")),
        "version": 3,
    }
    for field in ("serialNumber", "notBefore", "notAfter"):
        if tls.get(field):
            certificate[field] = tls[field]
    alternatives = alternative_names(tls.get("subjectAltName") or "")
    if alternatives:
        certificate["subjectAltName"] = alternatives
    return certificate


def der_certificate(tls: dict[str, Any]) -> bytes | None:
    """The certificate's bytes; None where the peer sent none."""
    return base64.b64decode(tls["der"]) if tls.get("der") else None


def _distinguished_name(parts: dict[str, Any] | None) -> tuple:
    pairs = []
    for key, value in (parts or {}).items():
        values = value if isinstance(value, list) else [value]
        pairs.extend(((_LONG_NAMES.get(key, key), one),) for one in values)
    return tuple(pairs)


def alternative_names(text: str) -> tuple[tuple[str, str], ...]:
    """Node's `DNS:a.example, IP Address:127.0.0.1` as CPython's pairs."""
    names = []
    for kind, value in _ALTERNATIVE_NAME.findall(text):
        names.append((kind.strip(), json.loads(value) if value.startswith('"') else value.strip()))
    return tuple(names)
