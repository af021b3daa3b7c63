"""Errors that steps can meet and that are ours."""

from __future__ import annotations


class StepError(Exception):
    """Base of our errors. `code` is what the page tells kinds of failure by; `hint` says what to do next."""

    code = "PythonError"
    hint: str | None = None
    runnel_line: int | None = None


class NoHandler(StepError):
    """The code has neither a handler nor the older form's import."""

    code = "NoHandler"


class NotSerializable(StepError, TypeError):
    """A value that JSON can't hold was exported."""

    code = "NotSerializable"

    def __init__(self, message: str, hint: str | None) -> None:
        super().__init__(message)
        self.hint = hint


class ExportTooLarge(StepError, ValueError):
    """The step's exports take more JSON text than a step may export."""

    code = "ExportTooLarge"
    hint = "Return only what later steps need, or write the rest to a file under /tmp and export its path."


class DataStoreValueTooLarge(StepError, ValueError):
    """A value takes more JSON text than a record of a data store may have."""

    code = "DataStoreValueTooLarge"
    hint = "Store the parts under keys of their own, or only what you need of it."


class DataStoreFailed(StepError, OSError):
    """Something could not be stored in the data store, or read from it."""

    code = "DataStoreFailed"


class NotInLocalRun(StepError, NotImplementedError):
    """Something that needs a server which a local run does not have."""

    def __init__(self, what: str, instead: str) -> None:
        super().__init__(f"{what} is not available in a local run. Instead, {instead}.")
        self.hint = f"{instead[0].upper()}{instead[1:]}."


# Tracebacks name exceptions without a module only where it is this one.
for _error in (NoHandler, NotSerializable, ExportTooLarge, DataStoreValueTooLarge, DataStoreFailed, NotInLocalRun):
    _error.__module__ = "builtins"
