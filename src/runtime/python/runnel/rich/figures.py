"""matplotlib's figures. The library is used only where a step has imported it."""

from __future__ import annotations

import contextlib
import io
import sys
from typing import Any

from .items import Item

BACKEND = "module://runnel.rich.matplotlib_backend"
"""For `MPLBACKEND`: there, `plt.show()` shows figures below the step."""
_DPI = 144

_shown: set[int] = set()


def figure_of(value: Any) -> Any | None:
    """The figure that a value is, or that its axes belong to; else None."""
    kind = type(value)
    if hasattr(kind, "savefig") and hasattr(kind, "get_axes"):
        return value
    if hasattr(kind, "get_figure") and hasattr(kind, "get_xlim"):
        figure = value.get_figure()
        return figure if hasattr(figure, "savefig") else None
    return None


def image_of(figure: Any) -> Item:
    """A figure drawn as PNG. Raises what drawing raises."""
    _shown.add(id(figure))
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=_DPI, bbox_inches="tight")
    return Item({"kind": "image", "mime": "image/png", "scale": _DPI / 72}, [out.getvalue()])


def show_open_figures(again: bool = False) -> None:
    """Shows the figures that are open and were not shown yet (`again`: those as well), and closes all."""
    from . import display

    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
    for figure in figures:
        if (again or id(figure) not in _shown) and figure.get_axes():
            display(figure)
    close_figures()


def close_figures() -> None:
    """No figure stays for what runs next."""
    _shown.clear()
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        with contextlib.suppress(Exception):
            pyplot.close("all")
