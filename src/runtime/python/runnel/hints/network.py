"""Connections that don't come about, and answers that say no."""

from __future__ import annotations

from typing import Any

from .connections import sentence_for
from .context import Context
from .places import causes

_AUTH_WORDS = ("invalid_auth", "not_authed", "token_expired", "token_revoked", "invalid_token", "account_inactive")
_SCOPE_WORDS = ("missing_scope", "insufficient_scope", "insufficient permission")


def hint(error: BaseException, context: Context) -> str | None:
    """For network errors of any library, and for HTTP's refusals."""
    status = _status_of(error)
    if status is not None:
        return _status(status, error, context)
    for cause in causes(error):
        found = sentence_for(cause, error)
        if found:
            return found
    return _without_socket(error) or _api_answer(error, context)


def _without_socket(error: BaseException) -> str | None:
    """What libraries raise before they connect."""
    text = str(error)
    if "SOCKS" in text and ("Missing dependencies" in text or "socksio" in text):
        return (
            "Steps can't go through a proxy, as Runnel's gateway connects to each host itself: leave out proxies= and "
            "the variables HTTP_PROXY, HTTPS_PROXY and ALL_PROXY."
        )
    return None


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
