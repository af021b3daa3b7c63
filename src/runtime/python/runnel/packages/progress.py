"""What the person sees while packages are looked up and downloaded."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from .. import host

_EVERY_SECONDS = 0.1


class Downloads:
    """Downloads that go on side by side, as one line: `Downloading slack-sdk… 1.2 of 3.0 MB`. While there are none, what is
    being looked up."""

    def __init__(self) -> None:
        self._resolving: dict[str, int] = {}
        self._active: dict[str, None] = {}
        self._sizes: dict[str, tuple[int, int | None]] = {}
        self._shown_at = 0.0

    @contextlib.contextmanager
    def resolving(self, name: str) -> Iterator[None]:
        """Inside, the package is looked up."""
        self._resolving[name] = self._resolving.get(name, 0) + 1
        if not self._active:
            self._show_resolving(name)
        try:
            yield
        finally:
            self._resolving[name] -= 1
            if not self._resolving[name]:
                del self._resolving[name]
            self._show_other_resolving()

    def begin(self, name: str) -> None:
        """A download starts; its size isn't known yet."""
        if not self._active:
            self._sizes.clear()
        self._active[name] = None
        self._sizes[name] = (0, None)
        self._show()

    def got(self, name: str, so_far: int, total: int | None) -> None:
        """So many bytes of it are here. `total` is None where the server doesn't say."""
        if name not in self._active:  # told late: all of it is here
            return
        first = self._sizes[name][0] == 0  # shown in any case: nothing may follow for a while
        self._sizes[name] = (so_far, total)
        if first or time.monotonic() - self._shown_at >= _EVERY_SECONDS:
            self._show()

    def end(self, name: str) -> None:
        """It is here, or has failed."""
        self._active.pop(name, None)
        if self._active:
            self._show()
        else:
            self._show_other_resolving()

    def _show_other_resolving(self) -> None:
        if self._resolving and not self._active:
            self._show_resolving(next(reversed(self._resolving)))

    @staticmethod
    def _show_resolving(name: str) -> None:
        host.phase(f"Resolving {name}…")

    def _show(self) -> None:
        self._shown_at = time.monotonic()
        first, *others = self._active
        more = f" and {len(others)} more" if others else ""
        host.phase(f"Downloading {first}{more}…{self._amount()}")

    def _amount(self) -> str:
        here = sum(so_far for so_far, _ in self._sizes.values())
        if here == 0:
            return ""
        totals = [total for _, total in self._sizes.values()]
        known = [total for total in totals if total is not None]
        if len(known) < len(totals):
            return f" {_number(here, here)} {_unit(here)}"
        size = max(sum(known), here)
        return f" {_number(here, size)} of {_number(size, size)} {_unit(size)}"


def _unit(size: int) -> str:
    return "MB" if size >= 100_000 else "kB"


def _number(size: int, scale: int) -> str:
    """In the unit that `scale` is shown in."""
    return f"{size / 1e6:.1f}" if scale >= 100_000 else str(round(size / 1e3))
