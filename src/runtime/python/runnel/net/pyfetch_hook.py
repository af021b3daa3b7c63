"""pyfetch raises one error for all that goes wrong; what the workflow may not reach is a PermissionError as with sockets."""

import errno
import importlib


def install() -> None:
    module = importlib.import_module("pyodide.http._pyfetch")
    abort_error = module.AbortError

    class FetchDenied(abort_error, PermissionError):
        """An AbortError, as pyfetch raises for everything, that says what it is."""

    def error_of(reason):
        if getattr(reason, "code", None) != "EACCES":
            return abort_error(reason)
        error = FetchDenied(reason)
        error.errno, error.strerror = errno.EACCES, reason.message
        return error

    FetchDenied.__name__ = FetchDenied.__qualname__ = "PermissionError"
    FetchDenied.__module__ = "builtins"
    module.AbortError = error_of
