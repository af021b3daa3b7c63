"""What hints may look at."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..bridge import Pipedream


@dataclass
class Context:
    """The step that failed: `tree` is its parsed code, None where Python can't read it; `env` its variables."""

    name: str
    bridge: Pipedream
    env: Mapping[str, str] = field(default_factory=dict)
    tree: ast.Module | None = None
