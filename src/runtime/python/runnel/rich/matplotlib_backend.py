"""A backend of matplotlib that draws into memory and shows figures below the step. matplotlib imports it, by `MPLBACKEND`."""

from __future__ import annotations

from typing import Any

from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg


class FigureManager(FigureManagerBase):
    """Shows its figure below the step."""

    @classmethod
    def pyplot_show(cls, *_: Any, **__: Any) -> None:
        """`plt.show()`: all open figures, which are closed then."""
        from .figures import show_open_figures

        show_open_figures(again=True)

    def show(self) -> None:
        """`figure.show()`."""
        from . import display

        display(self.canvas.figure)


class FigureCanvas(FigureCanvasAgg):
    """Draws into memory."""

    manager_class = FigureManager
