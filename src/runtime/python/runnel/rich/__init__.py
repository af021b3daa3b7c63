"""What a step shows besides text: tables, images, HTML. `display(value)` in a step, and some of what a handler returns."""

from .displaying import Displays, display
from .figures import close_figures, show_open_figures

__all__ = ["Displays", "close_figures", "display", "show_open_figures"]
