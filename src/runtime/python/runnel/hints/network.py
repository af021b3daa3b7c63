"""Connections that don't come about, and answers that say no."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from .context import Context

_CHAIN_LIMIT = 20
_AUTH_WORDS = ("invalid_auth", "not_authed", "token_expired", "token_revoked", "invalid_token", "account_inactive")
_SCOPE_WORDS = ("missing_scope", "insufficient_scope", "insufficient permission")


def hint(error: BaseException, context: Context) -> str | None:
    """For network errors of any library, and for HTTP's refusals."""
    for cause in _causes(error):
        found = _connection(cause, error)
        if found:
            return found
    status = _status_of(error)
    if status is not None and status >= 400:
        return _status(status, error, context)
    return _api_answer(error, context)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and what is behind it; libraries wrap the socket's error several times."""
    waiting, seen = [error], set()
    while waiting and len(seen) < _CHAIN_LIMIT:
        here = waiting.pop(0)
        if id(here) in seen:
            continue
        seen.add(id(here))
        yield here
        inside = (getattr(here, "reason", None), *here.args[:1], here.__cause__, here.__context__)
        waiting.extend(other for other in inside if isinstance(other, BaseException))


def _connection(cause: BaseException, error: BaseException) -> str | None:
    where = _host_of(error)
    at = f" at {where}" if where else ""
    if isinstance(cause, socket.gaierror):
        name = f"the host {where}" if where else "that host"
        return f"No address was found for {name}. Check how it is written, and your network connection."
    if isinstance(cause, PermissionError) and "Network access" in str(cause):
        return "Open Network access in the workflow's header, allow the host there, then test the step again."
    if isinstance(cause, ConnectionRefusedError):
        return f"Nothing accepts connections{at}. Is the server running, and is the port right?"
    if isinstance(cause, (ssl.SSLCertVerificationError, ssl.CertificateError)):
        return (
            f"The server{at} has no certificate that is valid for this address. Check the address; for a server of your "
            "own, give its certificate authority to the library (verify=\"/tmp/ca.pem\" for requests)."
        )
    if isinstance(cause, (TimeoutError, socket.timeout)):
        return f"There was no answer in time{at}. Try again, or allow more time with the library's timeout."
    if isinstance(cause, (ConnectionResetError, BrokenPipeError, http.client.RemoteDisconnected)):
        return f"The server{at} ended the connection before it answered. Try again; check the port, and http against https."
    return None


def _host_of(error: BaseException) -> str | None:
    url = getattr(getattr(error, "request", None), "url", None)
    if url is None:
        return None
    parts = urlsplit(str(url))
    return parts.netloc.rpartition("@")[2] or None


def _status_of(error: BaseException) -> int | None:
    for owner, name in ((getattr(error, "response", None), "status_code"), (error, "code"), (error, "status")):
        status = getattr(owner, name, None)
        if isinstance(status, int) and not isinstance(status, bool) and 400 <= status < 600:
            return status
    return None


def _status(status: int, error: BaseException, context: Context) -> str | None:
    if status == 401:
        return f"The server doesn't accept the credentials (401). {_accounts(context)}"
    if status == 403:
        return f"The server refuses this to these credentials (403): they may lack a scope or a role. {_accounts(context)}"
    if status == 404:
        return "The server has nothing at this address (404): check the URL and the ids in it."
    if status == 429:
        after = _header(error, "Retry-After")
        return f"Too many requests (429): wait{f' {after} seconds' if after else ''} and make fewer."
    if status >= 500:
        return f"The server itself failed ({status}): try again later."
    return None


def _api_answer(error: BaseException, context: Context) -> str | None:
    """APIs that answer 200 and say in the body that it didn't work; their SDKs put that into the message."""
    if getattr(error, "response", None) is None:
        return None
    text = str(error)
    if any(word in text for word in _AUTH_WORDS):
        return f"The service doesn't accept the credentials. {_accounts(context)}"
    if any(word in text for word in _SCOPE_WORDS):
        return f"The credentials lack a scope that this call needs. {_accounts(context)}"
    return None


def _accounts(context: Context) -> str:
    apps = ", ".join(str(app) for app in context.bridge.inputs)
    if not apps:
        return "Check the token or key that the code sends."
    return f"Check the account ({apps}): reconnect it with a token that is valid and may do this."


def _header(error: BaseException, name: str) -> Any:
    headers = getattr(getattr(error, "response", None) or error, "headers", None)
    return headers.get(name) if headers is not None else None
